import { z } from 'zod'
import type { Actor } from '#domain/base/actor.ts'
import { againstCalendarYear } from '#domain/base/calendar.ts'
import {
  againstClosing,
  againstDates,
  againstDeleting,
  againstEditing,
  againstGrace,
  againstLeaving,
  againstOpening,
  againstRecordingBasis,
  againstReopening,
  againstToldOn,
  type CycleSettings,
  defaultCycleSettings,
  type OutcomeKind,
} from '#domain/year/cycle.ts'
import { cycleLife } from '#domain/year/cycleLife.ts'
import { refusal } from '#domain/base/refusal.ts'
import { againstStandard, type Standard } from '#domain/year/standard.ts'
import {
  type editCycle as editCycleEndpoint,
  importedStandardShape,
  type recordBasis as recordBasisEndpoint,
} from '#contract/year/cycle.ts'
import { isUsed, listUnfinished } from '#server/year/closing/queries.ts'
import { changedOne, demand, Problem, refuse, unseen } from '#server/kernel/problem.ts'
import { inputRefusals } from '#server/kernel/http.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import {
  calendarStamp,
  type Cycle,
  findCycle,
  findStandard,
  isNaming,
  lastStandardVersion,
  listCalendarYears,
  listCycles,
  openCycleTitle,
  readCalendar,
  readCycle,
} from './queries.ts'
import { addCycle, addStandardRow, changeCycle, putCalendarYear, removeCycle } from './writes.ts'
import { quoted } from '#domain/base/text.ts'

export interface NewCycle {
  bureauId: string
  year: number
  title: string
  awardTitle: string
  applyFrom?: string | undefined
  applyUntil?: string | undefined
  standardId?: string | null | undefined
  settings?: Partial<CycleSettings>
  /** A county shows results unless it has the right to give more (rule 2). */
  outcomeKind?: OutcomeKind
}

/** Makes a year in preparation; the window is October unless said otherwise (rule 3). */
export async function createCycle(work: Work<Actor>, cycle: NewCycle): Promise<string> {
  const { bureauId, year, title, awardTitle, settings } = cycle
  const applyFrom = cycle.applyFrom ?? `${year}-10-01`
  const applyUntil = cycle.applyUntil ?? `${year}-10-31`
  demand(againstDates({ year, planUntil: null, applyFrom, applyUntil }))
  if (cycle.standardId) await findStandard(work.db, cycle.standardId, bureauId)
  const id = work.newId()
  await addCycle(work, {
    id,
    bureauId,
    year,
    title,
    state: cycleLife.first,
    basisTitle: null,
    basisNumber: null,
    filingNumber: null,
    approvalNumber: null,
    toldOn: null,
    outcomeKind: cycle.outcomeKind ?? 'showcase',
    awardTitle,
    planUntil: null,
    applyFrom,
    applyUntil,
    graceUntil: null,
    graceReason: null,
    standardId: cycle.standardId ?? null,
    settings: JSON.stringify({ ...defaultCycleSettings, ...settings }),
    openedAt: null,
    closedAt: null,
    reopenReason: null,
    createdAt: work.now,
    updatedAt: work.now,
  })
  work.record('cycle.created', 'cycle', id, { year })
  return id
}

/** The year of the actor's bureau; the system may touch any. */
async function ownCycle(work: Work<Actor>, id: string): Promise<Cycle> {
  return work.actor.kind === 'system' ? readCycle(work.db, id) : findCycle(work.db, id, work.actor.bureauId)
}

export async function editCycle(
  work: Work,
  id: string,
  { seen, ...terms }: Omit<z.infer<(typeof editCycleEndpoint)['body']>, 'seen'> & { seen?: string },
): Promise<void> {
  const cycle = await ownCycle(work, id)
  const { settings, year = cycle.year, ...rest } = terms
  demand([
    ...againstEditing(work.actor, cycle),
    ...unseen(seen, cycle.updatedAt, '保存'),
    ...againstDates({ ...rest, year }),
    ...againstToldOn(rest.toldOn, { ...rest, graceUntil: cycle.graceUntil }, work.today),
  ])
  const taken = (await listCycles(work.db, cycle.bureauId)).find((one) => one.year === year && one.id !== id)
  if (taken) throw refuse('alreadyExists', `${year} 年已经有${quoted(taken.title)}了。`, { field: 'year' })
  if (terms.standardId) await findStandard(work.db, terms.standardId, cycle.bureauId)
  changedOne(await changeCycle(work, cycle, { ...rest, year, settings: JSON.stringify(settings), updatedAt: work.now }))
  work.record('cycle.edited', 'cycle', id, { changed: changedFields(cycle, terms) })
}

const changedFields = (before: Record<string, unknown> | Cycle, after: Record<string, unknown>): string[] => {
  const old: Record<string, unknown> = { ...before }
  return Object.keys(after).filter((key) => JSON.stringify(old[key]) !== JSON.stringify(after[key]))
}

export async function recordBasis(
  work: Work,
  id: string,
  { seen, ...basis }: z.infer<(typeof recordBasisEndpoint)['body']>,
): Promise<void> {
  const cycle = await ownCycle(work, id)
  demand([
    ...againstRecordingBasis(work.actor, cycle),
    ...unseen(seen, cycle.updatedAt, '保存'),
    ...againstToldOn(basis.toldOn, cycle, work.today),
  ])
  changedOne(await changeCycle(work, cycle, { ...basis, updatedAt: work.now }))
  work.record('cycle.basisRecorded', 'cycle', id, { ...basis })
}

/** Opening locks the settings and the standard of the year, as they stood on the screen of whoever opens it. */
export async function openCycle(work: Work<Actor>, id: string, seen?: string): Promise<Cycle> {
  const cycle = await ownCycle(work, id)
  const facts = {
    openCycle: await openCycleTitle(work.db, cycle),
    calendar: await readCalendar(work.db),
    today: work.today,
  }
  demand([...againstOpening(work.actor, cycle, facts), ...unseen(seen, cycle.updatedAt, '开启', '年度的设置')])
  changedOne(await changeCycle(work, cycle, { state: 'open', openedAt: work.now, updatedAt: work.now }))
  work.record('cycle.open', 'cycle', id, { from: cycle.state, to: 'open', standardId: cycle.standardId })
  return cycle
}

export async function closeCycle(work: Work, id: string, ticked: readonly string[] = []): Promise<void> {
  const cycle = await ownCycle(work, id)
  const unfinished = await listUnfinished(work.db, cycle)
  demand([
    ...againstClosing(work.actor, cycle, { today: work.today, naming: await isNaming(work.db, id) }),
    ...againstLeaving(unfinished, ticked),
  ])
  changedOne(await changeCycle(work, cycle, { state: 'closed', closedAt: work.now, updatedAt: work.now }))
  work.record('cycle.close', 'cycle', id, {
    from: cycle.state,
    to: 'closed',
    left: unfinished.map((one) => one.message).join('；'),
  })
}

/** Opens a year that was closed too early; the plans that were in force are in force again. */
export async function reopenCycle(work: Work, id: string, reason: string): Promise<void> {
  const cycle = await ownCycle(work, id)
  demand(againstReopening(work.actor, cycle, await openCycleTitle(work.db, cycle)))
  changedOne(
    await changeCycle(work, cycle, { state: 'open', closedAt: null, reopenReason: reason, updatedAt: work.now }),
  )
  work.record('cycle.reopen', 'cycle', id, { from: cycle.state, to: 'open', reason })
}

/** Takes away a year that was made by mistake; the audit log keeps what it was. */
export async function deleteCycle(work: Work, id: string): Promise<void> {
  const cycle = await ownCycle(work, id)
  demand(againstDeleting(work.actor, cycle, await isUsed(work.db, id)))
  await removeCycle(work, id)
  work.record('cycle.deleted', 'cycle', id, { year: cycle.year, title: cycle.title })
}

/** More time for every school alike, with the reason that all may read. */
export async function grantGrace(work: Work, id: string, grace: { until: string; reason: string }): Promise<void> {
  const cycle = await ownCycle(work, id)
  demand(againstGrace(work.actor, cycle, grace, work.today))
  changedOne(
    await changeCycle(work, cycle, { graceUntil: grace.until, graceReason: grace.reason, updatedAt: work.now }),
  )
  work.record('cycle.graceGranted', 'cycle', id, { from: cycle.graceUntil ?? cycle.applyUntil, ...grace })
}

/** Stores a standard as a new version; standards are never changed, only followed by another. */
export async function addStandard(work: Work<Actor>, bureauId: string, title: string, body: unknown): Promise<string> {
  const standard = readableStandard(body)
  demand(againstStandard(standard).map((one) => refusal('invalid', one.message, { field: one.at })))
  const id = work.newId()
  const text = JSON.stringify(body)
  const version = (await lastStandardVersion(work.db, bureauId)) + 1
  await addStandardRow(work, { id, bureauId, title, version, body: text, digest: sha256(text), createdAt: work.now })
  work.record('standard.added', 'standard', id, { title, version })
  return id
}

/** The office's standard from a file: its own title names it. */
export async function importStandard(work: Work, bureauId: string, body: unknown): Promise<string> {
  return addStandard(work, bureauId, readableStandard(body).title, body)
}

function readableStandard(body: unknown): Standard {
  const read = importedStandardShape.safeParse(body)
  if (read.success) return read.data
  throw new Problem([
    refusal('invalid', '这个文件不是评估标准，或者缺少必要的内容。'),
    ...inputRefusals(read.error.issues).map((one) => ({ ...one, message: `${one.field ?? ''}：${one.message}` })),
  ])
}

export async function saveCalendarYear(
  work: Work<Actor>,
  year: number,
  { seen, ...entry }: { holidays: string[]; makeUpDays: string[]; source: string; seen?: string },
): Promise<void> {
  const known = (await listCalendarYears(work.db)).find((one) => one.year === year)
  demand([
    ...againstCalendarYear({ year, ...entry }),
    ...(known ? unseen(seen, calendarStamp(known), '保存', '这一年的节假日安排') : []),
  ])
  const sorted = { holidays: unique(entry.holidays), makeUpDays: unique(entry.makeUpDays) }
  await putCalendarYear(work, {
    year,
    holidays: JSON.stringify(sorted.holidays),
    makeUpDays: JSON.stringify(sorted.makeUpDays),
    source: entry.source,
    updatedAt: work.now,
  })
  work.record('calendar.saved', 'calendarYear', String(year), { source: entry.source, ...sorted })
}

const unique = (dates: readonly string[]): string[] => [...new Set(dates)].toSorted()

/** The bureau of the office that acts. */
export const officeBureau = (work: Pick<Work, 'actor'>): string =>
  work.actor.grants.find((grant) => grant.role === 'office')?.organizationId ?? work.actor.bureauId
