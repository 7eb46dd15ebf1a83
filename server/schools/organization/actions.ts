import type { z } from 'zod'
import { type Actor, againstOffice } from '#domain/base/actor.ts'
import {
  againstConfirmingSchool,
  againstDivisions,
  againstEditingSchool,
  againstRestoringSchool,
  againstRetiring,
  againstSameName,
  againstSuccessor,
  type Level,
} from '#domain/schools/organization.ts'
import type { SchoolFacts } from '#domain/schools/school.ts'
import { againstUnseen } from '#domain/base/refusal.ts'
import type {
  confirmSchool as confirmEndpoint,
  createSchool as createEndpoint,
  editSchool as editEndpoint,
} from '#contract/schools/organization.ts'
import { addPerson } from '#server/identity/access/actions.ts'
import { endContactsOf } from '#server/schools/contact/actions.ts'
import { readDivisions } from '#server/schools/division/queries.ts'
import { demand, refuse } from '#server/kernel/problem.ts'
import { schoolKeys } from '#server/kernel/names.ts'
import type { Work } from '#server/kernel/work.ts'
import {
  findOrganization,
  listKnownSchools,
  listNamesInRegister,
  readPlace,
  readSchoolRecord,
  readStanding,
} from './queries.ts'
import {
  insertOrganization,
  insertSchool,
  markSchoolRestored,
  markSchoolRetired,
  updateOrganization,
  updateSchool,
} from './writes.ts'

export interface NewOrganization {
  level: Level
  name: string
  shortName?: string
  code?: string | null
  parentId?: string | null
}

/** Adds a node of the tree; its path holds all ancestors so that a subtree is one prefix. */
export async function addOrganization(work: Work<Actor>, organization: NewOrganization): Promise<string> {
  const id = work.newId()
  const parent = organization.parentId ? await findOrganization(work.db, organization.parentId) : undefined
  const districtId =
    organization.level === 'district' ? id : parent?.level === 'district' ? parent.id : (parent?.districtId ?? null)
  await insertOrganization(work, {
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
  work.record('organization.added', 'organization', id, { name: organization.name, level: organization.level })
  return id
}

type LeftOut = 'code' | 'contactPhone' | 'sortOrder'

/** What is written of a school; what is left out is nothing in a new record and stays as it was in a known one. */
export interface SchoolChange extends Omit<SchoolFacts, LeftOut> {
  zoneId: string
  code?: string | null
  groupId?: string | null
  contactName?: string | null
  contactPhone?: string | null
  sortOrder?: number | null | undefined
}

export interface NewSchool extends SchoolChange {
  bureauId: string
}

export async function addSchool(work: Work<Actor>, school: NewSchool): Promise<string> {
  const { code = null, sortOrder = null, ...rest } = school
  const id = await addOrganization(work, { level: 'school', name: school.name, code, parentId: school.bureauId })
  await insertSchool(work, {
    id,
    groupId: null,
    contactName: null,
    contactPhone: null,
    ...rest,
    sortOrder: sortOrder ?? null,
    ...(await schoolKeys(school.name, sortOrder ?? null)),
    confirmedAt: null,
    retiredAt: null,
    successorId: null,
    updatedAt: work.now,
  })
  return id
}

/** Writes a school's record; the caller has judged it and passes what the audit shall say. */
export async function changeSchool(
  work: Work,
  id: string,
  change: SchoolChange,
  told: { changes: unknown; restored?: boolean },
): Promise<void> {
  const { code, ...rest } = change
  const { sortOrder = await readPlace(work.db, id) } = change
  const keys = await schoolKeys(change.name, sortOrder)
  const back = told.restored ? { retiredAt: null } : {}
  await updateSchool(work, id, {
    ...rest,
    sortOrder,
    ...keys,
    ...back,
    ...(told.restored ? { successorId: null } : {}),
  })
  const { name } = change
  await updateOrganization(work, id, { name, shortName: name, ...back, ...(code === undefined ? {} : { code }) })
  work.record(told.restored ? 'school.restored' : 'school.changed', 'school', id, {
    schoolId: id,
    changes: told.changes,
  })
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

/** One new school in the register, without a list; its people get accounts when the office says so. */
export async function createSchool(work: Work, body: z.infer<(typeof createEndpoint)['body']>): Promise<string> {
  const bureauId = work.actor.bureauId
  const { accounts, groupId, contactName, ...school } = body
  demand([
    ...againstSameName(school.name, await listKnownSchools(work.db, bureauId)),
    ...againstDivisions(body, await readDivisions(work.db, bureauId)),
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
  demand(againstDivisions(body, await readDivisions(work.db, standing.bureauId)))
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
  await updateSchool(work, id, { ...body, confirmedAt: work.now })
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
    await markSchoolRetired(work, id, successorId)
    await endContactsOf(work, id)
    work.record('school.retired', 'school', id, { schoolId: id, reason, ...(successorId ? { successorId } : {}) })
  }
}

/** Brings a school back that was taken off by mistake; who is responsible for it is decided anew. */
export async function restoreSchool(work: Work, id: string, reason: string): Promise<void> {
  const standing = await readStanding(work.db, id)
  const named = await listNamesInRegister(work.db, standing.bureauId)
  const { school } = await readSchoolRecord(work.db, id)
  const others = named.filter((one) => one.id !== id)
  demand([...againstRestoringSchool(work.actor, standing), ...againstSameName(school.name, others)])
  await markSchoolRestored(work, id)
  work.record('school.restored', 'school', id, { schoolId: id, reason })
}
