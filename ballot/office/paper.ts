import type { PaperEntry, PaperOutcome } from '#contract/survey/ballotBox.ts'
import { randomUUID } from 'node:crypto'
import { againstAnswers } from '#domain/survey/answers.ts'
import { type Answer, REMARK_LENGTH } from '#domain/survey/survey.ts'
import type { Queue } from '../box/writeQueue.ts'
import { checkCodeOf, readCode } from '../box/code.ts'
import { packAnswers, packRemark, unpackAnswers, unpackRemark } from '../box/content.ts'
import { digestOf, type SurveyKeys } from '../box/keys.ts'
import { refused } from '../box/refused.ts'
import { activeSurveys, questionnaireFor, type BoxContext } from '../box/context.ts'

interface PaperRow {
  handle: Uint8Array
  person: string
  batch: string
  mark: string
  sealed: Uint8Array
}

/**
 * A paper questionnaire counts when two people have typed the same of it. Until then both versions lie sealed under its code; when
 * they agree the paper is cast like any other ballot and the two versions are removed.
 */
export async function enterPaper(
  context: BoxContext,
  queue: Queue,
  surveyId: string,
  entry: PaperEntry,
): Promise<PaperOutcome> {
  const survey = (await activeSurveys(context)).get(surveyId)
  const keys = context.keys.find(surveyId)
  if (!survey || !keys || survey.state !== 'open') throw refused('测评不在答题中，不能录入纸质问卷。')
  const code = readCode(entry.code)
  if (code?.kind !== 'typed') return no('编码抄错了，请对照纸条再看一遍。')
  const [row] = await context.database.read.all<{ handle: Uint8Array; batch: string; spent: number }>(
    'select credential.handle, batch, spent from alias join credential on credential.handle = alias.handle where short = ?',
    [keys.handle('typed', code.code)],
  )
  const batch = row && survey.batches.get(row.batch)
  if (!row || !batch) return no('没有这个编码，请核对纸条；也可能是另一次测评的。')
  if (row.spent !== 0) return no(row.spent === 1 ? '这个编码已经用过，这份问卷不能再计。' : '这个编码已经作废。')
  const questionnaire = questionnaireFor(survey.body, batch.audience)
  const answers = { ...allUnknown(questionnaire.questions), ...entry.answers }
  const reasons = againstAnswers(questionnaire, { answers, text: entry.text })
  const foreign = Object.keys(entry.answers).some((id) => !questionnaire.questions.some((one) => one.id === id))
  if (foreign || reasons.some((one) => one.code === 'incomplete'))
    return no('这个编码的问卷不是这一类人的，请核对是教师、家长还是学生问卷。')
  if (reasons.some((one) => one.code === 'tooLarge')) return no(`意见最多 ${REMARK_LENGTH} 字，请照原文缩短。`)
  if (reasons.length > 0) return no('意见里有号码，请不要录入号码。')
  const sealed = keys.seal(Buffer.concat([packAnswers(questionnaire, answers), packRemark(entry.text)]), row.batch)
  const others = await context.database.write(async (sql) => {
    // Closing counts the papers: this one is in before it, or is told that it comes too late.
    const lock = context.database.engine === 'postgres' ? ' for share' : ''
    const [now] = await sql.all<{ state: string }>(`select state from survey where id = ?${lock}`, [surveyId])
    if (now?.state !== 'open') throw refused('测评不在答题中，不能录入纸质问卷。')
    // Of two who type at the same moment in two processes the second sees what the first one typed.
    if (context.database.engine === 'postgres')
      await sql.all('select 1 from credential where handle = ? for update', [row.handle])
    await sql.run('delete from paper where handle = ? and person = ?', [row.handle, entry.enteredBy])
    await sql.run('insert into paper (handle, person, batch, mark, sealed) values (?, ?, ?, ?, ?)', [
      row.handle,
      entry.enteredBy,
      row.batch,
      code.code.slice(-4),
      sealed,
    ])
    return sql.all<PaperRow>('select * from paper where handle = ? and person <> ?', [row.handle, entry.enteredBy])
  })
  // Where two differ a third one settles it, whichever of them was right.
  const [nearest] = others
    .map((one) => differing({ answers, text: entry.text }, openEntry(keys, one, questionnaire)))
    .toSorted((a, b) => a.length - b.length)
  if (!nearest) return { state: 'waiting' }
  if (nearest.length > 0) return { state: 'differs', questions: nearest }
  const attempt = randomUUID()
  const { mark, check } = keys.attempt(attempt)
  const written = await queue.cast({
    surveyId,
    batchId: row.batch,
    handle: Buffer.from(row.handle),
    attempt: mark,
    form: keys.form(attempt, packAnswers(questionnaire, answers)),
    answers,
    questionnaire,
    text: entry.text.trim(),
    checkCode: checkCodeOf(check),
    hasty: false,
    onPaper: true,
  })
  await context.database.write((sql) => sql.run('delete from paper where handle = ?', [row.handle]))
  if (written.state === 'counted') return { state: 'counted' }
  if (written.state === 'closed') return no('测评刚刚截止，这份问卷没有计入。')
  return no('这个编码刚刚被用过，这份问卷不能再计。')
}

const no = (reason: string): PaperOutcome => ({ state: 'refused', reason })

/** A question left empty on paper is an answer too: 不了解. */
const allUnknown = (questions: readonly { id: string }[]): Record<string, Answer> =>
  Object.fromEntries(questions.map((one) => [one.id, 'unknown' as const]))

type Content = { answers: Record<string, Answer>; text: string }

function openEntry(keys: SurveyKeys, row: PaperRow, questionnaire: ReturnType<typeof questionnaireFor>): Content {
  const plain = keys.unseal(row.sealed, row.batch)
  const packed = packAnswers(questionnaire, {}).length
  return {
    answers: unpackAnswers(questionnaire, plain.subarray(0, packed)),
    text: unpackRemark(plain.subarray(packed)),
  }
}

function differing(one: Content, other: Content): string[] {
  const ids = Object.keys(one.answers).filter((id) => one.answers[id] !== other.answers[id])
  return one.text.trim() === other.text.trim() ? ids : [...ids, 'text']
}

/** A sheet's name to the office: made from its code's, which is nobody's business outside the box. */
const nameOf = (row: Pick<PaperRow, 'handle'>): string => digestOf(Buffer.from(row.handle).toString('hex')).slice(0, 24)

/** What was typed goes; the sheet may be typed anew as long as its code is good. */
export async function withdrawPaper(context: BoxContext, surveyId: string, paperId: string): Promise<void> {
  await context.database.write(async (sql) => {
    const rows = await sql.all<PaperRow>('select * from paper where batch in (select id from batch where survey = ?)', [
      surveyId,
    ])
    const own = rows.filter((row) => nameOf(row) === paperId)
    if (own.length === 0) throw refused('没有这份问卷，可能已经计入或者撤下了。')
    for (const row of own) await sql.run('delete from paper where handle = ? and person = ?', [row.handle, row.person])
  })
}

/** Papers that only one has typed, or that two typed differently, by the last four signs of their codes. */
export async function openPaper(context: BoxContext, surveyId: string) {
  const survey = (await activeSurveys(context)).get(surveyId)
  const keys = context.keys.find(surveyId)
  if (!survey || !keys) return []
  const rows = (
    await context.database.read.all<PaperRow & { spent: number }>(
      'select paper.*, credential.spent from paper join credential on credential.handle = paper.handle',
    )
  ).filter((row) => survey.batches.has(row.batch))
  const sheets = Map.groupBy(rows, (row) => Buffer.from(row.handle).toString('hex'))
  return [...sheets.values()].map((entries) => {
    const [first, second] = entries
    const batch = first && survey.batches.get(first.batch)
    const both = first && second && batch
    const questionnaire = batch && questionnaireFor(survey.body, batch.audience)
    return {
      id: first ? nameOf(first) : '',
      used: (first?.spent ?? 0) !== 0,
      code: first?.mark ?? '',
      className: batch ? `${batch.schoolName}${batch.grade}${batch.className}` : '',
      enteredBy: entries.map((one) => one.person).toSorted(),
      questions:
        both && questionnaire
          ? differing(openEntry(keys, first, questionnaire), openEntry(keys, second, questionnaire))
          : [],
    }
  })
}
