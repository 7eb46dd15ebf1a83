import { type Exchange, sendDocument, XLSX } from '#server/kernel/routes.ts'
import { writeSheet } from '#server/kernel/sheet.ts'
import { readDuties } from './store.ts'

export async function sendDutySheet(exchange: Exchange): Promise<unknown> {
  const { zones } = await readDuties(exchange.look)
  const body = await writeSheet({
    title: '联系点分工',
    columns: [
      { header: '片区', width: 14, kind: 'text' },
      { header: '分包领导', width: 20, kind: 'text' },
      { header: '学校', width: 36, kind: 'text' },
      { header: '学段', width: 14, kind: 'text' },
      { header: '联系股室', width: 20, kind: 'text' },
    ],
    rows: zones.flatMap((zone) =>
      zone.schools.map((school) => [
        zone.name,
        zone.leaders.map((one) => one.name).join('、'),
        school.name,
        school.stage,
        school.departmentName ?? '未安排',
      ]),
    ),
  })
  return sendDocument(exchange.reply, { name: `联系点分工-${exchange.look.today}.xlsx`, mime: XLSX, body })
}
