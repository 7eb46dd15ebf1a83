import {
  againstConfirmingRoster,
  againstEnteringPaper,
  againstPrinting,
  againstRoster,
  againstSavingRoster,
} from '#domain/survey/surveyRules.ts'
import type { RosterClass } from '#domain/survey/sampling.ts'
import type { Answer } from '#domain/survey/survey.ts'
import type { PaperOutcome } from '#contract/survey/ballotBox.ts'
import { factsOf, findPart, findSurvey, rosterStateOf, type SchoolPart } from '#server/survey/survey/queries.ts'
import { askBox } from '#server/kernel/ballotBox.ts'
import { demand, unseen } from '#server/kernel/problem.ts'
import type { Steps } from '#server/kernel/routes.ts'
import type { Work } from '#server/kernel/work.ts'
import { findOwnPart, readKit, readRosters, rosterStamp } from './queries.ts'
import {
  confirmSchoolNumbers,
  leaveSchoolOut,
  markKitBegun,
  markKitEnded,
  putClasses,
  putSchoolNumbers,
} from './writes.ts'

/** Replaces the school's list; whatever was confirmed has to be confirmed again. */
export async function saveRoster(
  work: Work,
  id: string,
  schoolId: string,
  roster: { teachers: number; classes: readonly RosterClass[]; updatedAt: string },
): Promise<{ updatedAt: string }> {
  const { survey, part } = await findOwnPart(work, id, schoolId)
  const { teachers, classes, updatedAt } = roster
  demand([...againstSavingRoster(work.actor, factsOf(survey), { schoolId }), ...againstRoster(part.stage, classes)])
  await putSchoolNumbers(work, { surveyId: id, schoolId, teachers }, part.started ? { updatedAt } : undefined)
  await putClasses(work, { surveyId: id, schoolId }, classes)
  work.record('survey.rosterSaved', 'survey', id, { schoolId, teachers, classes: classes.length })
  return { updatedAt: work.now }
}

export async function confirmRoster(work: Work, id: string, schoolId: string, seen?: string): Promise<{ ok: true }> {
  const { survey, part } = await findOwnPart(work, id, schoolId)
  const roster = (await readRosters(work.db, id, [schoolId]))[0]
  const shown = await rosterStamp(work.db, id, schoolId)
  demand([
    ...againstConfirmingRoster(work.actor, factsOf(survey), {
      schoolId,
      stage: part.stage,
      teachers: roster?.teachers ?? 0,
      classes: roster?.classes ?? [],
      confirmed: rosterStateOf(part) === 'confirmed',
    }),
    ...unseen(seen, shown, '确认'),
  ])
  await confirmSchoolNumbers(work, { surveyId: id, schoolId })
  work.record('survey.rosterConfirmed', 'survey', id, {
    schoolId,
    teachers: roster?.teachers ?? 0,
    classes: roster?.classes.length ?? 0,
  })
  return { ok: true }
}

/** Notes the schools that the office freezes the survey without; their own classes stay as they were typed. */
export async function leaveSchoolsOut(
  work: Work,
  surveyId: string,
  parts: readonly SchoolPart[],
  reason: string,
): Promise<void> {
  for (const { schoolId, started } of parts) await leaveSchoolOut(work, { surveyId, schoolId, started }, reason)
}

/**
 * That somebody began to print is recorded before the box makes codes, and that it ended after: codes that were made and lost on
 * the way are seen, and printing again makes them worthless. Nobody else prints for the school in between.
 */
export async function printKit(steps: Steps, id: string, schoolId: string, reason: string) {
  const part = await steps.work((work) => beginKit(work, id, schoolId, reason))
  try {
    const { pdf, ...made } = await askBox(steps.house.ballotBox.printKit(id, schoolId))
    await steps.work((work) => finishKit(work, id, schoolId, made))
    return { schoolName: part.schoolName, pdf: Buffer.from(pdf, 'base64') }
  } catch (error) {
    await steps.work((work) => breakOffKit(work, id, schoolId))
    throw error
  }
}

/** After so long a printing that never reported back is taken for lost. */
const PRINTING_MS = 10 * 60_000

export async function beginKit(work: Work, id: string, schoolId: string, reason: string): Promise<SchoolPart> {
  const survey = await findSurvey(work, id)
  const part = await findPart(work, survey, schoolId)
  const { batches, begunAt } = await readKit(work.db, id, schoolId)
  const lost = new Date(Date.parse(work.now) - PRINTING_MS).toISOString()
  const kit = {
    batches,
    printed: part.kitPrintings > 0,
    printing: begunAt !== null && begunAt > lost,
    reason,
  }
  demand(againstPrinting(work.actor, factsOf(survey), kit))
  await markKitBegun(
    work,
    { surveyId: id, schoolId },
    { before: part.kitPrintings, reason: kit.printed ? reason : null },
  )
  work.record('survey.kitBegun', 'survey', id, { schoolId, ...(reason ? { reason } : {}) })
  return part
}

/** Earlier slips may be worthless by now, so the school counts as not printed until it works. */
async function breakOffKit(work: Work, id: string, schoolId: string): Promise<void> {
  await markKitEnded(work, { surveyId: id, schoolId }, null)
  work.record('survey.kitBroken', 'survey', id, { schoolId })
}

export async function finishKit(
  work: Work,
  id: string,
  schoolId: string,
  made: { slips: number; codes: number },
): Promise<void> {
  await markKitEnded(work, { surveyId: id, schoolId }, work.now)
  work.record('survey.kitPrinted', 'survey', id, { schoolId, ...made })
}

/** What is typed goes into the box and nowhere else; the record says that somebody typed a sheet, not which and not what. */
export async function enterPaper(
  steps: Steps,
  id: string,
  entry: { code: string; answers: Record<string, Answer>; text: string },
): Promise<PaperOutcome> {
  demand(againstEnteringPaper(steps.actor, factsOf(await findSurvey(steps.look, id))))
  const enteredBy = steps.actor.personId
  const outcome = await askBox(steps.house.ballotBox.enterPaper(id, { ...entry, enteredBy }))
  await steps.work(async (work) => work.record('survey.paperEntered', 'survey', id, { outcome: outcome.state }))
  return outcome
}

export async function withdrawPaper(steps: Steps, id: string, paperId: string, reason: string): Promise<{ ok: true }> {
  demand(againstEnteringPaper(steps.actor, factsOf(await findSurvey(steps.look, id))))
  await askBox(steps.house.ballotBox.withdrawPaper(id, paperId))
  await steps.work(async (work) => work.record('survey.paperWithdrawn', 'survey', id, { reason }))
  return { ok: true }
}
