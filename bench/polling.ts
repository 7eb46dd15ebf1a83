import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { openBox } from '#ballot/box/box.ts'
import { issueKit } from '#ballot/office/office.ts'
import { questionnaireOf } from '#domain/survey/questionBank.ts'
import { audiences, sampleMinimum } from '#domain/survey/survey.ts'
import type { Voted, Voting } from './voter.ts'

const CLASS = 1_000

export interface Polling {
  surveyId: string
  codes: string[]
}

/** The box in the data folder, or, by the way of its own setting, in a PostgreSQL. */
export const openHereBox = (dataDir: string, databaseUrl?: string) =>
  openBox({
    folder: dataDir,
    databaseUrl,
    publicUrl: 'http://127.0.0.1',
    print: { kit: async () => new Uint8Array(), paper: async () => new Uint8Array() },
  })

/** An open survey of teachers with ten questions, and so many codes; the box is closed again, for the server to open. */
export async function preparePolling(dataDir: string, count: number, databaseUrl?: string): Promise<Polling> {
  const box = await openHereBox(dataDir, databaseUrl)
  const surveyId = randomUUID()
  const ten = ['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8', 't9', 't10']
  const survey = {
    id: surveyId,
    title: '满意度测评',
    bureauName: '演示区教育局',
    rehearsal: false,
    until: '2099-12-31',
    questionnaires: audiences.map((one) => questionnaireOf(one, one === 'teacher' ? ten : undefined)),
    minimum: sampleMinimum,
  }
  const batch = { schoolId: 'one', schoolName: '演示学校', stage: '小学', audience: 'teacher' as const, grade: '' }
  const batches = Array.from({ length: Math.ceil(count / CLASS) }, (_, at) => ({
    ...batch,
    id: randomUUID(),
    className: `第 ${at + 1} 组`,
    size: Math.min(CLASS, count - at * CLASS),
    codes: Math.min(CLASS, count - at * CLASS),
  }))
  await box.calls.prepare(survey, batches)
  const kit = await issueKit(box.context, surveyId, 'one')
  await box.calls.open(surveyId)
  await box.close()
  return { surveyId, codes: kit.batches.flatMap((one) => one.slips.map((slip) => slip.secret)) }
}

/** The form's fields as the page itself names them, each question answered by its first choice. */
export async function fieldsOf(url: string, code: string): Promise<string> {
  const answer = await fetch(`${url}/t/questions`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: url },
    body: `code=${code}`,
  })
  const page = await answer.text()
  const fields = new Map<string, string>()
  for (const [input] of page.matchAll(/<input\b[^>]*>/g)) {
    const name = /\bname="([^"]*)"/.exec(input)?.[1]
    const value = /\bvalue="([^"]*)"/.exec(input)?.[1] ?? ''
    const type = /\btype="([^"]*)"/.exec(input)?.[1] ?? 'text'
    if (!name || name === 'code' || name === 'attempt' || fields.has(name)) continue
    if (type === 'radio' || type === 'hidden') fields.set(name, value)
  }
  const radios = [...fields].length
  if (radios < 10) throw new Error(`the page of questions asks ${radios} things: ${page.slice(0, 300)}`)
  return new URLSearchParams([...fields]).toString()
}

/** Votes from a process of its own; `begun` when it starts, so that somebody can pull the plug meanwhile. */
export function vote(job: Voting, begun: () => void = () => undefined): Promise<Voted> {
  const child = fork(new URL('./voter.ts', import.meta.url), { execArgv: ['--disable-warning=ExperimentalWarning'] })
  return new Promise((resolve, reject) => {
    child.on('message', (told) => (told === 'voting' ? begun() : resolve(told as Voted)))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the voters ended with ${code} before they reported`)))
    child.send(job)
  })
}
