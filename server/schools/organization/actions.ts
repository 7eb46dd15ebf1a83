import type { z } from 'zod'
import { type Actor, againstOffice } from '#domain/base/actor.ts'
import {
  againstConfirmingSchool,
  againstEditingSchool,
  againstRestoringSchool,
  againstRetiring,
  againstSameName,
  againstSuccessor,
  againstZoneGoing,
} from '#domain/schools/organization.ts'
import { againstUnseen, refusal } from '#domain/base/refusal.ts'
import type {
  confirmSchool as confirmEndpoint,
  createSchool as createEndpoint,
  editSchool as editEndpoint,
} from '#contract/schools/organization.ts'
import { addPerson } from '#server/identity/access/actions.ts'
import { endContactsOf, endContactsOfZone } from '#server/schools/contact/actions.ts'
import { changedOne, demand, found, refuse, unseen } from '#server/kernel/problem.ts'
import { schoolKeys } from '#server/kernel/names.ts'
import type { Work } from '#server/kernel/work.ts'
import { knownSchools, listGroups, readDivisions, readSchoolRecord, readStanding } from './queries.ts'
import { stampOf } from '#domain/base/stamp.ts'
import { quoted } from '#domain/base/text.ts'

export interface NewOrganization {
  level: 'province' | 'city' | 'district' | 'school'
  name: string
  shortName?: string
  code?: string | null
  parentId?: string | null
}

/** Adds a node of the tree; its path holds all ancestors so that a subtree is one prefix. */
export async function addOrganization(work: Work<Actor>, organization: NewOrganization): Promise<string> {
  const id = work.newId()
  const parent = organization.parentId
    ? await work.tx
        .selectFrom('organization')
        .selectAll()
        .where('id', '=', organization.parentId)
        .executeTakeFirstOrThrow()
    : undefined
  const districtId =
    organization.level === 'district' ? id : parent?.level === 'district' ? parent.id : (parent?.districtId ?? null)
  await work.tx
    .insertInto('organization')
    .values({
      id,
      parentId: organization.parentId ?? null,
      districtId,
      level: organization.level,
      name: organization.name,
      shortName: organization.shortName ?? organization.name,
      code: organization.code ?? null,
      path: `${parent?.path ?? '/'}${id}/`,
      createdAt: work.now,
      retiredAt: null,
    })
    .execute()
  work.record('organization.added', 'organization', id, { name: organization.name, level: organization.level })
  return id
}

export interface NewSchool {
  bureauId: string
  name: string
  stage: string
  ownership: string
  zoneId: string
  code?: string | null
  partyKind: string
  secretaryName: string
  memberCount: number
  staffCount: number
  studentCount: number
  groupId?: string | null
  contactName?: string | null
  contactPhone?: string | null
  sortOrder?: number | null | undefined
}

export async function addSchool(work: Work<Actor>, school: NewSchool): Promise<string> {
  const { code, ...rest } = school
  const id = await addOrganization(work, {
    level: 'school',
    name: school.name,
    code: code ?? null,
    parentId: school.bureauId,
  })
  const blank = { groupId: null, contactName: null, contactPhone: null }
  const sortOrder = school.sortOrder ?? null
  const keys = await schoolKeys(school.name, sortOrder)
  await work.tx
    .insertInto('school')
    .values({
      id,
      ...blank,
      ...rest,
      sortOrder,
      ...keys,
      confirmedAt: null,
      retiredAt: null,
      successorId: null,
      updatedAt: work.now,
    })
    .execute()
  return id
}

export interface SchoolChange extends Omit<NewSchool, 'bureauId'> {
  groupId?: string | null
  contactName?: string | null
  contactPhone?: string | null
}

/** Writes a school's record; the caller has judged it and passes what the audit shall say. */
export async function changeSchool(
  work: Work,
  id: string,
  change: SchoolChange,
  told: { changes: unknown; restored?: boolean },
): Promise<void> {
  const { code, ...rest } = change
  const { sortOrder = await placeOf(work, id) } = change
  const keys = await schoolKeys(change.name, sortOrder)
  const back = told.restored ? { retiredAt: null } : {}
  changedOne(
    await work.tx
      .updateTable('school')
      .set({
        ...rest,
        sortOrder,
        ...keys,
        ...back,
        ...(told.restored ? { successorId: null } : {}),
        updatedAt: work.now,
      })
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
  )
  await work.tx
    .updateTable('organization')
    .set({ name: change.name, shortName: change.name, ...back, ...(code === undefined ? {} : { code }) })
    .where('id', '=', id)
    .execute()
  work.record(told.restored ? 'school.restored' : 'school.changed', 'school', id, {
    schoolId: id,
    changes: told.changes,
  })
}

/** The place that the bureau gave the school; who does not speak of it leaves it. */
async function placeOf(work: Work, id: string): Promise<number | null> {
  const row = await work.tx.selectFrom('school').select('sortOrder').where('id', '=', id).executeTakeFirst()
  return row?.sortOrder ?? null
}

/** Frees codes that are about to move between schools, since no two may hold one even for a moment. */
export async function freeCodes(work: Work, schoolIds: readonly string[]): Promise<void> {
  if (schoolIds.length === 0) return
  await work.tx
    .updateTable('organization')
    .set({ code: null })
    .where('id', 'in', [...schoolIds])
    .execute()
}

/** A secretary, unless the post is vacant, and a clerk; they sign in by the identifier code. */
async function addSchoolAccounts(
  work: Work,
  school: { bureauId: string; schoolId: string; code: string | null; secretaryName: string },
): Promise<void> {
  const { bureauId, schoolId, code, secretaryName } = school
  if (code === null) throw refuse('incomplete', '要同时建立账号，请填写学校标识码：它就是登录名。', { field: 'code' })
  const people = [
    ...(secretaryName === '' ? [] : [{ role: 'secretary' as const, name: secretaryName, loginName: `${code}s` }]),
    { role: 'clerk' as const, name: '党务干事', loginName: `${code}c` },
  ]
  for (const { role, ...person } of people)
    await addPerson(work, { bureauId, ...person, grants: [{ role, organizationId: schoolId }] })
}

/** What a school's record may point at: a zone and a group of the same bureau. */
async function againstDivisions(work: Work, bureauId: string, body: { zoneId: string; groupId: string | null }) {
  const { zones, groups } = await readDivisions(work.db, bureauId)
  return [
    ...(zones.some((zone) => zone.id === body.zoneId)
      ? []
      : [refusal('invalid', '没有这个片区。', { field: 'zoneId' })]),
    ...(body.groupId === null || groups.some((group) => group.id === body.groupId)
      ? []
      : [refusal('invalid', '没有这个教育集团。', { field: 'groupId' })]),
  ]
}

/** One new school in the register, without a list; its people get accounts when the office says so. */
export async function createSchool(work: Work, body: z.infer<(typeof createEndpoint)['body']>): Promise<string> {
  const bureauId = work.actor.bureauId
  const { accounts, groupId, contactName, ...school } = body
  demand([
    ...againstSameName(school.name, await knownSchools(work.db, bureauId)),
    ...(await againstDivisions(work, bureauId, body)),
  ])
  const id = await addSchool(work, { ...school, bureauId, groupId, contactName })
  work.record('school.created', 'school', id, { schoolId: id, name: school.name })
  if (accounts) await addSchoolAccounts(work, { ...school, bureauId, schoolId: id })
  return id
}

export async function editSchool(
  work: Work,
  id: string,
  { seen, ...body }: z.infer<(typeof editEndpoint)['body']>,
): Promise<void> {
  const standing = await readStanding(work.db, id)
  demand(againstEditingSchool(work.actor, standing))
  demand(await againstDivisions(work, standing.bureauId, body))
  const before = await readSchoolRecord(work.db, id)
  demand(againstUnseen(seen, before.updatedAt, '保存'))
  const old: Record<string, unknown> = { ...before.school, ...before }
  const changes = Object.entries(body)
    .filter(([field, value]) => old[field] !== value)
    .map(([field, value]) => ({ field, from: old[field], to: value }))
  await changeSchool(work, id, body, { changes })
}

/** The school says that its figures are right, having changed what was not. */
export async function confirmSchool(
  work: Work,
  id: string,
  { seen, ...body }: z.infer<(typeof confirmEndpoint)['body']>,
): Promise<void> {
  const standing = await readStanding(work.db, id)
  demand(againstConfirmingSchool(work.actor, standing))
  demand(againstUnseen(seen, (await readSchoolRecord(work.db, id)).updatedAt, '核对'))
  await work.tx
    .updateTable('school')
    .set({ ...body, confirmedAt: work.now, updatedAt: work.now })
    .where('id', '=', id)
    .execute()
  const { memberCount, staffCount, studentCount } = body
  work.record('school.confirmed', 'school', id, { schoolId: id, memberCount, staffCount, studentCount })
}

/** Takes schools off the list softly: every record of theirs stays, their contacts end. */
export async function retireSchools(
  work: Work,
  { schoolIds, reason, successorId }: { schoolIds: readonly string[]; reason: string; successorId: string | null },
): Promise<void> {
  if (reason.trim() === '') throw refuse('reasonMissing', undefined, { field: 'reason' })
  if (successorId !== null) {
    const successor = await readStanding(work.db, successorId)
    demand([...againstOffice(work.actor, successor), ...againstSuccessor(successor, schoolIds)])
  }
  for (const id of new Set(schoolIds)) {
    demand(againstRetiring(work.actor, await readStanding(work.db, id)))
    changedOne(
      await work.tx
        .updateTable('school')
        .set({ retiredAt: work.now, successorId, updatedAt: work.now })
        .where('id', '=', id)
        .where('retiredAt', 'is', null)
        .executeTakeFirstOrThrow(),
    )
    await work.tx.updateTable('organization').set({ retiredAt: work.now }).where('id', '=', id).execute()
    await endContactsOf(work, id)
    work.record('school.retired', 'school', id, { schoolId: id, reason, ...(successorId ? { successorId } : {}) })
  }
}

/** Brings a school back that was taken off by mistake; who is responsible for it is decided anew. */
export async function restoreSchool(work: Work, id: string, reason: string): Promise<void> {
  const standing = await readStanding(work.db, id)
  const named = await work.db
    .selectFrom('school')
    .select(['id', 'name'])
    .where('bureauId', '=', standing.bureauId)
    .where('retiredAt', 'is', null)
    .execute()
  const { school } = await readSchoolRecord(work.db, id)
  const others = named.filter((one) => one.id !== id)
  demand([...againstRestoringSchool(work.actor, standing), ...againstSameName(school.name, others)])
  changedOne(
    await work.tx
      .updateTable('school')
      .set({ retiredAt: null, successorId: null, updatedAt: work.now })
      .where('id', '=', id)
      .where('retiredAt', 'is not', null)
      .executeTakeFirstOrThrow(),
  )
  await work.tx.updateTable('organization').set({ retiredAt: null }).where('id', '=', id).execute()
  work.record('school.restored', 'school', id, { schoolId: id, reason })
}

export async function addZone(work: Work<Actor>, bureauId: string, name: string): Promise<string> {
  const id = work.newId()
  const { last } = await work.tx
    .selectFrom('zone')
    .select((eb) => eb.fn.coalesce(eb.fn.max('sortOrder'), eb.lit(0)).as('last'))
    .where('bureauId', '=', bureauId)
    .executeTakeFirstOrThrow()
  await work.tx
    .insertInto('zone')
    .values({ id, bureauId, name, sortOrder: Number(last) + 1, retiredAt: null })
    .execute()
  work.record('zone.added', 'zone', id, { name })
  return id
}

export async function addDepartment(work: Work<Actor>, bureauId: string, name: string): Promise<string> {
  const { departments } = await readDivisions(work.db, bureauId)
  if (departments.some((one) => one.name === name))
    throw refuse('alreadyExists', `已经有${quoted(name)}。`, { field: 'name' })
  const id = work.newId()
  const sortOrder = departments.length + 1
  await work.tx.insertInto('department').values({ id, bureauId, name, sortOrder }).execute()
  work.record('department.added', 'department', id, { name })
  return id
}

export async function renameDivision(
  work: Work,
  { kind, id }: { kind: 'zones' | 'departments'; id: string },
  name: string,
): Promise<void> {
  const table = kind === 'zones' ? 'zone' : 'department'
  const row = found(
    await work.tx.selectFrom(table).select(['bureauId', 'name']).where('id', '=', id).executeTakeFirst(),
  )
  demand(againstOffice(work.actor, row))
  await work.tx.updateTable(table).set({ name }).where('id', '=', id).execute()
  work.record(`${table}.renamed`, table, id, { from: row.name, to: name })
}

/**
 * Gives a zone up: its schools go into another zone, or it has none. Its leaders' contact ends; the row stays, for past contacts
 * point at it, under a name that leaves its own name free.
 */
export async function removeZone(
  work: Work,
  id: string,
  { intoId, reason }: { intoId: string | null; reason: string },
): Promise<void> {
  const zone = found(await work.tx.selectFrom('zone').selectAll().where('id', '=', id).executeTakeFirst())
  const { zones } = await readDivisions(work.db, zone.bureauId)
  const into = zones.find((one) => one.id === intoId && one.id !== id)
  const { schools } = await work.tx
    .selectFrom('school')
    .select((eb) => eb.fn.countAll<number>().as('schools'))
    .where('zoneId', '=', id)
    .where('retiredAt', 'is', null)
    .executeTakeFirstOrThrow()
  const asked = { wanted: intoId !== null, into: into?.name, schools: Number(schools), others: zones.length - 1 }
  demand([...againstOffice(work.actor, zone), ...againstZoneGoing(zone, asked)])
  // Schools that were closed go along with the others, wherever they are still listed by zone.
  const target = into ?? found(zones.find((one) => one.id !== id))
  await work.tx.updateTable('school').set({ zoneId: target.id }).where('zoneId', '=', id).execute()
  await endContactsOfZone(work, id)
  changedOne(
    await work.tx
      .updateTable('zone')
      .set({ retiredAt: work.now, name: `${zone.name}（已撤销 ${id}）` })
      .where('id', '=', id)
      .where('retiredAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
  const { name } = zone
  if (into) work.record('zone.combined', 'zone', id, { name, into: into.name, schools: Number(schools), reason })
  else work.record('zone.deleted', 'zone', id, { name, reason })
}

/** Makes an education group, or changes its name and members; a school belongs to one group at most. */
export async function keepGroup(
  work: Work,
  bureauId: string,
  group: { id?: string; name: string; schoolIds: readonly string[]; seen?: string },
): Promise<string> {
  const id = group.id ?? work.newId()
  if (group.id) {
    const row = found(
      await work.tx.selectFrom('schoolGroup').select(['bureauId', 'name']).where('id', '=', id).executeTakeFirst(),
    )
    const shown = found((await listGroups(work)).find((one) => one.id === id))
    const now = stampOf([shown.name, shown.schools.map((one) => one.id).toSorted()])
    demand([...againstOffice(work.actor, row), ...unseen(group.seen, now, '保存')])
    await work.tx.updateTable('schoolGroup').set({ name: group.name }).where('id', '=', id).execute()
  } else await work.tx.insertInto('schoolGroup').values({ id, bureauId, name: group.name }).execute()
  for (const schoolId of group.schoolIds)
    demand(againstEditingSchool(work.actor, await readStanding(work.db, schoolId)))
  // A school's own form shows its group too: whoever has that form open must be told.
  await work.tx
    .updateTable('school')
    .set({ groupId: null, updatedAt: work.now })
    .where('groupId', '=', id)
    .where('id', 'not in', group.schoolIds)
    .execute()
  await work.tx
    .updateTable('school')
    .set({ groupId: id, updatedAt: work.now })
    .where('id', 'in', group.schoolIds)
    .where((eb) => eb.or([eb('groupId', 'is', null), eb('groupId', '!=', id)]))
    .execute()
  work.record(group.id ? 'schoolGroup.changed' : 'schoolGroup.added', 'schoolGroup', id, {
    name: group.name,
    schoolIds: group.schoolIds,
  })
  return id
}
