import type { BoxBatch, BoxSurvey } from '#contract/survey/ballotBox.ts'
import { canonical } from '#domain/base/canonical.ts'
import { newSecret, newTyped } from '../box/code.ts'
import type { Sql } from '../box/database.ts'
import { signsWithoutGlyph } from './glyphs.ts'
import { digestOf } from '../box/keys.ts'
import { shuffle, onlyMover, reshuffle } from '../box/shuffle.ts'
import type { Kit } from './print.ts'
import { keysMissing, refused } from '../box/refused.ts'
import {
  type BatchRow,
  bodyOfBatch,
  bodyOfSurvey,
  demandKeys,
  findSurvey,
  forget,
  listBatches,
  type BoxContext,
  type SurveyRow,
} from '../box/context.ts'

/**
 * Takes what is asked and of how many; once. The same content again changes nothing. Until the first code is made the classes may
 * come anew: a freezing that broke off before the server noted it is done again, and a school may have been renamed meanwhile.
 */
export async function prepare(context: BoxContext, survey: BoxSurvey, batches: readonly BoxBatch[]) {
  const fingerprint = digestOf(canonical(survey.questionnaires))
  const roster = digestOf(canonical(batches.toSorted(byId)))
  // Taken again after the codes are out, it must not hide that their keys are gone.
  const before = await findSurvey(context.database.read, survey.id)
  if (before === undefined || before.roster !== roster) demandGlyphs(survey, batches)
  if (before === undefined) context.keys.make(survey.id)
  else if (before.state !== 'tallied') demandKeys(context, survey.id)
  await context.database.write(async (sql) => {
    const known = await findSurvey(sql, survey.id)
    if (known) {
      if (known.fingerprint === fingerprint && known.roster === roster) return
      const issued = (await listBatches(sql, survey.id)).some((row) => row.issued > 0)
      if (known.fingerprint !== fingerprint || known.state !== 'prepared' || issued)
        throw refused('题目和名额已经冻结，不能再改。需要改动的，请另建一次测评。')
      await sql.run('delete from batch where survey = ?', [survey.id])
      await sql.run('update survey set body = ?, roster = ? where id = ?', [JSON.stringify(survey), roster, survey.id])
    } else {
      await sql.run('insert into survey (id, state, body, fingerprint, roster) values (?, ?, ?, ?, ?)', [
        survey.id,
        'prepared',
        JSON.stringify(survey),
        fingerprint,
        roster,
      ])
    }
    for (const batch of batches)
      await sql.run(
        'insert into batch (id, survey, school, body, issued, counted, shown, watched, hasty, night, uniform, void) values (?, ?, ?, ?, 0, 0, 0, 0, 0, 0, null, 0)',
        [batch.id, survey.id, batch.schoolId, JSON.stringify(batch)],
      )
  })
  forget(context)
  return { fingerprint, rosterDigest: roster }
}

/** What goes on paper must have glyphs, asked while names can still be changed; each that lacks one is named with its sign. */
function demandGlyphs(survey: BoxSurvey, batches: readonly BoxBatch[]): void {
  const texts = [
    survey.title,
    survey.bureauName,
    ...survey.questionnaires.flatMap((one) => one.questions.map((question) => question.text)),
    ...batches.flatMap((one) => [one.schoolName, `${one.grade}${one.className}`]),
  ]
  const lacking = [...new Set(texts)].flatMap((text) => {
    const signs = signsWithoutGlyph(text)
    return signs.length > 0 ? [`“${text}”里的“${signs.join('”“')}”`] : []
  })
  if (lacking.length > 0)
    throw refused(
      `印纸条的字库里没有这些字，印出来会是空框：${lacking.join('；')}。请先在学校名录、班级或问卷里换成字库有的字（如通用的简化字），再冻结。`,
    )
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)

/** New codes for every class of a school; unused ones of an earlier printing become void. The codes leave as a kit and are kept nowhere. */
export async function issueKit(context: BoxContext, surveyId: string, schoolId: string): Promise<Kit> {
  const keys = context.keys.find(surveyId)
  const kit = await context.database.write(async (sql) => {
    const survey = await demandSurvey(sql, surveyId)
    if (survey.state === 'closed' || survey.state === 'tallied') throw refused('测评已经截止，不能再制发编码。')
    if (!keys) throw keysMissing()
    const body = bodyOfSurvey(survey)
    const rows = (await listBatches(sql, surveyId)).filter((row) => row.school === schoolId && row.void === 0)
    if (rows.length === 0) throw refused('这所学校没有抽到班级，不需要制发编码。')
    const kits = []
    for (const row of rows) {
      const batch = bodyOfBatch(row)
      const used = await voidUnused(sql, row)
      const slips = Array.from({ length: Math.max(0, batch.codes - used) }, () => ({
        secret: newSecret(),
        typed: newTyped(),
      }))
      for (const { secret, typed } of slips) {
        const handle = keys.handle('secret', secret)
        await sql.run('insert into credential (handle, batch, spent) values (?, ?, 0)', [handle, row.id])
        await sql.run('insert into alias (short, handle) values (?, ?)', [
          keys.handle('typed', typed.replaceAll('-', '')),
          handle,
        ])
      }
      await sql.run('update batch set issued = ? where id = ?', [used + slips.length, row.id])
      kits.push({ ...batch, size: Math.max(batch.size - used, slips.length), slips })
    }
    return { body, kits }
  })
  const { bureauName, title, until, rehearsal } = kit.body
  const schoolName = kit.kits[0]?.schoolName ?? ''
  return { bureauName, title, schoolName, until, rehearsal, publicUrl: context.publicUrl, batches: kit.kits }
}

/** How many of the class have answered; the codes that nobody used no longer work. */
async function voidUnused(sql: Sql, row: BatchRow): Promise<number> {
  await sql.run('delete from alias where handle in (select handle from credential where batch = ? and spent = 0)', [
    row.id,
  ])
  await sql.run('delete from paper where batch = ?', [row.id])
  await sql.run('update credential set spent = 2 where batch = ? and spent = 0', [row.id])
  return row.counted
}

export async function open(context: BoxContext, surveyId: string) {
  const seal = await context.database.write(async (sql) => {
    const survey = await demandSurvey(sql, surveyId)
    if (survey.opening !== null && survey.state === 'open') return sealOf(context, survey.opening)
    if (survey.state !== 'prepared') throw refused('测评已经开始过，不能再次开始。')
    const batches = await listBatches(sql, surveyId)
    const digest = digestOf(canonical(openingOf(survey, batches)))
    await sql.run("update survey set state = 'open', opening = ? where id = ?", [digest, surveyId])
    return sealOf(context, digest)
  })
  forget(context)
  return seal
}

/** What the opening digest covers: the questions, and how many people and codes each class has. */
export const openingOf = (survey: Pick<SurveyRow, 'id' | 'fingerprint' | 'roster'>, batches: readonly BatchRow[]) => ({
  survey: survey.id,
  fingerprint: survey.fingerprint,
  roster: survey.roster,
  batches: batches.map((row) => bodyOfBatch(row)).toSorted(byId),
})

export const sealOf = (context: BoxContext, digest: string) => ({
  digest,
  signature: context.keys.sign(digest),
  publicKey: context.keys.publicKey,
})

/** No ballot is taken from here on; what waits in the inbox is mixed in, however few they are. */
export async function close(context: BoxContext, surveyId: string, papersGivenUp?: number): Promise<{ cast: number }> {
  await context.database.write(async (sql) => {
    // What others are typing at this moment is in before the papers are counted, or comes too late.
    if (context.database.engine === 'postgres')
      await sql.all('select 1 from survey where id = ? for update', [surveyId])
    const survey = await demandSurvey(sql, surveyId)
    if (survey.state === 'prepared') throw refused('测评还没有开始，不能截止。')
    if (survey.state === 'open' && typeof papersGivenUp === 'number') {
      const papers = await countOpenPapers(sql, surveyId)
      if (papers !== papersGivenUp)
        throw refused(`刚才又有人录入纸质问卷，现在还有 ${papers} 份没有两遍录成一样，没有截止。请看过再截止。`)
    }
    if (survey.state === 'open') await sql.run("update survey set state = 'closed' where id = ?", [surveyId])
  })
  forget(context)
  await shuffle(context, { closing: surveyId })
  if (context.keys.find(surveyId)) await reshuffle(context, surveyId)
  await context.database.rewrite()
  const [row] = await context.database.read.all<{ cast: number }>(
    'select coalesce(sum(counted), 0) as cast from batch where survey = ?',
    [surveyId],
  )
  return { cast: Number(row?.cast ?? 0) }
}

async function countOpenPapers(sql: Sql, surveyId: string): Promise<number> {
  const [row] = await sql.all<{ papers: number }>(
    'select count(distinct paper.handle) as papers from paper join credential on credential.handle = paper.handle where credential.spent = 0 and paper.batch in (select id from batch where survey = ?)',
    [surveyId],
  )
  return Number(row?.papers ?? 0)
}

/** Takes a class out of the count; its unused codes no longer work. */
export async function voidBatch(context: BoxContext, surveyId: string, batchId: string): Promise<void> {
  await context.database.write(async (sql) => {
    // Either it stands before another process counts, or that has counted and this is refused.
    await onlyMover(context, sql, surveyId)
    const survey = await demandSurvey(sql, surveyId)
    if (survey.state === 'tallied') throw refused('已经计票，不能再作废。')
    const changed = await sql.run('update batch set void = 1 where id = ? and survey = ?', [batchId, surveyId])
    if (changed === 0) throw refused('没有这个班级。')
    await sql.run('update credential set spent = 2 where batch = ? and spent = 0', [batchId])
  })
}

/** Without its key, or without its rows, nothing of it can ever be read. */
export async function isLost(context: BoxContext, surveyId: string): Promise<boolean> {
  const survey = await findSurvey(context.database.read, surveyId)
  return survey === undefined || (survey.state !== 'tallied' && !context.keys.find(surveyId))
}

/** Removes a rehearsal, or a survey whose key is lost, with everything it had. */
export async function erase(context: BoxContext, surveyId: string): Promise<void> {
  await context.database.write(async (sql) => {
    // A key that another process destroys after counting is not a lost one.
    await onlyMover(context, sql, surveyId)
    const survey = await findSurvey(sql, surveyId)
    if (!survey) return
    const lost = survey.state !== 'tallied' && !context.keys.find(surveyId)
    if (!bodyOfSurvey(survey).rehearsal && !lost) throw refused('只有演练可以删除，正式测评不能删除。')
    await removeBallots(sql, surveyId)
    await sql.run('delete from said where survey = ?', [surveyId])
    await sql.run('delete from batch where survey = ?', [surveyId])
    await sql.run('delete from survey where id = ?', [surveyId])
  })
  context.keys.destroy(surveyId)
  forget(context)
  await context.database.rewrite()
}

/** Codes, ballots, texts and behaviour of a survey; totals and the list of check codes stay in its audit file. */
export async function removeBallots(sql: Sql, surveyId: string): Promise<void> {
  const own = 'batch in (select id from batch where survey = ?)'
  await sql.run(`delete from alias where handle in (select handle from credential where ${own})`, [surveyId])
  for (const table of ['credential', 'inbox', 'ballot', 'remark', 'receipt', 'pulse', 'paper'])
    await sql.run(`delete from ${table} where ${own}`, [surveyId])
  await sql.run('update batch set shown = 0, watched = 0, hasty = 0, night = 0, uniform = null where survey = ?', [
    surveyId,
  ])
}

export async function demandSurvey(sql: Sql, id: string): Promise<SurveyRow> {
  const found = await findSurvey(sql, id)
  if (!found) throw refused('票箱里没有这次测评。')
  return found
}
