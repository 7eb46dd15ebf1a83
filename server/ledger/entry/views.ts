import { ownSchoolId } from '#domain/base/actor.ts'
import { dateInWords } from '#domain/base/calendar.ts'
import { pillarLabels, pillars } from '#domain/base/pillar.ts'
import { quoted } from '#domain/base/text.ts'
import { contentOf, differences } from '#domain/ledger/entryContent.ts'
import { entryMoves, entryWarnings, inTimeUntil } from '#domain/ledger/ledger.ts'
import type { Todo } from '#contract/home/todo.ts'
import { cycleOf } from '#server/year/cycle/queries.ts'
import { shanghaiToday } from '#server/kernel/clock.ts'
import type { Look } from '#server/kernel/work.ts'
import { ledgerFacts } from '#server/ledger/figures/queries.ts'
import {
  bodyOf,
  filingYear,
  findEntry,
  listDraftsBefore,
  listEvidence,
  listTasks,
  listVersions,
  readBody,
  readEntryPeople,
  type StoredEntry,
} from './queries.ts'

/** For those who keep a school's ledger: drafts left lying, and pillars of which nothing is filed yet. */
export async function listLedgerTodos(look: Look): Promise<Todo[]> {
  const schoolId = ownSchoolId(look.actor)
  const cycle = schoolId ? await cycleOf(look) : undefined
  if (!schoolId || cycle?.state !== 'open') return []
  const before = new Date(Date.parse(look.now) - 86_400_000).toISOString()
  const drafts = await listDraftsBefore(look.db, { schoolId, cycleId: cycle.id, before })
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
export async function readEntryDetail(look: Look, id: string) {
  const entry = await findEntry(look, id)
  const people = await readEntryPeople(look.db, entry)
  const nameOf = (personId: string | null) => people.get(personId ?? '') ?? null
  const filedOn = entry.filedAt ? shanghaiToday(new Date(entry.filedAt)) : look.today
  return {
    ...contentOf(entry),
    ...(await readTaskNow(look, entry)),
    id,
    schoolId: entry.schoolId,
    schoolName: entry.schoolName,
    stage: entry.stage,
    cycleTitle: entry.cycle?.title ?? null,
    state: entry.state,
    formLabel: entry.formLabel,
    late: entry.isLate === 1,
    frozen: entry.frozenBy !== null,
    version: entry.version,
    createdByName: nameOf(entry.createdBy) ?? '',
    createdAt: entry.createdAt,
    updatedAt: entry.updatedAt,
    filedByName: nameOf(entry.filedBy),
    filedAt: entry.filedAt,
    voidedByName: nameOf(entry.voidedBy),
    voidedAt: entry.voidedAt,
    voidReason: entry.voidReason,
    warnings: entry.cycle ? entryWarnings({ happenedOn: entry.happenedOn, filedOn }, filingYear(entry.cycle)) : [],
    evidence: await listEvidence(look.db, id),
    versions: await readCorrections(look, entry),
    moves: entryMoves(look.actor, entry),
  }
}

/** The entry's task as the plan in force words it, or as it stood when it was chosen. */
async function readTaskNow(look: Look, entry: StoredEntry) {
  const tasks = entry.taskId ? await listTasks(look.db, entry.schoolId, entry.cycleId ?? '') : []
  const task = tasks.find((one) => one.id === entry.taskId)
  return {
    taskContent: task?.label ?? entry.taskContent,
    taskPillar: task?.pillar ?? entry.taskPillar,
    taskGone: entry.taskId !== null && task === undefined,
  }
}

/** Every correction with what it changed. */
async function readCorrections(look: Look, entry: StoredEntry) {
  const versions = await listVersions(look.db, entry.id)
  const bodies = [...versions.map((one) => bodyOf(one.body)), await readBody(look.db, entry)]
  return versions.map(({ id, version, reason, personName, createdAt }, index) => {
    const [before, after] = [bodies[index], bodies[index + 1]]
    const changed = before && after ? differences(before, after, entry.stage) : []
    return { id, version, reason, personName, createdAt, differences: changed }
  })
}
