import { shanghaiDate } from '#domain/calendar.ts'
import { brandQuery } from '#contract/brand.ts'
import { type Exchange, sendDocument, XLSX } from '#server/kernel/routes.ts'
import { writeSheet } from '#server/kernel/sheet.ts'
import { listBrandRows } from './store.ts'

export const brandStateLabels = { missing: '未创建', draft: '已创建', published: '已公布' } as const
const ALL = 100_000

/** The list as it is seen: the same filters, search and order, all pages. */
export async function exportBrands(exchange: Exchange) {
  const filter = brandQuery.parse(exchange.query)
  const { items } = await listBrandRows(exchange.look, { ...filter, page: 1, size: ALL })
  const body = await writeSheet({
    title: '品牌创建情况',
    columns: [
      { header: '学校', width: 28, kind: 'text' },
      { header: '学段', width: 12, kind: 'text' },
      { header: '片区', width: 14, kind: 'text' },
      { header: '品牌名称', width: 28, kind: 'text' },
      { header: '类别', width: 16, kind: 'text' },
      { header: '状态', width: 10, kind: 'text' },
      { header: '论证次数', width: 10, kind: 'number' },
      { header: '最近修改', width: 14, kind: 'date' },
    ],
    rows: items.map((row) => [
      row.schoolName,
      row.stage,
      row.zoneName,
      row.name,
      row.category,
      brandStateLabels[row.state],
      row.argumentations,
      row.updatedAt && shanghaiDate(row.updatedAt),
    ]),
  })
  return sendDocument(exchange.reply, { name: `品牌创建情况-${exchange.look.today}.xlsx`, mime: XLSX, body })
}
