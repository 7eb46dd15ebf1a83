import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely'
import { ownSchoolId, reachesSchool, type Scope, schoolScope } from '#domain/base/actor.ts'
import { type ParticipantKind, participantLabelsOf } from '#domain/ledger/ledger.ts'
import { stageOfAll } from '#domain/base/pupils.ts'
import type { EntryState } from '#domain/ledger/entryLife.ts'
import { type Pillar, pillars } from '#domain/base/pillar.ts'
import type { EntryFilter } from '#contract/ledger/ledger.ts'
import type { Tables } from '#server/db/tables.ts'
import { cycleOf } from '#server/year/cycle/queries.ts'
import { filedEntries, ownSchoolIds, readFigures } from '#server/ledger/entry/queries.ts'
import { untilCommit } from '#server/kernel/kept.ts'
import { notFound } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'

export interface Listed {
  scope: Scope
  own: readonly string[]
  cycleId: string
  /** Between two years, with the school's drafts that wait for one. */
  waiting: boolean
  filter: EntryFilter
}

/** The condition of a list: scope first, then what was chosen; the same for page, count and export. */
function entriesOf(db: ReadOnly, { scope, own, cycleId, waiting, filter }: Listed) {
  return (eb: ExpressionBuilder<Tables, 'entry'>) => {
    const ofYear = eb('entry.cycleId', '=', cycleId)
    const all: Expression<SqlBool>[] = [
      waiting ? eb.or([ofYear, eb('entry.cycleId', 'is', null)]) : ofYear,
      eb('entry.deletedAt', 'is', null),
    ]
    // A year belongs to one bureau, so the year alone is the bureau's scope.
    const reach = 'schoolIds' in scope ? scope.schoolIds : undefined
    if (filter.schoolId) all.push(eb('entry.schoolId', '=', filter.schoolId))
    if (reach)
      all.push(reach.length === 1 ? eb('entry.schoolId', '=', reach[0] ?? '') : eb('entry.schoolId', 'in', [...reach]))
    const onlyOwn = reach?.every((one) => own.includes(one)) ?? false
    if (filter.state) all.push(eb('entry.state', '=', filter.state))
    // Voided entries are shown to whoever asks for them and to nobody else; drafts only to their own school.
    else if (onlyOwn) all.push(eb('entry.state', 'in', ['draft', 'filed']))
    else
      all.push(
        own.length === 0
          ? eb('entry.state', '=', 'filed')
          : eb.or([
              eb('entry.state', '=', 'filed'),
              eb.and([eb('entry.state', '=', 'draft'), eb('entry.schoolId', 'in', [...own])]),
            ]),
      )
    if (filter.state === 'draft' && !onlyOwn) all.push(eb('entry.schoolId', 'in', [...own, '']))
    if (filter.pillar) all.push(eb('entry.pillar', '=', filter.pillar))
    if (filter.formId) all.push(eb('entry.formId', '=', filter.formId))
    if (filter.taskId)
      all.push(
        eb('entry.taskId', 'in', eb.selectFrom('task').select('task.rootId').where('task.id', '=', filter.taskId)),
      )
    if (filter.late) all.push(eb('entry.isLate', '=', filter.late === 'yes' ? 1 : 0))
    if (filter.from) all.push(eb('entry.happenedOn', '>=', filter.from))
    if (filter.until) all.push(eb('entry.happenedOn', '<=', filter.until))
    if (filter.tag)
      all.push(
        sql<SqlBool>`${sql.ref('entry.tags')} like ${`%${JSON.stringify(filter.tag).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`} escape '\\'`,
      )
    if (filter.q) all.push(contains(db, ['entry.title', 'entry.content', 'entry.place'], filter.q))
    return eb.and(all)
  }
}

const orders = {
  happenedOn: 'entry.happenedOn',
  filedAt: 'entry.filedAt',
  title: 'entry.title',
} as const

export interface Cut {
  limit: number
  offset: number
}

/** The page finds its ids in the index alone and reads only the rows that it shows. */
export function pageOfEntries(db: ReadOnly, listed: Listed, { limit, offset }: Cut) {
  const sort = listed.filter.sort || '-happenedOn'
  const column = orders[sort.replace('-', '') as keyof typeof orders]
  const direction = sort.startsWith('-') ? ('desc' as const) : ('asc' as const)
  return db
    .selectFrom((eb) =>
      eb
        .selectFrom('entry')
        .select('entry.id')
        .where(entriesOf(db, listed))
        .orderBy(column, direction)
        .orderBy('entry.id', direction)
        .limit(limit)
        .offset(offset)
        .as('shown'),
    )
    .innerJoin('entry', 'entry.id', 'shown.id')
    .innerJoin('school', 'school.id', 'entry.schoolId')
    .leftJoin('activityForm', 'activityForm.id', 'entry.formId')
    .select([
      'entry.id',
      'entry.schoolId',
      'school.name as schoolName',
      'school.stage',
      'entry.title',
      'entry.happenedOn',
      'entry.pillar',
      'activityForm.label as formLabel',
      'entry.place',
      'entry.memberCount',
      'entry.teacherCount',
      'entry.pupilCount',
      'entry.parentCount',
      'entry.state',
      'entry.isLate',
      'entry.filedAt',
    ])
    .select((eb) =>
      eb
        .selectFrom('evidence')
        .select(({ fn }) => fn.countAll<number>().as('evidenceCount'))
        .where('evidence.subjectType', '=', 'entry')
        .whereRef('evidence.subjectId', '=', 'entry.id')
        .as('evidenceCount'),
    )
    .orderBy(column, direction)
    .orderBy('entry.id', direction)
}

export const countOfEntries = (db: ReadOnly, listed: Listed) =>
  db
    .selectFrom('entry')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where(entriesOf(db, listed))

/** What a list may show to this actor; nothing when no year has been opened yet. */
export async function listedFor(look: Look, filter: EntryFilter): Promise<Listed | undefined> {
  const cycle = await untilCommit(look.house.database, `cycle ${look.actor.bureauId} ${filter.year ?? ''}`, () =>
    cycleOf(look, filter.year),
  )
  const scope = schoolScope(look.actor)
  const own = ownSchoolIds(look)
  const waiting = own.length > 0 && filter.year === undefined && cycle?.state !== 'open'
  if ((!cycle && !waiting) || ('schoolIds' in scope && scope.schoolIds.length === 0)) return undefined
  return { scope, own, cycleId: cycle?.id ?? '', waiting, filter }
}

type ListRow = Awaited<ReturnType<ReturnType<typeof pageOfEntries>['execute']>>[number]

export async function listEntries(look: Look, query: EntryFilter & { page: number; size: number }) {
  const listed = await listedFor(look, query)
  if (!listed) return { items: [], total: 0 }
  const offset = (query.page - 1) * query.size
  const rows = await pageOfEntries(look.db, listed, { limit: query.size, offset }).execute()
  // A page that is not full tells the total by itself.
  const isLast = rows.length < query.size && (rows.length > 0 || offset === 0)
  return { items: rows.map(itemOf), total: isLast ? offset + rows.length : await totalOf(look, listed) }
}

/** Turning the pages of a list counts it once, until somebody writes. */
const totalOf = (look: Look, listed: Listed): Promise<number> =>
  untilCommit(look.house.database, `entries ${JSON.stringify(listed)}`, async () => {
    const { total } = await countOfEntries(look.db, listed).executeTakeFirstOrThrow()
    return total
  })

/** Written out field by field: spreading fifty rows costs more than reading them. */
export const itemOf = (row: ListRow) => ({
  id: row.id,
  schoolId: row.schoolId,
  schoolName: row.schoolName,
  stage: row.stage,
  title: row.title,
  happenedOn: row.happenedOn,
  pillar: row.pillar as Pillar,
  formLabel: row.formLabel,
  place: row.place,
  memberCount: row.memberCount,
  teacherCount: row.teacherCount,
  pupilCount: row.pupilCount,
  parentCount: row.parentCount,
  state: row.state as EntryState,
  late: row.isLate === 1,
  filedAt: row.filedAt,
  evidenceCount: row.evidenceCount ?? 0,
})

export async function readStage(db: ReadOnly, schoolId: string): Promise<string> {
  const school = await db.selectFrom('school').select('stage').where('id', '=', schoolId).executeTakeFirst()
  return school?.stage ?? ''
}

/** The schools an actor may choose from in a list; somebody of one school needs no choice. */
export async function listReachedSchools(look: Look) {
  const scope = schoolScope(look.actor)
  if ('schoolIds' in scope && scope.schoolIds.length <= 1 && ownSchoolId(look.actor)) return []
  const schools = look.db.selectFrom('school').select(['id', 'name as label']).where('retiredAt', 'is', null)
  const reached =
    'bureauId' in scope
      ? schools.where('bureauId', '=', scope.bureauId)
      : schools.where('id', 'in', scope.schoolIds.length > 0 ? [...scope.schoolIds] : [''])
  return reached.orderBy('sortKey').execute()
}

/** Pillars, forms and coverage of what was filed: of one school, or of all that the actor reaches (G2, P3). */
export async function readOverview(look: Look, asked: { year?: number | undefined; schoolId?: string | undefined }) {
  const cycle = await cycleOf(look, asked.year)
  const schools = await overviewSchools(look, asked.schoolId || undefined)
  const scope = schoolScope(look.actor)
  const whole = 'bureauId' in scope && !asked.schoolId
  const of = { cycleId: cycle?.id ?? '', ...(whole ? {} : { schoolIds: schools.map((one) => one.id) }) }
  const { byPillar, forms, sums } = await readFigures(look.db, of)
  const tasks = await taskCounts(look.db, of)
  const heads = (key: 'memberCount' | 'staffCount' | 'studentCount') => schools.reduce((sum, one) => sum + one[key], 0)
  const headCounts = {
    memberCount: heads('memberCount'),
    teacherCount: heads('staffCount'),
    pupilCount: heads('studentCount'),
    parentCount: null,
  }
  return {
    filed: sums.filed,
    late: sums.late,
    schools: schools.length,
    pillars: pillars.map((pillar) => {
      const row = byPillar.find((one) => one.pillar === pillar)
      return {
        pillar,
        filed: row?.filed ?? 0,
        forms: row?.forms ?? 0,
        tasks: tasks.find((one) => one.pillar === pillar)?.tasks ?? 0,
        tasksWithEntry: tasks.find((one) => one.pillar === pillar)?.done ?? 0,
        schoolsWithout: Math.max(0, schools.length - (row?.schools ?? 0)),
      }
    }),
    forms,
    participants: Object.entries(participantLabelsOf(stageOfAll(schools))).map(([kind, label]) => ({
      kind,
      label,
      attended: sums.participants[kind as ParticipantKind],
      heads: headCounts[kind as ParticipantKind],
    })),
  }
}

async function overviewSchools(look: Look, schoolId: string | undefined) {
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
    : schools.where('id', 'in', [...scope.schoolIds, '']).execute()
}

/** The measures of the plans in force, or last in force in a past year, and how many of them a filed entry carries out. */
function taskCounts(db: ReadOnly, of: { cycleId: string; schoolIds?: readonly string[] }) {
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
  const chosen = of.schoolIds ? all.where('plan.schoolId', 'in', [...of.schoolIds, '']) : all
  const filed = filedEntries(db).select('entry.taskId').distinct().where('entry.cycleId', '=', of.cycleId)
  const used = of.schoolIds ? filed.where('entry.schoolId', 'in', [...of.schoolIds, '']) : filed
  return chosen
    .leftJoin(
      () => used.as('used'),
      (join) => join.onRef('used.taskId', '=', 'task.rootId'),
    )
    .select('task.pillar')
    .select(({ fn }) => [fn.countAll<number>().as('tasks'), fn.count<number>('used.taskId').as('done')])
    .groupBy('task.pillar')
    .execute()
}
