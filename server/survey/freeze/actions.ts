import { randomBytes } from 'node:crypto'
import { againstFreezing, againstLeavingOut } from '#domain/survey/surveyRules.ts'
import { drawClasses } from '#server/survey/classes/actions.ts'
import { leaveSchoolsOut } from '#server/survey/roster/actions.ts'
import { askBox } from '#server/kernel/ballotBox.ts'
import { demand, found, unseen } from '#server/kernel/problem.ts'
import type { Desk } from '#server/kernel/routes.ts'
import type { Work } from '#server/kernel/work.ts'
import {
  audienceOf,
  factsOf,
  findSurvey,
  listBatches,
  listParts,
  questionnairesOf,
  rosterStateOf,
  settingsStamp,
  type Survey,
} from '#server/survey/survey/queries.ts'
import { moveSurvey, noteDraw } from '#server/survey/survey/actions.ts'

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
  exchange: Desk,
  id: string,
  asked: Freezing,
): Promise<{ fingerprint: string; rosterDigest: string; codes: number }> {
  const before = await findSurvey(exchange.look, id)
  demand(unseen(asked.seen, settingsStamp(before), '冻结'))
  if (before.drawSeed === null || before.state !== 'draft') await exchange.work((work) => drawSample(work, id, asked))
  const survey = await findSurvey(exchange.look, id)
  const batches = await listBatches(exchange.look.db, id)
  const sealed = await askBox(
    exchange.house.ballotBox.prepare(await boxSurveyOf(exchange, survey), await boxBatchesOf(exchange, survey)),
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
    await moveSurvey(work, drawn, 'freeze', sealed, sealed)
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
  await noteDraw(work, id, seed)
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

async function boxSurveyOf({ look }: Desk, survey: Survey) {
  const bureau = found(
    await look.db.selectFrom('organization').select('name').where('id', '=', survey.bureauId).executeTakeFirst(),
  )
  return {
    id: survey.id,
    title: survey.title,
    bureauName: bureau.name,
    rehearsal: survey.kind === 'rehearsal',
    from: survey.opensOn,
    until: survey.closesOn,
    questionnaires: questionnairesOf(survey),
    minimum: survey.minimum,
  }
}

async function boxBatchesOf({ look }: Desk, survey: Survey) {
  const rows = await look.db
    .selectFrom('surveyBatch')
    .innerJoin('school', 'school.id', 'surveyBatch.schoolId')
    .select([
      'surveyBatch.id',
      'surveyBatch.schoolId',
      'school.name as schoolName',
      'school.stage',
      'surveyBatch.audience',
      'surveyBatch.grade',
      'surveyBatch.className',
      'surveyBatch.size',
      'surveyBatch.codes',
    ])
    .where('surveyBatch.surveyId', '=', survey.id)
    .orderBy('surveyBatch.id')
    .execute()
  return rows.map((row) => ({ ...row, audience: audienceOf(row.audience) }))
}
