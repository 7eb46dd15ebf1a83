import { movesFrom } from '#domain/base/lifecycle.ts'
import type { Refusal } from '#domain/base/refusal.ts'
import {
  againstAskingExclusion,
  againstConflicts,
  againstExcluding,
  againstMovingSheet,
  againstPeeking,
  againstResting,
  isReviewed,
} from '#domain/review/panel.ts'
import { type ScoreSheetAction, scoreSheetLife } from '#domain/review/scoreSheetLife.ts'
import { allowedScores } from '#domain/review/sheet.ts'
import { linesOf, type SheetLine } from '#domain/year/standard.ts'
import { countOthers } from '#server/identity/recusal/queries.ts'
import { demand } from '#server/kernel/problem.ts'
import type { Look } from '#server/kernel/work.ts'
import { readStandard } from '#server/year/cycle/queries.ts'
import {
  exclusionStamp,
  findOwnOpenSheet,
  findSheet,
  listSheetVersions,
  readConflicts,
  readSheetNames,
  type Sheet,
  wasSubmitted,
} from './queries.ts'

/** One sheet with its lines; the dossier only after the reviewer declared that nothing stands against it. */
export async function readSheetDetail(look: Look, id: string) {
  const sheet = await findSheet(look, id)
  const own = sheet.reviewerId === look.actor.personId
  if (!own) demand(againstPeeking(await findOwnOpenSheet(look, sheet)))
  const standard = (await readStandard(look.db, sheet.standardId)).body
  const { schoolName, stage, frozen, reviewerName, askerName } = await readSheetNames(look.db, sheet)
  const declared = sheet.state !== 'assigned' && sheet.state !== 'recused'
  // What a reviewer has not handed in is nobody else's to read.
  const readable = own || sheet.state === 'submitted' || sheet.state === 'excluded'
  return {
    id,
    schoolName,
    stage,
    method: sheet.method,
    reviewerId: sheet.reviewerId,
    reviewerName,
    state: sheet.state,
    lines: linesOf(standard, sheet.method).map(lineShown),
    scores: readable ? sheet.scores : {},
    remark: readable ? sheet.remark : '',
    total: sheet.total,
    updatedAt: sheet.updatedAt,
    returnReason: sheet.returnReason,
    dossier: declared && isReviewed(sheet.applicationState) ? frozen : null,
    exclusion: exclusionShown(sheet, askerName),
    versions: await listSheetVersions(look.db, id),
    moves: await movesOfSheet(look, sheet),
  }
}

const lineShown = (line: SheetLine) => ({
  code: line.code,
  title: line.title,
  evidence: line.evidence,
  maximum: line.maximum,
  allowed: allowedScores(line) ?? null,
})

const exclusionShown = (sheet: Sheet, askerName: string) =>
  sheet.excludeAskedBy
    ? {
        by: askerName,
        at: sheet.excludeAskedAt ?? '',
        reason: sheet.excludeReason ?? '',
        stamp: exclusionStamp(sheet),
      }
    : null

const scoring: readonly ScoreSheetAction[] = ['declare', 'save', 'submit']

async function movesOfSheet(look: Look, sheet: Sheet) {
  const own = sheet.reviewerId === look.actor.personId
  const conflicts = own ? againstConflicts(await readConflicts(look, sheet)) : []
  const everSubmitted = await wasSubmitted(look.db, sheet.id)
  const others = await countOthers(look, ['office'], sheet)
  const standing = (action: ScoreSheetAction): Refusal[] => {
    const moving = againstMovingSheet(look.actor, sheet, action)
    if (action === 'exclude')
      return sheet.excludeAskedBy === null
        ? [...moving, ...againstAskingExclusion({ ...sheet, everSubmitted })]
        : [...moving, ...againstExcluding(look.actor, sheet, others)]
    // Recusing is always open; scoring only as long as the application is in the review.
    const resting = action === 'recuse' ? [] : againstResting(sheet.applicationState)
    return [...moving, ...resting, ...(scoring.includes(action) ? conflicts : [])]
  }
  return Object.fromEntries(movesFrom(scoreSheetLife, sheet.state).map((action) => [action, standing(action)]))
}
