import { z } from 'zod'
import { keysOf } from '#domain/base/record.ts'
import type { SurveyState } from '#domain/survey/surveyLife.ts'
import { questionnaireOf } from '#domain/survey/questionBank.ts'
import { answerLabels, type AudienceTally, type SampleMinimum, type Satisfaction } from '#domain/survey/survey.ts'
import { stampOf } from '#domain/base/stamp.ts'
import type { SurveyTotals } from '#domain/survey/surveyReport.ts'
import {
  againstReadingSurvey,
  audiencesAsked,
  type ChosenQuestions,
  type SurveyFacts,
} from '#domain/survey/surveyRules.ts'
import { audience, byAudience, minimumShape, sealShape } from '#contract/survey/survey.ts'
import { askBox } from '#server/kernel/ballotBox.ts'
import type { SurveyBatchRow, SurveyRow } from '#server/db/tables/survey.ts'
import { demand, found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

export type Survey = Omit<SurveyRow, 'questions' | 'minimum' | 'openingSeal' | 'closingSeal'> & {
  questions: ChosenQuestions
  minimum: SampleMinimum
  openingSeal: z.infer<typeof sealShape> | null
  closingSeal: z.infer<typeof sealShape> | null
}

const questionsShape = byAudience(z.array(z.string()))

const seal = (text: string | null) => (text === null ? null : sealShape.parse(JSON.parse(text)))

/** A row with its JSON columns read. */
const parseSurvey = (row: SurveyRow): Survey => ({
  ...row,
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
  return parseSurvey(
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

/** What the actor sees of a school in a survey: the office of all, a school of itself. */
export async function findPart(look: Look, survey: Survey, schoolId: string): Promise<SchoolPart> {
  return found((await listParts(look.db, survey)).find((one) => one.schoolId === schoolId))
}

const tallyShape = z.object({
  audience,
  issued: z.int(),
  cast: z.int(),
  items: z.array(
    z.object({
      item: z.string(),
      unscored: z.boolean().exactOptional(),
      overall: z.boolean().exactOptional(),
      counts: z.record(z.enum(keysOf(answerLabels)), z.int()),
    }),
  ),
})

const meanShape = z.int().nullable()

const satisfactionShape = z.object({
  index: meanShape,
  n: z.int(),
  audiences: z.array(
    z.object({
      audience,
      weight: z.int(),
      n: z.int(),
      responseRate: z.int().nullable(),
      mean: meanShape,
      satisfied: meanShape,
      unknownShare: z.int(),
      items: z.array(
        z.object({
          item: z.string(),
          unscored: z.boolean(),
          known: z.int(),
          mean: meanShape,
          unknownShare: z.int(),
        }),
      ),
    }),
  ),
  missing: z.array(audience),
  short: z.array(audience),
})

export const readSatisfaction = (text: string): Satisfaction => satisfactionShape.parse(JSON.parse(text))

const talliesShape = z.array(tallyShape)
export const readTallies = (text: string): AudienceTally[] => talliesShape.parse(JSON.parse(text))

const totalsShape = z.object({
  schools: z.int(),
  withIndex: z.int(),
  audiences: z.array(tallyShape.extend({ schools: z.int() })),
})

export const readTotals = (text: string): SurveyTotals => totalsShape.parse(JSON.parse(text))

/** The bureau's surveys of a year, the real one first, with what each school has done in them. */
export async function listSurveysOfYear(db: ReadOnly, { bureauId, cycleId }: { bureauId: string; cycleId: string }) {
  const rows = await db
    .selectFrom('survey')
    .selectAll()
    .where('bureauId', '=', bureauId)
    .where('cycleId', '=', cycleId)
    .where('erasedAt', 'is', null)
    .orderBy('kind')
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const parts = await db
    .selectFrom('surveySchool')
    .select(['surveyId', 'schoolId', 'confirmedAt', 'leftOutReason'])
    .where(
      'surveyId',
      'in',
      rows.map((row) => row.id),
    )
    .execute()
  return { surveys: rows.map(parseSurvey), parts }
}

/** How many schools a survey of the bureau would ask today. */
export async function countSchools(db: ReadOnly, bureauId: string): Promise<number> {
  const { schools } = await db
    .selectFrom('school')
    .select((eb) => eb.fn.countAll<number>().as('schools'))
    .where('bureauId', '=', bureauId)
    .where('retiredAt', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(schools)
}

/** Whether the year has its real survey already; a voided one does not count. */
export async function hasRealSurvey(db: ReadOnly, cycleId: string): Promise<boolean> {
  const row = await db
    .selectFrom('survey')
    .select('id')
    .where('cycleId', '=', cycleId)
    .where('kind', '=', 'real')
    .where('state', '!=', 'voided')
    .executeTakeFirst()
  return row !== undefined
}

/** Whether the box has lost the survey's key, so that it can never be counted. */
export const isLostInBox = async ({ house }: Pick<Look, 'house'>, id: string): Promise<boolean> =>
  askBox(house.ballotBox.isLost(id))
