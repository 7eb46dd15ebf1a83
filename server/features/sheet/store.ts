import type { ExpressionBuilder } from 'kysely'
import { hasRole } from '#domain/actor.ts'
import { movesFrom } from '#domain/lifecycle.ts'
import { type ScoreSheetAction, scoreSheetLife, type ScoreSheetState } from '#domain/lifecycles/scoreSheet.ts'
import { againstMovingSheet, againstResting, reviewedStates, type ReviewerTies } from '#domain/panel.ts'
import { refusal } from '#domain/refusal.ts'
import { allowedScores, type ScoredMethod, type Scores } from '#domain/sheet.ts'
import { linesOf, maximumOf } from '#domain/standard.ts'
import { cycleOf, readStandard } from '#server/features/cycle/store.ts'
import type { Tables } from '#server/db/tables.ts'
import { demand, found } from '#server/kernel/problem.ts'
import { readActor } from '#server/kernel/session.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

async function isRecused(
  db: ReadOnly,
  personId: string,
  school: { cycleId: string; schoolId: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('recusal')
    .select('id')
    .where('cycleId', '=', school.cycleId)
    .where('personId', '=', personId)
    .where('schoolId', '=', school.schoolId)
    .executeTakeFirst()
  return row !== undefined
}

/** The sheet for its reviewer, or for the office; a recused reviewer finds nothing any more (rule 9). */
export async function findSheet(look: Look, id: string) {
  const row = found(
    await look.db
      .selectFrom('scoreSheet')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', look.actor.bureauId ?? '')
      .executeTakeFirst(),
  )
  const { state: applicationState } = found(
    await look.db.selectFrom('application').select('state').where('id', '=', row.applicationId).executeTakeFirst(),
  )
  const own = row.reviewerId === look.actor.personId
  const mine = own && row.state !== 'recused' && !(await isRecused(look.db, row.reviewerId, row))
  if (!(own ? mine : hasRole(look.actor, 'office'))) demand([refusal('notFound')])
  return {
    ...row,
    applicationState,
    state: row.state as ScoreSheetState,
    method: row.method as ScoredMethod,
    scores: JSON.parse(row.scores) as Scores,
  }
}

export async function listReviewerSheets(look: Look, year?: number) {
  const cycle = await cycleOf(look, year)
  if (!cycle?.standardId) return []
  const { body } = await readStandard(look.db, cycle.standardId)
  const rows = await look.db
    .selectFrom('scoreSheet')
    .innerJoin('school', 'school.id', 'scoreSheet.schoolId')
    .select([
      'scoreSheet.id',
      'school.name as schoolName',
      'school.stage',
      'scoreSheet.method',
      'scoreSheet.state',
      'scoreSheet.total',
      'scoreSheet.submittedAt',
      'scoreSheet.returnReason',
    ])
    .where('scoreSheet.cycleId', '=', cycle.id)
    .where('scoreSheet.reviewerId', '=', look.actor.personId ?? '')
    .where('scoreSheet.state', '!=', 'recused')
    .where(notRecused)
    .where(underReview)
    .orderBy('school.name')
    .orderBy('scoreSheet.method')
    .execute()
  return rows.map((row) => ({ ...row, maximum: maximumOf(body, row.method as ScoredMethod) }))
}

/** Who is both of the office and a reviewer reads another's sheet only after submitting the own one (rule 10). */
async function againstPeeking(look: Look, sheet: { applicationId: string; method: string; reviewerId: string }) {
  if (sheet.reviewerId === look.actor.personId) return []
  const own = await look.db
    .selectFrom('scoreSheet')
    .select('id')
    .where('reviewerId', '=', look.actor.personId ?? '')
    .where('applicationId', '=', sheet.applicationId)
    .where('method', '=', sheet.method)
    .where('state', 'in', ['assigned', 'opened', 'draft'])
    .where(notRecused)
    .executeTakeFirst()
  return own
    ? [
        refusal('notInThisState', '您也评这份申报，请先提交自己的评分表，再看别人的。', {
          href: `/console/sheets/${own.id}`,
        }),
      ]
    : []
}

/** One sheet with its lines; the dossier only after the reviewer declared that nothing stands against it. */
export async function readSheetDetail(look: Look, id: string) {
  const sheet = await findSheet(look, id)
  demand(await againstPeeking(look, sheet))
  const standard = (await readStandard(look.db, sheet.standardId)).body
  const names = found(
    await look.db
      .selectFrom('school')
      .innerJoin('application', 'application.schoolId', 'school.id')
      .select(['school.name as schoolName', 'school.stage', 'application.frozen'])
      .where('application.id', '=', sheet.applicationId)
      .executeTakeFirst(),
  )
  const reviewer = found(
    await look.db.selectFrom('person').select('name').where('id', '=', sheet.reviewerId).executeTakeFirst(),
  )
  const declared = sheet.state !== 'assigned' && sheet.state !== 'recused'
  const reviewed = reviewedStates.some((one) => one === sheet.applicationState)
  // Recusing is always open; scoring only as long as the application is in the review.
  const resting = (action: ScoreSheetAction) => (action === 'recuse' ? [] : againstResting(sheet.applicationState))
  return {
    id,
    schoolName: names.schoolName,
    stage: names.stage,
    method: sheet.method,
    reviewerId: sheet.reviewerId,
    reviewerName: reviewer.name,
    state: sheet.state,
    lines: linesOf(standard, sheet.method).map((line) => ({
      code: line.code,
      title: line.title,
      evidence: line.evidence,
      maximum: line.maximum,
      allowed: allowedScores(line) ?? null,
    })),
    scores: sheet.scores,
    remark: sheet.remark,
    total: sheet.total,
    updatedAt: sheet.updatedAt,
    returnReason: sheet.returnReason,
    dossier: declared && reviewed ? names.frozen : null,
    moves: Object.fromEntries(
      movesFrom(scoreSheetLife, sheet.state).map((action) => [
        action,
        [...againstMovingSheet(look.actor, sheet, action), ...resting(action)],
      ]),
    ),
  }
}

/** Left in wherever a reviewer's sheets are listed: those of applications that are or were reviewed. */
export const underReview = (eb: ExpressionBuilder<Tables, 'scoreSheet'>) =>
  eb.exists(
    eb
      .selectFrom('application')
      .select('application.id')
      .whereRef('application.id', '=', 'scoreSheet.applicationId')
      .where('application.state', 'in', [...reviewedStates]),
  )

/** Left out wherever sheets are listed or counted: a submitted one stays on record, but its reviewer has recused since. */
export const notRecused = (eb: ExpressionBuilder<Tables, 'scoreSheet'>) =>
  eb.not(
    eb.exists(
      eb
        .selectFrom('recusal')
        .select('recusal.id')
        .whereRef('recusal.cycleId', '=', 'scoreSheet.cycleId')
        .whereRef('recusal.personId', '=', 'scoreSheet.reviewerId')
        .whereRef('recusal.schoolId', '=', 'scoreSheet.schoolId'),
    ),
  )

/** Where a reviewer stands towards schools, as far as the system knows (rule 9). */
export async function readTies(
  db: ReadOnly,
  person: { personId: string; name: string; bureauId: string },
): Promise<ReviewerTies> {
  const { grants } = await readActor(db, person)
  const worksAt = grants
    .filter((one) => one.role === 'secretary' || one.role === 'clerk')
    .map((one) => one.organizationId)
  const groups = await db
    .selectFrom('school')
    .select('groupId')
    .where('id', 'in', worksAt.length > 0 ? worksAt : [''])
    .where('groupId', 'is not', null)
    .execute()
  return {
    worksAt,
    groups: groups.flatMap((one) => (one.groupId ? [one.groupId] : [])),
    contactSchools: grants.flatMap((one) => one.schoolIds ?? []),
  }
}
