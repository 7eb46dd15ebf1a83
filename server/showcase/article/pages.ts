import type { Actor } from '#domain/base/actor.ts'
import { dateInWords, shanghaiDate } from '#domain/base/calendar.ts'
import { quoted } from '#domain/base/text.ts'
import { sendKept } from '#server/records/file/documents.ts'
import { type Exchange, sendHtml, show } from '#server/kernel/routes.ts'
import { page } from '#server/portal/layout.ts'
import {
  breadcrumbs,
  empty,
  facts,
  field,
  filterForm,
  heading,
  narrow,
  noticeBox,
  pagination,
  paragraphs,
  titleList,
  wrap,
} from '#server/portal/pieces.ts'
import { readSite } from '#server/portal/site.ts'
import { html } from 'ghtml'
import {
  ARTICLES_ON_A_PAGE,
  findPublicAttachment,
  listAttachments,
  listCorrections,
  listPublicArticles,
  readPublicArticle,
} from './queries.ts'

const CACHE_SECONDS = 60

const pageNumber = ({ query }: Exchange<Actor>): number => {
  const asked = Number(query['page'] ?? 1)
  return Number.isInteger(asked) && asked >= 1 && asked <= 10_000 ? asked : 1
}

const articlesPage = show({ name: 'articlesPage', path: '/articles', access: 'public' }, async (exchange) => {
  const q = (exchange.query['q'] ?? '').replaceAll('\0', '').trim().slice(0, 50)
  const at = pageNumber(exchange)
  const { items, total } = await listPublicArticles(exchange.look.db, { q, page: at })
  const body = wrap(
    heading('典型经验', '各校经验做法、工作动态和成果展示。'),
    filterForm('/articles', field({ name: 'q', label: '查找', value: q, optional: true, type: 'search' })),
    total > 0
      ? titleList(
          items.map((one) => ({
            href: `/articles/${one.id}`,
            title: one.title,
            date: shanghaiDate(one.publishedAt ?? ''),
            note: one.schoolName ?? undefined,
          })),
        )
      : empty(q ? `没有找到含有${quoted(q)}的文章` : '还没有发布文章', q ? '换一个词再找。' : '发布后在这里查看。'),
    pagination({
      page: at,
      size: ARTICLES_ON_A_PAGE,
      total,
      href: (to) => `/articles?${new URLSearchParams({ ...(q ? { q } : {}), page: String(to) })}`,
    }),
  )
  const meta = { title: '典型经验', path: exchange.request.url, current: 'articles' as const }
  return sendHtml(exchange.reply, page(await readSite(exchange), meta, body), { cacheSeconds: CACHE_SECONDS })
})

const announcementsPage = show(
  { name: 'announcementsPage', path: '/announcements', access: 'public' },
  async (exchange) => {
    const at = pageNumber(exchange)
    const { items, total } = await listPublicArticles(exchange.look.db, { q: '', page: at, announcements: true })
    const body = wrap(
      breadcrumbs([{ label: '公示公告', href: '/notices' }, { label: '通知公告' }]),
      heading('通知公告', '局里的通知、决定和通报。'),
      items.length > 0
        ? titleList(
            items.map((one) => ({
              href: `/articles/${one.id}`,
              title: one.title,
              date: shanghaiDate(one.publishedAt ?? ''),
            })),
          )
        : empty('还没有通知公告', '发布后在这里查看。'),
      pagination({ page: at, size: ARTICLES_ON_A_PAGE, total, href: (to) => `/announcements?page=${to}` }),
    )
    const meta = { title: '通知公告', path: exchange.request.url, current: 'notices' as const }
    return sendHtml(exchange.reply, page(await readSite(exchange), meta, body), { cacheSeconds: CACHE_SECONDS })
  },
)

const articleFile = show(
  { name: 'articleFile', path: '/articles/:id/files/:fileId', access: 'public' },
  async (one) => {
    const { id = '', fileId = '' } = one.params
    return sendKept(one, await findPublicAttachment(one.look.db, id, fileId))
  },
)

const articlePage = show({ name: 'articlePage', path: '/articles/:id', access: 'public' }, async (exchange) => {
  const article = await readPublicArticle(exchange.look.db, exchange.params['id'] ?? '')
  const withdrawn = article.state === 'withdrawn'
  const [corrected] = withdrawn ? [] : await listCorrections(exchange.look.db, article.id)
  const announced = article.kind === 'announcement'
  const place = announced
    ? [
        { label: '公示公告', href: '/notices' },
        { label: '通知公告', href: '/announcements' },
      ]
    : [{ label: '典型经验', href: '/articles' }]
  const files = withdrawn ? [] : await listAttachments(exchange.look.db, article.id)
  const body = narrow(
    breadcrumbs([...place, { label: article.title }]),
    heading(article.title),
    facts([
      {
        label: announced ? '发布单位' : '作者',
        value: html`${[article.schoolName, article.authorName].filter(Boolean).join(' ')}`,
      },
      {
        label: '品牌',
        value: article.brandId ? html`<a href="/brands/${article.brandId}">${article.brandName ?? ''}</a>` : undefined,
      },
      { label: '发布日期', value: html`${dateInWords(shanghaiDate(article.publishedAt ?? ''))}` },
      {
        label: '更正',
        value: corrected ? html`${dateInWords(shanghaiDate(corrected.at))}，${corrected.reason}` : undefined,
      },
      { label: '采用', value: article.adoptedLevel ? html`${article.adoptedLevel}级采用` : undefined },
    ]),
    withdrawn
      ? noticeBox('这篇文章已经撤下', paragraphs(article.withdrawnReason ?? ''), 'warn')
      : html`<div class="prose">!${paragraphs(article.body)}</div>`,
    files.length > 0
      ? html`<section class="band" aria-labelledby="files"><h2 id="files">附件</h2><ul class="dots">!${files.map((one) => html`<li><a href="/articles/${article.id}/files/${one.fileId}" download>${one.name}</a></li>`)}</ul></section>`
      : '',
  )
  const meta = {
    title: article.title,
    path: exchange.request.url,
    current: announced ? ('notices' as const) : ('articles' as const),
    unlisted: withdrawn,
  }
  return sendHtml(exchange.reply, page(await readSite(exchange), meta, body), { cacheSeconds: CACHE_SECONDS })
})

export const articlePages = [articlesPage, announcementsPage, articlePage, articleFile]
