import { readCycle } from '#server/year/cycle/queries.ts'
import { brokenOf } from '#server/kernel/seal.ts'
import { found } from '#server/kernel/problem.ts'
import type { ReadOnly } from '#server/kernel/work.ts'

/** Everything that was made public in a year, also what was taken back since, in as many queries however many schools. */
export async function readOutcome(db: ReadOnly, year: number) {
  const { id: cycleId } = found((await listOutcomeYears(db)).find((one) => one.year === year))
  const rows = await db
    .selectFrom('award')
    .innerJoin('school', 'school.id', 'award.schoolId')
    .innerJoin('application', 'application.id', 'award.applicationId')
    .leftJoin('brand', 'brand.schoolId', 'award.schoolId')
    .select(['award.id', 'award.grade', 'award.state', 'award.documentNumber', 'award.conferredOn'])
    .select(['award.validUntil', 'award.certificateNumber', 'award.revokedReason', 'school.name as schoolName'])
    .select(['school.stage', 'application.frozen', 'brand.name as brandName'])
    .where('award.cycleId', '=', cycleId)
    .where('award.conferredOn', 'is not', null)
    .orderBy('school.stage')
    .orderBy('school.sortKey')
    .orderBy('award.id')
    .execute()
  const broken = new Set((await brokenOf(db, 'award', { cycleId })).map((one) => one.id))
  const { outcomeKind, awardTitle, settings } = await readCycle(db, cycleId)
  const notices = await db
    .selectFrom('notice')
    .select(['id', 'title', 'postedOn'])
    .where('cycleId', '=', cycleId)
    .where('state', '=', 'ended')
    .orderBy('postedOn')
    .execute()
  return {
    kind: outcomeKind,
    awardTitle,
    grades: settings.grades,
    schools: rows.map((row) => ({ ...row, broken: broken.has(row.id) })),
    notices,
  }
}

/** Years whose outcome is public, the newest first. */
export const listOutcomeYears = (db: ReadOnly) =>
  db
    .selectFrom('cycle')
    .select(['id', 'year', 'outcomeKind'])
    .where('id', 'in', (eb) =>
      eb.selectFrom('award').select('award.cycleId').where('award.conferredOn', 'is not', null),
    )
    .orderBy('year', 'desc')
    .execute()
