import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { issueKit } from '#ballot/office/office.ts'
import { system } from '#domain/base/actor.ts'
import {
  type Answer,
  type Audience,
  audiences,
  type Questionnaire,
  sampleMinimum,
  satisfactionOf,
} from '#domain/survey/survey.ts'
import { inWork } from '#server/kernel/work.ts'
import { sealRow } from '#server/kernel/seal.ts'
import type { World } from './world.ts'

const classesOf = (grades: readonly string[], pupils: number) =>
  grades.flatMap((grade) => ['1 班', '2 班', '3 班'].map((name) => ({ grade, name, pupils })))
const schoolGrades = ['一年级', '二年级', '三年级', '四年级', '五年级', '六年级']
const nurseryGrades = ['小班', '中班', '大班']

/** A draft survey of the year with the assessment that asking pupils needs. */
export async function draftSurvey(w: World, kind: 'real' | 'rehearsal' = 'real'): Promise<string> {
  const office = await w.as('office')
  const made = await office.post('/api/surveys', { kind, title: '2026 年度满意度测评', opensOn: '2026-05-12' })
  assert.equal(made.status, 200, made.text)
  const id: string = made.body.id
  const { questionnaires, minimum } = (await office.get(`/api/surveys/${id}`)).body
  const questions = Object.fromEntries(
    questionnaires.map((one: Questionnaire) => [one.audience, one.questions.map((each) => each.id)]),
  )
  const saved = await office.put(`/api/surveys/${id}`, {
    title: '2026 年度满意度测评',
    opensOn: '2026-05-12',
    closesOn: '2026-05-18',
    questions,
    minimum,
    impactReference: '演示评估〔2026〕1 号',
  })
  assert.equal(saved.status, 200, saved.text)
  return id
}

/** The three schools' classes, typed by the clerks and confirmed by the secretaries. */
export async function confirmRosters(w: World, id: string, pupils = 4): Promise<void> {
  for (const schoolId of w.schoolIds) {
    const nursery = schoolId === w.schoolIds[2]
    const clerk = await w.as('clerk', schoolId)
    const saved = await clerk.put(`/api/surveys/${id}/schools/${schoolId}/roster`, {
      teachers: 20,
      classes: classesOf(nursery ? nurseryGrades : schoolGrades, pupils),
      updatedAt: '',
    })
    assert.equal(saved.status, 200, saved.text)
    const confirmed = await (await w.as('secretary', schoolId)).post(
      `/api/surveys/${id}/schools/${schoolId}/roster/confirm`,
    )
    assert.equal(confirmed.status, 200, confirmed.text)
  }
}

export async function frozenSurvey(w: World, kind: 'real' | 'rehearsal' = 'real'): Promise<string> {
  const id = await draftSurvey(w, kind)
  await confirmRosters(w, id)
  const frozen = await (await w.as('office')).post(`/api/surveys/${id}/freeze`)
  assert.equal(frozen.status, 200, frozen.text)
  return id
}

export interface Slip {
  secret: string
  typed: string
  schoolId: string
  audience: Audience
  className: string
}

/** Codes as the box makes them for printing; the paper itself is looked at where it is printed. */
export async function takeCodes(w: World, id: string): Promise<Slip[]> {
  const { context } = await w.ballot.box()
  const slips: Slip[] = []
  for (const schoolId of w.schoolIds) {
    const kit = await issueKit(context, id, schoolId)
    for (const { slips: own, audience, className } of kit.batches)
      for (const slip of own) slips.push({ ...slip, schoolId, audience, className })
  }
  await w.work(system, async (work) => {
    await work.tx
      .updateTable('surveySchool')
      .set({ kitPrintedAt: work.now, kitPrintings: 1 })
      .where('surveyId', '=', id)
      .execute()
    work.record('test.printed', 'survey', id)
  })
  return slips
}

export async function openedSurvey(
  w: World,
  kind: 'real' | 'rehearsal' = 'real',
): Promise<{ id: string; slips: Slip[] }> {
  const id = await frozenSurvey(w, kind)
  const office = await w.as('office')
  assert.equal((await office.post(`/api/surveys/${id}/issue`)).status, 200)
  const slips = await takeCodes(w, id)
  const opened = await office.post(`/api/surveys/${id}/open`)
  assert.equal(opened.status, 200, opened.text)
  return { id, slips }
}

export async function castAll(
  w: World,
  slips: readonly Slip[],
  answer: Answer = 'satisfied',
  text = '',
): Promise<void> {
  const { voting } = await w.ballot.box()
  for (const slip of slips) {
    const looked = await voting.look(slip.secret, 'home')
    assert.equal(looked.state, 'ready')
    if (looked.state !== 'ready') continue
    const given = slip.audience === 'pupil' && answer === 'satisfied' ? 'verySatisfied' : answer
    const answers = Object.fromEntries(looked.slip.questionnaire.questions.map((one) => [one.id, given]))
    const cast = await voting.cast({ code: slip.secret, attempt: randomUUID(), answers, text, seconds: 60 }, 'home')
    assert.equal(cast.state, 'counted')
  }
}

/** A counted survey in which everybody answered alike, except those left out. */
export async function talliedSurvey(
  w: World,
  {
    kind = 'real',
    answering = () => true,
    answer = 'satisfied',
    text = '',
  }: {
    kind?: 'real' | 'rehearsal'
    answering?: (slip: Slip, at: number) => boolean
    answer?: Answer
    text?: string
  } = {},
): Promise<string> {
  const { id, slips } = await openedSurvey(w, kind)
  await castAll(w, slips.filter(answering), answer, text)
  const office = await w.as('office')
  const closed = await office.post(`/api/surveys/${id}/close`, { reason: '全部答完' })
  assert.equal(closed.status, 200, closed.text)
  const tallied = await office.post(`/api/surveys/${id}/tally`)
  assert.equal(tallied.status, 200, tallied.text)
  return id
}

/** The index (hundredths) that gives so many of the standard's 19 points. */
export const indexFor = (points: number): number => Math.round((points * 10_000) / 1_900)

/** Puts a counted survey straight into the database: the review begins where the survey ends. */
export async function countedSurvey(
  w: Pick<World, 'house' | 'bureauId' | 'cycleId'>,
  indices: Record<string, number | null>,
): Promise<string> {
  return inWork(w.house, system, async (work) => {
    const id = work.newId()
    await work.tx
      .insertInto('survey')
      .values({
        id,
        bureauId: w.bureauId,
        cycleId: w.cycleId,
        kind: 'real',
        title: '2026 年度满意度测评',
        state: 'tallied',
        opensOn: '2026-05-01',
        closesOn: '2026-05-07',
        questions: JSON.stringify({ teacher: ['t8'], parent: ['p6'], pupil: ['s5'] }),
        minimum: JSON.stringify(sampleMinimum),
        impactReference: '演示评估〔2026〕1 号',
        closingSeal: JSON.stringify({ digest: 'c'.repeat(64), signature: '', publicKey: '' }),
        publishedText: '',
        createdAt: work.now,
      })
      .execute()
    for (const [schoolId, satisfactionIndex] of Object.entries(indices)) {
      const tallies = audiences.map((audience) => ({ audience, issued: 40, cast: 30, items: [] }))
      const satisfaction = {
        ...satisfactionOf('小学', tallies),
        index: satisfactionIndex,
        missing: [],
        short: satisfactionIndex === null ? ['parent'] : [],
      }
      const resultId = work.newId()
      await work.tx
        .insertInto('surveyResult')
        .values({
          id: resultId,
          surveyId: id,
          schoolId,
          tallies: JSON.stringify(tallies),
          satisfaction: JSON.stringify(satisfaction),
          satisfactionIndex,
          ballots: 90,
        })
        .execute()
      await sealRow(work, 'surveyResult', resultId)
    }
    await sealRow(work, 'survey', id)
    work.record('test.counted', 'survey', id)
    return id
  })
}
