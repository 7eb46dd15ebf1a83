import type { z } from 'zod'
import { ownSchoolId } from '#domain/base/actor.ts'
import {
  againstContent,
  againstCorrecting,
  againstCycle,
  againstFiling,
  againstRemoving,
  againstSaving,
  againstVoiding,
  defaultForms,
  entryWarnings,
  isLate,
} from '#domain/ledger/ledger.ts'
import { entryLife } from '#domain/ledger/entryLife.ts'
import { againstUnseen, againstBlank, type Refusal, refusal } from '#domain/base/refusal.ts'
import type {
  correctEntry as correcting,
  createEntry as creating,
  saveEntry as saving,
} from '#contract/ledger/ledger.ts'
import { faultOf } from '#server/db/errors.ts'
import type { Cycle } from '#server/year/cycle/queries.ts'
import { replaceEvidence } from '#server/records/file/actions.ts'
import { shanghaiToday } from '#server/kernel/clock.ts'
import { changedOne, demand, found, refuse } from '#server/kernel/problem.ts'
import type { Exchange } from '#server/kernel/routes.ts'
import type { Look, Work } from '#server/kernel/work.ts'
import { cycleOf } from '#server/year/cycle/queries.ts'
import { bodyNow, bodyOfTyped, filingYear, findEntry, listForms, listTasks, rootOfTask } from './queries.ts'
import { quoted } from '#domain/base/text.ts'

type Typed = Omit<z.output<(typeof creating)['body']>, 'id' | 'file'>
type Corrected = z.output<(typeof correcting)['body']>
type Saved = z.output<(typeof saving)['body']>
type Created = z.output<(typeof creating)['body']>
interface Kept {
  id: string
  state: string
  warnings: string[]
}

/** Keeps a new entry once, however often a bad line makes the phone send it again under the same id. */
export async function takeEntry(exchange: Exchange, typed: Created): Promise<Kept> {
  if (typed.id !== undefined && (await isKnown(exchange.look, typed.id))) return keepAgain(exchange, typed.id, typed)
  try {
    return await exchange.work((work) => createEntry(work, typed))
  } catch (error) {
    if (typed.id === undefined || faultOf(error) !== 'unique') throw error
    return keepAgain(exchange, typed.id, typed)
  }
}

const isKnown = async (look: Look, id: string): Promise<boolean> =>
  (await look.db.selectFrom('entry').select('id').where('id', '=', id).executeTakeFirst()) !== undefined

/** The first sending has arrived already: a draft takes the newer words, a filed entry must be the same. */
async function keepAgain(exchange: Exchange, id: string, typed: Created): Promise<Kept> {
  const { id: _, file, ...written } = typed
  const content = await withRootTask(exchange.look, written)
  const entry = await findEntry(exchange.look, id)
  if (entry.createdBy !== exchange.actor.personId) throw refuse('alreadyExists')
  const before = await bodyNow(exchange.look, entry)
  const same = JSON.stringify(before) === JSON.stringify(await bodyOfTyped(exchange.look, content))
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
  const bureauId = work.actor.bureauId ?? ''
  demand([
    ...(file ? againstCycle(year?.state === 'closed' ? undefined : year?.state) : []),
    ...againstContent(content, work.today),
    ...(await againstReferences(work, content, { schoolId, cycleId: cycle?.id ?? '', bureauId })),
  ])
  const cycleId = cycle?.id ?? null
  const id = wished ?? work.newId()
  await work.tx
    .insertInto('entry')
    .values({
      id,
      schoolId,
      cycleId,
      bureauId,
      state: entryLife.first,
      ...columnsOf(content),
      isLate: 0,
      frozenBy: null,
      version: 1,
      createdBy: work.actor.personId ?? '',
      filedAt: null,
      filedBy: null,
      voidedAt: null,
      voidedBy: null,
      voidReason: null,
      createdAt: work.now,
      updatedAt: work.now,
      deletedAt: null,
    })
    .execute()
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
    ...(await againstReferences(work, content, entry)),
  ])
  changedOne(
    await work.tx
      .updateTable('entry')
      .set({ ...columnsOf(content), updatedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', 'draft')
      .where('deletedAt', 'is', null)
      .where('updatedAt', '=', entry.updatedAt)
      .executeTakeFirstOrThrow(),
  )
  await keepEvidence(work, entry, content)
  work.record('entry.saved', 'entry', id, { schoolId: entry.schoolId })
  if (file) await fileEntry(work, id)
  return { id, state: file ? 'filed' : 'draft', warnings: warningsOf(content, entry.cycle, work.today) }
}

export async function fileEntry(work: Work, id: string): Promise<{ ok: true }> {
  const entry = await findEntry(work, id)
  demand([...againstFiling(work.actor, entry), ...againstContent(entry, work.today)])
  const late = isLate(entry.happenedOn, work.today, filingYear(found(entry.cycle)))
  changedOne(
    await work.tx
      .updateTable('entry')
      .set({
        state: 'filed',
        filedAt: work.now,
        filedBy: work.actor.personId,
        isLate: late ? 1 : 0,
        updatedAt: work.now,
      })
      .where('id', '=', id)
      .where('state', '=', entry.state)
      .where('deletedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
  work.record('entry.file', 'entry', id, { schoolId: entry.schoolId, from: entry.state, to: 'filed', late })
  return { ok: true }
}

/** Writes the old words away as a version before the new ones take their place. */
export async function correctEntry(work: Work, id: string, typed: Corrected): Promise<{ ok: true }> {
  const { reason, version, ...written } = typed
  const content = await withRootTask(work, written)
  const entry = await findEntry(work, id)
  const before = await bodyNow(work, entry)
  const after = await bodyOfTyped(work, content)
  const unchanged = JSON.stringify(before) === JSON.stringify(after)
  demand([
    ...againstCorrecting(work.actor, entry),
    ...againstContent(content, work.today),
    ...(await againstReferences(work, content, entry)),
    ...(unchanged ? [refusal('invalid', '内容没有改动，不用更正。')] : []),
  ])
  const filedOn = shanghaiToday(new Date(entry.filedAt ?? work.now))
  const late = isLate(content.happenedOn, filedOn, filingYear(found(entry.cycle)))
  changedOne(
    await work.tx
      .updateTable('entry')
      .set({ ...columnsOf(content), isLate: late ? 1 : 0, version: version + 1, updatedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', 'filed')
      .where('version', '=', version)
      .where('frozenBy', 'is', null)
      .executeTakeFirstOrThrow(),
  )
  await work.tx
    .insertInto('entryVersion')
    .values({
      id: work.newId(),
      entryId: id,
      schoolId: entry.schoolId,
      version,
      body: JSON.stringify(before),
      reason,
      personId: work.actor.personId ?? '',
      createdAt: work.now,
    })
    .execute()
  await keepEvidence(work, entry, content)
  work.record('entry.correct', 'entry', id, { schoolId: entry.schoolId, from: 'filed', to: 'filed', version, reason })
  return { ok: true }
}

/** A draft is hidden, not erased; what was filed never goes. */
export async function removeEntry(work: Work, id: string): Promise<{ ok: true }> {
  const entry = await findEntry(work, id)
  demand(againstRemoving(work.actor, entry))
  changedOne(
    await work.tx
      .updateTable('entry')
      .set({ deletedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', 'draft')
      .where('deletedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
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
  changedOne(
    await work.tx
      .updateTable('entry')
      .set({ ...mark, state: to, updatedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', entry.state)
      .where('version', '=', entry.version)
      .where('frozenBy', 'is', null)
      .executeTakeFirstOrThrow(),
  )
  work.record(`entry.${action}`, 'entry', id, { schoolId: entry.schoolId, from: entry.state, to, reason })
  return { ok: true }
}

/** Drafts that were kept while no year was open go into the year that opens. */
export async function adoptDrafts(work: Work, cycle: { id: string; bureauId: string }): Promise<void> {
  const waiting = await work.db
    .selectFrom('entry')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('bureauId', '=', cycle.bureauId)
    .where('cycleId', 'is', null)
    .executeTakeFirstOrThrow()
  if (Number(waiting.count) === 0) return
  await work.tx
    .updateTable('entry')
    .set({ cycleId: cycle.id })
    .where('bureauId', '=', cycle.bureauId)
    .where('cycleId', 'is', null)
    .execute()
  work.record('entry.adopted', 'cycle', cycle.id, { count: Number(waiting.count) })
}

/** Entries that a submitted application cites no longer change; all of them must be filed and of that school and year. */
export async function freezeEntries(
  work: Work,
  cited: { applicationId: string; schoolId: string; cycleId: string; entryIds: readonly string[] },
): Promise<void> {
  if (cited.entryIds.length === 0) return
  const done = await work.tx
    .updateTable('entry')
    .set({ frozenBy: cited.applicationId })
    .where('id', 'in', [...cited.entryIds])
    .where('schoolId', '=', cited.schoolId)
    .where('cycleId', '=', cited.cycleId)
    .where('state', '=', 'filed')
    .executeTakeFirstOrThrow()
  if (Number(done.numUpdatedRows) !== new Set(cited.entryIds).size) throw refuse('stateChanged')
  work.record('entry.frozen', 'application', cited.applicationId, { schoolId: cited.schoolId, entries: cited.entryIds })
}

/** Lets them change again when the application goes back to the school. */
export async function thawEntries(work: Work, cited: { applicationId: string; schoolId: string }): Promise<void> {
  await work.tx
    .updateTable('entry')
    .set({ frozenBy: null })
    .where('frozenBy', '=', cited.applicationId)
    .where('schoolId', '=', cited.schoolId)
    .execute()
  work.record('entry.thawed', 'application', cited.applicationId, { schoolId: cited.schoolId })
}

export async function addActivityForm(work: Work, label: string): Promise<{ id: string }> {
  const bureauId = work.actor.bureauId ?? ''
  await makeForms(work, bureauId)
  const forms = await listForms(work.db, bureauId)
  if (forms.some((form) => form.label === label))
    throw refuse('alreadyExists', `已经有${quoted(label)}这种形式。`, { field: 'label' })
  const id = work.newId()
  await work.tx
    .insertInto('activityForm')
    .values({ id, bureauId, label, sortOrder: forms.length + 1 })
    .execute()
  work.record('activityForm.added', 'activityForm', id, { label })
  return { id }
}

/** A bureau gets the usual forms when somebody first asks for them. */
export async function makeForms(work: Work, bureauId: string): Promise<boolean> {
  if ((await listForms(work.db, bureauId)).length > 0) return false
  await work.tx
    .insertInto('activityForm')
    .values(defaultForms.map((label, index) => ({ id: work.newId(), bureauId, label, sortOrder: index + 1 })))
    .execute()
  work.record('activityForm.made', 'organization', bureauId, { forms: defaultForms.length })
  return true
}

function columnsOf(typed: Typed) {
  const { evidence: _, tags, ...content } = typed
  return { ...content, tags: JSON.stringify(tags) }
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

/** A chosen task must be of the school's own plan, a chosen form one of the bureau's; what was chosen before may stay. */
async function againstReferences(
  look: Pick<Look, 'db'>,
  { taskId, formId }: Typed,
  of: { schoolId: string; cycleId: string | null; bureauId: string; taskId?: string | null; formId?: string | null },
): Promise<Refusal[]> {
  const reasons: Refusal[] = []
  if (
    formId !== null &&
    formId !== of.formId &&
    !(await listForms(look.db, of.bureauId)).some((form) => form.id === formId)
  )
    reasons.push(refusal('invalid', '没有这种形式，请重新选择。', { field: 'formId' }))
  if (
    taskId !== null &&
    taskId !== of.taskId &&
    !(await listTasks(look.db, of.schoolId, of.cycleId ?? '')).some((task) => task.id === taskId)
  )
    reasons.push(refusal('invalid', '本校今年的方案里没有这项任务，请重新选择。', { field: 'taskId' }))
  return reasons
}
