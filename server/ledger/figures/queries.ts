import { reachesSchool, type Scope, schoolScope } from '#domain/base/actor.ts'
import { type Pillar, pillars } from '#domain/base/pillar.ts'
import { recordOf } from '#domain/base/record.ts'
import { type ParticipantKind, participantKinds } from '#domain/ledger/entryContent.ts'
import { notFound } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

/** What every count of the ledger counts: filed, and neither removed nor voided. */
export const filedEntries = (db: ReadOnly) =>
  db.selectFrom('entry').where('entry.deletedAt', 'is', null).where('entry.state', '=', 'filed')

/** Of which filed entries a figure speaks: of a year, and of some of its schools or, without any named, of all. */
export interface Counted {
  cycleId: string
  schoolIds?: readonly string[]
}

/** A year belongs to one bureau, so the whole bureau needs no schools to be named. */
export const countedIn = (scope: Scope, cycleId: string): Counted =>
  'schoolIds' in scope ? { cycleId, schoolIds: scope.schoolIds } : { cycleId }

function filedOf(db: ReadOnly, { cycleId, schoolIds }: Counted) {
  const all = filedEntries(db).where('entry.cycleId', '=', cycleId)
  return schoolIds ? all.where('entry.schoolId', 'in', schoolIds) : all
}

/** How many entries are filed of each pillar. */
export async function countFiled(db: ReadOnly, of: Counted): Promise<Record<Pillar, number>> {
  const rows = await filedOf(db, of)
    .select((eb) => ['entry.pillar', eb.fn.countAll<number>().as('filed')])
    .groupBy('entry.pillar')
    .execute()
  return recordOf(pillars, (pillar) => Number(rows.find((one) => one.pillar === pillar)?.filed ?? 0))
}

/** How many filed entries carry out each task of a school's year. */
export async function countEntriesOfTasks(
  db: ReadOnly,
  { schoolId, cycleId }: { schoolId: string; cycleId: string },
): Promise<Map<string, number>> {
  const rows = await filedOf(db, { cycleId, schoolIds: [schoolId] })
    .select((eb) => ['entry.taskId', eb.fn.countAll<number>().as('entries')])
    .where('entry.taskId', 'is not', null)
    .groupBy('entry.taskId')
    .execute()
  return new Map(rows.map((row) => [row.taskId ?? '', Number(row.entries)]))
}

export interface LedgerFacts {
  filed: number
  late: number
  pillarCounts: Record<Pillar, number>
  forms: { label: string; filed: number }[]
  participants: Record<ParticipantKind, number>
}

/** What a school has filed in a year: for eligibility, summary and application. */
export async function ledgerFacts(db: ReadOnly, schoolId: string, cycleId: string): Promise<LedgerFacts> {
  const { byPillar, forms, sums } = await sumFiled(db, { cycleId, schoolIds: [schoolId] })
  return {
    ...sums,
    pillarCounts: recordOf(pillars, (pillar) => byPillar.find((one) => one.pillar === pillar)?.filed ?? 0),
    forms,
  }
}

/** Sums over filed entries: by pillar, by form, and of all together. */
export async function sumFiled(db: ReadOnly, of: Counted) {
  const byPillar = await filedOf(db, of)
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
  const forms = await filedOf(db, of)
    .innerJoin('activityForm', 'activityForm.id', 'entry.formId')
    .select('activityForm.label')
    .select(({ fn }) => fn.countAll<number>().as('filed'))
    .groupBy('activityForm.label')
    .orderBy('filed', 'desc')
    .orderBy('activityForm.label')
    .execute()
  const total = (key: 'filed' | 'late' | ParticipantKind) => byPillar.reduce((sum, row) => sum + row[key], 0)
  const sums = { filed: total('filed'), late: total('late'), participants: recordOf(participantKinds, total) }
  return { byPillar, forms, sums }
}

/** The schools that the figures speak of, with their head counts: all that the actor reaches, or the one that was asked for. */
export async function listCountedSchools(look: Look, schoolId: string | undefined) {
  const scope = schoolScope(look.actor)
  const schools = look.db
    .selectFrom('school')
    .select(['id', 'bureauId', 'stage', 'memberCount', 'staffCount', 'studentCount'])
    .where('retiredAt', 'is', null)
  if (schoolId) {
    const [school] = await schools.where('id', '=', schoolId).execute()
    if (!school || !reachesSchool(look.actor, { schoolId, bureauId: school.bureauId })) throw notFound()
    return [school]
  }
  return 'bureauId' in scope
    ? schools.where('bureauId', '=', scope.bureauId).execute()
    : schools.where('id', 'in', scope.schoolIds).execute()
}

/** The measures of the plans in force, or last in force in a past year, and how many of them a filed entry carries out. */
export function countTasks(db: ReadOnly, of: Counted) {
  const all = db
    .selectFrom('task')
    .innerJoin('plan', 'plan.id', 'task.planId')
    .where('task.removedAt', 'is', null)
    .where('plan.cycleId', '=', of.cycleId)
    .where('plan.publishedAt', 'is not', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('plan as later')
            .select('later.id')
            .whereRef('later.schoolId', '=', 'plan.schoolId')
            .whereRef('later.cycleId', '=', 'plan.cycleId')
            .whereRef('later.version', '>', 'plan.version')
            .where('later.publishedAt', 'is not', null),
        ),
      ),
    )
  const chosen = of.schoolIds ? all.where('plan.schoolId', 'in', of.schoolIds) : all
  return chosen
    .leftJoin(
      () => filedOf(db, of).select('entry.taskId').distinct().as('used'),
      (join) => join.onRef('used.taskId', '=', 'task.rootId'),
    )
    .select('task.pillar')
    .select(({ fn }) => [fn.countAll<number>().as('tasks'), fn.count<number>('used.taskId').as('done')])
    .groupBy('task.pillar')
    .execute()
}
