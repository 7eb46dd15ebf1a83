import type { BatchFlag, BatchProgress } from '#contract/survey/ballotBox.ts'
import type { BatchRow } from './context.ts'
import { bodyOfBatch, findSurvey, listBatches, type BoxContext } from './context.ts'

/** Of so few of a class nothing is noted and nothing said: neither haste nor hour nor that all answers are alike. */
export const PROGRESS_FROM = 10
export const SLOT_MS = 300_000
const HOUR_MS = 3_600_000
/** So many new answers of a school must have come before its counters move. */
const STEP = 5
const BURST_SHARE = 60
const ODD_SHARE = 20
const ODD_FROM = 3
const UNIFORM_SHARE = 90

/**
 * Whoever stands beside a person who answers must not see it in a counter: while answers come in, the counters of a school move once an
 * hour at most, all together, and only when five more have come. And what was noted of single minutes goes.
 */
export async function moveCounters(context: BoxContext): Promise<void> {
  const now = context.now().getTime()
  const hour = Math.floor(now / HOUR_MS)
  if (context.shownIn === hour) return
  context.shownIn = hour
  await context.database.write(async (sql) => {
    await sql.run(
      `update batch set shown = counted where survey in (select id from survey where state = 'open')
        and (survey, school) in (select survey, school from batch group by survey, school having sum(counted - shown) >= ?)`,
      [STEP],
    )
    // They are no burst and never become one.
    await sql.run('delete from pulse where slot < ? and counted < ?', [Math.floor(now / SLOT_MS), PROGRESS_FROM])
  })
}

/** Counts by class and what looks odd about when and how fast, never about what was answered. */
export async function progress(context: BoxContext, surveyId: string, schoolId?: string): Promise<BatchProgress[]> {
  const open = (await findSurvey(context.database.read, surveyId))?.state === 'open'
  const rows = (await listBatches(context.database.read, surveyId)).filter(
    (row) => schoolId === undefined || row.school === schoolId,
  )
  const peaks = await context.database.read.all<{ batch: string; peak: number }>(
    'select batch, max(pulse.counted) as peak from pulse join batch on batch.id = pulse.batch where survey = ? group by batch',
    [surveyId],
  )
  const peakOf = new Map(peaks.map((one) => [one.batch, Number(one.peak)]))
  return rows.map((row) => ({
    id: row.id,
    issued: row.issued,
    cast: open ? row.shown : row.counted,
    void: row.void === 1,
    flags: flagsOf(row, peakOf.get(row.id) ?? 0),
  }))
}

function flagsOf(row: BatchRow, peak: number): BatchFlag[] {
  const { counted, watched, hasty, night, uniform } = row
  if (counted < PROGRESS_FROM) return []
  const odd = (part: number) => part >= ODD_FROM && part * 100 >= ODD_SHARE * watched
  const flags: BatchFlag[] = []
  // A class of pupils answers in one lesson, all at once; people at home and in their offices do not.
  if (bodyOfBatch(row).audience !== 'pupil' && peak >= PROGRESS_FROM && peak * 100 >= BURST_SHARE * counted)
    flags.push('burst')
  if (odd(hasty)) flags.push('haste')
  if (odd(night)) flags.push('night')
  if (uniform !== null && uniform * 100 >= UNIFORM_SHARE * counted) flags.push('uniform')
  return flags
}
