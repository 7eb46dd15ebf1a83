import { rectificationLife } from '#domain/lifecycles/rectification.ts'
import { escalationLabels } from '#domain/rectification.ts'
import { rectificationFilter } from '#contract/rectification.ts'
import { shanghaiToday } from '#server/kernel/clock.ts'
import { refuse } from '#server/kernel/problem.ts'
import { type Exchange, sendDocument, XLSX } from '#server/kernel/routes.ts'
import { writeSheet } from '#server/kernel/sheet.ts'
import { listOrders } from './store.ts'

const MOST_ROWS = 20_000

/** 整改台账 as it is seen: same filters, same order, all pages. */
export async function sendRectificationSheet({ look, query, reply }: Exchange) {
  const filter = rectificationFilter.parse(query)
  const { items, total } = await listOrders(look, { ...filter, page: 1, size: MOST_ROWS })
  if (total > MOST_ROWS) throw refuse('tooLarge', `符合条件的有 ${total} 条，一次最多导出 ${MOST_ROWS} 条，请先筛选。`)
  const body = await writeSheet({
    title: '整改台账',
    columns: [
      { header: '序号', width: 6, kind: 'number' },
      { header: '学校', width: 24, kind: 'text' },
      { header: '片区', width: 14, kind: 'text' },
      { header: '整改要求', width: 50, kind: 'text' },
      { header: '下达日期', width: 12, kind: 'date' },
      { header: '整改期限', width: 12, kind: 'date' },
      { header: '轮次', width: 6, kind: 'number' },
      { header: '状态', width: 10, kind: 'text' },
      { header: '逾期督办', width: 16, kind: 'text' },
      { header: '销号日期', width: 12, kind: 'date' },
    ],
    rows: items.map((row, index) => [
      index + 1,
      row.schoolName,
      row.zoneName,
      row.requirement,
      shanghaiToday(new Date(row.issuedAt)),
      row.dueOn,
      row.round,
      rectificationLife.states[row.state],
      escalationLabels[row.escalation],
      row.state === 'closed' && row.closedAt ? shanghaiToday(new Date(row.closedAt)) : null,
    ]),
  })
  return sendDocument(reply, { name: `整改台账-${look.today}.xlsx`, mime: XLSX, body })
}
