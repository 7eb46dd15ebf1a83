import { html } from 'ghtml'
import { isHeld } from '#domain/award/award.ts'
import { dateInWords } from '#domain/base/calendar.ts'
import { type OutcomeWords, outcomeWords } from '#domain/year/outcome.ts'
import { brandApplied } from '#server/application/dossier/queries.ts'
import { found } from '#server/kernel/problem.ts'
import { sendHtml, showAll } from '#server/kernel/routes.ts'
import { page } from '#server/portal/layout.ts'
import { breadcrumbs, heading, type Html, narrow, table, tag, titleList } from '#server/portal/pieces.ts'
import { readSite } from '#server/portal/site.ts'
import { titleOfOutcome } from './views.ts'
import { readOutcome } from './queries.ts'

const CACHE_SECONDS = 60

type Outcome = Awaited<ReturnType<typeof readOutcome>>
type Named = Outcome['schools'][number]

/** How a year ended, for everybody: by grade where there are grades, else by stage; never by place (rule 11). */
const outcomePage = showAll({ name: 'outcomePage', path: '/outcomes/:year' }, async (exchange) => {
  const { db, today } = exchange.look
  const year = /^20\d\d$/.exec(exchange.params['year'] ?? '')?.[0]
  const outcome = await readOutcome(db, Number(found(year)))
  const words = outcomeWords(outcome.kind)
  const title = titleOfOutcome(Number(year), outcome.kind)
  const held = outcome.schools.filter(isHeld).length
  const body = narrow(
    breadcrumbs([{ label: '公示公告', href: '/notices' }, { label: title }]),
    heading(
      title,
      words.graded
        ? `${outcome.awardTitle}，${words.given} ${held} 所学校。名单按学段和校名排列，不分先后。`
        : `${words.given} ${held} 所学校。展示不评等次、不设奖项，名单按学段和校名排列，不分先后。`,
    ),
    ...documentsOf(outcome.schools, words),
    ...groupsOf(outcome, words).map(([group, schools]) => tableOf(group, schools, { words, today })),
    outcome.notices.length > 0
      ? html`<h2>公示</h2>!${titleList(
          outcome.notices.map((one) => ({ href: `/notices/${one.id}`, title: one.title, date: one.postedOn ?? '' })),
        )}`
      : '',
    words.certificate ? html`<p>点证书编号可以查验证书；也可以<a href="/verify">输入编号查验</a>。</p>` : '',
  )
  const site = await readSite(exchange)
  const meta = {
    title,
    path: `/outcomes/${year}`,
    current: 'notices' as const,
    description: `${title}，${held} 所学校。`,
  }
  return sendHtml(exchange.reply, page(site, meta, body), { cacheSeconds: CACHE_SECONDS })
})

/** Each document by which names were made public, with its day. */
function documentsOf(schools: readonly Named[], words: OutcomeWords): Html[] {
  const acts = new Map(schools.map((one) => [`${one.conferredOn} ${one.documentNumber}`, one]))
  return [...acts.keys()].toSorted().flatMap((key) => {
    const act = acts.get(key)
    return act
      ? [
          html`<p>${words.documentNumber}：${act.documentNumber ?? ''}，${words.givenOn}：${dateInWords(act.conferredOn ?? '')}。</p>`,
        ]
      : []
  })
}

function groupsOf({ schools, grades }: Outcome, { graded }: OutcomeWords): [string, Named[]][] {
  const by = Map.groupBy(schools, (one) => (graded ? one.grade : one.stage))
  const order = [...by.keys()]
  const at = (key: string) =>
    graded && grades.includes(key) ? grades.indexOf(key) : grades.length + order.indexOf(key)
  return [...by].toSorted(([one], [other]) => at(one) - at(other))
}

function tableOf(group: string, schools: readonly Named[], facts: { words: OutcomeWords; today: string }): Html {
  const { words, today } = facts
  return table({
    caption: `${group}（${schools.filter(isHeld).length} 所）`,
    columns: [
      { title: '学校' },
      { title: '学段' },
      { title: '品牌' },
      ...(words.certificate ? [{ title: '证书' }] : []),
    ],
    rows: schools.map((one) => [
      html`${one.schoolName}!${stateOf(one, today)}`,
      html`<span class="whole">${one.stage}</span>`,
      html`${brandApplied(one)}!${isHeld(one) ? '' : html`<br><span class="quiet">${words.revoke}理由：${one.revokedReason ?? ''}</span>`}`,
      ...(words.certificate ? [certificateOf(one)] : []),
    ]),
  })
}

function stateOf(one: Named, today: string): Html {
  if (one.broken) return html` !${tag('正在核对', 'warn')}`
  if (!isHeld(one)) return html` !${tag('已撤销', 'bad')}`
  return one.validUntil !== null && today > one.validUntil ? html` !${tag('已过有效期', 'quiet')}` : ''
}

const certificateOf = ({ certificateNumber }: Named): Html =>
  certificateNumber ? html`<a class="whole" href="/verify/${certificateNumber}">${certificateNumber}</a>` : ''

export const outcomePages = [outcomePage]
