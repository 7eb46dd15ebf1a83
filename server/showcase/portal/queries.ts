import { dayInWords, shanghaiDate } from '#domain/base/calendar.ts'
import { resourcesOf } from '#server/brand/brand/queries.ts'
import { countFiled } from '#server/ledger/figures/queries.ts'
import { listPublishedSurveys } from '#server/survey/result/queries.ts'
import { contains } from '#server/kernel/contains.ts'
import { subjectsMatching } from '#server/kernel/search.ts'
import { found } from '#server/kernel/problem.ts'
import type { ReadOnly } from '#server/kernel/work.ts'

export const BRANDS_ON_A_PAGE = 24

export interface BrandFilter {
  q: string
  stage: string
  category: string
  zone: string
  ownership: string
  page: number
}

const published = (db: ReadOnly) =>
  db
    .selectFrom('brand')
    .innerJoin('school', 'school.id', 'brand.schoolId')
    .leftJoin('brandCategory', 'brandCategory.id', 'brand.categoryId')
    .leftJoin('file as logo', (join) =>
      join.onRef('logo.id', '=', 'brand.logoFileId').on('logo.withheldAt', 'is', null),
    )
    .where('brand.publishedAt', 'is not', null)
    .where('school.retiredAt', 'is', null)

/** The award that a brand holds now (`isValid`). */
const heldAward = (db: ReadOnly, today: string) =>
  db
    .selectFrom('award')
    .innerJoin('cycle', 'cycle.id', 'award.cycleId')
    .select([
      'award.schoolId',
      'award.grade',
      'cycle.year',
      'cycle.awardTitle',
      'award.conferredOn',
      'award.certificateNumber',
    ])
    .where('award.state', '=', 'conferred')
    .where('award.validUntil', '>=', today)

const cardColumns = [
  'brand.id',
  'brand.name',
  'brand.slogan',
  'logo.id as logoFileId',
  'brand.schoolId',
  'school.name as schoolName',
  'brandCategory.label as categoryLabel',
] as const

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
  const awards = await heldAward(db, today)
    .where(
      'award.schoolId',
      'in',
      rows.map((row) => row.schoolId),
    )
    .execute()
  const named = new Map(awards.map((one) => [one.schoolId, `${one.year} 年${one.grade}`]))
  return rows.map((row) => cardOf(row, named.get(row.schoolId)))
}

/** Published brands, searched and filtered, by school and never by any score (rule 11). */
export async function listBrands(db: ReadOnly, filter: BrandFilter, today: string) {
  let rows = published(db)
  const { q } = filter
  if (q)
    rows = rows.where((eb) => {
      const held = eb('brand.id', 'in', subjectsMatching(db, 'brand', q))
      // Only letters can be pinyin.
      return /[a-z]/i.test(q.normalize('NFKC')) ? eb.or([held, contains(db, ['school.pinyin'], q)]) : held
    })
  if (filter.stage) rows = rows.where('school.stage', '=', filter.stage)
  if (filter.category) rows = rows.where('brandCategory.label', '=', filter.category)
  if (filter.zone) rows = rows.where('school.zoneId', '=', filter.zone)
  if (filter.ownership) rows = rows.where('school.ownership', '=', filter.ownership)
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const page = await rows
    .select(cardColumns)
    .orderBy('school.sortKey')
    .limit(BRANDS_ON_A_PAGE)
    .offset((filter.page - 1) * BRANDS_ON_A_PAGE)
    .execute()
  return { brands: await cardsOf(db, page, today), total: Number(total) }
}

/** What the filters offer: only values that some school has. */
export async function readChoices(db: ReadOnly) {
  const stages = await db
    .selectFrom('school')
    .select('stage')
    .where('retiredAt', 'is', null)
    .groupBy('stage')
    .orderBy('stage')
    .execute()
  const zones = await db
    .selectFrom('zone')
    .select(['id', 'name'])
    .where('retiredAt', 'is', null)
    .orderBy('sortOrder')
    .execute()
  const categories = await db.selectFrom('brandCategory').select('label').orderBy('sortOrder').execute()
  return {
    stages: stages.map((one) => ({ value: one.stage, label: one.stage })),
    zones: zones.map((one) => ({ value: one.id, label: one.name })),
    categories: categories.map((one) => ({ value: one.label, label: one.label })),
  }
}

/** Coverage as the policy means it (G1) and as the console counts it: schools that have a brand, and schools that are due one. */
export async function readCoverage(db: ReadOnly): Promise<{ made: number; due: number }> {
  const row = await db
    .selectFrom('school')
    .leftJoin('brand', 'brand.schoolId', 'school.id')
    .select((eb) => [eb.fn.count<number>('school.id').as('due'), eb.fn.count<number>('brand.id').as('made')])
    .where('school.retiredAt', 'is', null)
    .executeTakeFirst()
  return { made: Number(row?.made ?? 0), due: Number(row?.due ?? 0) }
}

const BRANDS_ON_THE_FRONT = 6
const DAY = 86_400_000

/** Six brands for the front page, others each day, so that every school has its turn and none stands first for its award. */
export async function listFrontBrands(db: ReadOnly, today: string) {
  const { total } = await published(db)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const count = Number(total)
  if (count === 0) return []
  const turn = ((Date.parse(today) / DAY) * BRANDS_ON_THE_FRONT) % count
  const from = (offset: number, limit: number) =>
    published(db).select(cardColumns).orderBy('brand.id').limit(limit).offset(offset).execute()
  const rows = await from(turn, BRANDS_ON_THE_FRONT)
  const missing = Math.min(count, BRANDS_ON_THE_FRONT) - rows.length
  return cardsOf(db, missing > 0 ? [...rows, ...(await from(0, missing))] : rows, today)
}

/** What is to come first, then what was. */
async function listFrontEvents(db: ReadOnly, limit: number) {
  const rows = await db
    .selectFrom('event')
    .select(['id', 'title', 'startsAt', 'state'])
    .where('state', 'in', ['published', 'held'])
    .orderBy('startsAt', 'desc')
    .limit(limit)
    .execute()
  return rows.map((one) => ({
    href: `/events/${one.id}`,
    title: one.title,
    date: shanghaiDate(one.startsAt),
    note: one.state === 'published' ? '将举行' : undefined,
  }))
}

export async function listNews(db: ReadOnly, limit: number) {
  const notices = await db
    .selectFrom('notice')
    .select(['id', 'title', 'state', 'postedOn'])
    .where('state', 'in', ['posted', 'ended'])
    .orderBy('postedOn', 'desc')
    .limit(limit)
    .execute()
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
  let rows = db
    .selectFrom('article')
    .leftJoin('school', 'school.id', 'article.schoolId')
    .select(['article.id', 'article.title', 'article.publishedAt', 'school.name as schoolName'])
    .where('article.state', '=', 'published')
    .where('article.kind', announcements ? '=' : '!=', 'announcement')
  if (schoolId) rows = rows.where('article.schoolId', '=', schoolId)
  const found = await rows.orderBy('article.publishedAt', 'desc').limit(limit).execute()
  return found.map((one) => ({
    href: `/articles/${one.id}`,
    title: one.title,
    date: one.publishedAt ? shanghaiDate(one.publishedAt) : '',
    note: schoolId ? undefined : (one.schoolName ?? undefined),
  }))
}

/** One published brand with everything its page tells. */
export async function readBrandView(db: ReadOnly, id: string, today: string) {
  const brand = found(
    await published(db)
      .select([
        ...cardColumns,
        'brand.concept',
        'brand.connotation',
        'brand.renamedFrom',
        'brand.renamedAt',
        'brand.localResources',
        'school.stage',
        'school.memberCount',
      ])
      .where('brand.id', '=', id)
      .executeTakeFirst(),
  )
  const awards = await heldAward(db, today)
    .where('award.schoolId', '=', brand.schoolId)
    .orderBy('award.conferredOn', 'desc')
    .execute()
  const plan = await db
    .selectFrom('plan')
    .innerJoin('cycle', 'cycle.id', 'plan.cycleId')
    .select(['plan.id', 'plan.publishedAt', 'cycle.title', 'plan.cycleId'])
    .where('plan.schoolId', '=', brand.schoolId)
    // A closed year's plan stays readable until the next one is published.
    .where('plan.state', 'in', ['published', 'closed'])
    .orderBy('plan.publishedAt', 'desc')
    .executeTakeFirst()
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
    resources: resourcesOf(brand),
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
