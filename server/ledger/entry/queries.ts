import { dateInWords, shanghaiDate } from '#domain/base/calendar.ts'
import type { Todo } from '#contract/home/todo.ts'
import { z } from 'zod'
import { ownSchoolId, reachesSchool } from '#domain/base/actor.ts'
import {
  type EntryBody,
  type EntryContent,
  type EntryFacts,
  type EntryTag,
  entryMoves,
  entryTags,
  entryWarnings,
  inTimeUntil,
  differences,
  type ParticipantKind,
  participantKinds,
} from '#domain/ledger/ledger.ts'
import type { EntryState } from '#domain/ledger/entryLife.ts'
import { type Pillar, pillarLabels, pillars } from '#domain/base/pillar.ts'
import type { EntryRow } from '#server/db/tables/ledger.ts'
import { type Cycle, cycleOf, readCycle } from '#server/year/cycle/queries.ts'
import { shanghaiToday } from '#server/kernel/clock.ts'
import { found, notFound } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { quoted } from '#domain/base/text.ts'

export interface StoredEntry extends Omit<EntryRow, 'state' | 'pillar' | 'tags'>, EntryFacts {
  state: EntryState
  pillar: Pillar
  tags: EntryTag[]
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
const bodyShape: z.ZodType<EntryBody> = z.object({
  title: z.string(),
  happenedOn: z.string(),
  pillar: z.enum(pillars),
  form: z.string(),
  place: z.string(),
  content: z.string(),
  memberCount: z.int(),
  teacherCount: z.int(),
  pupilCount: z.int(),
  parentCount: z.int(),
  tags: tagsShape,
  task: z.string(),
  feedback: z.string(),
  link: z.string(),
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
  if (row.state === 'draft' && !ownSchoolIds(look).includes(row.schoolId)) throw notFound()
  const cycle = row.cycleId === null ? undefined : await readCycle(look.db, row.cycleId)
  return {
    ...row,
    state: row.state as EntryState,
    pillar: row.pillar as Pillar,
    taskPillar: row.taskPillar as Pillar | null,
    tags: tagsShape.parse(JSON.parse(row.tags)),
    cycleState: cycle?.state,
    cycle,
  }
}

/** The schools where the actor works: the only ones whose drafts they see. */
export const ownSchoolIds = ({ actor }: Pick<Look, 'actor'>): string[] =>
  actor.grants
    .filter((grant) => grant.role === 'secretary' || grant.role === 'clerk')
    .map((grant) => grant.organizationId)

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

/** An entry as a version keeps it. Both ways build it alike, so that equal content gives equal text. */
const bodyFrom = (
  content: EntryContent,
  { form, task, evidence }: Pick<EntryBody, 'form' | 'task' | 'evidence'>,
): EntryBody => ({
  title: content.title,
  happenedOn: content.happenedOn,
  pillar: content.pillar,
  form,
  place: content.place,
  content: content.content,
  memberCount: content.memberCount,
  teacherCount: content.teacherCount,
  pupilCount: content.pupilCount,
  parentCount: content.parentCount,
  tags: content.tags,
  task,
  feedback: content.feedback,
  link: content.link,
  evidence,
})

type Reading = Pick<Look, 'db'>

export async function bodyNow({ db }: Reading, entry: StoredEntry): Promise<EntryBody> {
  const evidence = (await listEvidence(db, entry.id)).map(({ fileId, name, caption }) => ({ fileId, name, caption }))
  return bodyFrom(entry, { form: entry.formLabel ?? '', task: entry.taskContent ?? '', evidence })
}

export async function bodyOfTyped(
  { db }: Reading,
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
  return bodyFrom(typed, { form: form?.label ?? '', task: task?.content ?? '', evidence })
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
  const tasks = await db
    .selectFrom('task')
    .select(['rootId as id', 'content as label', 'pillar'])
    .where('planId', '=', plan.id)
    .where('removedAt', 'is', null)
    .orderBy('sortOrder')
    .execute()
  return tasks.map((task) => ({ ...task, pillar: task.pillar as Pillar }))
}

/** The task that is meant by its row in any version of the plan. */
export async function rootOfTask(db: ReadOnly, taskId: string): Promise<string> {
  const row = await db.selectFrom('task').select('rootId').where('id', '=', taskId).executeTakeFirst()
  return row?.rootId ?? taskId
}

/** How many filed entries carry out each task of a school's year. */
export async function countEntriesOfTasks(
  db: ReadOnly,
  of: { schoolId: string; cycleId: string },
): Promise<Map<string, number>> {
  const rows = await filedEntries(db)
    .select((eb) => ['entry.taskId', eb.fn.countAll<number>().as('entries')])
    .where('entry.schoolId', '=', of.schoolId)
    .where('entry.cycleId', '=', of.cycleId)
    .where('entry.taskId', 'is not', null)
    .groupBy('entry.taskId')
    .execute()
  return new Map(rows.map((row) => [row.taskId ?? '', Number(row.entries)]))
}

/** What every count of the ledger counts: filed, and neither removed nor voided. */
export const filedEntries = (db: ReadOnly) =>
  db.selectFrom('entry').where('entry.deletedAt', 'is', null).where('entry.state', '=', 'filed')

export const listForms = (db: ReadOnly, bureauId: string) =>
  db
    .selectFrom('activityForm')
    .select(['id', 'label'])
    .where('bureauId', '=', bureauId)
    .orderBy('sortOrder')
    .orderBy('id')
    .execute()

export interface LedgerFacts {
  filed: number
  late: number
  pillarCounts: Record<Pillar, number>
  forms: { label: string; filed: number }[]
  participants: Record<ParticipantKind, number>
}

/** What a school has filed in a year: for eligibility, summary and application. */
export async function ledgerFacts(db: ReadOnly, schoolId: string, cycleId: string): Promise<LedgerFacts> {
  const facts = await readFigures(db, { cycleId, schoolIds: [schoolId] })
  const pillarCounts = Object.fromEntries(
    pillars.map((pillar) => [pillar, facts.byPillar.find((one) => one.pillar === pillar)?.filed ?? 0]),
  ) as Record<Pillar, number>
  return { ...facts.sums, pillarCounts, forms: facts.forms }
}

/** Sums over the filed entries of a year, of some schools or of the whole bureau. */
export async function readFigures(db: ReadOnly, of: { cycleId: string; schoolIds?: readonly string[] }) {
  const filed = () => {
    const all = filedEntries(db).where('entry.cycleId', '=', of.cycleId)
    return of.schoolIds ? all.where('entry.schoolId', 'in', [...of.schoolIds, '']) : all
  }
  const byPillar = await filed()
    .select(['pillar'])
    .select(({ fn }) => [
      fn.countAll<number>().as('filed'),
      fn.count<number>('formId').distinct().as('forms'),
      fn.count<number>('schoolId').distinct().as('schools'),
      fn.count<number>('taskId').distinct().as('tasks'),
      fn.sum<number>('isLate').as('late'),
      ...participantKinds.map((kind) => fn.sum<number>(kind).as(kind)),
    ])
    .groupBy('pillar')
    .execute()
  const forms = await filed()
    .innerJoin('activityForm', 'activityForm.id', 'entry.formId')
    .select('activityForm.label')
    .select(({ fn }) => fn.countAll<number>().as('filed'))
    .groupBy('activityForm.label')
    .orderBy('filed', 'desc')
    .orderBy('activityForm.label')
    .execute()
  const total = (key: 'filed' | 'late' | ParticipantKind) => byPillar.reduce((sum, row) => sum + row[key], 0)
  const participants = Object.fromEntries(participantKinds.map((kind) => [kind, total(kind)])) as Record<
    ParticipantKind,
    number
  >
  return { byPillar, forms, sums: { filed: total('filed'), late: total('late'), participants } }
}

/** For those who keep a school's ledger: drafts left lying, and pillars of which nothing is filed yet. */
export async function listLedgerTodos(look: Look): Promise<Todo[]> {
  const schoolId = ownSchoolId(look.actor)
  const cycle = schoolId ? await cycleOf(look) : undefined
  if (!schoolId || cycle?.state !== 'open') return []
  const drafts = await look.db
    .selectFrom('entry')
    .select(['id', 'title', 'happenedOn'])
    .where('schoolId', '=', schoolId)
    .where('cycleId', '=', cycle.id)
    .where('deletedAt', 'is', null)
    .where('state', '=', 'draft')
    .where('createdAt', '<', new Date(Date.parse(look.now) - 86_400_000).toISOString())
    .orderBy('happenedOn')
    .limit(20)
    .execute()
  const { pillarCounts } = await ledgerFacts(look.db, schoolId, cycle.id)
  return [
    ...drafts.map(({ id, title, happenedOn }) => ({
      id: `entry:${id}`,
      kind: 'ledger',
      title: `台账草稿${quoted(title)}还没有归档`,
      detail: `活动日期${dateInWords(happenedOn)}，草稿已放了一天以上，写好请归档。`,
      dueDate: inTimeUntil(happenedOn, filingYear(cycle)),
      href: `/console/ledger/${id}`,
    })),
    ...pillars
      .filter((pillar) => pillarCounts[pillar] === 0)
      .map((pillar) => ({
        id: `entry:pillar:${pillar}`,
        kind: 'ledger',
        title: `“${pillarLabels[pillar]}”类台账还没有记录`,
        detail: '四类都有归档的台账，才能申报。',
        href: `/console/ledger/new?pillar=${pillar}`,
      })),
  ]
}

/** All that the page of one entry shows, with what the actor may do to it. */
export async function readDetail(look: Look, id: string) {
  const entry = await findEntry(look, id)
  const evidence = await listEvidence(look.db, id)
  const tasks = entry.taskId ? await listTasks(look.db, entry.schoolId, entry.cycleId ?? '') : []
  const task = tasks.find((one) => one.id === entry.taskId)
  const versions = await listVersions(look.db, id)
  const people = await look.db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', [entry.createdBy, entry.filedBy ?? '', entry.voidedBy ?? ''])
    .execute()
  const nameOf = (personId: string | null) => people.find((one) => one.id === personId)?.name ?? null
  const bodies = [...versions.map((one) => bodyOf(one.body)), await bodyNow(look, entry)]
  const filedOn = entry.filedAt ? shanghaiToday(new Date(entry.filedAt)) : look.today
  return {
    id,
    schoolId: entry.schoolId,
    schoolName: entry.schoolName,
    stage: entry.stage,
    cycleTitle: entry.cycle?.title ?? null,
    voidReason: entry.voidReason,
    voidedAt: entry.voidedAt,
    voidedByName: nameOf(entry.voidedBy),
    state: entry.state,
    title: entry.title,
    happenedOn: entry.happenedOn,
    pillar: entry.pillar,
    formId: entry.formId,
    formLabel: entry.formLabel,
    place: entry.place,
    content: entry.content,
    memberCount: entry.memberCount,
    teacherCount: entry.teacherCount,
    pupilCount: entry.pupilCount,
    parentCount: entry.parentCount,
    tags: entry.tags,
    taskId: entry.taskId,
    taskContent: task?.label ?? entry.taskContent,
    taskPillar: task?.pillar ?? entry.taskPillar,
    taskGone: entry.taskId !== null && task === undefined,
    feedback: entry.feedback,
    link: entry.link,
    late: entry.isLate === 1,
    frozen: entry.frozenBy !== null,
    version: entry.version,
    createdByName: nameOf(entry.createdBy) ?? '',
    filedByName: nameOf(entry.filedBy),
    createdAt: entry.createdAt,
    updatedAt: entry.updatedAt,
    filedAt: entry.filedAt,
    warnings: entry.cycle ? entryWarnings({ happenedOn: entry.happenedOn, filedOn }, filingYear(entry.cycle)) : [],
    evidence,
    versions: versions.map(({ id: versionId, version, reason, personName, createdAt }, index) => {
      const [before, after] = [bodies[index], bodies[index + 1]]
      return {
        id: versionId,
        version,
        reason,
        personName,
        createdAt,
        differences: before && after ? differences(before, after, entry.stage) : [],
      }
    }),
    moves: entryMoves(look.actor, entry),
  }
}
