import { isOffice, ownSchoolId } from '#domain/base/actor.ts'
import { movesFrom } from '#domain/base/lifecycle.ts'
import { surveyLife } from '#domain/survey/surveyLife.ts'
import type { Refusal } from '#domain/base/refusal.ts'
import {
  againstCreating,
  againstEnteringPaper,
  againstErasing,
  againstFreezing,
  againstMovingSurvey,
  againstReminding,
  againstSavingSurvey,
  againstVoidingSurvey,
  type SurveyKind,
} from '#domain/survey/surveyRules.ts'
import { cycleOf } from '#server/year/cycle/queries.ts'
import type { Look } from '#server/kernel/work.ts'
import {
  countParts,
  countSchools,
  factsOf,
  findSurvey,
  isLostInBox,
  kitsOf,
  listBatches,
  listParts,
  listSurveysOfYear,
  questionnairesOf,
  type RosterState,
  rosterStateOf,
  settingsStamp,
  type Survey,
  voidsAskedIn,
} from './queries.ts'

async function detailOf(look: Look, id: string) {
  const survey = await findSurvey(look, id)
  const parts = await listParts(look.db, survey)
  const batches = await listBatches(look.db, id)
  const { unprinted, ...kits } = kitsOf(parts, batches)
  const counts = countParts(parts, survey.state)
  return {
    id,
    kind: survey.kind,
    title: survey.title,
    state: survey.state,
    opensOn: survey.opensOn,
    closesOn: survey.closesOn,
    impactReference: survey.impactReference,
    minimum: survey.minimum,
    questionnaires: questionnairesOf(survey),
    stamp: settingsStamp(survey),
    fingerprint: survey.fingerprint,
    rosterDigest: survey.rosterDigest,
    drawSeed: survey.drawSeed,
    openingSeal: survey.openingSeal,
    closingSeal: survey.closingSeal,
    openedAt: survey.openedAt,
    closedAt: survey.closedAt,
    talliedAt: survey.talliedAt,
    publishedAt: survey.publishedAt,
    publishedText: survey.publishedText,
    voidReason: survey.voidReason,
    ...counts,
    kits,
    moves: surveyMoves(look, survey, {
      confirmed: counts.confirmed,
      unprinted,
      voidsAsked: voidsAskedIn(batches),
    }),
  }
}

/** What the office's buttons need; a button only says what no dialog can mend. */
function surveyMoves(
  look: Look,
  survey: Survey,
  facts: { confirmed: number; unprinted: string[]; voidsAsked: number },
): Record<string, Refusal[]> {
  const { actor, today } = look
  if (!isOffice(actor, survey.bureauId)) return {}
  const one = factsOf(survey)
  const moves: Record<string, Refusal[]> = {}
  for (const action of movesFrom(surveyLife, survey.state))
    if (action === 'freeze')
      moves[action] = againstFreezing(actor, one, {
        today,
        unconfirmed: [],
        leftOut: 0,
        reason: '',
        confirmed: facts.confirmed,
      })
    // Whether it is lost, the box is asked by whoever shows the button.
    else if (action === 'void') moves[action] = againstVoidingSurvey(actor, one, { lost: true })
    else moves[action] = againstMovingSurvey(actor, one, action, { today, ...facts })
  if (survey.state === 'draft') moves['save'] = againstSavingSurvey(actor, one)
  if (survey.state === 'issued' || survey.state === 'open') moves['print'] = []
  if (survey.state === 'open') {
    moves['remind'] = againstReminding(actor, one)
    moves['enterPaper'] = againstEnteringPaper(actor, one)
  }
  if (survey.kind === 'rehearsal') moves['erase'] = againstErasing(actor, one)
  return moves
}

/** The surveys of the year, the real one first, with what the actor's own school has to do in each. */
export async function listYearSurveys(look: Look, year?: number) {
  const bureauId = look.actor.bureauId
  const cycle = await cycleOf(look, year)
  const { surveys, parts } = await listSurveysOfYear(look.db, { bureauId, cycleId: cycle?.id ?? '' })
  const schools = await countSchools(look.db, bureauId)
  const bySurvey = Map.groupBy(parts, (part) => part.surveyId)
  const schoolId = ownSchoolId(look.actor)
  const creating = (kind: SurveyKind) =>
    againstCreating(look.actor, {
      bureauId,
      kind,
      cycleState: cycle?.state ?? 'draft',
      hasReal: surveys.some((row) => row.kind === 'real' && row.state !== 'voided'),
    })
  return {
    items: surveys.map((survey) => {
      const all = bySurvey.get(survey.id) ?? []
      const counted = (state: RosterState) =>
        all.filter((part) => rosterStateOf({ ...part, started: true }) === state).length
      const own = all.find((part) => part.schoolId === schoolId)
      const [confirmed, leftOut] = [counted('confirmed'), counted('leftOut')]
      return {
        id: survey.id,
        kind: survey.kind,
        title: survey.title,
        state: survey.state,
        opensOn: survey.opensOn,
        closesOn: survey.closesOn,
        schools: survey.state === 'draft' ? schools : confirmed + leftOut,
        confirmed,
        leftOut,
        own: schoolId ? { schoolId, roster: own ? rosterStateOf({ ...own, started: true }) : ('none' as const) } : null,
      }
    }),
    create: { real: creating('real'), rehearsal: creating('rehearsal') },
  }
}

/** A survey, and whether the box has lost it; a box that cannot be asked has lost nothing. */
export async function readSurveyDetail(look: Look, id: string) {
  const detail = await detailOf(look, id)
  if (!('void' in detail.moves)) return detail
  const lost = await isLostInBox(look, id).catch(() => false)
  const { void: barred, ...moves } = detail.moves
  return lost ? { ...detail, moves: { ...moves, void: barred ?? [] } } : { ...detail, moves }
}
