import type { Actor } from '#domain/base/actor.ts'
import type { OrganizationRow } from '#server/db/tables/foundation.ts'
import type { SchoolRow } from '#server/db/tables/school.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

export async function insertOrganization(work: Work<Actor>, row: OrganizationRow): Promise<void> {
  await work.tx.insertInto('organization').values(row).execute()
}

export async function updateOrganization(
  work: Work,
  id: string,
  change: Partial<Pick<OrganizationRow, 'name' | 'shortName' | 'code' | 'retiredAt'>>,
): Promise<void> {
  changedOne(await work.tx.updateTable('organization').set(change).where('id', '=', id).executeTakeFirstOrThrow())
}

/** Frees codes that are about to move between schools, since no two may hold one even for a moment. */
export async function clearCodes(work: Work, schoolIds: readonly string[]): Promise<void> {
  if (schoolIds.length === 0) return
  await work.tx
    .updateTable('organization')
    .set({ code: null })
    .where('id', 'in', [...schoolIds])
    .execute()
}

export async function insertSchool(work: Work<Actor>, row: SchoolRow): Promise<void> {
  await work.tx.insertInto('school').values(row).execute()
}

export async function updateSchool(
  work: Work,
  id: string,
  change: Partial<Omit<SchoolRow, 'id' | 'bureauId' | 'updatedAt'>>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('school')
      .set({ ...change, updatedAt: work.now })
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
  )
}

/** Takes a school off the register, with the one that goes on for it. */
export async function markSchoolRetired(work: Work, id: string, successorId: string | null): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('school')
      .set({ retiredAt: work.now, successorId, updatedAt: work.now })
      .where('id', '=', id)
      .where('retiredAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
  await updateOrganization(work, id, { retiredAt: work.now })
}

export async function markSchoolRestored(work: Work, id: string): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('school')
      .set({ retiredAt: null, successorId: null, updatedAt: work.now })
      .where('id', '=', id)
      .where('retiredAt', 'is not', null)
      .executeTakeFirstOrThrow(),
  )
  await updateOrganization(work, id, { retiredAt: null })
}

export async function moveSchoolsToZone(work: Work, zone: { fromId: string; intoId: string }): Promise<void> {
  await work.tx.updateTable('school').set({ zoneId: zone.intoId }).where('zoneId', '=', zone.fromId).execute()
}

/** Whoever is no member any more belongs to no group. */
export async function leaveGroup(work: Work, groupId: string, members: readonly string[]): Promise<void> {
  await work.tx
    .updateTable('school')
    .set({ groupId: null, updatedAt: work.now })
    .where('groupId', '=', groupId)
    .where('id', 'not in', members)
    .execute()
}

export async function joinGroup(work: Work, groupId: string, members: readonly string[]): Promise<void> {
  await work.tx
    .updateTable('school')
    .set({ groupId, updatedAt: work.now })
    .where('id', 'in', members)
    .where((eb) => eb.or([eb('groupId', 'is', null), eb('groupId', '!=', groupId)]))
    .execute()
}
