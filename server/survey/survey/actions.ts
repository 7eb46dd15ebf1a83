import { recordOf } from '#domain/base/record.ts'
import { addDays } from '#domain/base/calendar.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { type SurveyAction, surveyLife } from '#domain/survey/surveyLife.ts'
import { questionnaireOf } from '#domain/survey/questionBank.ts'
import { audiences, sampleMinimum, type SampleMinimum } from '#domain/survey/survey.ts'
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
import { askBox } from '#server/kernel/ballotBox.ts'
import { demand, unseen } from '#server/kernel/problem.ts'
import type { Steps } from '#server/kernel/routes.ts'
import type { Look, Work } from '#server/kernel/work.ts'
import {
  factsOf,
  findSurvey,
  hasRealSurvey,
  isLostInBox,
  kitsOf,
  listBatches,
  listParts,
  settingsStamp,
  type Survey,
  voidsAskedIn,
} from './queries.ts'
import { addSurvey, changeSettings, markErased, moveSurveyState } from './writes.ts'

export async function createSurvey(
  work: Work,
  one: { kind: SurveyKind; title: string; opensOn: string },
): Promise<{ id: string }> {
  const cycle = await findOwnCycle(work)
  demand(
    againstCreating(work.actor, {
      bureauId: cycle.bureauId,
      kind: one.kind,
      cycleState: cycle.state,
      hasReal: await hasRealSurvey(work.db, cycle.id),
    }),
  )
  const id = work.newId()
  const questions = recordOf(audiences, (audience) => questionnaireOf(audience).questions.map((one) => one.id))
  const closesOn = addDays(one.opensOn, WINDOW_DAYS - 1)
  const { bureauId } = cycle
  await addSurvey(work, { id, bureauId, cycleId: cycle.id, ...one, closesOn, questions, minimum: sampleMinimum })
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
  await changeSettings(work, id, settings)
  work.record('survey.saved', 'survey', id, { ...settings })
  return { ok: true }
}

/** The only place that changes a survey's state; rules have been demanded before. */
export async function moveSurvey(
  work: Work,
  survey: Survey,
  action: SurveyAction,
  { values = {}, detail = {} }: { values?: Partial<SurveyRow>; detail?: Record<string, unknown> } = {},
): Promise<void> {
  const to = nextState(surveyLife, survey.state, action) ?? survey.state
  await moveSurveyState(work, survey, { ...values, state: to })
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

/** A step that the box takes part in: what it does, and what is recorded of what it said. */
interface BoxStep<Said> {
  action: 'open' | 'close' | 'tally'
  reason?: string
  box: () => Promise<Said>
  record: (work: Work, survey: Survey, said: Said) => Promise<void>
}

/** The rules are asked before the box acts, and again in the work that records it: the box answers a repeated call alike. */
export async function moveWithBox<Said>(
  exchange: Steps,
  id: string,
  { action, reason, box, record }: BoxStep<Said>,
): Promise<Said> {
  const words = reason === undefined ? {} : { reason }
  await demandMove(exchange.look, id, action, words)
  const said = await askBox(box())
  await exchange.work(async (work) => record(work, await demandMove(work, id, action, words), said))
  return said
}

export async function openSurvey(exchange: Steps, id: string): Promise<{ ok: true }> {
  await moveWithBox(exchange, id, {
    action: 'open',
    box: () => exchange.house.ballotBox.open(id),
    record: (work, survey, seal) =>
      moveSurvey(work, survey, 'open', {
        values: { openingSeal: JSON.stringify(seal), openedAt: work.now },
        detail: { digest: seal.digest },
      }),
  })
  return { ok: true }
}

export async function closeSurvey(
  exchange: Steps,
  id: string,
  { reason, papersGivenUp = 0 }: { reason: string; papersGivenUp?: number },
): Promise<{ cast: number }> {
  const { ballotBox } = exchange.house
  await demandMove(exchange.look, id, 'close', { reason })
  const papers = (await askBox(ballotBox.openPaper(id))).filter((one) => !one.used).length
  demand(againstOpenPapers({ papers, papersGivenUp, reason }))
  return moveWithBox(exchange, id, {
    action: 'close',
    reason,
    box: () => ballotBox.close(id, papersGivenUp),
    record: (work, survey, { cast }) =>
      moveSurvey(work, survey, 'close', {
        values: { closedAt: work.now },
        detail: { cast, papersGivenUp, ...(reason ? { reason } : {}) },
      }),
  })
}

export async function publishSurvey(work: Work, id: string, text: string): Promise<{ ok: true }> {
  const survey = await demandMove(work, id, 'publish', { text })
  await moveSurvey(work, survey, 'publish', {
    values: { publishedText: text, publishedAt: work.now },
    detail: { text },
  })
  return { ok: true }
}

/** Ballots without their key are noise: the box removes them, the survey stays on record with the reason, and another may be held. */
export async function voidSurvey(exchange: Steps, id: string, reason: string): Promise<{ ok: true }> {
  const survey = await findSurvey(exchange.look, id)
  const lost = await isLostInBox(exchange.look, id)
  demand(againstVoidingSurvey(exchange.actor, factsOf(survey), { lost, reason }))
  await askBox(exchange.house.ballotBox.erase(id))
  await exchange.work(async (work) => {
    const before = await findSurvey(work, id)
    demand(againstVoidingSurvey(work.actor, factsOf(before), { lost, reason }))
    await moveSurvey(work, before, 'void', {
      values: { voidReason: reason, voidedAt: work.now },
      detail: { reason },
    })
  })
  return { ok: true }
}

/** The box forgets first: a rehearsal that is only half erased can be erased again. */
export async function eraseSurvey(exchange: Steps, id: string): Promise<{ ok: true }> {
  demand(againstErasing(exchange.actor, factsOf(await findSurvey(exchange.look, id))))
  await askBox(exchange.house.ballotBox.erase(id))
  await exchange.work(async (work) => {
    demand(againstErasing(work.actor, factsOf(await findSurvey(work, id))))
    await markErased(work, id)
    work.record('survey.erased', 'survey', id)
  })
  return { ok: true }
}
