import { shanghaiDate } from '#domain/base/calendar.ts'
import { planLife } from '#domain/plan/planLife.ts'
import { planQuery } from '#contract/plan/plan.ts'
import { demandReadable, MOST_ROWS, sendListSheet } from '#server/kernel/listSheet.ts'
import type { Exchange } from '#server/kernel/routes.ts'
import { listPlansOfYear } from './queries.ts'

/** The list as it is seen: the same filters, search and order, all pages. */
export async function exportPlans(exchange: Exchange) {
  const filter = planQuery.parse(exchange.query)
  const { items, total } = await listPlansOfYear(exchange.look, { ...filter, page: 1, size: MOST_ROWS })
  demandReadable(total)
  return sendListSheet(exchange, {
    title: '创建方案',
    rows: items,
    columns: [
      { header: '学校', width: 28, kind: 'text', of: (row) => row.schoolName },
      { header: '学段', width: 12, kind: 'text', of: (row) => row.stage },
      { header: '片区', width: 14, kind: 'text', of: (row) => row.zoneName },
      { header: '版本', width: 8, kind: 'number', of: (row) => row.version },
      { header: '状态', width: 12, kind: 'text', of: ({ state }) => (state ? planLife.states[state] : '未起草') },
      { header: '已公布版本', width: 12, kind: 'number', of: (row) => row.publishedVersion },
      { header: '还缺', width: 60, kind: 'text', of: (row) => row.missing.join('') },
      { header: '最近修改', width: 14, kind: 'date', of: (row) => row.updatedAt && shanghaiDate(row.updatedAt) },
    ],
  })
}
