import { type Scope, schoolScope } from '#domain/base/actor.ts'
import { brandGaps, defaultCategories } from '#domain/brand/brand.ts'
import { brandTextKeys } from '#domain/brand/brandContent.ts'
import type { Refusal } from '#domain/base/refusal.ts'
import type { brandQuery } from '#contract/brand/brand.ts'
import { z } from 'zod'
import { listArgumentations } from '#server/brand/argumentation/queries.ts'
import { found } from '#server/kernel/problem.ts'
import { chosenSort } from '#server/kernel/sorting.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'

const resources = z.array(z.string())
export const resourcesOf = (brand: { localResources: string }): string[] =>
  resources.parse(JSON.parse(brand.localResources))

export type BrandFilter = z.infer<typeof brandQuery>
export type SchoolFacts = { schoolId: string; schoolName: string; bureauId: string }

export async function findSchool(look: Look, id: string): Promise<SchoolFacts> {
  return found(
    await look.db
      .selectFrom('school')
      .select(['id as schoolId', 'name as schoolName', 'bureauId'])
      .where('id', '=', id)
      .executeTakeFirst(),
  )
}

/** The brand of a school with its category in words, or nothing. */
export async function readBrandOf(db: ReadOnly, schoolId: string) {
  return db
    .selectFrom('brand')
    .leftJoin('brandCategory', 'brandCategory.id', 'brand.categoryId')
    .leftJoin('file', 'file.id', 'brand.logoFileId')
    .selectAll('brand')
    .select(['brandCategory.label as category', 'file.name as logoName'])
    .where('brand.schoolId', '=', schoolId)
    .executeTakeFirst()
}

const versionBody = z.object({ name: z.string(), concept: z.string() })

export async function listBrandVersions(db: ReadOnly, brandId: string) {
  const rows = await db
    .selectFrom('brandVersion')
    .innerJoin('person', 'person.id', 'brandVersion.personId')
    .select(['brandVersion.version', 'brandVersion.body', 'brandVersion.createdAt', 'person.name as personName'])
    .select('brandVersion.reason')
    .where('brandId', '=', brandId)
    .orderBy('version', 'desc')
    .limit(50)
    .execute()
  return rows.map(({ version, body, reason, createdAt, personName }) => {
    const { name, concept } = versionBody.parse(JSON.parse(body))
    return { version, name, concept, reason, personName, at: createdAt }
  })
}

/** The seven of the policy and what the office added, in order. */
export async function listCategories(db: ReadOnly, bureauId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('brandCategory')
    .select('label')
    .where('bureauId', '=', bureauId)
    .orderBy('sortOrder')
    .execute()
  return [...new Set<string>([...defaultCategories, ...rows.map((one) => one.label)])]
}

/** The highest place that a category of the bureau has. */
export async function lastPlaceOfCategories(db: ReadOnly, bureauId: string): Promise<number> {
  const { last } = await db
    .selectFrom('brandCategory')
    .select((eb) => eb.fn.coalesce(eb.fn.max('sortOrder'), eb.lit(0)).as('last'))
    .where('bureauId', '=', bureauId)
    .executeTakeFirstOrThrow()
  return Number(last)
}

/** Published brands of these bureaus that got another name since that instant. */
export const listRenamed = (db: ReadOnly, bureauIds: readonly string[], since: string) =>
  db
    .selectFrom('brand')
    .innerJoin('school', 'school.id', 'brand.schoolId')
    .select(['brand.id', 'brand.name', 'brand.renamedFrom', 'brand.renameReason', 'brand.schoolId'])
    .select('school.name as schoolName')
    .where('brand.bureauId', 'in', bureauIds)
    .where('brand.renamedAt', '>', since)
    .orderBy('brand.renamedAt', 'desc')
    .limit(50)
    .execute()

/** What visitors may look for: the brand's words, its school and its local resources. */
export async function readSearchText(db: ReadOnly, id: string): Promise<{ bureauId: string; text: string }> {
  const { bureauId, localResources, ...words } = await db
    .selectFrom('brand')
    .innerJoin('school', 'school.id', 'brand.schoolId')
    .select(['brand.bureauId', 'localResources', 'school.name as schoolName'])
    .select(brandTextKeys.map((key) => `brand.${key}` as const))
    .where('brand.id', '=', id)
    .executeTakeFirstOrThrow()
  return { bureauId, text: [...Object.values(words), ...resourcesOf({ localResources })].join(' ') }
}

/** Names and concepts of the district's other brands: only these may cross from school to school (G3). */
export async function listBrandsToCompare(
  db: ReadOnly,
  bureauId: string,
  exceptSchoolId: string | undefined,
): Promise<{ schoolName: string; name: string; concept: string; publishedAt: string | null }[]> {
  return db
    .selectFrom('brand')
    .innerJoin('school', 'school.id', 'brand.schoolId')
    .select(['school.name as schoolName', 'brand.name', 'brand.concept', 'brand.publishedAt'])
    .where('brand.bureauId', '=', bureauId)
    .where('brand.schoolId', '!=', exceptSchoolId ?? '')
    .execute()
}

function schoolsWithBrand(db: ReadOnly, scope: Scope) {
  const schools = db
    .selectFrom('school')
    .innerJoin('zone', 'zone.id', 'school.zoneId')
    .leftJoin('brand', 'brand.schoolId', 'school.id')
    .leftJoin('brandCategory', 'brandCategory.id', 'brand.categoryId')
    .where('school.retiredAt', 'is', null)
  if ('bureauId' in scope) return schools.where('school.bureauId', '=', scope.bureauId)
  return schools.where('school.id', 'in', scope.schoolIds)
}

function filtered(db: ReadOnly, scope: Scope, filter: BrandFilter) {
  let rows = schoolsWithBrand(db, scope)
  if (filter.state === 'missing') rows = rows.where('brand.id', 'is', null)
  if (filter.state === 'made') rows = rows.where('brand.id', 'is not', null)
  if (filter.state === 'draft') rows = rows.where('brand.id', 'is not', null).where('brand.publishedAt', 'is', null)
  if (filter.state === 'published') rows = rows.where('brand.publishedAt', 'is not', null)
  if (filter.category) rows = rows.where('brandCategory.label', '=', filter.category)
  if (filter.zoneId) rows = rows.where('school.zoneId', '=', filter.zoneId)
  if (filter.stage) rows = rows.where('school.stage', '=', filter.stage)
  if (filter.q) rows = rows.where(contains(db, ['school.name', 'school.pinyin', 'brand.name'], filter.q))
  return rows
}

const sorts = { school: 'school.sortKey', name: 'brand.name', updatedAt: 'brand.updatedAt' } as const

/** Every school in scope with its brand, or with the gap where one should be. */
export async function listBrandRows(look: Look, filter: BrandFilter) {
  const scope = schoolScope(look.actor)
  const { column, direction } = chosenSort(sorts, filter.sort)
  const items = await filtered(look.db, scope, filter)
    .select((eb) => [
      'school.id as schoolId',
      'school.name as schoolName',
      'school.stage',
      'zone.name as zoneName',
      'brand.id as brandId',
      'brand.name',
      'brandCategory.label as category',
      'brand.publishedAt',
      'brand.updatedAt',
      eb
        .selectFrom('argumentation')
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .whereRef('argumentation.brandId', '=', 'brand.id')
        .where('argumentation.voidedAt', 'is', null)
        .as('argumentations'),
    ])
    .orderBy(column ?? sorts.school, direction)
    .orderBy('school.id')
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size)
    .execute()
  const { total } = await filtered(look.db, scope, filter)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return {
    items: items.map(({ publishedAt, ...row }) => ({
      ...row,
      argumentations: Number(row.argumentations ?? 0),
      state: stateOf(row.brandId, publishedAt),
    })),
    total: Number(total),
  }
}

function stateOf(brandId: string | null, publishedAt: string | null): 'missing' | 'draft' | 'published' {
  if (brandId === null) return 'missing'
  return publishedAt === null ? 'draft' : 'published'
}

export async function readCoverage(look: Look) {
  const scope = schoolScope(look.actor)
  const counts = await schoolsWithBrand(look.db, scope)
    .select((eb) => [
      eb.fn.count<number>('school.id').as('due'),
      eb.fn.count<number>('brand.id').as('made'),
      eb.fn.count<number>('brand.publishedAt').as('published'),
    ])
    .executeTakeFirstOrThrow()
  const bureauId = look.actor.bureauId
  const zones = await look.db
    .selectFrom('zone')
    .select(['id', 'name'])
    .where('bureauId', '=', bureauId)
    .where('retiredAt', 'is', null)
    .orderBy('sortOrder')
    .execute()
  const stages = await schoolsWithBrand(look.db, scope)
    .select('school.stage')
    .distinct()
    .orderBy('school.stage')
    .execute()
  return {
    due: Number(counts.due),
    made: Number(counts.made),
    published: Number(counts.published),
    categories: await listCategories(look.db, bureauId),
    zones,
    stages: stages.map((one) => one.stage),
  }
}

/** The id of a category by its label, once it has been used. */
export async function readCategoryId(db: ReadOnly, bureauId: string, label: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('brandCategory')
    .select('id')
    .where('bureauId', '=', bureauId)
    .where('label', '=', label)
    .executeTakeFirst()
  return row?.id
}

/** What a school's brand still lacks, for whoever builds on it. */
export async function readBrandGaps(db: ReadOnly, schoolId: string): Promise<Refusal[]> {
  const brand = await readBrandOf(db, schoolId)
  if (!brand) return brandGaps(undefined)
  const argued = await listArgumentations(db, schoolId)
  return brandGaps({ ...brand, argumentationCount: argued.filter((one) => one.voidReason === null).length })
}
