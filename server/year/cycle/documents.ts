import { html } from 'ghtml'
import { type Method, methodLabels, type Standard } from '#domain/year/standard.ts'
import { found } from '#server/kernel/problem.ts'
import { type Exchange, sendHtml } from '#server/kernel/routes.ts'
import { printPage } from '#server/portal/layout.ts'
import { table } from '#server/portal/pieces.ts'
import { sheet } from '#server/portal/printPieces.ts'
import { readSite } from '#server/portal/site.ts'
import { findStandard } from './queries.ts'

/** The standard on paper, as it goes with the notice to schools. */
export async function printStandard(exchange: Exchange): Promise<unknown> {
  const { look, params, reply } = exchange
  const standard = await findStandard(look.db, found(params['id']), look.actor.bureauId)
  const site = await readSite(exchange)
  const body = sheet(
    {
      title: standard.title,
      head: [
        { label: '版本', value: `第 ${standard.version} 版` },
        { label: '总分', value: `${standard.body.totalPoints} 分` },
        { label: '单位', value: site.bureauName },
        { label: '内容摘要', value: standard.digest.slice(0, 16) },
      ],
    },
    indicatorTable(standard.body),
    pointTable(`加分项（合计不超过 ${standard.body.bonus.cap} 分）`, standard.body.bonus.items),
    pointTable(`减分项（合计不超过 ${standard.body.deduction.cap} 分）`, standard.body.deduction.items),
  )
  return sendHtml(reply, printPage(site, { title: standard.title, back: '/console/standards' }, body))
}

function indicatorTable(standard: Standard): string {
  return table({
    caption: '评估指标',
    columns: [
      { title: '编号' },
      { title: '指标' },
      { title: '分值', number: true },
      { title: '评审方式' },
      { title: '佐证材料' },
    ],
    rows: standard.dimensions.flatMap((dimension) => [
      [html`${dimension.code}`, html`<strong>${dimension.title}</strong>`, html`${dimension.points}`, '', ''],
      ...dimension.indicators.map((one) => [
        html`${one.code}`,
        html`${one.title}`,
        html`${one.points}`,
        html`${shares(one.methods)}`,
        html`${one.evidence}`,
      ]),
    ]),
  })
}

const shares = (methods: Partial<Record<Method, number>>): string =>
  Object.entries(methodLabels)
    .flatMap(([method, label]) => {
      const points = Object.entries(methods).find(([name]) => name === method)?.[1]
      return points ? [`${label} ${points}`] : []
    })
    .join('、')

function pointTable(caption: string, items: readonly { code: string; title: string; points: number }[]): string {
  if (items.length === 0) return ''
  return table({
    caption,
    columns: [{ title: '编号' }, { title: '事项' }, { title: '分值', number: true }],
    rows: items.map((one) => [html`${one.code}`, html`${one.title}`, html`${one.points}`]),
  })
}
