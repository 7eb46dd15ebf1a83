import type { Actor } from '#domain/base/actor.ts'
import { ownerships } from '#domain/schools/listColumns.ts'
import { type Exchange, sendHtml, showAll } from '#server/kernel/routes.ts'
import { listOutcomeLinks } from '#server/showcase/outcome/views.ts'
import { brandBody, brandListBody, homeBody } from '#server/portal/brandPieces.ts'
import { page } from '#server/portal/layout.ts'
import { readSite } from '#server/portal/site.ts'
import { BRANDS_ON_A_PAGE, readChoices, readCoverage } from './queries.ts'
import { listBrands, listFrontBrands, listNews, readBrandView } from './views.ts'

const CACHE_SECONDS = 60
const NEWS_ON_THE_FRONT = 6

const homePage = showAll({ name: 'homePage', path: '/' }, async (exchange) => {
  const { db, today } = exchange.look
  const site = await readSite(exchange)
  const body = homeBody({
    bureauName: site.bureauName,
    programmeName: site.programmeName,
    headline: '一校一品，各有特色',
    lead: `${site.bureauName}在全区中小学校、幼儿园开展党建文化建设，每所学校创建一个体现本校特色的党建文化品牌。`,
    coverage: await readCoverage(db),
    brands: await listFrontBrands(db, today),
    ...(await listNews(db, NEWS_ON_THE_FRONT)),
    outcome: (await listOutcomeLinks(db))[0],
  })
  const meta = {
    title: '首页',
    path: '/',
    current: 'home' as const,
    description: '各校党建文化品牌展示、创建方案、公示公告和证书查验。',
  }
  return sendHtml(exchange.reply, page(site, meta, body), { cacheSeconds: CACHE_SECONDS })
})

const brandsPage = showAll({ name: 'brandsPage', path: '/brands' }, async (exchange) => {
  const { db, today } = exchange.look
  const filter = filterOf(exchange)
  const { brands, total } = await listBrands(db, filter, today)
  const choices = await readChoices(db)
  const body = brandListBody({
    q: filter.q,
    filters: [
      { name: 'stage', label: '学段', value: filter.stage, choices: choices.stages },
      { name: 'category', label: '类别', value: filter.category, choices: choices.categories },
      { name: 'zone', label: '片区', value: filter.zone, choices: choices.zones },
      {
        name: 'ownership',
        label: '办学性质',
        value: filter.ownership,
        choices: ownerships.map((one) => ({ value: one, label: one })),
      },
    ],
    brands,
    page: filter.page,
    size: BRANDS_ON_A_PAGE,
    total,
  })
  const site = await readSite(exchange)
  return sendHtml(
    exchange.reply,
    page(site, { title: '品牌展示', path: exchange.request.url, current: 'brands' }, body),
    {
      cacheSeconds: CACHE_SECONDS,
    },
  )
})

function filterOf({ query }: Exchange<Actor>) {
  const short = (name: string) => (query[name] ?? '').replaceAll('\0', '').trim().slice(0, 50)
  const page = Number(query['page'] ?? 1)
  return {
    q: short('q'),
    stage: short('stage'),
    category: short('category'),
    zone: short('zone'),
    ownership: short('ownership'),
    page: Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
  }
}

const brandPage = showAll({ name: 'brandPage', path: '/brands/:id' }, async (exchange) => {
  const { db, today } = exchange.look
  const view = await readBrandView(db, exchange.params['id'] ?? '', today)
  const site = await readSite(exchange)
  const meta = {
    title: `${view.name} - ${view.schoolName}`,
    path: exchange.request.url,
    current: 'brands' as const,
    description: view.concept.slice(0, 120),
  }
  return sendHtml(exchange.reply, page(site, meta, brandBody(view)), { cacheSeconds: CACHE_SECONDS })
})

const robots = showAll({ name: 'robots', path: '/robots.txt' }, async ({ reply }) =>
  reply
    .header('cache-control', `public, max-age=${CACHE_SECONDS}`)
    .type('text/plain; charset=utf-8')
    .send(
      ['User-agent: *', ...['/console', '/api', '/t', '/sign-in'].map((path) => `Disallow: ${path}`), ''].join('\n'),
    ),
)

export const portalPages = [homePage, brandsPage, brandPage, robots]
