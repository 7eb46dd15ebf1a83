import type { Actor } from '#domain/base/actor.ts'
import { againstAddingCategory, againstRenaming, againstSavingBrand, defaultCategories } from '#domain/brand/brand.ts'
import { pick } from '#domain/base/record.ts'
import { quoted } from '#domain/base/text.ts'
import { brandTextKeys } from '#domain/brand/brandContent.ts'
import type { BrandBody } from '#contract/brand/brand.ts'
import { indexForSearch } from '#server/kernel/search.ts'
import { findFilesFor } from '#server/records/file/queries.ts'
import { demand, refuse } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import {
  findSchool,
  lastPlaceOfCategories,
  listCategories,
  readBrandOf,
  readCategoryId,
  readSearchText,
  type SchoolFacts,
} from './queries.ts'
import { insertBrand, insertBrandCategory, insertBrandVersion, markBrandPublished, updateBrand } from './writes.ts'

/** Makes or changes the one brand of a school; the table itself refuses a second one (G1). */
export async function saveBrand(
  work: Work,
  schoolId: string,
  body: BrandBody,
): Promise<{ id: string; version: number }> {
  const school = await findSchool(work, schoolId)
  demand(againstSavingBrand(work.actor, school))
  const columns = await columnsOf(work, school, body)
  const { version: from, name, logoFileId, renameReason } = body
  const kept = await readBrandOf(work.db, schoolId)
  if (kept && from === 0) throw refuse('alreadyExists', '本校的品牌已经建立（一校一品），请刷新页面后修改。')
  if (!kept && from > 0) throw refuse('stateChanged')
  const id = kept?.id ?? work.newId()
  const renamed = kept && kept.publishedAt !== null && kept.name !== name
  if (kept) demand(againstRenaming(work.actor, kept, { name, reason: renameReason }))
  const renaming = renamed ? { renamedFrom: kept.name, renamedAt: work.now, renameReason } : {}
  if (kept) await updateBrand(work, { id, version: from }, { ...columns, ...renaming })
  else {
    const unnamed = { renamedFrom: null, renamedAt: null, renameReason: null }
    const made = { version: 1, ...unnamed, publishedAt: null, createdAt: work.now, updatedAt: work.now }
    await insertBrand(work, { id, schoolId, bureauId: school.bureauId, ...columns, ...made })
  }
  const version = from + 1
  await keepVersion(work, { id, schoolId, version, reason: renamed ? renameReason : null }, body)
  if (kept?.publishedAt) await indexBrand(work, id)
  work.record(kept ? 'brand.changed' : 'brand.created', 'brand', id, { schoolId, version, logoFileId })
  if (renamed) work.record('brand.renamed', 'brand', id, { schoolId, from: kept.name, to: name, reason: renameReason })
  return { id, version }
}

/** What was typed as the table keeps it: a known category, each resource once, and a picture for the logo. */
async function columnsOf(work: Work, { schoolId, bureauId }: SchoolFacts, body: BrandBody) {
  const { category, logoFileId, localResources } = body
  if (logoFileId) await demandImage(work, logoFileId, schoolId)
  return {
    ...pick(body, brandTextKeys),
    categoryId: category ? await knownCategory(work, bureauId, category) : null,
    localResources: JSON.stringify([...new Set(localResources)]),
    logoFileId,
  }
}

/** Every save stays readable as it was typed. */
async function keepVersion(
  work: Work,
  { id, ...of }: { id: string; schoolId: string; version: number; reason: string | null },
  body: BrandBody,
): Promise<void> {
  const { version: _from, renameReason: _reason, ...words } = body
  const by = { personId: work.actor.personId, createdAt: work.now }
  await insertBrandVersion(work, { id: work.newId(), brandId: id, ...of, body: JSON.stringify(words), ...by })
}

async function demandImage(work: Work, fileId: string, schoolId: string): Promise<void> {
  const [file] = await findFilesFor(work, [fileId], schoolId)
  if (file && !['jpg', 'png', 'webp'].includes(file.kind))
    throw refuse('wrongType', '标识请用图片（jpg、png 或 webp）。', { field: 'logoFileId' })
}

async function knownCategory(work: Work, bureauId: string, label: string): Promise<string> {
  const isDefault = defaultCategories.includes(label)
  const id = isDefault ? await keepCategory(work, bureauId, label) : await readCategoryId(work.db, bureauId, label)
  if (!id) throw refuse('invalid', `没有${quoted(label)}这个类别，请重新选择。`, { field: 'category' })
  return id
}

/** The row of a category, made when it is first used: the policy's seven need no set-up. */
async function keepCategory(work: Work, bureauId: string, label: string): Promise<string> {
  const kept = await readCategoryId(work.db, bureauId, label)
  if (kept) return kept
  const last = await lastPlaceOfCategories(work.db, bureauId)
  const place = defaultCategories.indexOf(label)
  const id = work.newId()
  await insertBrandCategory(work, { id, bureauId, label, sortOrder: place >= 0 ? place + 1 : Math.max(last, 99) + 1 })
  return id
}

export async function addBrandCategory(work: Work, label: string): Promise<{ id: string }> {
  const bureauId = work.actor.grants.find((one) => one.role === 'office')?.organizationId ?? work.actor.bureauId
  demand(againstAddingCategory(work.actor, { bureauId }))
  const known = await listCategories(work.db, bureauId)
  if (known.includes(label)) throw refuse('alreadyExists', `已经有${quoted(label)}这个类别。`, { field: 'label' })
  const id = await keepCategory(work, bureauId, label)
  work.record('brandCategory.added', 'brandCategory', id, { label })
  return { id }
}

/** The brand becomes public together with the plan that carries it. */
export async function publishBrand(work: Work<Actor>, schoolId: string): Promise<void> {
  const brand = await readBrandOf(work.db, schoolId)
  if (!brand || brand.publishedAt) return
  await markBrandPublished(work, brand.id)
  await indexBrand(work, brand.id)
  work.record('brand.published', 'brand', brand.id, { schoolId, logoFileId: brand.logoFileId })
}

async function indexBrand(work: Work<Actor>, id: string): Promise<void> {
  const { bureauId, text } = await readSearchText(work.db, id)
  await indexForSearch(work, { subjectType: 'brand', subjectId: id, bureauId, text })
}
