import { z } from 'zod'
import { argumentationDifferences, argumentationKinds } from '#domain/brand/brand.ts'
import { argumentationKind } from '#contract/brand/brand.ts'
import type { ArgumentationRow, ArgumentationVersionRow } from '#server/db/tables/plan.ts'
import { found } from '#server/kernel/problem.ts'
import type { ReadOnly } from '#server/kernel/work.ts'

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
export const bodyOf = (row: ArgumentationRow, files: readonly { name: string }[]): Body => ({
  heldOn: row.heldOn,
  kind: argumentationKind.parse(row.kind),
  participants: row.participants,
  opinions: row.opinions,
  outcome: row.outcome,
  fileName: files.map((one) => one.name).join('、'),
})

/** The minutes of some records, in their order. */
export const listMinutes = (db: ReadOnly, ids: readonly string[]) =>
  db
    .selectFrom('evidence')
    .innerJoin('file', 'file.id', 'evidence.fileId')
    .select(['evidence.subjectId', 'file.id', 'file.name', 'file.kind'])
    .where('evidence.subjectType', '=', 'argumentation')
    .where('evidence.subjectId', 'in', ['', ...ids])
    .orderBy('evidence.sortOrder')
    .execute()

export async function findArgumentation(db: ReadOnly, id: string) {
  const row = await db
    .selectFrom('argumentation')
    .innerJoin('school', 'school.id', 'argumentation.schoolId')
    .selectAll('argumentation')
    .select('school.bureauId')
    .where('argumentation.id', '=', id)
    .executeTakeFirst()
  return found(row)
}

/** How often a school has argued its brand; records that were voided do not count. */
export async function countArgumentations(db: ReadOnly, schoolId: string): Promise<number> {
  const row = await db
    .selectFrom('argumentation')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('voidedAt', 'is', null)
    .where('schoolId', '=', schoolId)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** The records of a school, the newest first, each with what was corrected in it. */
export async function listArgumentations(db: ReadOnly, schoolId: string) {
  const rows = await db
    .selectFrom('argumentation')
    .selectAll()
    .where('argumentation.schoolId', '=', schoolId)
    .orderBy('heldOn', 'desc')
    .orderBy('argumentation.id', 'desc')
    .execute()
  const minutes = await listMinutes(
    db,
    rows.map((one) => one.id),
  )
  const versions = await db
    .selectFrom('argumentationVersion')
    .innerJoin('person', 'person.id', 'argumentationVersion.personId')
    .selectAll('argumentationVersion')
    .select('person.name as personName')
    .where('argumentationVersion.schoolId', '=', schoolId)
    .orderBy('argumentationVersion.version')
    .execute()
  return rows.map((row) => {
    const files = minutes.filter((one) => one.subjectId === row.id).map(({ subjectId: _of, ...file }) => file)
    return {
      id: row.id,
      heldOn: row.heldOn,
      kind: argumentationKind.parse(row.kind),
      kindLabel: argumentationKinds[argumentationKind.parse(row.kind)],
      participants: row.participants,
      opinions: row.opinions,
      outcome: row.outcome,
      files,
      version: row.version,
      voidReason: row.voidReason,
      versions: told(
        versions.filter((one) => one.argumentationId === row.id),
        bodyOf(row, files),
      ),
    }
  })
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
