import { againstReadingSchool, hasRole, ownSchoolId } from '#domain/base/actor.ts'
import { pick } from '#domain/base/record.ts'
import { nearDuplicates, quoted } from '#domain/base/text.ts'
import { againstSavingBrand, brandGaps, RENAMING_SHOWN_DAYS } from '#domain/brand/brand.ts'
import { brandTextKeys } from '#domain/brand/brandContent.ts'
import type { Todo } from '#contract/home/todo.ts'
import { listArgumentations } from '#server/brand/argumentation/queries.ts'
import { showPictures } from '#server/records/file/views.ts'
import { demand } from '#server/kernel/problem.ts'
import type { Look } from '#server/kernel/work.ts'
import {
  findSchool,
  listBrandsToCompare,
  listBrandVersions,
  listCategories,
  listRenamed,
  readBrandOf,
  resourcesOf,
} from './queries.ts'

/** Everything about the brand of one school, for who reaches the school. */
export async function readBrandDetail(look: Look, schoolId: string) {
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
          ...pick(brand, brandTextKeys),
          category: brand.category,
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

/** Brands of other schools that are near what is typed, as far as this person may know them. */
export async function findNearBrands(look: Look, typed: { name: string; concept: string }) {
  const others = await listBrandsToCompare(look.db, look.actor.bureauId, ownSchoolId(look.actor))
  const near = nearDuplicates(typed.name, typed.concept, others).slice(0, 5)
  // What another school has not published is its own: it is told that something is near, and by whom is for the office to say.
  const told = near.filter(({ brand }) => brand.publishedAt !== null || hasRole(look.actor, 'office'))
  return {
    items: told.map(({ brand: { schoolName, name } }) => ({ schoolName, name })),
    draftNear: told.length < near.length,
  }
}

/** For the office: published brands that got another name lately. */
export async function listRenamingTodos(look: Look): Promise<Todo[]> {
  const offices = look.actor.grants.filter((one) => one.role === 'office').map((one) => one.organizationId)
  if (offices.length === 0) return []
  const since = new Date(Date.parse(look.now) - RENAMING_SHOWN_DAYS * 86_400_000).toISOString()
  const rows = await listRenamed(look.db, offices, since)
  return rows.map((row) => ({
    id: `renamed:${row.id}`,
    kind: 'brandRenamed',
    title: `${row.schoolName}的品牌已改名为${quoted(row.name)}`,
    detail: `原名${quoted(row.renamedFrom ?? '')}，由书记办理，理由：${row.renameReason ?? ''}。证书仍是原名。本条显示 ${RENAMING_SHOWN_DAYS} 天。`,
    href: `/console/brands/${row.schoolId}`,
  }))
}
