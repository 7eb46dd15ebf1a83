import { sendListSheet } from '#server/kernel/listSheet.ts'
import type { Exchange } from '#server/kernel/routes.ts'
import { readDuties } from './views.ts'

const nameOf = (school: { departmentName: string | null; departmentGone: boolean }): string =>
  school.departmentName === null
    ? '未安排'
    : `${school.departmentName}${school.departmentGone ? '（没有在用的账号）' : ''}`

export async function sendDutySheet(exchange: Exchange): Promise<unknown> {
  const { zones } = await readDuties(exchange.look)
  return sendListSheet(exchange, {
    title: '联系点分工',
    rows: zones.flatMap((zone) => zone.schools.map((school) => ({ zone, school }))),
    columns: [
      { header: '片区', width: 14, kind: 'text', of: ({ zone }) => zone.name },
      {
        header: '分包领导',
        width: 20,
        kind: 'text',
        of: ({ zone }) => zone.leaders.map((one) => (one.gone ? `${one.name}（已停用）` : one.name)).join('、'),
      },
      { header: '学校', width: 36, kind: 'text', of: ({ school }) => school.name },
      { header: '学段', width: 14, kind: 'text', of: ({ school }) => school.stage },
      { header: '联系股室', width: 20, kind: 'text', of: ({ school }) => nameOf(school) },
    ],
  })
}
