import { columnKeys, titleOf } from '#domain/schools/listColumns.ts'
import { schoolQuery } from '#contract/schools/organization.ts'
import { sendListSheet } from '#server/kernel/listSheet.ts'
import type { Exchange } from '#server/kernel/routes.ts'
import { readRegister } from './queries.ts'

/** The list as it is seen; its first columns are those of the import, so that it can be corrected and read back. */
export async function sendSchoolSheet(exchange: Exchange): Promise<unknown> {
  const { page: _page, size: _size, ...filter } = schoolQuery.parse(exchange.query)
  return sendListSheet(exchange, {
    title: '学校名录',
    rows: await readRegister(exchange.look, filter),
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
      { header: '党务干事', width: 14, kind: 'text', of: (row) => row.clerkName },
      { header: '联系电话', width: 18, kind: 'text', of: (row) => row.contactPhone },
      { header: '排序号', width: 10, kind: 'number', of: (row) => row.sortOrder },
      { header: '联系股室', width: 16, kind: 'text', of: (row) => row.departmentName },
      { header: '分包领导', width: 16, kind: 'text', of: (row) => row.leaderNames },
    ],
  })
}

/** One value for each column of the list, in their order. */
const examples = [
  [
    '示例小学（请删去此行）',
    '小学',
    '公办',
    '第一片区',
    '2141000001',
    '党支部',
    '张某某',
    '12',
    '60',
    '900',
    '李某某',
    '0372-0000000',
    '1',
  ],
  [
    '示例幼儿园（请删去此行）',
    '幼儿园',
    '民办',
    '第一片区',
    '1141000001',
    '未建',
    '王某某',
    '1',
    '25',
    '180',
    '',
    '',
    '2',
  ],
]

/** An empty list with two schools as examples, whose names say that they are. */
export const sendListTemplate = (exchange: Exchange): Promise<unknown> =>
  sendListSheet(exchange, {
    title: '学校名单模板',
    rows: examples,
    columns: columnKeys.map((column, at) => ({
      header: titleOf(column),
      width: column === 'name' ? 36 : 16,
      kind: 'text' as const,
      of: (row: string[]) => row[at] ?? '',
    })),
  })
