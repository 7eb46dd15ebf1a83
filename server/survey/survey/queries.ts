import { z } from 'zod'
import { isOffice, ownSchoolId } from '#domain/base/actor.ts'
import { movesFrom } from '#domain/base/lifecycle.ts'
import { surveyLife, type SurveyState } from '#domain/survey/surveyLife.ts'
import { questionnaireOf } from '#domain/survey/questionBank.ts'
import type { Refusal } from '#domain/base/refusal.ts'
import {
  type Answer,
  answerLabels,
  type Audience,
  type AudienceTally,
  type SampleMinimum,
} from '#domain/survey/survey.ts'
import { stampOf } from '#domain/base/stamp.ts'
import type { SurveyTotals } from '#domain/survey/surveyReport.ts'
import {
  againstCreating,
  againstEnteringPaper,
  againstErasing,
  againstFreezing,
  againstMovingSurvey,
  againstReadingSurvey,
  againstReminding,
  againstSavingSurvey,
  againstVoidingSurvey,
  audiencesAsked,
  type ChosenQuestions,
  type SurveyFacts,
  type SurveyKind,
} from '#domain/survey/surveyRules.ts'
import { byAudience, minimumShape, sealShape, surveyKind } from '#contract/survey/survey.ts'
import type { SurveyBatchRow, SurveyRow } from '#server/db/tables/survey.ts'
import { cycleOf } from '#server/year/cycle/queries.ts'
import { demand, found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

export type Survey = Omit<SurveyRow, 'kind' | 'state' | 'questions' | 'minimum' | 'openingSeal' | 'closingSeal'> & {
  kind: SurveyKind
  state: SurveyState
  questions: ChosenQuestions
  minimum: SampleMinimum
  openingSeal: z.infer<typeof sealShape> | null
  closingSeal: z.infer<typeof sealShape> | null
}

const questionsShape = byAudience(z.array(z.string()))
const stateShape = z.enum(Object.keys(surveyLife.states) as [SurveyState])
const seal = (text: string | null) => (text === null ? null : sealShape.parse(JSON.parse(text)))

const parsed = (row: SurveyRow): Survey => ({
  ...row,
  kind: surveyKind.parse(row.kind),
  state: stateShape.parse(row.state),
  questions: questionsShape.parse(JSON.parse(row.questions)),
  minimum: minimumShape.parse(JSON.parse(row.minimum)),
  openingSeal: seal(row.openingSeal),
  closingSeal: seal(row.closingSeal),
})

export const factsOf = ({ drawSeed, ...survey }: Survey): SurveyFacts => ({ ...survey, drawn: drawSeed !== null })

/** A survey of the actor's bureau; another's, and an erased rehearsal, look like none. */
export async function findSurvey(look: Pick<Look, 'db' | 'actor'>, id: string): Promise<Survey> {
  const survey = await readSurvey(look.db, id)
  demand(againstReadingSurvey(look.actor, survey))
  return survey
}

/** A survey, whoever asks: the caller has seen to it that they may. */
export async function readSurvey(db: ReadOnly, id: string): Promise<Survey> {
  return parsed(
    found(
      await db.selectFrom('survey').selectAll().where('id', '=', id).where('erasedAt', 'is', null).executeTakeFirst(),
    ),
  )
}

export const questionnairesOf = (survey: Pick<Survey, 'questions'>) =>
  audiencesAsked(survey.questions).map((audience) => questionnaireOf(audience, survey.questions[audience]))

export interface SchoolPart {
  schoolId: string
  schoolName: string
  stage: string
  teachers: number
  started: boolean
  confirmedAt: string | null
  leftOutReason: string | null
  kitPrintedAt: string | null
  kitPrintings: number
  kitReason: string | null
}

export type RosterState = 'none' | 'draft' | 'confirmed' | 'leftOut'

export const rosterStateOf = (part: Pick<SchoolPart, 'started' | 'confirmedAt' | 'leftOutReason'>): RosterState =>
  part.leftOutReason !== null ? 'leftOut' : part.confirmedAt ? 'confirmed' : part.started ? 'draft' : 'none'

/** Every school of the district with its part in a survey; a school that came after the freezing has none. */
export async function listParts(db: ReadOnly, survey: { id: string; bureauId: string }): Promise<SchoolPart[]> {
  const rows = await db
    .selectFrom('school')
    .leftJoin('surveySchool', (join) =>
      join.onRef('surveySchool.schoolId', '=', 'school.id').on('surveySchool.surveyId', '=', survey.id),
    )
    .select([
      'school.id as schoolId',
      'school.name as schoolName',
      'school.stage',
      'surveySchool.id as partId',
      'surveySchool.teachers',
      'surveySchool.confirmedAt',
      'surveySchool.leftOutReason',
      'surveySchool.kitPrintedAt',
      'surveySchool.kitPrintings',
      'surveySchool.kitReason',
    ])
    .where('school.bureauId', '=', survey.bureauId)
    .where((eb) => eb.or([eb('school.retiredAt', 'is', null), eb('surveySchool.id', 'is not', null)]))
    .orderBy('school.sortKey')
    .orderBy('school.id')
    .execute()
  return rows.map(({ partId, ...row }) => ({
    ...row,
    started: partId !== null,
    teachers: row.teachers ?? 0,
    kitPrintings: row.kitPrintings ?? 0,
  }))
}

export const listBatches = (db: ReadOnly, surveyId: string): Promise<SurveyBatchRow[]> =>
  db
    .selectFrom('surveyBatch')
    .selectAll()
    .where('surveyId', '=', surveyId)
    .orderBy('schoolId')
    .orderBy('audience', 'desc')
    .orderBy('id')
    .execute()

/** How many schools, by what they have done; `schools` are those of the district while the classes are gathered. */
export function countParts(parts: readonly SchoolPart[], state: SurveyState) {
  const confirmed = parts.filter((one) => rosterStateOf(one) === 'confirmed').length
  const leftOut = parts.filter((one) => rosterStateOf(one) === 'leftOut').length
  return { schools: state === 'draft' ? parts.length : confirmed + leftOut, confirmed, leftOut }
}

/** The schools with drawn classes, and those whose slips are not printed yet. */
export function kitsOf(parts: readonly SchoolPart[], batches: readonly Pick<SurveyBatchRow, 'schoolId' | 'codes'>[]) {
  const ids = new Set(batches.map((one) => one.schoolId))
  const drawn = parts.filter((one) => ids.has(one.schoolId))
  return {
    schools: drawn.length,
    printed: drawn.filter((one) => one.kitPrintedAt !== null).length,
    codes: batches.reduce((sum, one) => sum + one.codes, 0),
    unprinted: drawn.filter((one) => one.kitPrintedAt === null).map((one) => one.schoolName),
  }
}

/** What the office saw of the settings and the questions when it saves them or freezes them for good. */
export const settingsStamp = ({ title, opensOn, closesOn, questions, minimum, impactReference }: Survey): string =>
  stampOf([title, opensOn, closesOn, questions, minimum, impactReference])

export const voidsAskedIn = (batches: readonly SurveyBatchRow[]): number =>
  batches.filter((one) => one.voidAskedBy !== null && one.voidedAt === null).length

export async function readSurveyDetail(look: Look, id: string) {
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
  const rows = await look.db
    .selectFrom('survey')
    .selectAll()
    .where('bureauId', '=', bureauId)
    .where('cycleId', '=', cycle?.id ?? '')
    .where('erasedAt', 'is', null)
    .orderBy('kind')
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const { schools } = await look.db
    .selectFrom('school')
    .select((eb) => eb.fn.countAll<number>().as('schools'))
    .where('bureauId', '=', bureauId)
    .where('retiredAt', 'is', null)
    .executeTakeFirstOrThrow()
  const parts = await look.db
    .selectFrom('surveySchool')
    .select(['surveyId', 'schoolId', 'confirmedAt', 'leftOutReason'])
    .where(
      'surveyId',
      'in',
      rows.map((row) => row.id),
    )
    .execute()
  const bySurvey = Map.groupBy(parts, (part) => part.surveyId)
  const schoolId = ownSchoolId(look.actor)
  const creating = (kind: SurveyKind) =>
    againstCreating(look.actor, {
      bureauId,
      kind,
      cycleState: cycle?.state ?? 'draft',
      hasReal: rows.some((row) => row.kind === 'real' && row.state !== 'voided'),
    })
  return {
    items: rows.map(parsed).map((survey) => {
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
        schools: survey.state === 'draft' ? Number(schools) : confirmed + leftOut,
        confirmed,
        leftOut,
        own: schoolId ? { schoolId, roster: own ? rosterStateOf({ ...own, started: true }) : ('none' as const) } : null,
      }
    }),
    create: { real: creating('real'), rehearsal: creating('rehearsal') },
  }
}

/** What the actor sees of a school in a survey: the office of all, a school of itself. */
export async function findPart(look: Look, survey: Survey, schoolId: string): Promise<SchoolPart> {
  return found((await listParts(look.db, survey)).find((one) => one.schoolId === schoolId))
}

const tallyShape = z.object({
  audience: z.enum(['teacher', 'parent', 'pupil']),
  issued: z.int(),
  cast: z.int(),
  items: z.array(
    z.object({
      item: z.string(),
      unscored: z.boolean().exactOptional(),
      overall: z.boolean().exactOptional(),
      counts: z.record(z.enum(Object.keys(answerLabels) as [Answer]), z.int()),
    }),
  ),
})
const talliesShape = z.array(tallyShape)
export const readTallies = (text: string): AudienceTally[] => talliesShape.parse(JSON.parse(text))

const totalsShape = z.object({
  schools: z.int(),
  withIndex: z.int(),
  audiences: z.array(tallyShape.extend({ schools: z.int() })),
})
export const readTotals = (text: string): SurveyTotals => totalsShape.parse(JSON.parse(text))

export const audienceOf = (text: string): Audience => z.enum(['teacher', 'parent', 'pupil']).parse(text)
