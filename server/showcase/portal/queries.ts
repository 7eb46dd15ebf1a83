import { resourcesOf } from '#server/brand/brand/queries.ts'
import { subjectsMatching } from '#server/kernel/search.ts'
import { contains } from '#server/kernel/contains.ts'
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

/** One page of the published brands that the filter asks for, in the order of the schools. */
export async function listPublishedBrands(db: ReadOnly, filter: BrandFilter) {
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
  const found = await rows
    .select(cardColumns)
    .orderBy('school.sortKey')
    .limit(BRANDS_ON_A_PAGE)
    .offset((filter.page - 1) * BRANDS_ON_A_PAGE)
    .execute()
  return { rows: found, total: Number(total) }
}

/** The awards that these schools hold now, the latest first. */
export const listHeldAwards = (db: ReadOnly, schoolIds: readonly string[], today: string) =>
  heldAward(db, today).where('award.schoolId', 'in', schoolIds).orderBy('award.conferredOn', 'desc').execute()

export async function countPublishedBrands(db: ReadOnly): Promise<number> {
  const { total } = await published(db)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Published brands in an order that never changes, from one of them on. */
export const listBrandsFrom = (db: ReadOnly, offset: number, limit: number) =>
  published(db).select(cardColumns).orderBy('brand.id').limit(limit).offset(offset).execute()

export const listLatestEvents = (db: ReadOnly, limit: number) =>
  db
    .selectFrom('event')
    .select(['id', 'title', 'startsAt', 'state'])
    .where('state', 'in', ['published', 'held'])
    .orderBy('startsAt', 'desc')
    .limit(limit)
    .execute()

export const listLatestNotices = (db: ReadOnly, limit: number) =>
  db
    .selectFrom('notice')
    .select(['id', 'title', 'state', 'postedOn'])
    .where('state', 'in', ['posted', 'ended'])
    .orderBy('postedOn', 'desc')
    .limit(limit)
    .execute()

/** Published articles, of one school where it is named; announcements are asked for apart. */
export function listLatestArticles(
  db: ReadOnly,
  limit: number,
  { schoolId, announcements }: { schoolId: string | undefined; announcements: boolean },
) {
  let rows = db
    .selectFrom('article')
    .leftJoin('school', 'school.id', 'article.schoolId')
    .select(['article.id', 'article.title', 'article.publishedAt', 'school.name as schoolName'])
    .where('article.state', '=', 'published')
    .where('article.kind', announcements ? '=' : '!=', 'announcement')
  if (schoolId) rows = rows.where('article.schoolId', '=', schoolId)
  return rows.orderBy('article.publishedAt', 'desc').limit(limit).execute()
}

/** One published brand as its page tells it. */
export async function findPublishedBrand(db: ReadOnly, id: string) {
  const { localResources, ...brand } = found(
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
  return { ...brand, localResources: resourcesOf({ localResources }) }
}

/** The plan of a school that everybody may read. */
export const findPublishedPlan = (db: ReadOnly, schoolId: string) =>
  db
    .selectFrom('plan')
    .innerJoin('cycle', 'cycle.id', 'plan.cycleId')
    .select(['plan.id', 'plan.publishedAt', 'cycle.title', 'plan.cycleId'])
    .where('plan.schoolId', '=', schoolId)
    // A closed year's plan stays readable until the next one is published.
    .where('plan.state', 'in', ['published', 'closed'])
    .orderBy('plan.publishedAt', 'desc')
    .executeTakeFirst()
