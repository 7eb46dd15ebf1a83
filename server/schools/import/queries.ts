import { createHash } from 'node:crypto'
import { nearDoubts } from '#domain/schools/nearSchools.ts'
import { type ListChoices, rowKey } from '#domain/schools/listRow.ts'
import type { ListDoubt } from '#domain/schools/listMistakes.ts'
import { readSchoolList, type SchoolListReading } from '#domain/schools/schoolList.ts'
import type { SheetTable } from '#domain/schools/listTable.ts'
import { planSchoolList, type SchoolPlan } from '#domain/schools/schoolPlan.ts'
import { listAccountsOfSchools } from '#server/identity/access/queries.ts'
import { readDivisions } from '#server/schools/division/queries.ts'
import { listKnownSchools } from '#server/schools/organization/queries.ts'
import type { ReadOnly } from '#server/kernel/work.ts'

export interface SentList {
  bytes: Uint8Array
  sheets: readonly SheetTable[]
  choices: Choices
}

export type Choices = ListChoices & { accepted: readonly string[]; replaceSecretaries: boolean }
export const plainChoices: Choices = { mapping: {}, cells: {}, left: [], accepted: [], replaceSecretaries: false }

/** A secretary who has an account while the list names somebody else. */
export interface ChangedSecretary {
  schoolId: string
  school: string
  personId: string
  from: string
  to: string
}

export interface Judged {
  reading: SchoolListReading
  /** Everything that a person has to look at before it is written, with whether somebody has. */
  doubts: (ListDoubt & { key: string; accepted: boolean })[]
  plan: SchoolPlan
  newZones: string[]
  secretaries: ChangedSecretary[]
  digest: string
}

/** What the list says and what it would do, with the fingerprint of both and of what was said about it. */
export async function judgeSchoolList(
  db: ReadOnly,
  bureauId: string,
  { bytes, sheets, choices }: SentList,
): Promise<Judged> {
  const reading = readSchoolList(sheets, choices)
  const known = await listKnownSchools(db, bureauId)
  const { zones } = await readDivisions(db, bureauId)
  const plan = planSchoolList(reading.rows, known)
  const near = nearDoubts(reading.rows, { schools: known, zones: zones.map((one) => one.name), added: plan.added })
  const newZones = [...new Set(reading.rows.map((row) => row.zone))].filter(
    (name) => !zones.some((zone) => zone.name === name),
  )
  const accepted = new Set(choices.accepted)
  const doubts = [...reading.doubts, ...plan.doubts, ...near]
    .map((one) => ({ ...one, key: `${rowKey(one)}.${one.kind}` }))
    .map((one) => ({ ...one, accepted: accepted.has(one.key) }))
  const digest = createHash('sha256')
    .update(bytes)
    .update(JSON.stringify([plan, newZones, choices]))
    .digest('hex')
  return { reading, doubts, plan, newZones, secretaries: await changedSecretaries(db, plan), digest }
}

async function changedSecretaries(db: ReadOnly, plan: SchoolPlan): Promise<ChangedSecretary[]> {
  const placed = [...plan.changed, ...plan.unchanged]
  const rows = new Map(placed.map((one) => [one.schoolId, one.row]))
  const accounts = await listAccountsOfSchools(db, [...rows.keys()])
  return accounts.flatMap((one) => {
    const row = rows.get(one.organizationId)
    if (one.role !== 'secretary' || !row || row.secretaryName === one.name) return []
    return [
      { schoolId: one.organizationId, school: row.name, personId: one.personId, from: one.name, to: row.secretaryName },
    ]
  })
}

const NAMES_AT_ONCE = 5_000

/** Which of these sign-in names are in use; asked in parts, for a statement takes only so many values. */
export async function takenLoginNames(db: ReadOnly, names: readonly string[]): Promise<Set<string>> {
  const taken = new Set<string>()
  for (let at = 0; at < names.length; at += NAMES_AT_ONCE) {
    const rows = await db
      .selectFrom('account')
      .select('loginName')
      .where('loginName', 'in', names.slice(at, at + NAMES_AT_ONCE))
      .execute()
    for (const row of rows) taken.add(row.loginName)
  }
  return taken
}
