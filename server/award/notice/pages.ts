import type { Actor } from '#domain/base/actor.ts'
import { html } from 'ghtml'
import { dateInWords, shanghaiDate } from '#domain/base/calendar.ts'
import { noticeLife } from '#domain/award/noticeLife.ts'
import { againstObjecting } from '#domain/award/objection.ts'
import { outcomeWords } from '#domain/year/outcome.ts'
import { listPublicArticles } from '#server/showcase/article/queries.ts'
import { readCycle } from '#server/year/cycle/queries.ts'
import { type Exchange, sendHtml, showAll } from '#server/kernel/routes.ts'
import { page } from '#server/portal/layout.ts'
import {
  breadcrumbs,
  empty,
  heading,
  type Html,
  narrow,
  noticeBox,
  paragraphs,
  table,
  tag,
  titleList,
} from '#server/portal/pieces.ts'
import { readSite } from '#server/portal/site.ts'
import { listOutcomeLinks, titleOfOutcome } from '#server/showcase/outcome/views.ts'
import { findPublicNotice, findSuccessor, listPublicNotices, readNamesSince } from './queries.ts'

const CACHE_SECONDS = 60

const stateNote = (one: { state: string; endsOn: string | null }): string =>
  ({ posted: `公示中，至${dateInWords(one.endsOn ?? '')}`, superseded: '已被替代' })[one.state] ?? '公示结束'

type PublicNotice = Awaited<ReturnType<typeof findPublicNotice>>

const noticesPage = showAll({ name: 'noticesPage', path: '/notices' }, async (exchange) => {
  const notices = await listPublicNotices(exchange.look.db)
  const outcomes = await listOutcomeLinks(exchange.look.db)
  const announced = await listPublicArticles(exchange.look.db, { q: '', page: 1, announcements: true })
  const list = titleList(
    notices.map((one) => ({
      href: `/notices/${one.id}`,
      title: one.title,
      date: one.postedOn ?? '',
      note: stateNote(one),
    })),
  )
  const body = narrow(
    heading('公示公告', '审定结果公布前的公示，以及局里的通知、决定和通报。公示期内可以提出异议。'),
    outcomes.length > 0
      ? html`<h2>各年度结果</h2><ul class="titles">!${outcomes.map((one) => html`<li><a href="${one.href}">${one.title}</a></li>`)}</ul>`
      : '',
    html`<h2>公示</h2>`,
    notices.length > 0 ? list : empty('现在没有公示', '评审和审定完成后，名单会在这里公示五个工作日。'),
    html`<h2>通知公告</h2>`,
    announced.items.length > 0
      ? titleList(
          announced.items.slice(0, 5).map((one) => ({
            href: `/articles/${one.id}`,
            title: one.title,
            date: shanghaiDate(one.publishedAt ?? ''),
          })),
        )
      : html`<p class="quiet">还没有通知公告。</p>`,
    announced.total > 5 ? html`<p><a href="/announcements">全部通知公告（${announced.total}）</a></p>` : '',
    html`<p><a href="/objections">凭回执查询异议办理结果</a>　<a href="/surveys">满意度测评结果</a></p>`,
  )
  const site = await readSite(exchange)
  return sendHtml(exchange.reply, page(site, { title: '公示公告', path: '/notices', current: 'notices' }, body), {
    cacheSeconds: CACHE_SECONDS,
  })
})

async function drawNotice(exchange: Exchange<Actor>, notice: PublicNotice) {
  const { db, today } = exchange.look
  const { outcomeKind, year } = await readCycle(db, notice.cycleId)
  const open = againstObjecting(notice, today).length === 0
  const names = await readNamesSince(db, notice)
  const given = names.flatMap((one) => one.schools).find((one) => one.award?.conferredOn)?.award
  const words = outcomeWords(outcomeKind)
  const tables = names.map(({ stage, schools }) =>
    table({
      caption: `${stage}（${schools.length} 所）`,
      columns: [{ title: '学校' }, { title: '品牌' }, ...(given ? [{ title: '结果' }] : [])],
      rows: schools.map(({ schoolName, brandName, award }) => {
        const revoked = award?.state === 'revoked'
        return [
          html`${schoolName}!${revoked ? html` !${tag('已撤销', 'bad')}` : ''}`,
          html`${brandName}!${revoked ? html`<br><span class="quiet">撤销理由：${award.revokedReason ?? ''}</span>` : ''}`,
          ...(given ? [outcomeCell(award)] : []),
        ]
      }),
    }),
  )
  const body = narrow(
    breadcrumbs([{ label: '公示公告', href: '/notices' }, { label: '公示' }]),
    heading(notice.title),
    html`<p>!${tag(open ? '公示中' : noticeLife.states[notice.state], open ? 'info' : 'quiet')} <span class="quiet">公示时间：${dateInWords(notice.postedOn ?? '')}至${dateInWords(notice.endsOn ?? '')}（发布当日不计）</span></p>`,
    await superseded(exchange, notice),
    paragraphs(notice.body),
    ...tables,
    html`<p class="quiet">发布日期：${dateInWords(notice.postedOn ?? '')}</p>`,
    given
      ? noticeBox(
          `${words.given}`,
          html`<p>${words.documentNumber}：${given.documentNumber ?? ''}，${words.givenOn}：${dateInWords(given.conferredOn ?? '')}。</p><p><a href="/outcomes/${year}">${titleOfOutcome(year, outcomeKind)}</a></p>`,
          'ok',
        )
      : '',
    open ? howToObject(notice) : closed(notice),
  )
  const site = await readSite(exchange)
  return page(site, { title: notice.title, path: `/notices/${notice.id}`, current: 'notices' }, body)
}

const closed = (notice: PublicNotice): Html =>
  notice.state === 'superseded' ? '' : noticeBox('公示已经结束，不再接收异议', '', 'quiet')

type Since = Awaited<ReturnType<typeof readNamesSince>>[number]['schools'][number]['award']

const outcomeCell = (award: Since): Html => {
  if (award?.state !== 'conferred') return html`${award?.state === 'revoked' ? '已撤销' : '未公布'}`
  const { certificateNumber } = award
  return certificateNumber ? html`<a href="/verify/${certificateNumber}">${certificateNumber}</a>` : html`已公布`
}

async function superseded(exchange: Exchange<Actor>, notice: PublicNotice): Promise<Html> {
  if (notice.state !== 'superseded') return ''
  const next = await findSuccessor(exchange.look.db, notice)
  const on = notice.closedAt ? dateInWords(shanghaiDate(notice.closedAt)) : ''
  return noticeBox(
    '这份公示已被替代，不再有效',
    html`<p>${on}起不再有效。理由：${notice.closedReason}</p><p>!${next ? html`请看新的公示：<a href="/notices/${next.id}">${next.title}</a>` : '重新审定后另行公示。'}</p>`,
    'warn',
  )
}

const howToObject = ({ id }: PublicNotice): Html =>
  html`<h2>提出异议</h2><p>公示期间，单位和个人都可以提出异议；实名、匿名都可以，提交后得到一个回执，凭它看办理和答复。</p><p><a class="button button-main" href="/notices/${id}/objections">提出异议</a>　<a href="/objections">凭回执查询</a></p>`

const noticePage = showAll({ name: 'noticePage', path: '/notices/:id' }, async (exchange) => {
  const notice = await findPublicNotice(exchange.look.db, exchange.params['id'] ?? '')
  return sendHtml(exchange.reply, await drawNotice(exchange, notice), { cacheSeconds: CACHE_SECONDS })
})

export const noticePages = [noticesPage, noticePage]
