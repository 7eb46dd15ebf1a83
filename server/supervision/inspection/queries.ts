import { z } from 'zod'
import { againstReadingSchool, hasRole, type Scope, schoolScope } from '#domain/base/actor.ts'
import { movesFrom } from '#domain/base/lifecycle.ts'
import { type FindingState, findingLife } from '#domain/supervision/findingLife.ts'
import { inspectionLife } from '#domain/supervision/inspectionLife.ts'
import {
  againstAmendingFinding,
  againstDeletingInspection,
  againstEditingInspection,
  againstMovingFinding,
  againstMovingInspection,
  findingStamp,
} from '#domain/supervision/supervision.ts'
import {
  choiceShape,
  type FindingItem,
  type listFindings,
  type listInspections,
} from '#contract/supervision/supervision.ts'
import type { FindingRow } from '#server/db/tables/supervision.ts'
import type { Todo } from '#contract/home/todo.ts'
import { chosenCycle } from '#server/year/cycle/queries.ts'
import { contains } from '#server/kernel/contains.ts'
import { demand, found } from '#server/kernel/problem.ts'
import type { Look } from '#server/kernel/work.ts'

const lines = z.array(z.string())
type Found = FindingRow & { state: FindingState }

/** One round of checks; another bureau's looks like none. */
export async function findInspection(look: Look, id: string) {
  const row = found(await look.db.selectFrom('inspection').selectAll().where('id', '=', id).executeTakeFirst())
  found(row.bureauId === look.actor.bureauId ? row : undefined)
  const { count } = await look.db
    .selectFrom('inspectionSchool')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('inspectionId', '=', id)
    .executeTakeFirstOrThrow()
  return {
    ...row,
    state: row.state,
    checklist: lines.parse(JSON.parse(row.checklist)),
    choice: choiceShape.parse(JSON.parse(row.choice)),
    schoolCount: Number(count),
  }
}

export async function findFinding(look: Look, id: string): Promise<Found> {
  const row = found(await look.db.selectFrom('finding').selectAll().where('id', '=', id).executeTakeFirst())
  demand(againstReadingSchool(look.actor, row))
  // What is only noted down is the inspectors' own until it is sent.
  if (row.preliminary === '' && !hasRole(look.actor, 'office', 'leader', 'department')) found(undefined)
  return row
}

export async function listRounds(look: Look, query: z.infer<typeof listInspections.query>) {
  const cycle = await chosenCycle(look, query.year)
  let rows = look.db.selectFrom('inspection').where('bureauId', '=', look.actor.bureauId ?? '')
  if (cycle) rows = rows.where('cycleId', '=', cycle.id)
  if (query.q) rows = rows.where(contains(look.db, ['inspection.title'], query.q))
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await rows
    .select((eb) => [
      'id',
      'title',
      'startsOn',
      'endsOn',
      'state',
      eb
        .selectFrom('inspectionSchool')
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .whereRef('inspectionSchool.inspectionId', '=', 'inspection.id')
        .as('schoolCount'),
      eb
        .selectFrom('inspectionSchool')
        .select((inner) => inner.fn.count<number>('inspectedOn').as('n'))
        .whereRef('inspectionSchool.inspectionId', '=', 'inspection.id')
        .as('inspectedCount'),
    ])
    .orderBy('startsOn', 'desc')
    .orderBy('id', 'desc')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return {
    items: items.map((row) => ({
      ...row,
      state: row.state,
      schoolCount: Number(row.schoolCount),
      inspectedCount: Number(row.inspectedCount),
    })),
    total: Number(total),
  }
}

function findings(look: Look, scope: Scope) {
  let rows = look.db
    .selectFrom('finding')
    .innerJoin('school', 'school.id', 'finding.schoolId')
    .innerJoin('inspection', 'inspection.id', 'finding.inspectionId')
  rows =
    'bureauId' in scope
      ? rows.where('finding.bureauId', '=', scope.bureauId)
      : rows.where('finding.schoolId', 'in', [...scope.schoolIds, ''])
  // What was only noted down, or withdrawn before it was sent, never concerned the school.
  return hasRole(look.actor, 'office', 'leader', 'department') ? rows : rows.where('finding.preliminary', '!=', '')
}

async function itemsOf(look: Look, rows: ReturnType<typeof findings>): Promise<FindingItem[]> {
  const list = await rows
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
    .execute()
  const files = await look.db
    .selectFrom('evidence')
    .innerJoin('file', 'file.id', 'evidence.fileId')
    .select(['evidence.subjectId', 'evidence.fileId', 'file.name', 'file.kind'])
    .where('evidence.subjectType', '=', 'finding')
    .where('evidence.subjectId', 'in', ['', ...list.map((one) => one.id)])
    .orderBy('evidence.sortOrder')
    .execute()
  return list.map(({ bureauId, ...row }) => {
    const state = row.state
    const subject = { schoolId: row.schoolId, bureauId, state }
    return {
      ...row,
      state,
      replyFiles: files.filter((one) => one.subjectId === row.id).map(({ subjectId: _of, ...file }) => file),
      stamp: findingStamp({ ...row, state }),
      moves: {
        ...Object.fromEntries(
          movesFrom(findingLife, state).map((action) => [action, againstMovingFinding(look.actor, subject, action)]),
        ),
        ...(state === 'preliminary' ? { amend: againstAmendingFinding(look.actor, subject) } : {}),
      },
    }
  })
}

export async function listFindingsOf(
  look: Look,
  query: z.infer<typeof listFindings.query>,
  scope: Scope = schoolScope(look.actor),
) {
  let rows = findings(look, scope)
  const cycle = await chosenCycle(look, query.year)
  if (cycle) rows = rows.where('finding.cycleId', '=', cycle.id)
  if (query.state) rows = rows.where('finding.state', '=', query.state)
  if (query.q) rows = rows.where(contains(look.db, ['school.name', 'school.pinyin', 'finding.content'], query.q))
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await itemsOf(look, rows.limit(query.size).offset((query.page - 1) * query.size))
  return { items, total: Number(total) }
}

export async function readRound(look: Look, id: string) {
  const {
    bureauId,
    cycleId: _,
    createdAt: _made,
    closedAt: _closed,
    schoolCount,
    ...round
  } = await findInspection(look, id)
  const scope = schoolScope(look.actor)
  let rows = look.db
    .selectFrom('inspectionSchool')
    .innerJoin('school', 'school.id', 'inspectionSchool.schoolId')
    .leftJoin('person', 'person.id', 'inspectionSchool.inspectorId')
    .select([
      'inspectionSchool.schoolId',
      'school.name as schoolName',
      'person.name as inspectorName',
      'inspectionSchool.inspectedOn',
      'inspectionSchool.answers',
      'inspectionSchool.remark',
    ])
    .where('inspectionSchool.inspectionId', '=', id)
  if ('schoolIds' in scope) rows = rows.where('inspectionSchool.schoolId', 'in', [...scope.schoolIds, ''])
  const schools = await rows.orderBy('school.sortKey').execute()
  return {
    ...round,
    schools: schools.map((one) => ({ ...one, answers: lines.parse(JSON.parse(one.answers)) })),
    findings: await itemsOf(look, findings(look, scope).where('finding.inspectionId', '=', id)),
    moves: {
      ...Object.fromEntries(
        movesFrom(inspectionLife, round.state).map((action) => [
          action,
          againstMovingInspection(look.actor, { ...round, bureauId, schoolCount }, action),
        ]),
      ),
      ...(round.state === 'draft'
        ? {
            edit: againstEditingInspection(look.actor, { ...round, bureauId }),
            delete: againstDeletingInspection(look.actor, { ...round, bureauId }),
          }
        : {}),
    },
  }
}

/** What a finding waits for, as a to-do says it. */
const waiting: Partial<Record<FindingState, string>> = {
  recorded: '督查问题待送达初步意见',
  preliminary: '督查初步意见待回复',
  replied: '督查意见待出具',
  issued: '督查问题待下达整改或不作处理',
}

/** Findings that wait for this person's next step: sending, the school's reply, the office's opinion and decision. */
export async function listFindingTodos(look: Look): Promise<Todo[]> {
  const scope = schoolScope(look.actor)
  if ('schoolIds' in scope && scope.schoolIds.length === 0) return []
  const items = await itemsOf(
    look,
    findings(look, scope)
      .where('finding.state', 'in', Object.keys(waiting) as FindingState[])
      .limit(200),
  )
  return items
    .filter((one) =>
      Object.entries(one.moves).some(
        ([action, reasons]) => action !== 'withdraw' && action !== 'amend' && reasons.length === 0,
      ),
    )
    .map((one) => ({
      id: `finding:${one.id}`,
      kind: 'finding',
      title: waiting[one.state] ?? '督查问题待办理',
      detail: `${one.schoolName}：${one.content}`,
      href: one.state === 'preliminary' ? '/console/findings' : `/console/inspections/${one.inspectionId}`,
    }))
}
