import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely'
import { ownSchoolId, type Scope, schoolScope } from '#domain/base/actor.ts'
import { draftSchoolIds } from '#domain/ledger/ledger.ts'
import { participantKinds } from '#domain/ledger/entryContent.ts'
import type { EntryFilter } from '#contract/ledger/ledger.ts'
import type { Tables } from '#server/db/tables.ts'
import { cycleOf } from '#server/year/cycle/queries.ts'
import { chosenSort } from '#server/kernel/sorting.ts'
import { untilCommit } from '#server/kernel/commitCache.ts'
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

type OnEntries = ExpressionBuilder<Tables, 'entry'>

/** Which schools: the one that was asked for, and no other than the actor reaches; a year already tells the bureau. */
function schoolsOf(eb: OnEntries, { scope, filter }: Listed): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = []
  const reach = 'schoolIds' in scope ? scope.schoolIds : undefined
  if (filter.schoolId) all.push(eb('entry.schoolId', '=', filter.schoolId))
  if (reach)
    all.push(reach.length === 1 ? eb('entry.schoolId', '=', reach[0] ?? '') : eb('entry.schoolId', 'in', [...reach]))
  return all
}

/** Which states: voided entries are shown to whoever asks for them and to nobody else; drafts only to their own school. */
function statesOf(eb: OnEntries, { scope, own, filter }: Listed): Expression<SqlBool>[] {
  const onlyOwn = 'schoolIds' in scope && scope.schoolIds.every((one) => own.includes(one))
  const ofOwn = eb('entry.schoolId', 'in', own)
  if (filter.state)
    return [eb('entry.state', '=', filter.state), ...(filter.state === 'draft' && !onlyOwn ? [ofOwn] : [])]
  if (onlyOwn) return [eb('entry.state', 'in', ['draft', 'filed'])]
  const filed = eb('entry.state', '=', 'filed')
  return [own.length === 0 ? filed : eb.or([filed, eb.and([eb('entry.state', '=', 'draft'), ofOwn])])]
}

const taggedWith = (tag: string) =>
  sql<SqlBool>`${sql.ref('entry.tags')} like ${`%${JSON.stringify(tag).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`} escape '\\'`

/** The condition of a list: scope first, then what was chosen; the same for page, count and export. */
function entriesOf(db: ReadOnly, listed: Listed) {
  const { cycleId, waiting, filter } = listed
  return (eb: OnEntries) => {
    const ofYear = eb('entry.cycleId', '=', cycleId)
    const all: Expression<SqlBool>[] = [
      waiting ? eb.or([ofYear, eb('entry.cycleId', 'is', null)]) : ofYear,
      eb('entry.deletedAt', 'is', null),
      ...schoolsOf(eb, listed),
      ...statesOf(eb, listed),
    ]
    if (filter.pillar) all.push(eb('entry.pillar', '=', filter.pillar))
    if (filter.formId) all.push(eb('entry.formId', '=', filter.formId))
    if (filter.taskId)
      all.push(
        eb('entry.taskId', 'in', eb.selectFrom('task').select('task.rootId').where('task.id', '=', filter.taskId)),
      )
    if (filter.late) all.push(eb('entry.isLate', '=', filter.late === 'yes' ? 1 : 0))
    if (filter.from) all.push(eb('entry.happenedOn', '>=', filter.from))
    if (filter.until) all.push(eb('entry.happenedOn', '<=', filter.until))
    if (filter.tag) all.push(taggedWith(filter.tag))
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

const evidenceCount = (eb: OnEntries) =>
  eb
    .selectFrom('evidence')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('evidence.subjectType', '=', 'entry')
    .whereRef('evidence.subjectId', '=', 'entry.id')

/** The page finds its ids in the index alone and reads only the rows that it shows. */
export function pageOfEntries(db: ReadOnly, listed: Listed, { limit, offset }: Cut) {
  const { column = orders.happenedOn, direction } = chosenSort(orders, listed.filter.sort || '-happenedOn')
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
      ...participantKinds.map((kind) => `entry.${kind}` as const),
      'entry.state',
      'entry.isLate',
      'entry.filedAt',
    ])
    .select((eb) => evidenceCount(eb).as('evidenceCount'))
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
  const own = draftSchoolIds(look.actor)
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
  pillar: row.pillar,
  formLabel: row.formLabel,
  place: row.place,
  memberCount: row.memberCount,
  teacherCount: row.teacherCount,
  pupilCount: row.pupilCount,
  parentCount: row.parentCount,
  state: row.state,
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
    'bureauId' in scope ? schools.where('bureauId', '=', scope.bureauId) : schools.where('id', 'in', scope.schoolIds)
  return reached.orderBy('sortKey').execute()
}
