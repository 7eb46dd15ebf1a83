import { questionnaireOf } from '#domain/survey/questionBank.ts'
import { gradesOf, type RosterClass } from '#domain/survey/sampling.ts'
import { type Answer, type Audience, choicesOf, sampleMinimum } from '#domain/survey/survey.ts'
import type { DemoSchool, Story } from '#demo/story.ts'
import {
  closeSurvey,
  createSurvey,
  issueSurvey,
  openSurvey,
  publishSurvey,
  saveSurvey,
} from '#server/survey/survey/actions.ts'
import { tallySurvey } from '#server/survey/result/actions.ts'
import { freezeSurvey } from '#server/survey/freeze/actions.ts'
import { confirmVoid, moveVoid } from '#server/survey/classes/actions.ts'
import { beginKit, confirmRoster, finishKit, saveRoster } from '#server/survey/roster/actions.ts'
import type { Steps } from '#server/kernel/routes.ts'
import { readActor } from '#server/kernel/session.ts'
import { lookAround } from '#server/kernel/work.ts'

/** The people who answer: the demonstration plays them with codes that nobody prints. */
export interface Respondents {
  codes(surveyId: string, schoolId: string): Promise<{ code: string; audience: Audience }[]>
  /** Answers on a day of the story. */
  cast(
    ballot: { code: string; answers: Record<string, Answer>; text: string; seconds: number },
    at: Date,
  ): Promise<void>
}

export interface Polling {
  officeId: string
  deputyId: string
  schools: readonly DemoSchool[]
  respondents: Respondents
}

/** The year's survey from the classes to the published figures, before the review needs its points. */
export function tellSurvey(story: Story, polling: Polling): void {
  const state = { id: '' }
  story.on('2026-10-08', '09:00', async () => {
    state.id = await gather(story, polling)
  })
  story.on('2026-10-12', '09:00', () => freezeAndIssue(story, polling, state.id))
  story.on('2026-10-19', '09:00', () => answerAll(story, polling, state.id))
  story.on('2026-10-22', '15:00', () => voidOne(story, polling, state.id))
  story.on('2026-10-26', '09:00', () => count(story, polling, state.id))
}

async function stepsOf(story: Story, personId: string): Promise<Steps> {
  const { house } = story
  const person = await house.database.reader
    .selectFrom('person')
    .select(['name', 'bureauId'])
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
  const actor = await readActor(house.database.reader, { personId, ...person })
  return { house, actor, look: lookAround(house, actor), work: (action) => story.as(personId, action) }
}

async function gather(story: Story, { officeId, schools }: Polling): Promise<string> {
  const named = { title: '2026 年度党建文化品牌建设满意度测评', opensOn: '2026-10-19' }
  const { id } = await story.as(officeId, (work) => createSurvey(work, { kind: 'real', ...named }))
  const chosen = (audience: Audience) => questionnaireOf(audience).questions.map((one) => one.id)
  const questions = { teacher: chosen('teacher'), parent: chosen('parent'), pupil: chosen('pupil') }
  const settings = { ...named, closesOn: '2026-10-25', questions, minimum: sampleMinimum }
  await story.as(officeId, (work) => saveSurvey(work, id, { ...settings, impactReference: '演示评估〔2026〕1 号' }))
  for (const school of schools) {
    const roster = { teachers: Math.max(8, school.staffCount), classes: classesOf(school), updatedAt: '' }
    await story.as(school.clerkId, (work) => saveRoster(work, id, school.id, roster))
    await story.as(school.secretaryId, (work) => confirmRoster(work, id, school.id))
  }
  return id
}

const PER_CLASS = 40

/** As many classes as the school's pupils fill, spread over its grades. */
function classesOf(school: DemoSchool): RosterClass[] {
  const grades = gradesOf(school.stage)
  const each = Math.min(6, Math.max(1, Math.round(school.studentCount / grades.length / PER_CLASS)))
  return grades.flatMap((grade, at) =>
    Array.from({ length: each }, (_, number) => ({
      grade,
      name: `${number + 1} 班`,
      pupils: Math.max(6, Math.min(PER_CLASS, Math.round(school.studentCount / grades.length / each))) + (at % 3),
    })),
  )
}

async function freezeAndIssue(story: Story, { officeId }: Polling, id: string): Promise<void> {
  await freezeSurvey(await stepsOf(story, officeId), id, { leaveOut: [], reason: '' })
  await story.as(officeId, (work) => issueSurvey(work, id))
}

const AT_ONCE = 200

async function answerAll(story: Story, { officeId, schools, respondents }: Polling, id: string): Promise<void> {
  const codes = new Map<string, { code: string; audience: Audience }[]>()
  for (const school of schools) {
    await story.as(officeId, (work) => beginKit(work, id, school.id, ''))
    const own = await respondents.codes(id, school.id)
    codes.set(school.id, own)
    await story.as(officeId, (work) => finishKit(work, id, school.id, { slips: own.length, codes: own.length }))
  }
  await openSurvey(await stepsOf(story, officeId), id)
  for (const [at, school] of schools.entries()) {
    const mood = 0.62 + (at % 7) * 0.04
    // One school shows what too few answers mean.
    const answering = at === 2 ? 0.2 : 0.82
    const ballots = (codes.get(school.id) ?? [])
      .filter(() => story.random() < answering)
      .map((one) => ballotOf(story, one, mood))
    for (let from = 0; from < ballots.length; from += AT_ONCE)
      await Promise.all(
        ballots.slice(from, from + AT_ONCE).map((one) => respondents.cast(one, story.house.clock.now())),
      )
  }
}

const words = [
  '希望多请家长看看孩子们的活动。（演示）',
  '党员教师很负责，谢谢老师。（演示）',
  '活动可以再少一点、实一点。（演示）',
] as const

function ballotOf(story: Story, { code, audience }: { code: string; audience: Audience }, mood: number) {
  const answers = Object.fromEntries(
    questionnaireOf(audience).questions.map((one) => [one.id, moodOf(story, audience, mood)]),
  )
  return { code, answers, text: story.random() < 0.05 ? story.pick(words) : '', seconds: 60 + story.random() * 120 }
}

function moodOf(story: Story, audience: Audience, mood: number): Answer {
  const choices = choicesOf(audience)
  const drawn = story.random()
  if (drawn > 0.96) return 'unknown'
  const given =
    drawn < mood ? 'verySatisfied' : drawn < mood + 0.2 ? 'satisfied' : drawn < 0.93 ? 'fair' : 'dissatisfied'
  return choices.includes(given) ? given : 'fair'
}

/** One asks, another agrees: what a class filled in together, with its teacher at the board, is not counted. */
async function voidOne(story: Story, { officeId, deputyId, schools }: Polling, id: string): Promise<void> {
  const school = schools.at(4)
  const batch = await story.house.database.reader
    .selectFrom('surveyBatch')
    .select('id')
    .where('surveyId', '=', id)
    .where('schoolId', '=', school?.id ?? '')
    .where('audience', '=', 'parent')
    .orderBy('grade')
    .orderBy('className')
    .executeTakeFirst()
  if (!batch) return
  const reason = '家长反映这个班在家长会上照着样表统一填写，经电话核实属实。（演示）'
  await story.as(officeId, (work) => moveVoid(work, batch.id, 'askVoid', reason))
  await confirmVoid(await stepsOf(story, deputyId), batch.id)
}

async function count(story: Story, { officeId }: Polling, id: string): Promise<void> {
  await closeSurvey(await stepsOf(story, officeId), id, { reason: '' })
  await tallySurvey(await stepsOf(story, officeId), id)
  const text = '感谢参加测评的教师、家长和同学。各校结果已反馈学校，问题将列入整改。（演示）'
  await story.as(officeId, (work) => publishSurvey(work, id, text))
}
