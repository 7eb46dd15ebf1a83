import type { BoxBatch, BoxSurvey } from '#contract/survey/ballotBox.ts'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { questionnaireOf } from '#domain/survey/questionBank.ts'
import { type Answer, type Audience, audiences, sampleMinimum } from '#domain/survey/survey.ts'
import pg from 'pg'
import { type OpenedBox, openBox } from '#ballot/box/box.ts'
import { issueKit } from '#ballot/office/office.ts'

/** A box of its own in a temporary folder, with a stopped clock, for tests. On PostgreSQL it has a database of its own. */
export interface TestBox {
  box: OpenedBox
  folder: string
  time: { now: Date }
  databaseUrl: string | undefined
  /** Closes and opens again, as after a restart. */
  reopen(): Promise<OpenedBox>
  /** One more process on the same database and keys. */
  another(): Promise<OpenedBox>
}

/** A day on which the surveys of these tests are open. */
export const whileOpen = (): Date => new Date('2026-10-12T02:00:00Z')

export async function testBox(t: TestContext): Promise<TestBox> {
  const folder = mkdtempSync(join(tmpdir(), 'yipin-ballot-'))
  const databaseUrl = await freshBallotDatabase(t)
  const time = { now: whileOpen() }
  const open = () =>
    openBox({
      folder,
      databaseUrl,
      publicUrl: 'https://yipin.test',
      now: () => new Date(time.now),
      print: nothingPrinted,
    })
  const others: OpenedBox[] = []
  const state: TestBox = {
    box: await open(),
    folder,
    time,
    databaseUrl,
    async reopen() {
      await state.box.close()
      state.box = await open()
      return state.box
    },
    async another() {
      const box = await open()
      others.push(box)
      return box
    },
  }
  t.after(async () => {
    for (const box of [state.box, ...others]) await box.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return state
}

// What a kit looks like is tested where it is printed; here the codes are wanted, not the paper.
const nothingPrinted = { kit: async () => new Uint8Array(), paper: async () => new Uint8Array() }

/** The address of an empty PostgreSQL database that goes with the test; none on SQLite. */
export async function freshBallotDatabase(t: TestContext): Promise<string | undefined> {
  const base = process.env['TEST_ENGINE'] === 'postgres' ? process.env['TEST_POSTGRES_URL'] : undefined
  if (!base) return undefined
  const name = `ballot_${randomUUID().replaceAll('-', '')}`
  await once(base, `create database ${name}`)
  t.after(() => once(base, `drop database ${name} with (force)`))
  const url = new URL(base)
  url.pathname = `/${name}`
  return url.href
}

async function once(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(text)
  await client.end()
}

export const surveyBody = (more: Partial<BoxSurvey> = {}): BoxSurvey => ({
  id: randomUUID(),
  title: '2026 年度满意度测评',
  bureauName: '演示区教育局',
  rehearsal: false,
  until: '2026-10-18',
  questionnaires: audiences.map((audience) => questionnaireOf(audience)),
  minimum: sampleMinimum,
  ...more,
})

export const batchBody = (more: Partial<BoxBatch> = {}): BoxBatch => ({
  id: randomUUID(),
  schoolId: 'school-1',
  schoolName: '演示第一小学',
  stage: '小学',
  audience: 'parent',
  grade: '三年级',
  className: '1 班',
  size: 20,
  codes: 20,
  ...more,
})

export interface Code {
  secret: string
  typed: string
  batch: BoxBatch
}

/** Prepares, makes codes for every school, and opens. */
export async function openSurvey(box: OpenedBox, batches: BoxBatch[], survey = surveyBody()) {
  await box.calls.prepare(survey, batches)
  const codes: Code[] = []
  for (const schoolId of new Set(batches.map((one) => one.schoolId))) {
    const kit = await issueKit(box.context, survey.id, schoolId)
    for (const { slips, ...batch } of kit.batches)
      for (const slip of slips)
        codes.push({
          ...slip,
          batch:
            batches.find(
              (one) =>
                one.className === batch.className &&
                one.grade === batch.grade &&
                one.audience === batch.audience &&
                one.schoolId === schoolId,
            ) ?? batchBody(),
        })
  }
  await box.calls.open(survey.id)
  return { survey, codes }
}

/** One answer to every question of an audience. */
export const answersOf = (audience: Audience, answer: Answer | ((at: number) => Answer)): Record<string, Answer> =>
  Object.fromEntries(
    questionnaireOf(audience).questions.map((one, at) => [one.id, typeof answer === 'string' ? answer : answer(at)]),
  )

export const vote = (
  box: OpenedBox,
  code: Code,
  answer: Answer | ((at: number) => Answer) = 'satisfied',
  more: { attempt?: string; text?: string; seconds?: number | null } = {},
) =>
  box.voting.cast(
    {
      code: code.secret,
      attempt: more.attempt ?? randomUUID(),
      answers: answersOf(code.batch.audience, answer),
      text: more.text ?? '',
      seconds: more.seconds ?? 60,
    },
    '203.0.113.7',
  )

/** How many ballots of a survey are in its box, which the counters that people see do not say while it is open. */
export async function castIn(box: OpenedBox, surveyId: string): Promise<number> {
  const [row] = await box.context.database.read.all<{ cast: number }>(
    'select coalesce(sum(counted), 0) as cast from batch where survey = ?',
    [surveyId],
  )
  return Number(row?.cast)
}
