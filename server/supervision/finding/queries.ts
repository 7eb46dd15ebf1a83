import { againstReadingSchool, hasRole, type Scope } from '#domain/base/actor.ts'
import type { FindingState } from '#domain/supervision/findingLife.ts'
import type { FindingRow } from '#server/db/tables/supervision.ts'
import { contains } from '#server/kernel/contains.ts'
import { demand, found } from '#server/kernel/problem.ts'
import type { Look } from '#server/kernel/work.ts'

/** What is only noted down is the inspectors' own until it is sent. */
const seesNotes = (look: Look): boolean => hasRole(look.actor, 'office', 'leader', 'department')

export async function findFinding(look: Look, id: string): Promise<FindingRow> {
  const row = found(await look.db.selectFrom('finding').selectAll().where('id', '=', id).executeTakeFirst())
  demand(againstReadingSchool(look.actor, row))
  if (row.preliminary === '' && !seesNotes(look)) found(undefined)
  return row
}

/** Which findings are wanted; what is left out is not asked for. */
export interface FindingFilter {
  inspectionId?: string
  cycleId?: string
  states?: readonly FindingState[]
  /** Words to look for. */
  q?: string
}

function findingsIn(look: Look, scope: Scope, { inspectionId, cycleId, states, q }: FindingFilter) {
  let rows = look.db
    .selectFrom('finding')
    .innerJoin('school', 'school.id', 'finding.schoolId')
    .innerJoin('inspection', 'inspection.id', 'finding.inspectionId')
  rows =
    'bureauId' in scope
      ? rows.where('finding.bureauId', '=', scope.bureauId)
      : rows.where('finding.schoolId', 'in', scope.schoolIds)
  // What was only noted down, or withdrawn before it was sent, never concerned the school.
  if (!seesNotes(look)) rows = rows.where('finding.preliminary', '!=', '')
  if (inspectionId) rows = rows.where('finding.inspectionId', '=', inspectionId)
  if (cycleId) rows = rows.where('finding.cycleId', '=', cycleId)
  if (states) rows = rows.where('finding.state', 'in', [...states])
  if (q) rows = rows.where(contains(look.db, ['school.name', 'school.pinyin', 'finding.content'], q))
  return rows
}

export async function countFindings(look: Look, scope: Scope, filter: FindingFilter): Promise<number> {
  const { total } = await findingsIn(look, scope, filter)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** The newest first, each with the files that came with its reply. */
export async function listFindingFacts(
  look: Look,
  scope: Scope,
  { size, offset = 0, ...filter }: FindingFilter & { size?: number; offset?: number },
) {
  const rows = findingsIn(look, scope, filter)
    .leftJoin('rectification', 'rectification.findingId', 'finding.id')
    .select([
      'finding.id',
      'finding.inspectionId',
      'inspection.title as inspectionTitle',
      'finding.schoolId',
      'finding.bureauId',
      'school.name as schoolName',
      'finding.content',
      'finding.severity',
      'finding.state',
      'finding.preliminary',
      'finding.reply',
      'finding.opinion',
      'finding.withdrawnReason',
      'rectification.id as rectificationId',
      'finding.createdAt',
    ])
    .orderBy('finding.createdAt', 'desc')
    .orderBy('finding.id', 'desc')
  const list = await (size === undefined ? rows : rows.limit(size).offset(offset)).execute()
  const files = await look.db
    .selectFrom('evidence')
    .innerJoin('file', 'file.id', 'evidence.fileId')
    .select(['evidence.subjectId', 'evidence.fileId', 'file.name', 'file.kind'])
    .where('evidence.subjectType', '=', 'finding')
    .where(
      'evidence.subjectId',
      'in',
      list.map((one) => one.id),
    )
    .orderBy('evidence.sortOrder')
    .execute()
  return list.map((row) => ({
    ...row,
    replyFiles: files.filter((one) => one.subjectId === row.id).map(({ subjectId: _of, ...file }) => file),
  }))
}
