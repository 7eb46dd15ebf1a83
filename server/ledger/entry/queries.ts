import { z } from 'zod'
import { reachesSchool } from '#domain/base/actor.ts'
import { shanghaiDate } from '#domain/base/calendar.ts'
import { type Pillar, pillars } from '#domain/base/pillar.ts'
import { recordOf } from '#domain/base/record.ts'
import {
  type EntryBody,
  type EntryContent,
  entryBody,
  entryTags,
  entryTextKeys,
  participantKinds,
} from '#domain/ledger/entryContent.ts'
import { type EntryFacts, seesDraft } from '#domain/ledger/ledger.ts'
import type { EntryRow } from '#server/db/tables/ledger.ts'
import { listForms } from '#server/ledger/form/queries.ts'
import { type Cycle, readCycle } from '#server/year/cycle/queries.ts'
import { found, notFound } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

export interface StoredEntry extends Omit<EntryRow, 'tags'>, EntryFacts, EntryContent {
  cycle: Cycle | undefined
  schoolName: string
  stage: string
  formLabel: string | null
  taskContent: string | null
  taskPillar: Pillar | null
}

/** What decides whether an entry of a year is late. */
export const filingYear = ({ year, title, openedAt, settings }: Cycle) => ({
  year,
  title,
  openedOn: openedAt === null ? null : shanghaiDate(openedAt),
  lateAfterDays: settings.lateAfterDays,
})

const tagsShape = z.array(z.enum(entryTags))
/** A version that is older than a text knows nothing of it. */
const bodyShape: z.ZodType<EntryBody> = z.object({
  title: z.string(),
  happenedOn: z.string(),
  pillar: z.enum(pillars),
  form: z.string(),
  task: z.string(),
  tags: tagsShape,
  ...recordOf(entryTextKeys, () => z.string().default('')),
  ...recordOf(participantKinds, () => z.int()),
  evidence: z.array(z.object({ fileId: z.string(), name: z.string(), caption: z.string() })),
})
export const bodyOf = (text: string): EntryBody => bodyShape.parse(JSON.parse(text))

/** The entry if the actor may see it: another school's draft is like nothing. */
export async function findEntry(look: Pick<Look, 'db' | 'actor'>, id: string): Promise<StoredEntry> {
  const row = found(
    await look.db
      .selectFrom('entry')
      .innerJoin('school', 'school.id', 'entry.schoolId')
      .leftJoin('activityForm', 'activityForm.id', 'entry.formId')
      .leftJoin('task', 'task.id', 'entry.taskId')
      .selectAll('entry')
      .select(['school.name as schoolName', 'school.stage', 'activityForm.label as formLabel'])
      .select('task.content as taskContent')
      .select('task.pillar as taskPillar')
      .where('entry.id', '=', id)
      .where('entry.deletedAt', 'is', null)
      .executeTakeFirst(),
  )
  if (!reachesSchool(look.actor, row)) throw notFound()
  if (row.state === 'draft' && !seesDraft(look.actor, row)) throw notFound()
  const cycle = row.cycleId === null ? undefined : await readCycle(look.db, row.cycleId)
  return { ...row, tags: tagsShape.parse(JSON.parse(row.tags)), cycleState: cycle?.state, cycle }
}

export const isKnownEntry = async (db: ReadOnly, id: string): Promise<boolean> =>
  (await db.selectFrom('entry').select('id').where('id', '=', id).executeTakeFirst()) !== undefined

export const listEvidence = (db: ReadOnly, entryId: string) =>
  db
    .selectFrom('evidence')
    .innerJoin('file', 'file.id', 'evidence.fileId')
    .select(['evidence.fileId', 'file.name', 'file.kind', 'file.size', 'evidence.caption'])
    .where('evidence.subjectType', '=', 'entry')
    .where('evidence.subjectId', '=', entryId)
    .orderBy('evidence.sortOrder')
    .orderBy('evidence.id')
    .execute()

/** The entry as a version would keep it now. */
export async function readBody(db: ReadOnly, entry: StoredEntry): Promise<EntryBody> {
  const evidence = (await listEvidence(db, entry.id)).map(({ fileId, name, caption }) => ({ fileId, name, caption }))
  return entryBody(entry, { form: entry.formLabel ?? '', task: entry.taskContent ?? '', evidence })
}

/** What was typed, as a version would keep it. */
export async function readTypedBody(
  db: ReadOnly,
  typed: EntryContent & { evidence: readonly { fileId: string; caption: string }[] },
): Promise<EntryBody> {
  const form = typed.formId
    ? await db.selectFrom('activityForm').select('label').where('id', '=', typed.formId).executeTakeFirst()
    : undefined
  const task = typed.taskId
    ? await db.selectFrom('task').select('content').where('id', '=', typed.taskId).executeTakeFirst()
    : undefined
  const ids = typed.evidence.map((one) => one.fileId)
  const files =
    ids.length > 0 ? await db.selectFrom('file').select(['id', 'name']).where('id', 'in', ids).execute() : []
  const nameOf = new Map(files.map((file) => [file.id, file.name]))
  const evidence = typed.evidence.map(({ fileId, caption }) => ({ fileId, name: nameOf.get(fileId) ?? '', caption }))
  return entryBody(typed, { form: form?.label ?? '', task: task?.content ?? '', evidence })
}

export const listVersions = (db: ReadOnly, entryId: string) =>
  db
    .selectFrom('entryVersion')
    .innerJoin('person', 'person.id', 'entryVersion.personId')
    .selectAll('entryVersion')
    .select('person.name as personName')
    .where('entryId', '=', entryId)
    .orderBy('version')
    .execute()

/**
 * The measures an entry can carry out: those of the school's published plan, or of the newest one before that. Each goes
 * by the id of the row in which it first stood, so that entries stay with their task over all versions of the plan.
 */
export async function listTasks(db: ReadOnly, schoolId: string, cycleId: string) {
  const plans = await db
    .selectFrom('plan')
    .select(['id', 'state'])
    .where('schoolId', '=', schoolId)
    .where('cycleId', '=', cycleId)
    .orderBy('version', 'desc')
    .execute()
  const plan = plans.find((one) => one.state === 'published' || one.state === 'closed') ?? plans[0]
  if (!plan) return []
  return db
    .selectFrom('task')
    .select(['rootId as id', 'content as label', 'pillar'])
    .where('planId', '=', plan.id)
    .where('removedAt', 'is', null)
    .orderBy('sortOrder')
    .execute()
}

/** The forms and tasks to choose from, as far as one was chosen. */
export async function listOffered(
  db: ReadOnly,
  of: { schoolId: string; cycleId: string | null; bureauId: string },
  chosen: Pick<EntryContent, 'formId' | 'taskId'>,
) {
  return {
    forms: chosen.formId === null ? [] : await listForms(db, of.bureauId),
    tasks: chosen.taskId === null ? [] : await listTasks(db, of.schoolId, of.cycleId ?? ''),
  }
}

/** Drafts of a bureau that wait for a year. */
export async function countWaitingDrafts(db: ReadOnly, bureauId: string): Promise<number> {
  const { count } = await db
    .selectFrom('entry')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('bureauId', '=', bureauId)
    .where('cycleId', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** A school's drafts of the year that were begun before that instant, the first twenty by the day of the activity. */
export const listDraftsBefore = (db: ReadOnly, of: { schoolId: string; cycleId: string; before: string }) =>
  db
    .selectFrom('entry')
    .select(['id', 'title', 'happenedOn'])
    .where('schoolId', '=', of.schoolId)
    .where('cycleId', '=', of.cycleId)
    .where('deletedAt', 'is', null)
    .where('state', '=', 'draft')
    .where('createdAt', '<', of.before)
    .orderBy('happenedOn')
    .limit(20)
    .execute()

/** Names of the people who wrote, filed or voided an entry, by their id. */
export async function readEntryPeople(db: ReadOnly, entry: StoredEntry): Promise<Map<string, string>> {
  const ids = [entry.createdBy, entry.filedBy, entry.voidedBy].filter((one) => one !== null)
  const people = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(people.map((one) => [one.id, one.name]))
}

/** The task that is meant by its row in any version of the plan. */
export async function rootOfTask(db: ReadOnly, taskId: string): Promise<string> {
  const row = await db.selectFrom('task').select('rootId').where('id', '=', taskId).executeTakeFirst()
  return row?.rootId ?? taskId
}
