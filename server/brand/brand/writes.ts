import type { Actor } from '#domain/base/actor.ts'
import type { BrandCategoryRow, BrandRow, BrandVersionRow } from '#server/db/tables/plan.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

export async function insertBrand(work: Work, row: BrandRow): Promise<void> {
  await work.tx.insertInto('brand').values(row).execute()
}

/** Other words for a brand of which nobody has saved a newer version. */
export async function updateBrand(
  work: Work,
  { id, version }: { id: string; version: number },
  change: Partial<Omit<BrandRow, 'id' | 'schoolId' | 'bureauId' | 'version' | 'updatedAt'>>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('brand')
      .set({ ...change, version: version + 1, updatedAt: work.now })
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirstOrThrow(),
  )
}

export async function markBrandPublished(work: Work<Actor>, id: string): Promise<void> {
  await work.tx
    .updateTable('brand')
    .set({ publishedAt: work.now })
    .where('id', '=', id)
    .where('publishedAt', 'is', null)
    .execute()
}

export async function insertBrandVersion(work: Work, row: BrandVersionRow): Promise<void> {
  await work.tx.insertInto('brandVersion').values(row).execute()
}

export async function insertBrandCategory(work: Work, row: BrandCategoryRow): Promise<void> {
  await work.tx.insertInto('brandCategory').values(row).execute()
}
