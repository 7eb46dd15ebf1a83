import { z } from 'zod'
import { argumentationDifferences, argumentationKinds } from '#domain/brand.ts'
import { argumentationKind } from '#contract/brand.ts'
import type { ArgumentationRow, ArgumentationVersionRow } from '#server/db/tables/plan.ts'
import { found } from '#server/kernel/problem.ts'
import type { ReadOnly, Work } from '#server/kernel/work.ts'

const bodyShape = z.object({
  heldOn: z.string(),
  kind: argumentationKind,
  participants: z.string(),
  opinions: z.string(),
  outcome: z.string(),
  fileName: z.string(),
})
type Body = z.infer<typeof bodyShape>

/** A record as its versions keep it. */
export const bodyOf = (row: ArgumentationRow & { fileName: string | null }): Body => ({
  heldOn: row.heldOn,
  kind: argumentationKind.parse(row.kind),
  participants: row.participants,
  opinions: row.opinions,
  outcome: row.outcome,
  fileName: row.fileName ?? '',
})

const argumentations = (db: ReadOnly) =>
  db
    .selectFrom('argumentation')
    .leftJoin('file', 'file.id', 'argumentation.fileId')
    .selectAll('argumentation')
    .select('file.name as fileName')

export async function findArgumentation(db: ReadOnly, id: string) {
  const row = await argumentations(db)
    .innerJoin('school', 'school.id', 'argumentation.schoolId')
    .select('school.bureauId')
    .where('argumentation.id', '=', id)
    .executeTakeFirst()
  return found(row)
}

/** The records of a school, the newest first, each with what was corrected in it. */
export async function listArgumentations(db: ReadOnly, schoolId: string) {
  const rows = await argumentations(db)
    .where('argumentation.schoolId', '=', schoolId)
    .orderBy('heldOn', 'desc')
    .orderBy('argumentation.id', 'desc')
    .execute()
  const versions = await db
    .selectFrom('argumentationVersion')
    .innerJoin('person', 'person.id', 'argumentationVersion.personId')
    .selectAll('argumentationVersion')
    .select('person.name as personName')
    .where('argumentationVersion.schoolId', '=', schoolId)
    .orderBy('argumentationVersion.version')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    heldOn: row.heldOn,
    kind: argumentationKind.parse(row.kind),
    kindLabel: argumentationKinds[argumentationKind.parse(row.kind)],
    participants: row.participants,
    opinions: row.opinions,
    outcome: row.outcome,
    file: row.fileId ? { id: row.fileId, name: row.fileName ?? '' } : null,
    version: row.version,
    voidReason: row.voidReason,
    versions: told(
      versions.filter((one) => one.argumentationId === row.id),
      bodyOf(row),
    ),
  }))
}

/** What each correction changed: a version against the one after it, the last against what stands. */
function told(versions: readonly (ArgumentationVersionRow & { personName: string })[], now: Body) {
  const bodies = [...versions.map((one) => bodyShape.parse(JSON.parse(one.body))), now]
  return versions.map(({ version, reason, personName, createdAt }, at) => ({
    version,
    reason,
    personName,
    at: createdAt,
    differences: argumentationDifferences(bodies[at] ?? now, bodies[at + 1] ?? now),
  }))
}

export const insertArgumentation = (work: Work, row: ArgumentationRow) =>
  work.tx.insertInto('argumentation').values(row).execute()

export const keepArgumentationVersion = (work: Work, row: ArgumentationVersionRow) =>
  work.tx.insertInto('argumentationVersion').values(row).execute()
