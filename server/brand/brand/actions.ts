import { type Actor, againstReadingSchool, hasRole, ownSchoolId } from '#domain/base/actor.ts'
import {
  againstAddingCategory,
  againstRenaming,
  againstSavingBrand,
  brandGaps,
  defaultCategories,
} from '#domain/brand/brand.ts'
import { nearDuplicates, quoted } from '#domain/base/text.ts'
import type { BrandBody } from '#contract/brand/brand.ts'
import { indexForSearch } from '#server/kernel/search.ts'
import { listArgumentations } from '#server/brand/argumentation/queries.ts'
import { findFilesFor } from '#server/records/file/queries.ts'
import { showPictures } from '#server/records/file/documents.ts'
import { demand, refuse } from '#server/kernel/problem.ts'
import type { Look, Work } from '#server/kernel/work.ts'
import {
  addBrand,
  categoryIdOf,
  changeBrand,
  findCategory,
  findSchool,
  keepVersion,
  listBrandsToCompare,
  listBrandVersions,
  listCategories,
  markPublished,
  readBrandOf,
  resourcesOf,
} from './queries.ts'

/** Everything about the brand of one school, for who reaches the school. */
export async function showBrand(look: Look, schoolId: string) {
  const school = await findSchool(look, schoolId)
  demand(againstReadingSchool(look.actor, school))
  const row = await readBrandOf(look.db, schoolId)
  const argumentations = await listArgumentations(look.db, schoolId)
  const argued = argumentations.filter((one) => one.voidReason === null).length
  const brand = row && { ...row, localResources: resourcesOf(row), argumentationCount: argued }
  const [logo] = await showPictures(look, row?.logoFileId ? [row.logoFileId] : [])
  return {
    schoolId,
    schoolName: school.schoolName,
    brand: brand
      ? {
          id: brand.id,
          version: brand.version,
          name: brand.name,
          category: brand.category,
          concept: brand.concept,
          connotation: brand.connotation,
          slogan: brand.slogan,
          localResources: brand.localResources,
          logo: brand.logoFileId ? { id: brand.logoFileId, name: brand.logoName ?? '' } : null,
          logoPicture: logo ?? null,
          renamedFrom: brand.renamedFrom,
          renamedAt: brand.renamedAt,
          renameReason: brand.renameReason,
          publishedAt: brand.publishedAt,
          updatedAt: brand.updatedAt,
        }
      : null,
    argumentations,
    versions: row ? await listBrandVersions(look.db, row.id) : [],
    categories: await listCategories(look.db, school.bureauId),
    gaps: brandGaps(brand),
    moves: { save: againstSavingBrand(look.actor, school) },
  }
}

export async function showNearBrands(look: Look, typed: { name: string; concept: string }) {
  const others = await listBrandsToCompare(look.db, look.actor.bureauId, ownSchoolId(look.actor))
  const near = nearDuplicates(typed.name, typed.concept, others).slice(0, 5)
  // What another school has not published is its own: it is told that something is near, and by whom is for the office to say.
  const told = near.filter(({ brand }) => brand.publishedAt !== null || hasRole(look.actor, 'office'))
  return {
    items: told.map(({ brand: { schoolName, name } }) => ({ schoolName, name })),
    draftNear: told.length < near.length,
  }
}

/** Makes or changes the one brand of a school; the table itself refuses a second one (G1). */
export async function saveBrand(
  work: Work,
  schoolId: string,
  body: BrandBody,
): Promise<{ id: string; version: number }> {
  const school = await findSchool(work, schoolId)
  demand(againstSavingBrand(work.actor, school))
  const { version: from, category, logoFileId, localResources, renameReason, ...words } = body
  if (logoFileId) await demandImage(work, logoFileId, schoolId)
  const fields = {
    ...words,
    categoryId: category ? await knownCategory(work, school.bureauId, category) : null,
    localResources: JSON.stringify([...new Set(localResources)]),
    logoFileId,
  }
  const kept = await readBrandOf(work.db, schoolId)
  if (kept && from === 0) throw refuse('alreadyExists', '本校的品牌已经建立（一校一品），请刷新页面后修改。')
  if (!kept && from > 0) throw refuse('stateChanged')
  const id = kept?.id ?? work.newId()
  const renamed = kept && kept.publishedAt !== null && kept.name !== words.name
  if (kept) demand(againstRenaming(work.actor, kept, { name: words.name, reason: renameReason }))
  const renaming = renamed ? { renamedFrom: kept.name, renamedAt: work.now, renameReason } : {}
  if (kept) await changeBrand(work, id, from, { ...fields, ...renaming })
  else {
    const { bureauId } = school
    const unnamed = { renamedFrom: null, renamedAt: null, renameReason: null }
    const made = { version: 1, ...unnamed, publishedAt: null, createdAt: work.now, updatedAt: work.now }
    await addBrand(work, { id, schoolId, bureauId, ...fields, ...made })
  }
  const version = from + 1
  const personId = work.actor.personId
  const text = JSON.stringify({ ...words, category, localResources, logoFileId })
  await keepVersion(work, {
    id: work.newId(),
    brandId: id,
    schoolId,
    version,
    body: text,
    reason: renamed ? renameReason : null,
    personId,
    createdAt: work.now,
  })
  if (kept?.publishedAt) await indexBrand(work, id)
  work.record(kept ? 'brand.changed' : 'brand.created', 'brand', id, { schoolId, version, logoFileId })
  if (renamed)
    work.record('brand.renamed', 'brand', id, { schoolId, from: kept.name, to: words.name, reason: renameReason })
  return { id, version }
}

async function demandImage(work: Work, fileId: string, schoolId: string): Promise<void> {
  const [file] = await findFilesFor(work, [fileId], schoolId)
  if (file && !['jpg', 'png', 'webp'].includes(file.kind))
    throw refuse('wrongType', '标识请用图片（jpg、png 或 webp）。', { field: 'logoFileId' })
}

async function knownCategory(work: Work, bureauId: string, label: string): Promise<string> {
  const isDefault = (defaultCategories as readonly string[]).includes(label)
  const id = isDefault ? await categoryIdOf(work, bureauId, label) : await findCategory(work, bureauId, label)
  if (!id) throw refuse('invalid', `没有${quoted(label)}这个类别，请重新选择。`, { field: 'category' })
  return id
}

export async function addBrandCategory(work: Work, label: string): Promise<{ id: string }> {
  const bureauId = work.actor.grants.find((one) => one.role === 'office')?.organizationId ?? work.actor.bureauId
  demand(againstAddingCategory(work.actor, { bureauId }))
  const known = await listCategories(work.db, bureauId)
  if (known.includes(label)) throw refuse('alreadyExists', `已经有${quoted(label)}这个类别。`, { field: 'label' })
  const id = await categoryIdOf(work, bureauId, label)
  work.record('brandCategory.added', 'brandCategory', id, { label })
  return { id }
}

/** The brand becomes public together with the plan that carries it. */
export async function publishBrand(work: Work<Actor>, schoolId: string): Promise<void> {
  const brand = await readBrandOf(work.db, schoolId)
  if (!brand || brand.publishedAt) return
  await markPublished(work, brand.id)
  await indexBrand(work, brand.id)
  work.record('brand.published', 'brand', brand.id, { schoolId, logoFileId: brand.logoFileId })
}

/** What visitors may look for: the brand's words, its school and its local resources. */
async function indexBrand(work: Work<Actor>, id: string): Promise<void> {
  const row = await work.db
    .selectFrom('brand')
    .innerJoin('school', 'school.id', 'brand.schoolId')
    .select([
      'brand.bureauId',
      'brand.name',
      'concept',
      'connotation',
      'slogan',
      'localResources',
      'school.name as schoolName',
    ])
    .where('brand.id', '=', id)
    .executeTakeFirstOrThrow()
  const { bureauId, localResources, ...words } = row
  const resources = JSON.parse(localResources) as string[]
  await indexForSearch(work, {
    subjectType: 'brand',
    subjectId: id,
    bureauId,
    text: [...Object.values(words), ...resources].join(' '),
  })
}
