import { dayInWords, shanghaiDate } from '#domain/base/calendar.ts'
import { countFiled } from '#server/ledger/figures/queries.ts'
import { listPublishedSurveys } from '#server/survey/result/queries.ts'
import type { ReadOnly } from '#server/kernel/work.ts'
import {
  type BrandFilter,
  countPublishedBrands,
  findPublishedBrand,
  findPublishedPlan,
  listBrandsFrom,
  listHeldAwards,
  listLatestArticles,
  listLatestEvents,
  listLatestNotices,
  listPublishedBrands,
} from './queries.ts'

interface CardRow {
  id: string
  name: string
  slogan: string
  logoFileId: string | null
  schoolId: string
  schoolName: string
  categoryLabel: string | null
}

const cardOf = (row: CardRow, award: string | undefined) => ({
  href: `/brands/${row.id}`,
  name: row.name,
  schoolName: row.schoolName,
  categoryLabel: row.categoryLabel ?? '',
  slogan: row.slogan || undefined,
  logo: row.logoFileId ? { src: `/media/${row.logoFileId}?size=320`, alt: `${row.schoolName}品牌标识` } : undefined,
  award,
})

async function cardsOf(db: ReadOnly, rows: CardRow[], today: string) {
  if (rows.length === 0) return []
  const awards = await listHeldAwards(
    db,
    rows.map((row) => row.schoolId),
    today,
  )
  // The latest of a school is set last.
  const named = new Map(awards.toReversed().map((one) => [one.schoolId, `${one.year} 年${one.grade}`]))
  return rows.map((row) => cardOf(row, named.get(row.schoolId)))
}

/** Published brands, searched and filtered, by school and never by any score (rule 11). */
export async function listBrands(db: ReadOnly, filter: BrandFilter, today: string) {
  const { rows, total } = await listPublishedBrands(db, filter)
  return { brands: await cardsOf(db, rows, today), total }
}

const BRANDS_ON_THE_FRONT = 6
const DAY = 86_400_000

/** Six brands for the front page, others each day, so that every school has its turn and none stands first for its award. */
export async function listFrontBrands(db: ReadOnly, today: string) {
  const count = await countPublishedBrands(db)
  if (count === 0) return []
  const turn = ((Date.parse(today) / DAY) * BRANDS_ON_THE_FRONT) % count
  const rows = await listBrandsFrom(db, turn, BRANDS_ON_THE_FRONT)
  const missing = Math.min(count, BRANDS_ON_THE_FRONT) - rows.length
  return cardsOf(db, missing > 0 ? [...rows, ...(await listBrandsFrom(db, 0, missing))] : rows, today)
}

/** What is to come first, then what was. */
async function listFrontEvents(db: ReadOnly, limit: number) {
  const rows = await listLatestEvents(db, limit)
  return rows.map((one) => ({
    href: `/events/${one.id}`,
    title: one.title,
    date: shanghaiDate(one.startsAt),
    note: one.state === 'published' ? '将举行' : undefined,
  }))
}

export async function listNews(db: ReadOnly, limit: number) {
  const notices = await listLatestNotices(db, limit)
  const articles = await listPublishedArticles(db, limit)
  const announcements = await listPublishedArticles(db, limit, { announcements: true })
  const surveys = await listPublishedSurveys(db)
  return {
    notices: [
      ...announcements,
      ...notices.map((one) => ({
        href: `/notices/${one.id}`,
        title: one.title,
        date: one.postedOn ?? '',
        note: one.state === 'posted' ? '公示中' : undefined,
      })),
      ...surveys.map((one) => ({
        href: `/surveys/${one.id}`,
        title: `${one.title}结果`,
        date: shanghaiDate(one.publishedAt ?? ''),
        note: undefined,
      })),
    ]
      .toSorted((a, b) => b.date.localeCompare(a.date))
      .slice(0, limit),
    articles,
    events: await listFrontEvents(db, limit),
  }
}

async function listPublishedArticles(
  db: ReadOnly,
  limit: number,
  { schoolId, announcements = false }: { schoolId?: string; announcements?: boolean } = {},
) {
  const found = await listLatestArticles(db, limit, { schoolId, announcements })
  return found.map((one) => ({
    href: `/articles/${one.id}`,
    title: one.title,
    date: one.publishedAt ? shanghaiDate(one.publishedAt) : '',
    note: schoolId ? undefined : (one.schoolName ?? undefined),
  }))
}

/** One published brand with everything its page tells. */
export async function readBrandView(db: ReadOnly, id: string, today: string) {
  const brand = await findPublishedBrand(db, id)
  const awards = await listHeldAwards(db, [brand.schoolId], today)
  const plan = await findPublishedPlan(db, brand.schoolId)
  const filed = await countFiled(db, { cycleId: plan?.cycleId ?? '', schoolIds: [brand.schoolId] })
  const entryCount = Object.values(filed).reduce((sum, count) => sum + count, 0)
  const card = cardOf(brand, undefined)
  return {
    schoolName: brand.schoolName,
    stageLabel: brand.stage,
    name: brand.name,
    categoryLabel: card.categoryLabel,
    concept: brand.concept,
    connotation: brand.connotation,
    slogan: card.slogan,
    resources: brand.localResources,
    logo: card.logo,
    awards: awards.map((one) => ({
      title: `${one.year} 年${one.grade}`,
      conferredOn: one.conferredOn ?? '',
      href: `/verify/${one.certificateNumber ?? ''}`,
    })),
    plan: plan && {
      href: `/plans/${plan.id}`,
      title: `${plan.title}创建方案`,
      publishedOn: dayInWords(plan.publishedAt ?? ''),
    },
    facts: [
      ...(brand.renamedFrom && brand.renamedAt
        ? [{ label: '原名', value: `${brand.renamedFrom}（${dayInWords(brand.renamedAt)}改为现名）` }]
        : []),
      { label: '党员', value: `${brand.memberCount} 名` },
      { label: `${plan?.title ?? ''}台账记录`, value: `${entryCount} 条` },
    ],
    articles: await listPublishedArticles(db, 5, { schoolId: brand.schoolId }),
  }
}
