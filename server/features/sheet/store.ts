import { hasRole } from '#domain/actor.ts'
import { movesFrom } from '#domain/lifecycle.ts'
import { scoreSheetLife, type ScoreSheetState } from '#domain/lifecycles/scoreSheet.ts'
import { againstMovingSheet } from '#domain/panel.ts'
import { refusal } from '#domain/refusal.ts'
import { allowedScores, type ScoredMethod, type Scores } from '#domain/sheet.ts'
import { linesOf, maximumOf } from '#domain/standard.ts'
import { currentCycle, readStandard } from '#server/features/cycle/store.ts'
import { demand, found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

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
  const own = row.reviewerId === look.actor.personId && row.state !== 'recused'
  if (!own && !hasRole(look.actor, 'office')) demand([refusal('notFound')])
  return {
    ...row,
    state: row.state as ScoreSheetState,
    method: row.method as ScoredMethod,
    scores: JSON.parse(row.scores) as Scores,
  }
}

export async function listReviewerSheets(look: Look) {
  const cycle = look.actor.bureauId ? await currentCycle(look.db, look.actor.bureauId) : undefined
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
    .orderBy('school.name')
    .orderBy('scoreSheet.method')
    .execute()
  return rows.map((row) => ({ ...row, maximum: maximumOf(body, row.method as ScoredMethod) }))
}

/** One sheet with its lines; the dossier only after the reviewer declared that nothing stands against it. */
export async function readSheetDetail(look: Look, id: string) {
  const sheet = await findSheet(look, id)
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
  return {
    id,
    schoolName: names.schoolName,
    stage: names.stage,
    method: sheet.method,
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
    dossier: declared ? names.frozen : null,
    moves: Object.fromEntries(
      movesFrom(scoreSheetLife, sheet.state).map((action) => [action, againstMovingSheet(look.actor, sheet, action)]),
    ),
  }
}

/** Whether a reviewer may read a file: it is cited by the frozen dossier of a sheet that the reviewer has declared for. */
export async function isCitedForReviewer(db: ReadOnly, personId: string, fileId: string): Promise<boolean> {
  const rows = await db
    .selectFrom('scoreSheet')
    .innerJoin('application', 'application.id', 'scoreSheet.applicationId')
    .select('application.frozen')
    .where('scoreSheet.reviewerId', '=', personId)
    .where('scoreSheet.state', 'in', ['opened', 'draft', 'submitted'])
    .where('application.frozen', 'like', `%"id":"${fileId.replace(/[^0-9a-f-]/g, '')}"%`)
    .limit(1)
    .execute()
  return rows.length > 0
}
