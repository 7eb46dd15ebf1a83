import { schoolQuery } from '#contract/organization.ts'
import { sendListSheet } from '#server/kernel/listSheet.ts'
import type { Exchange } from '#server/kernel/routes.ts'
import { schoolRows } from './store.ts'

/** The list as it is seen; its first ten columns are those of the import, so that it can be corrected and read back. */
export async function sendSchoolSheet(exchange: Exchange): Promise<unknown> {
  const { page: _page, size: _size, ...filter } = schoolQuery.parse(exchange.query)
  return sendListSheet(exchange, {
    title: '学校名录',
    rows: await schoolRows(exchange.look, filter),
    columns: [
      { header: '学校名称', width: 36, kind: 'text', of: (row) => row.name },
      { header: '学段', width: 14, kind: 'text', of: (row) => row.stage },
      { header: '办学性质', width: 10, kind: 'text', of: (row) => row.ownership },
      { header: '片区', width: 14, kind: 'text', of: (row) => row.zoneName },
      { header: '学校标识码', width: 14, kind: 'text', of: (row) => row.code },
      { header: '党组织类型', width: 12, kind: 'text', of: (row) => row.partyKind },
      { header: '党组织书记', width: 14, kind: 'text', of: (row) => row.secretaryName },
      { header: '党员人数', width: 10, kind: 'number', of: (row) => row.memberCount },
      { header: '教职工人数', width: 12, kind: 'number', of: (row) => row.staffCount },
      { header: '学生人数', width: 10, kind: 'number', of: (row) => row.studentCount },
    ],
  })
}
