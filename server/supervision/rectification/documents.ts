import { rectificationLife } from '#domain/supervision/rectificationLife.ts'
import { escalationLabels } from '#domain/supervision/rectification.ts'
import { shanghaiDate } from '#domain/base/calendar.ts'
import { rectificationFilter } from '#contract/supervision/rectification.ts'
import { demandReadable, MOST_ROWS, sendListSheet } from '#server/kernel/listSheet.ts'
import type { Exchange } from '#server/kernel/routes.ts'
import { listOrders } from './queries.ts'

/** 整改台账 as it is seen: same filters, same order, all pages. */
export async function sendRectificationSheet(exchange: Exchange) {
  const filter = rectificationFilter.parse(exchange.query)
  const { items, total } = await listOrders(exchange.look, { ...filter, page: 1, size: MOST_ROWS })
  demandReadable(total)
  return sendListSheet(exchange, {
    title: '整改台账',
    rows: items,
    columns: [
      { header: '序号', width: 6, kind: 'number', of: (_row, index) => index + 1 },
      { header: '学校', width: 24, kind: 'text', of: (row) => row.schoolName },
      { header: '片区', width: 14, kind: 'text', of: (row) => row.zoneName },
      { header: '整改要求', width: 50, kind: 'text', of: (row) => row.requirement },
      { header: '下达日期', width: 12, kind: 'date', of: (row) => shanghaiDate(row.issuedAt) },
      { header: '整改期限', width: 12, kind: 'date', of: (row) => row.dueOn },
      { header: '轮次', width: 6, kind: 'number', of: (row) => row.round },
      { header: '状态', width: 10, kind: 'text', of: (row) => rectificationLife.states[row.state] },
      { header: '逾期督办', width: 16, kind: 'text', of: (row) => escalationLabels[row.escalation] },
      { header: '销号日期', width: 12, kind: 'date', of: (row) => closedOn(row) },
    ],
  })
}

const closedOn = (row: { state: string; closedAt: string | null }) =>
  row.state === 'closed' && row.closedAt ? shanghaiDate(row.closedAt) : null
