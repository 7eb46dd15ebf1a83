import { randomBytes } from 'node:crypto'
import { againstFreezing, againstLeavingOut } from '#domain/survey/surveyRules.ts'
import { drawClasses } from '#server/survey/classes/actions.ts'
import { leaveSchoolsOut } from '#server/survey/roster/actions.ts'
import { askBox } from '#server/kernel/ballotBox.ts'
import { demand, unseen } from '#server/kernel/problem.ts'
import type { Steps } from '#server/kernel/routes.ts'
import type { Work } from '#server/kernel/work.ts'
import {
  factsOf,
  findSurvey,
  listBatches,
  listParts,
  rosterStateOf,
  settingsStamp,
} from '#server/survey/survey/queries.ts'
import { moveSurvey } from '#server/survey/survey/actions.ts'
import { keepDrawSeed } from '#server/survey/survey/writes.ts'
import { listBoxBatches, readBoxSurvey } from './queries.ts'

interface Freezing {
  leaveOut: readonly string[]
  reason: string
  /** The stamp of the settings on the screen; a story that plays without a screen gives none. */
  seen?: string
}

/**
 * Freezing is two works with the box between them: the draw is stored first, so that a second try after a crash hands the box
 * the same classes, which it takes without complaint.
 */
export async function freezeSurvey(
  exchange: Steps,
  id: string,
  asked: Freezing,
): Promise<{ fingerprint: string; rosterDigest: string; codes: number }> {
  const before = await findSurvey(exchange.look, id)
  demand(unseen(asked.seen, settingsStamp(before), '冻结'))
  if (before.drawSeed === null || before.state !== 'draft') await exchange.work((work) => drawSample(work, id, asked))
  const survey = await findSurvey(exchange.look, id)
  const batches = await listBatches(exchange.look.db, id)
  const sealed = await askBox(
    exchange.house.ballotBox.prepare(
      await readBoxSurvey(exchange.look.db, survey),
      await listBoxBatches(exchange.look.db, survey.id),
    ),
  )
  await exchange.work(async (work) => {
    const drawn = await findSurvey(work, id)
    demand(
      againstFreezing(work.actor, factsOf(drawn), {
        today: work.today,
        unconfirmed: [],
        confirmed: 1,
        leftOut: 0,
        reason: '',
      }),
    )
    await moveSurvey(work, drawn, 'freeze', { values: sealed, detail: sealed })
  })
  return { ...sealed, codes: batches.reduce((sum, one) => sum + one.codes, 0) }
}

/** The settings are looked at once more inside the work: a colleague may have saved others since the first look. */
async function drawSample(work: Work, id: string, { leaveOut, reason, seen }: Freezing): Promise<void> {
  const survey = await findSurvey(work, id)
  const parts = await listParts(work.db, survey)
  const out = parts.filter((one) => leaveOut.includes(one.schoolId))
  const inside = parts.filter((one) => !leaveOut.includes(one.schoolId))
  const confirmed = inside.filter((one) => rosterStateOf(one) === 'confirmed')
  demand([
    ...againstFreezing(work.actor, factsOf(survey), {
      today: work.today,
      unconfirmed: inside.filter((one) => rosterStateOf(one) !== 'confirmed').map((one) => one.schoolName),
      confirmed: confirmed.length,
      leftOut: out.length,
      reason,
    }),
    ...unseen(seen, settingsStamp(survey), '冻结'),
    ...againstLeavingOut(out.filter((one) => rosterStateOf(one) === 'confirmed').map((one) => one.schoolName)),
  ])
  const seed = randomBytes(16).toString('hex')
  await keepDrawSeed(work, id, seed)
  await leaveSchoolsOut(work, id, out, reason)
  const classes = await drawClasses(
    work,
    survey,
    seed,
    confirmed.map((one) => one.schoolId),
  )
  work.record('survey.drawn', 'survey', id, {
    seed,
    schools: confirmed.length,
    classes,
    leftOut: out.map((one) => one.schoolName),
    reason,
  })
}
