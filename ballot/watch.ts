import type { BatchFlag, BatchProgress } from '#contract/ballotBox.ts'
import type { BatchRow } from './room.ts'
import { bodyOfBatch, listBatches, type Room } from './room.ts'

/** From so few ballots nothing is said of a class: not what looks odd either. */
const FLAG_FROM = 5
const BURST_FROM = 10
const BURST_SHARE = 60
const ODD_SHARE = 20
const ODD_FROM = 3
const UNIFORM_SHARE = 90

/** Counts by class and what looks odd about when and how fast, never about what was answered. */
export async function progress(room: Room, surveyId: string, schoolId?: string): Promise<BatchProgress[]> {
  const rows = (await listBatches(room.database.read, surveyId)).filter(
    (row) => schoolId === undefined || row.school === schoolId,
  )
  const peaks = await room.database.read.all<{ batch: string; peak: number }>(
    'select batch, max(pulse.counted) as peak from pulse join batch on batch.id = pulse.batch where survey = ? group by batch',
    [surveyId],
  )
  const peakOf = new Map(peaks.map((one) => [one.batch, Number(one.peak)]))
  return rows.map((row) => ({
    id: row.id,
    issued: row.issued,
    cast: row.counted,
    void: row.void === 1,
    flags: flagsOf(row, peakOf.get(row.id) ?? 0),
  }))
}

function flagsOf(row: BatchRow, peak: number): BatchFlag[] {
  const { counted, hasty, night, uniform } = row
  if (counted < FLAG_FROM) return []
  const odd = (part: number) => part >= ODD_FROM && part * 100 >= ODD_SHARE * counted
  const flags: BatchFlag[] = []
  // A class of pupils answers in one lesson, all at once; people at home and in their offices do not.
  if (bodyOfBatch(row).audience !== 'pupil' && peak >= BURST_FROM && peak * 100 >= BURST_SHARE * counted)
    flags.push('burst')
  if (odd(hasty)) flags.push('haste')
  if (odd(night)) flags.push('night')
  if (uniform !== null && uniform * 100 >= UNIFORM_SHARE * counted && counted >= BURST_FROM) flags.push('uniform')
  return flags
}
