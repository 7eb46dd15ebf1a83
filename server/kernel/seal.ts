import type { Actor } from '#domain/base/actor.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'
import { isFixed, type SealKind, sealKinds, sealedText, sealingOf } from '#domain/base/seal.ts'
import { demand, found } from './problem.ts'
import { type ReadOnly, sha256, type Work } from './work.ts'

/** Every sealed kind has an id and is read the same way, so one of them stands for the type of all. */
const rowsOf = (db: ReadOnly, kind: SealKind) => db.selectFrom(kind as 'recusal')
const scopeOf = (kind: SealKind) => sealingOf(kind).scope as 'cycleId' | undefined

type SealedRow = Record<string, unknown> & { id: string }

const openSeals = (db: ReadOnly, kind: SealKind) =>
  db.selectFrom('seal').where('kind', '=', kind).where('liftedAt', 'is', null)

const digestOf = (kind: SealKind, row: Record<string, unknown>): string => sha256(sealedText(kind, row))

async function readRow(db: ReadOnly, kind: SealKind, id: string): Promise<SealedRow> {
  return found(await rowsOf(db, kind).selectAll().where('id', '=', id).executeTakeFirst()) as unknown as SealedRow
}

/** Seals a row as it stands after an act, inside that act's work; the digest goes into its audit record. */
export async function sealRow(work: Work<Actor>, kind: SealKind, id: string): Promise<string> {
  const row = await readRow(work.db, kind, id)
  const content = sealedText(kind, row)
  const digest = sha256(content)
  const { kept, scope } = sealingOf(kind)
  const last = await work.db
    .selectFrom('seal')
    .select((eb) => eb.fn.max('version').as('version'))
    .where('kind', '=', kind)
    .where('subjectId', '=', id)
    .executeTakeFirst()
  await work.tx
    .insertInto('seal')
    .values({
      id: work.newId(),
      kind,
      subjectId: id,
      cycleId: scope ? String(row[scope]) : null,
      version: Number(last?.version ?? 0) + 1,
      content: kept ? content : null,
      digest,
      madeBy: work.actor.personId,
      createdAt: work.now,
      liftedAt: null,
      liftedBy: null,
      liftedReason: '',
    })
    .execute()
  return digest
}

/** Opens a sealed row for the act that changes it, after looking that it still is what was sealed. */
export async function liftSeal(work: Work<Actor>, kind: SealKind, id: string, reason = ''): Promise<void> {
  demand(await againstBroken(work.db, kind, { id }))
  await work.tx
    .updateTable('seal')
    .set({ liftedAt: work.now, liftedBy: work.actor.personId, liftedReason: reason })
    .where('kind', '=', kind)
    .where('subjectId', '=', id)
    .where('liftedAt', 'is', null)
    .execute()
}

/** All of a kind, one row, or what belongs to one year or survey. */
export interface SealScope {
  id?: string
  cycleId?: string
}

export interface Broken {
  kind: SealKind
  id: string
  what: string
  schoolName: string
}

const BATCH = 2_000

/** Every row of a kind that is not what was sealed, that lacks its seal, or that is gone although it is sealed. */
export async function brokenOf(db: ReadOnly, kind: SealKind, scope: SealScope = {}): Promise<Broken[]> {
  const broken: (Omit<Broken, 'schoolName'> & { row?: SealedRow })[] = []
  let after = ''
  for (;;) {
    let query = rowsOf(db, kind).selectAll().where('id', '>', after)
    if (scope.id) query = query.where('id', '=', scope.id)
    const column = scopeOf(kind)
    if (scope.cycleId && column) query = query.where(column, '=', scope.cycleId)
    const rows = (await query.orderBy('id').limit(BATCH).execute()) as unknown as SealedRow[]
    const digests = await digestsOf(db, kind, rows, scope)
    for (const row of rows) {
      const what = wrongWith(kind, row, digests.get(row.id))
      if (what) broken.push({ kind, id: row.id, what, row })
    }
    after = rows.at(-1)?.id ?? after
    if (rows.length < BATCH) break
  }
  for (const { subjectId: id } of await missingOf(db, kind, scope))
    broken.push({ kind, id, what: '已封存，但记录不见了' })
  return named(db, broken)
}

function wrongWith(kind: SealKind, row: SealedRow, sealed: string | undefined): string | undefined {
  if (!isFixed(kind, row)) return sealed === undefined ? undefined : '没有办理退回或更正，却不再是封存时的状态'
  if (sealed === undefined) return '没有封存摘要'
  return digestOf(kind, row) === sealed ? undefined : '内容与封存时的摘要不符'
}

async function digestsOf(db: ReadOnly, kind: SealKind, rows: readonly SealedRow[], scope: SealScope) {
  const [first, last] = [rows[0]?.id, rows.at(-1)?.id]
  if (first === undefined || last === undefined) return new Map<string, string>()
  let query = openSeals(db, kind)
    .select(['subjectId', 'digest'])
    .where('subjectId', '>=', first)
    .where('subjectId', '<=', last)
  if (scope.cycleId && scopeOf(kind)) query = query.where('cycleId', '=', scope.cycleId)
  return new Map((await query.execute()).map((one) => [one.subjectId, one.digest]))
}

function missingOf(db: ReadOnly, kind: SealKind, scope: SealScope) {
  let query = openSeals(db, kind)
    .select('subjectId')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom(kind as 'recusal')
            .select('id')
            .whereRef('id', '=', 'seal.subjectId'),
        ),
      ),
    )
  if (scope.id) query = query.where('subjectId', '=', scope.id)
  if (scope.cycleId && scopeOf(kind)) query = query.where('cycleId', '=', scope.cycleId)
  return query.execute()
}

/** The school that a broken row belongs to, so that a person knows where to look. */
async function named(
  db: ReadOnly,
  broken: readonly (Omit<Broken, 'schoolName'> & { row?: SealedRow })[],
): Promise<Broken[]> {
  const made: Broken[] = []
  for (const { row, ...one } of broken) {
    const applicationId = row?.['applicationId']
    const school = await db
      .selectFrom('school')
      .select('name')
      .where((eb) =>
        typeof applicationId === 'string'
          ? eb('id', 'in', eb.selectFrom('application').select('schoolId').where('application.id', '=', applicationId))
          : eb('id', '=', String(row?.['schoolId'] ?? '')),
      )
      .executeTakeFirst()
    made.push({ ...one, schoolName: school?.name ?? '' })
  }
  return made
}

const inWords = ({ kind, what, schoolName, id }: Broken): string =>
  `${schoolName}${sealingOf(kind).label}（${id}）${what}`

/** Asked before anything is decided from sealed rows: each that is broken is named. */
export async function againstBroken(db: ReadOnly, kind: SealKind, scope: SealScope): Promise<Refusal[]> {
  return (await brokenOf(db, kind, scope)).map((one) =>
    refusal('sealBroken', `${inWords(one)}。已停止办理，请系统管理员运行数据核对，从备份查明后再办。`),
  )
}

/** For the check of a whole installation: a line for every broken row of every kind. */
export async function brokenSeals(db: ReadOnly): Promise<string[]> {
  const lines: string[] = []
  for (const kind of sealKinds) lines.push(...(await brokenOf(db, kind)).map(inWords))
  return lines
}
