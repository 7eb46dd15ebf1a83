import { addDays } from '#domain/base/calendar.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { type SurveyAction, surveyLife } from '#domain/survey/surveyLife.ts'
import { questionnaireOf } from '#domain/survey/questionBank.ts'
import {
  audiences,
  type AudienceTally,
  sampleMinimum,
  type SampleMinimum,
  type Satisfaction,
  satisfactionOf,
} from '#domain/survey/survey.ts'
import { sumTallies, type SurveyTotals } from '#domain/survey/surveyReport.ts'
import {
  againstCreating,
  againstErasing,
  againstMovingSurvey,
  againstOpenPapers,
  againstSavingSurvey,
  againstSettings,
  againstVoidingSurvey,
  type ChosenQuestions,
  type SurveyKind,
  WINDOW_DAYS,
} from '#domain/survey/surveyRules.ts'
import type { SurveyRow } from '#server/db/tables/survey.ts'
import { findOwnCycle } from '#server/year/cycle/queries.ts'
import { voidAgain } from '#server/survey/classes/actions.ts'
import { keepRemarks } from '#server/survey/result/actions.ts'
import { askBox } from '#server/kernel/ballotBox.ts'
import { changedOne, demand, unseen } from '#server/kernel/problem.ts'
import type { Desk } from '#server/kernel/routes.ts'
import { sealRow } from '#server/kernel/seal.ts'
import type { Look, Work } from '#server/kernel/work.ts'
import {
  factsOf,
  findSurvey,
  kitsOf,
  listBatches,
  listParts,
  readSurveyDetail,
  settingsStamp,
  type Survey,
  voidsAskedIn,
} from './queries.ts'

export async function createSurvey(
  work: Work,
  one: { kind: SurveyKind; title: string; opensOn: string },
): Promise<{ id: string }> {
  const cycle = await findOwnCycle(work)
  const real = await work.db
    .selectFrom('survey')
    .select('id')
    .where('cycleId', '=', cycle.id)
    .where('kind', '=', 'real')
    .where('state', '!=', 'voided')
    .executeTakeFirst()
  demand(
    againstCreating(work.actor, {
      bureauId: cycle.bureauId,
      kind: one.kind,
      cycleState: cycle.state,
      hasReal: real !== undefined,
    }),
  )
  const id = work.newId()
  const questions = Object.fromEntries(
    audiences.map((audience) => [audience, questionnaireOf(audience).questions.map((question) => question.id)]),
  )
  await work.tx
    .insertInto('survey')
    .values({
      id,
      bureauId: cycle.bureauId,
      cycleId: cycle.id,
      ...one,
      state: surveyLife.first,
      closesOn: addDays(one.opensOn, WINDOW_DAYS - 1),
      questions: JSON.stringify(questions),
      minimum: JSON.stringify(sampleMinimum),
      impactReference: '',
      publishedText: '',
      createdAt: work.now,
    })
    .execute()
  work.record('survey.created', 'survey', id, { kind: one.kind, title: one.title })
  return { id }
}

export interface SurveySettings {
  title: string
  opensOn: string
  closesOn: string
  questions: ChosenQuestions
  minimum: SampleMinimum
  impactReference: string
}

export async function saveSurvey(
  work: Work,
  id: string,
  { seen, ...settings }: SurveySettings & { seen?: string },
): Promise<{ ok: true }> {
  const survey = await findSurvey(work, id)
  demand([
    ...againstSavingSurvey(work.actor, factsOf(survey)),
    ...againstSettings(settings),
    ...unseen(seen, settingsStamp(survey), '保存'),
  ])
  const { questions, minimum, ...plain } = settings
  changedOne(
    await work.tx
      .updateTable('survey')
      .set({ ...plain, questions: JSON.stringify(questions), minimum: JSON.stringify(minimum) })
      .where('id', '=', id)
      .where('state', '=', 'draft')
      .where('drawSeed', 'is', null)
      .executeTakeFirstOrThrow(),
  )
  work.record('survey.saved', 'survey', id, { ...settings })
  return { ok: true }
}

/** The only place that changes a survey's state; rules have been demanded before. */
export async function moveSurvey(
  work: Work,
  survey: Survey,
  action: SurveyAction,
  values: Partial<SurveyRow> = {},
  detail: Record<string, unknown> = {},
): Promise<void> {
  const to = nextState(surveyLife, survey.state, action) ?? survey.state
  changedOne(
    await work.tx
      .updateTable('survey')
      .set({ ...values, state: to })
      .where('id', '=', survey.id)
      .where('state', '=', survey.state)
      .executeTakeFirstOrThrow(),
  )
  work.record(`survey.${action}`, 'survey', survey.id, { from: survey.state, to, ...detail })
}

async function demandMove(
  work: Look,
  id: string,
  action: Exclude<SurveyAction, 'freeze' | 'void'>,
  words: { reason?: string; text?: string } = {},
): Promise<Survey> {
  const survey = await findSurvey(work, id)
  const batches = await listBatches(work.db, id)
  const { unprinted } = kitsOf(await listParts(work.db, survey), batches)
  const facts = { today: work.today, unprinted, voidsAsked: voidsAskedIn(batches), ...words }
  demand(againstMovingSurvey(work.actor, factsOf(survey), action, facts))
  return survey
}

export async function issueSurvey(work: Work, id: string): Promise<{ ok: true }> {
  await moveSurvey(work, await demandMove(work, id, 'issue'), 'issue')
  return { ok: true }
}

/** The seed is drawn once: from then on nothing about the survey may change. */
export async function noteDraw(work: Work, id: string, seed: string): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('survey')
      .set({ drawSeed: seed })
      .where('id', '=', id)
      .where('state', '=', 'draft')
      .where('drawSeed', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}

/** The rules are asked before the box acts, and again in the work that records it: the box answers a repeated call alike. */
async function moveWithBox<T>(
  exchange: Desk,
  id: string,
  action: 'open' | 'close' | 'tally',
  words: { reason?: string },
  box: () => Promise<T>,
  record: (work: Work, survey: Survey, said: T) => Promise<void>,
): Promise<T> {
  await demandMove(exchange.look, id, action, words)
  const said = await askBox(box())
  await exchange.work(async (work) => record(work, await demandMove(work, id, action, words), said))
  return said
}

export async function openSurvey(exchange: Desk, id: string): Promise<{ ok: true }> {
  const { ballotBox } = exchange.house
  await moveWithBox(
    exchange,
    id,
    'open',
    {},
    () => ballotBox.open(id),
    (work, survey, seal) =>
      moveSurvey(
        work,
        survey,
        'open',
        { openingSeal: JSON.stringify(seal), openedAt: work.now },
        { digest: seal.digest },
      ),
  )
  return { ok: true }
}

export async function closeSurvey(
  exchange: Desk,
  id: string,
  { reason, papersGivenUp = 0 }: { reason: string; papersGivenUp?: number },
): Promise<{ cast: number }> {
  const { ballotBox } = exchange.house
  await demandMove(exchange.look, id, 'close', { reason })
  const papers = (await askBox(ballotBox.openPaper(id))).filter((one) => !one.used).length
  demand(againstOpenPapers({ papers, papersGivenUp, reason }))
  return moveWithBox(
    exchange,
    id,
    'close',
    { reason },
    () => ballotBox.close(id, papersGivenUp),
    (work, survey, { cast }) =>
      moveSurvey(work, survey, 'close', { closedAt: work.now }, { cast, papersGivenUp, ...(reason ? { reason } : {}) }),
  )
}

export async function tallySurvey(exchange: Desk, id: string): Promise<{ digest: string; schools: number }> {
  const { ballotBox } = exchange.house
  const count = async () => {
    await voidAgain(exchange, id)
    return { tally: await ballotBox.tally(id), remarks: await ballotBox.remarks(id) }
  }
  const { tally } = await moveWithBox(exchange, id, 'tally', {}, count, async (work, survey, { tally, remarks }) => {
    const results = tally.schools.map(({ schoolId, stage, audiences: tallies }) => ({
      schoolId,
      tallies,
      satisfaction: satisfactionOf(stage, tallies, survey.minimum),
    }))
    const totals: SurveyTotals = {
      schools: results.length,
      withIndex: results.filter((one) => one.satisfaction.index !== null).length,
      audiences: sumTallies(results.map((one) => one.tallies)),
    }
    const { seal } = tally
    const values = { closingSeal: JSON.stringify(seal), totals: JSON.stringify(totals), talliedAt: work.now }
    await moveSurvey(work, survey, 'tally', values, { digest: seal.digest, schools: tally.schools.length })
    await keepResults(work, survey, results)
    await keepRemarks(work, id, remarks)
  })
  return { digest: tally.seal.digest, schools: tally.schools.length }
}

interface SchoolResult {
  schoolId: string
  tallies: readonly AudienceTally[]
  satisfaction: Satisfaction
}

async function keepResults(work: Work, survey: Survey, results: readonly SchoolResult[]): Promise<void> {
  await sealRow(work, 'survey', survey.id)
  for (const { schoolId, tallies, satisfaction } of results) {
    const id = work.newId()
    await work.tx
      .insertInto('surveyResult')
      .values({
        id,
        surveyId: survey.id,
        schoolId,
        tallies: JSON.stringify(tallies),
        satisfaction: JSON.stringify(satisfaction),
        satisfactionIndex: satisfaction.index,
        ballots: satisfaction.n,
      })
      .execute()
    await sealRow(work, 'surveyResult', id)
  }
}

export async function publishSurvey(work: Work, id: string, text: string): Promise<{ ok: true }> {
  const survey = await demandMove(work, id, 'publish', { text })
  await moveSurvey(work, survey, 'publish', { publishedText: text, publishedAt: work.now }, { text })
  return { ok: true }
}

const isLostInBox = async ({ house }: Pick<Look, 'house'>, id: string): Promise<boolean> =>
  askBox(house.ballotBox.isLost(id))

/** A survey, and whether the box has lost it; a box that cannot be asked has lost nothing. */
export async function readSurvey(look: Look, id: string) {
  const detail = await readSurveyDetail(look, id)
  if (!('void' in detail.moves)) return detail
  const lost = await isLostInBox(look, id).catch(() => false)
  const { void: barred, ...moves } = detail.moves
  return lost ? { ...detail, moves: { ...moves, void: barred ?? [] } } : { ...detail, moves }
}

/** Ballots without their key are noise: the box removes them, the survey stays on record with the reason, and another may be held. */
export async function voidSurvey(exchange: Desk, id: string, reason: string): Promise<{ ok: true }> {
  const survey = await findSurvey(exchange.look, id)
  const lost = await isLostInBox(exchange.look, id)
  demand(againstVoidingSurvey(exchange.actor, factsOf(survey), { lost, reason }))
  await askBox(exchange.house.ballotBox.erase(id))
  await exchange.work(async (work) => {
    const before = await findSurvey(work, id)
    demand(againstVoidingSurvey(work.actor, factsOf(before), { lost, reason }))
    await moveSurvey(work, before, 'void', { voidReason: reason, voidedAt: work.now }, { reason })
  })
  return { ok: true }
}

/** The box forgets first: a rehearsal that is only half erased can be erased again. */
export async function eraseSurvey(exchange: Desk, id: string): Promise<{ ok: true }> {
  demand(againstErasing(exchange.actor, factsOf(await findSurvey(exchange.look, id))))
  await askBox(exchange.house.ballotBox.erase(id))
  await exchange.work(async (work) => {
    demand(againstErasing(work.actor, factsOf(await findSurvey(work, id))))
    changedOne(
      await work.tx
        .updateTable('survey')
        .set({ erasedAt: work.now })
        .where('id', '=', id)
        .where('erasedAt', 'is', null)
        .executeTakeFirstOrThrow(),
    )
    work.record('survey.erased', 'survey', id)
  })
  return { ok: true }
}
