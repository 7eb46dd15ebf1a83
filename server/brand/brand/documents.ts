import { shanghaiDate } from '#domain/base/calendar.ts'
import { brandQuery } from '#contract/brand/brand.ts'
import { demandReadable, MOST_ROWS, sendListSheet } from '#server/kernel/listSheet.ts'
import type { Exchange } from '#server/kernel/routes.ts'
import { listBrandRows } from './queries.ts'

const brandStateLabels = { missing: '未创建', draft: '未公布', published: '已公布' } as const

/** The list as it is seen: the same filters, search and order, all pages. */
export async function exportBrands(exchange: Exchange) {
  const filter = brandQuery.parse(exchange.query)
  const { items, total } = await listBrandRows(exchange.look, { ...filter, page: 1, size: MOST_ROWS })
  demandReadable(total)
  return sendListSheet(exchange, {
    title: '品牌创建情况',
    rows: items,
    columns: [
      { header: '学校', width: 28, kind: 'text', of: (row) => row.schoolName },
      { header: '学段', width: 12, kind: 'text', of: (row) => row.stage },
      { header: '片区', width: 14, kind: 'text', of: (row) => row.zoneName },
      { header: '品牌名称', width: 28, kind: 'text', of: (row) => row.name },
      { header: '类别', width: 16, kind: 'text', of: (row) => row.category },
      { header: '状态', width: 10, kind: 'text', of: (row) => brandStateLabels[row.state] },
      { header: '论证次数', width: 10, kind: 'number', of: (row) => row.argumentations },
      { header: '最近修改', width: 14, kind: 'date', of: (row) => row.updatedAt && shanghaiDate(row.updatedAt) },
    ],
  })
}
