import type { z } from 'zod'
import { type Actor, ownSchoolId } from '#domain/base/actor.ts'
import { contentOf } from '#domain/ledger/entryContent.ts'
import {
  againstContent,
  againstCorrecting,
  againstCycle,
  againstFiling,
  againstReferences,
  againstRemoving,
  againstSaving,
  againstVoiding,
  entryWarnings,
  isLate,
} from '#domain/ledger/ledger.ts'
import { type EntryState, entryLife } from '#domain/ledger/entryLife.ts'
import { againstUnseen, againstBlank, refusal } from '#domain/base/refusal.ts'
import type {
  correctEntry as correcting,
  createEntry as creating,
  saveEntry as saving,
} from '#contract/ledger/ledger.ts'
import { faultOf } from '#server/db/errors.ts'
import { type Cycle, cycleOf } from '#server/year/cycle/queries.ts'
import { replaceEvidence } from '#server/records/file/actions.ts'
import { shanghaiToday } from '#server/kernel/clock.ts'
import { demand, found, refuse } from '#server/kernel/problem.ts'
import type { Exchange } from '#server/kernel/routes.ts'
import type { Look, Work } from '#server/kernel/work.ts'
import {
  countWaitingDrafts,
  filingYear,
  findEntry,
  isKnownEntry,
  listOffered,
  readBody,
  readTypedBody,
  rootOfTask,
} from './queries.ts'
import {
  adoptWaiting,
  freezeCited,
  hideDraft,
  insertEntry,
  insertEntryVersion,
  markFiled,
  markVoided,
  thawCited,
  updateDraft,
  updateFiled,
} from './writes.ts'

type Typed = Omit<z.output<(typeof creating)['body']>, 'id' | 'file'>
type Corrected = z.output<(typeof correcting)['body']>
type Saved = z.output<(typeof saving)['body']>
type Created = z.output<(typeof creating)['body']>
interface Kept {
  id: string
  state: EntryState
  warnings: string[]
}

/** Keeps a new entry once, however often a bad line makes the phone send it again under the same id. */
export async function takeEntry(exchange: Exchange, typed: Created): Promise<Kept> {
  if (typed.id !== undefined && (await isKnownEntry(exchange.look.db, typed.id)))
    return keepAgain(exchange, typed.id, typed)
  try {
    return await exchange.work((work) => createEntry(work, typed))
  } catch (error) {
    if (typed.id === undefined || faultOf(error) !== 'unique') throw error
    return keepAgain(exchange, typed.id, typed)
  }
}

/** The first sending has arrived already: a draft takes the newer words, a filed entry must be the same. */
async function keepAgain(exchange: Exchange, id: string, typed: Created): Promise<Kept> {
  const { id: _, file, ...written } = typed
  const content = await withRootTask(exchange.look, written)
  const entry = await findEntry(exchange.look, id)
  if (entry.createdBy !== exchange.actor.personId) throw refuse('alreadyExists')
  const before = await readBody(exchange.look.db, entry)
  const same = JSON.stringify(before) === JSON.stringify(await readTypedBody(exchange.look.db, content))
  if (entry.state === 'draft') {
    // Nobody has touched it since it arrived, so the newer words of the same form belong in it; otherwise they were written elsewhere.
    if (!same && entry.updatedAt !== entry.createdAt)
      throw refuse('unseen', '这一条已经存为草稿，后来在别处改过。这里写的没有存入，请打开那份草稿接着写。', {
        href: `/console/ledger/${id}/edit`,
      })
    return exchange.work((work) => saveEntry(work, id, { ...content, file, seen: entry.updatedAt }))
  }
  if (!same)
    throw refuse('stateChanged', '这一条刚才已经归档，后来改的内容没有存入。请打开它，用“更正”修改。', {
      href: `/console/ledger/${id}`,
    })
  const filedOn = shanghaiToday(new Date(entry.filedAt ?? exchange.look.now))
  return { id, state: entry.state, warnings: warningsOf(entry, entry.cycle, filedOn) }
}

export async function createEntry(work: Work, typed: Created): Promise<Kept> {
  const { id: wished, file, ...written } = typed
  const content = await withRootTask(work, written)
  const schoolId = ownSchoolId(work.actor)
  if (!schoolId) throw refuse('roleMissing', '只有学校的书记和干事可以记台账。')
  const year = await cycleOf(work)
  // Between two years a draft waits without one, and goes into the next that opens.
  const cycle = year?.state === 'open' ? year : undefined
  const cycleId = cycle?.id ?? null
  const bureauId = work.actor.bureauId
  demand([
    ...(file ? againstCycle(year?.state === 'closed' ? undefined : year?.state) : []),
    ...againstContent(content, work.today),
    ...againstReferences(content, {}, await listOffered(work.db, { schoolId, cycleId, bureauId }, content)),
  ])
  const id = wished ?? work.newId()
  const createdBy = work.actor.personId
  await insertEntry(work, { id, schoolId, cycleId, bureauId, state: entryLife.first, createdBy }, contentOf(content))
  await keepEvidence(work, { id, schoolId }, content)
  work.record('entry.created', 'entry', id, { schoolId })
  if (file) await fileEntry(work, id)
  return { id, state: file ? 'filed' : 'draft', warnings: warningsOf(content, cycle, work.today) }
}

export async function saveEntry(work: Work, id: string, typed: Saved): Promise<Kept> {
  const { seen, file, ...written } = typed
  const content = await withRootTask(work, written)
  const entry = await findEntry(work, id)
  demand([
    ...againstSaving(work.actor, entry),
    ...againstUnseen(seen, entry.updatedAt, '保存'),
    ...againstContent(content, work.today),
    ...againstReferences(content, entry, await listOffered(work.db, entry, content)),
  ])
  await updateDraft(work, entry, contentOf(content))
  await keepEvidence(work, entry, content)
  work.record('entry.saved', 'entry', id, { schoolId: entry.schoolId })
  if (file) await fileEntry(work, id)
  return { id, state: file ? 'filed' : 'draft', warnings: warningsOf(content, entry.cycle, work.today) }
}

export async function fileEntry(work: Work, id: string): Promise<{ ok: true }> {
  const entry = await findEntry(work, id)
  demand([...againstFiling(work.actor, entry), ...againstContent(entry, work.today)])
  const late = isLate(entry.happenedOn, work.today, filingYear(found(entry.cycle)))
  await markFiled(work, entry, { late })
  work.record('entry.file', 'entry', id, { schoolId: entry.schoolId, from: entry.state, to: 'filed', late })
  return { ok: true }
}

/** Writes the old words away as a version before the new ones take their place. */
export async function correctEntry(work: Work, id: string, typed: Corrected): Promise<{ ok: true }> {
  const { reason, version, ...written } = typed
  const content = await withRootTask(work, written)
  const entry = await findEntry(work, id)
  const before = await readBody(work.db, entry)
  const after = await readTypedBody(work.db, content)
  const unchanged = JSON.stringify(before) === JSON.stringify(after)
  demand([
    ...againstCorrecting(work.actor, entry),
    ...againstContent(content, work.today),
    ...againstReferences(content, entry, await listOffered(work.db, entry, content)),
    ...(unchanged ? [refusal('invalid', '内容没有改动，不用更正。')] : []),
  ])
  const filedOn = shanghaiToday(new Date(entry.filedAt ?? work.now))
  const late = isLate(content.happenedOn, filedOn, filingYear(found(entry.cycle)))
  await updateFiled(work, { id, version, late }, contentOf(content))
  await insertEntryVersion(work, {
    id: work.newId(),
    entryId: id,
    schoolId: entry.schoolId,
    version,
    body: JSON.stringify(before),
    reason,
    personId: work.actor.personId,
    createdAt: work.now,
  })
  await keepEvidence(work, entry, content)
  work.record('entry.correct', 'entry', id, { schoolId: entry.schoolId, from: 'filed', to: 'filed', version, reason })
  return { ok: true }
}

/** A draft is hidden, not erased; what was filed never goes. */
export async function removeEntry(work: Work, id: string): Promise<{ ok: true }> {
  const entry = await findEntry(work, id)
  demand(againstRemoving(work.actor, entry))
  await hideDraft(work, id)
  work.record('entry.removed', 'entry', id, { schoolId: entry.schoolId })
  return { ok: true }
}

/** Takes a duplicate or a trial out of every count, or brings it back; the entry and its versions stay readable. */
export async function voidEntry(
  work: Work,
  id: string,
  action: 'void' | 'restore',
  reason: string,
): Promise<{ ok: true }> {
  const entry = await findEntry(work, id)
  demand([...againstVoiding(work.actor, entry, action), ...againstBlank({ reason: { label: '理由', value: reason } })])
  const to = action === 'void' ? 'voided' : 'filed'
  const mark =
    action === 'void'
      ? { voidedAt: work.now, voidedBy: work.actor.personId, voidReason: reason }
      : { voidedAt: null, voidedBy: null, voidReason: null }
  await markVoided(work, entry, { state: to, ...mark })
  work.record(`entry.${action}`, 'entry', id, { schoolId: entry.schoolId, from: entry.state, to, reason })
  return { ok: true }
}

/** Drafts that were kept while no year was open go into the year that opens. */
export async function adoptDrafts(work: Work<Actor>, cycle: { id: string; bureauId: string }): Promise<void> {
  const count = await countWaitingDrafts(work.db, cycle.bureauId)
  if (count === 0) return
  await adoptWaiting(work, cycle)
  work.record('entry.adopted', 'cycle', cycle.id, { count })
}

/** Entries that a submitted application cites no longer change; all of them must be filed and of that school and year. */
export async function freezeEntries(work: Work, cited: Parameters<typeof freezeCited>[1]): Promise<void> {
  if (cited.entryIds.length === 0) return
  if ((await freezeCited(work, cited)) !== new Set(cited.entryIds).size) throw refuse('stateChanged')
  work.record('entry.frozen', 'application', cited.applicationId, { schoolId: cited.schoolId, entries: cited.entryIds })
}

/** Lets them change again when the application goes back to the school. */
export async function thawEntries(work: Work, cited: { applicationId: string; schoolId: string }): Promise<void> {
  await thawCited(work, cited)
  work.record('entry.thawed', 'application', cited.applicationId, { schoolId: cited.schoolId })
}

const keepEvidence = (work: Work, entry: { id: string; schoolId: string }, { evidence }: Typed): Promise<void> =>
  replaceEvidence(work, {
    schoolId: entry.schoolId,
    subjectType: 'entry',
    subjectId: entry.id,
    fileIds: evidence.map((one) => one.fileId),
    captions: Object.fromEntries(evidence.map((one) => [one.fileId, one.caption])),
  })

/** Whichever version of the plan a task was chosen from, the entry keeps the task itself. */
const withRootTask = async <Of extends Typed>({ db }: Pick<Look, 'db'>, typed: Of): Promise<Of> =>
  typed.taskId === null ? typed : { ...typed, taskId: await rootOfTask(db, typed.taskId) }

const warningsOf = ({ happenedOn }: { happenedOn: string }, cycle: Cycle | undefined, filedOn: string): string[] =>
  cycle ? entryWarnings({ happenedOn, filedOn }, filingYear(cycle)) : []
