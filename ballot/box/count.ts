import type { BoxBatch, BoxSurvey } from '#contract/survey/ballotBox.ts'
import { randomUUID } from 'node:crypto'
import { canonical } from '#domain/base/canonical.ts'
import { type Answer, answerLabels, type Audience, type AudienceTally, satisfactionOf } from '#domain/survey/survey.ts'
import { type AuditBody, type AuditFile, READ_FROM } from './audit.ts'
import { unpackAnswers, unpackRemark } from './content.ts'
import type { Sql } from './database.ts'
import { digestOf, type SurveyKeys } from './keys.ts'
import { shuffle, onlyMover, shuffled } from './shuffle.ts'
import { demandSurvey, openingOf, removeBallots, sealOf } from '../office/office.ts'
import { refused } from './refused.ts'
import {
  type BatchRow,
  bodyOfBatch,
  bodyOfSurvey,
  demandKeys,
  forget,
  listBatches,
  questionnaireFor,
  type BoxContext,
} from './context.ts'
import { doubtsOf } from '../voting/screen.ts'
import { PROGRESS_FROM } from './progress.ts'

const TEXTS_FROM = 10

/** How many of each class of ten or more answered everything alike; asked when the survey has closed, before tallying. */
export async function countUniform(context: BoxContext, surveyId: string): Promise<void> {
  const keys = context.keys.find(surveyId)
  if (!keys) return
  await context.database.write(async (sql) => {
    const survey = bodyOfSurvey(await demandSurvey(sql, surveyId))
    for (const row of await listBatches(sql, surveyId)) {
      if (row.counted < PROGRESS_FROM) continue
      const given = await readBallots(sql, row, survey, keys)
      const uniform = given.filter((one) => new Set(Object.values(one)).size === 1).length
      await sql.run('update batch set uniform = ? where id = ?', [uniform, row.id])
    }
  })
}

async function readBallots(sql: Sql, row: BatchRow, survey: BoxSurvey, keys: SurveyKeys) {
  const questionnaire = questionnaireFor(survey, bodyOfBatch(row).audience)
  const rows = await sql.all<{ answers: Uint8Array }>('select answers from ballot where batch = ?', [row.id])
  return rows.map(({ answers }) => unpackAnswers(questionnaire, keys.unseal(answers, row.id)))
}

/** Counts, signs, and destroys what could ever tell a ballot from another. Again, it answers the same. */
export async function tally(context: BoxContext, surveyId: string): Promise<AuditFile> {
  await finishClosing(context, surveyId)
  const file = await context.database.write(async (sql) => {
    await onlyMover(context, sql, surveyId)
    const survey = await demandSurvey(sql, surveyId)
    if (survey.audit !== null) return JSON.parse(survey.audit) as AuditFile
    if (survey.state !== 'closed') throw refused('测评还没有截止，截止以前谁也不能计票。')
    const keys = demandKeys(context, surveyId)
    const body = bodyOfSurvey(survey)
    const batches = await listBatches(sql, surveyId)
    const schools = await countSchools(sql, body, batches, keys)
    await releaseTexts(sql, body, batches, keys)
    const audit: AuditBody = {
      format: 'yipin-ballots-1',
      survey: body,
      opening: { ...openingOf(survey, batches), digest: survey.opening ?? '' },
      schools,
      batches: withoutTheOnlyClass(batches),
    }
    const done: AuditFile = {
      ...audit,
      seal: sealOf(context, digestOf(canonical(audit))),
      openingSignature: context.keys.sign(survey.opening ?? ''),
    }
    await sql.run("update survey set state = 'tallied', audit = ? where id = ?", [canonical(done), surveyId])
    await removeBallots(sql, surveyId)
    return done
  })
  // Only after the totals are durable; a crash between is finished by the next call or start.
  context.keys.destroy(surveyId)
  forget(context)
  await context.database.rewrite()
  return file
}

/** A closing that broke off may have left ballots in the inbox, and what is not in the box now is counted never. */
async function finishClosing(context: BoxContext, surveyId: string): Promise<void> {
  const survey = await demandSurvey(context.database.read, surveyId)
  if (survey.state === 'closed') await shuffle(context, { closing: surveyId })
}

/** Where the ballots of an audience all came from one class, no class's number is told, lest the totals be read as that class's. */
function withoutTheOnlyClass(batches: readonly BatchRow[]): AuditBody['batches'] {
  const groups = Map.groupBy(batches, (row) => `${row.school} ${bodyOfBatch(row).audience}`)
  const silent = new Set(
    [...groups.values()]
      .filter((rows) => rows.length > 1 && rows.filter((row) => row.void === 0 && row.counted > 0).length === 1)
      .flatMap((rows) => rows.map((row) => row.id)),
  )
  return batches.map(({ id, issued, counted, void: isVoid }) => ({
    id,
    issued,
    cast: silent.has(id) ? null : counted,
    void: isVoid === 1,
  }))
}

async function countSchools(sql: Sql, survey: BoxSurvey, batches: readonly BatchRow[], keys: SurveyKeys) {
  const bySchool = Map.groupBy(batches, (row) => row.school)
  const schools = []
  for (const [schoolId, rows] of [...bySchool].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const first = rows[0]
    if (!first) continue
    const { schoolName, stage } = bodyOfBatch(first)
    const byAudience = Map.groupBy(rows, (row) => bodyOfBatch(row).audience)
    const audiences: AudienceTally[] = []
    for (const [audience, own] of byAudience) audiences.push(await countAudience(sql, survey, audience, own, keys))
    const codes: string[] = []
    for (const row of rows.filter((one) => one.void === 0))
      for (const { code } of await sql.all<{ code: string }>('select code from receipt where batch = ?', [row.id]))
        codes.push(code)
    schools.push({
      schoolId,
      schoolName,
      stage,
      audiences: audiences.toSorted((a, b) => (a.audience < b.audience ? -1 : 1)),
      index: satisfactionOf(stage, audiences, survey.minimum).index,
      checkCodes: codes.toSorted(),
    })
  }
  return schools
}

async function countAudience(
  sql: Sql,
  survey: BoxSurvey,
  audience: Audience,
  rows: readonly BatchRow[],
  keys: SurveyKeys,
): Promise<AudienceTally> {
  const valid = rows.filter((row) => row.void === 0)
  const given: Record<string, Answer>[] = []
  for (const row of valid) given.push(...(await readBallots(sql, row, survey, keys)))
  const { questions } = questionnaireFor(survey, audience)
  const issued = valid.reduce((sum, row) => sum + row.issued, 0)
  // Of so few not even the totals leave the box (rule 13).
  if (given.length < READ_FROM) return { audience, issued, cast: given.length, items: [] }
  const items = questions.map(({ id, unscored, overall }) => ({
    item: id,
    ...(unscored ? { unscored } : {}),
    ...(overall ? { overall } : {}),
    counts: countOf(given.map((one) => one[id])),
  }))
  return { audience, issued, cast: given.length, items }
}

function countOf(given: readonly (Answer | undefined)[]): Record<Answer, number> {
  const counts = Object.fromEntries(Object.keys(answerLabels).map((one) => [one, 0])) as Record<Answer, number>
  for (const answer of given) if (answer !== undefined) counts[answer] += 1
  return counts
}

/** Texts leave only where ten answered, in an order of their own, for a person to screen. */
async function releaseTexts(sql: Sql, survey: BoxSurvey, batches: readonly BatchRow[], keys: SurveyKeys) {
  const valid = batches.filter((row) => row.void === 0)
  const strata = Map.groupBy(valid, (row) => `${row.school} ${bodyOfBatch(row).audience}`)
  const texts: { batch: BoxBatch; text: string }[] = []
  for (const rows of strata.values()) {
    if (rows.reduce((sum, row) => sum + row.counted, 0) < TEXTS_FROM) continue
    for (const row of rows)
      for (const { sealed } of await sql.all<{ sealed: Uint8Array }>('select sealed from remark where batch = ?', [
        row.id,
      ]))
        texts.push({ batch: bodyOfBatch(row), text: unpackRemark(keys.unseal(sealed, row.id)) })
  }
  for (const { batch, text } of shuffled(texts))
    await sql.run('insert into said (id, survey, school, audience, body, doubts) values (?, ?, ?, ?, ?, ?)', [
      randomUUID(),
      survey.id,
      batch.schoolId,
      batch.audience,
      text,
      JSON.stringify(doubtsOf(text)),
    ])
}
