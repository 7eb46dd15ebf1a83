import { schoolQuery } from '#contract/organization.ts'
import { type Exchange, sendDocument, XLSX } from '#server/kernel/routes.ts'
import { writeSheet } from '#server/kernel/sheet.ts'
import { schoolRows } from './store.ts'

/** The list as it is seen; its first ten columns are those of the import, so that it can be corrected and read back. */
export async function sendSchoolSheet(exchange: Exchange): Promise<unknown> {
  const { page: _page, size: _size, ...filter } = schoolQuery.parse(exchange.query)
  const rows = await schoolRows(exchange.look, filter)
  const body = await writeSheet({
    title: '学校名录',
    columns: [
      { header: '学校名称', width: 36, kind: 'text' },
      { header: '学段', width: 14, kind: 'text' },
      { header: '办学性质', width: 10, kind: 'text' },
      { header: '片区', width: 14, kind: 'text' },
      { header: '学校标识码', width: 14, kind: 'text' },
      { header: '党组织类型', width: 12, kind: 'text' },
      { header: '党组织书记', width: 14, kind: 'text' },
      { header: '党员人数', width: 10, kind: 'number' },
      { header: '教职工人数', width: 12, kind: 'number' },
      { header: '学生人数', width: 10, kind: 'number' },
    ],
    rows: rows.map((row) => [
      row.name,
      row.stage,
      row.ownership,
      row.zoneName,
      row.code,
      row.partyKind,
      row.secretaryName,
      row.memberCount,
      row.staffCount,
      row.studentCount,
    ]),
  })
  return sendDocument(exchange.reply, { name: `学校名录-${exchange.look.today}.xlsx`, mime: XLSX, body })
}
