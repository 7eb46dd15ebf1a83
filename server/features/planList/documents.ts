import { shanghaiDate } from '#domain/calendar.ts'
import { planLife } from '#domain/lifecycles/plan.ts'
import { planQuery } from '#contract/plan.ts'
import { type Exchange, sendDocument, XLSX } from '#server/kernel/routes.ts'
import { writeSheet } from '#server/kernel/sheet.ts'
import { listPlansOfYear } from './store.ts'

const ALL = 100_000

/** The list as it is seen: the same filters, search and order, all pages. */
export async function exportPlans(exchange: Exchange) {
  const filter = planQuery.parse(exchange.query)
  const { items } = await listPlansOfYear(exchange.look, { ...filter, page: 1, size: ALL })
  const body = await writeSheet({
    title: '创建方案',
    columns: [
      { header: '学校', width: 28, kind: 'text' },
      { header: '学段', width: 12, kind: 'text' },
      { header: '片区', width: 14, kind: 'text' },
      { header: '版本', width: 8, kind: 'number' },
      { header: '状态', width: 12, kind: 'text' },
      { header: '已公布版本', width: 12, kind: 'number' },
      { header: '还缺', width: 60, kind: 'text' },
      { header: '最近修改', width: 14, kind: 'date' },
    ],
    rows: items.map((row) => [
      row.schoolName,
      row.stage,
      row.zoneName,
      row.version,
      row.state ? planLife.states[row.state] : '未起草',
      row.publishedVersion,
      row.missing.join(''),
      row.updatedAt && shanghaiDate(row.updatedAt),
    ]),
  })
  return sendDocument(exchange.reply, { name: `创建方案-${exchange.look.today}.xlsx`, mime: XLSX, body })
}
