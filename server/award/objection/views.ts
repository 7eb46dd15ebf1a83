import type { z } from 'zod'
import { hasRole, worksAt } from '#domain/base/actor.ts'
import { movesOf } from '#domain/base/lifecycle.ts'
import { shanghaiDate } from '#domain/base/calendar.ts'
import { isClosed, objectionLife, type ObjectionState, stepLabels } from '#domain/award/objectionLife.ts'
import { againstAskingSchool, againstMovingObjection, againstSchoolAnswering } from '#domain/award/objection.ts'
import type { Refusal } from '#domain/base/refusal.ts'
import type { listObjections } from '#contract/award/objection.ts'
import type { Todo } from '#contract/home/todo.ts'
import type { ObjectionStepRow } from '#server/db/tables/award.ts'
import type { Look } from '#server/kernel/work.ts'
import { chosenCycle } from '#server/year/cycle/queries.ts'
import { listAdmittedOf, listBureauPeople, listObjectionPage, listOpen, readSteps } from './queries.ts'

export async function showObjections(look: Look, query: z.infer<typeof listObjections.query>) {
  const cycle = await chosenCycle(look, query.year)
  const { total, rows } = await listObjectionPage(look, query, cycle?.id)
  const steps = await readSteps(
    look.db,
    rows.map((row) => row.id),
  )
  return { total, items: rows.map((row) => shownObjection(look, row, steps.get(row.id) ?? [])) }
}

type ObjectionFound = Awaited<ReturnType<typeof listObjectionPage>>['rows'][number]
type StepFound = Pick<ObjectionStepRow, 'at' | 'action' | 'text'> & { who: string | null }

function shownObjection({ actor, today }: Look, row: ObjectionFound, steps: readonly StepFound[]) {
  return {
    id: row.id,
    noticeTitle: row.noticeTitle,
    schoolName: row.schoolName,
    name: row.name,
    phone: row.phone,
    content: row.content,
    crowded: row.crowded === 1,
    state: row.state,
    receivedAt: row.receivedAt,
    dueOn: row.dueOn,
    overdue: row.dueOn !== null && row.dueOn < today && !isClosed(row.state),
    handlerId: row.handlerId,
    handlerName: row.handlerName,
    admission: row.admission,
    decision: row.decision,
    reply: row.reply,
    junkReason: row.junkReason,
    junkAskedByName: row.junkAskedByName,
    schoolAsked: row.schoolAsked,
    schoolAnswer: row.schoolAnswer,
    steps: steps.map(({ at, who, action, text }) => ({ at, who: who ?? '', action: stepLabels[action], text })),
    updatedAt: row.updatedAt,
    moves: {
      ...movesOf(objectionLife, row.state, (action): Refusal[] => againstMovingObjection(actor, row, action, row)),
      askSchool: againstAskingSchool(actor, row),
    },
  }
}

/** Objections against the actor's own school that were admitted: what it is asked, and never by whom. */
export async function showOwnObjections(look: Look, schoolId: string) {
  const rows = await listAdmittedOf(look.db, schoolId)
  return rows.map((row) => ({
    id: row.id,
    noticeTitle: row.noticeTitle,
    stateLabel: objectionLife.states[row.state],
    receivedOn: shanghaiDate(row.receivedAt),
    schoolAsked: row.schoolAsked,
    schoolAnswer: row.schoolAnswer,
    schoolAnsweredAt: row.schoolAnsweredAt,
    updatedAt: row.updatedAt,
    moves: { answer: againstSchoolAnswering(look.actor, row) },
  }))
}

const officeSteps: Partial<Record<ObjectionState, string>> = {
  received: '异议待受理',
  admitted: '异议待指定核查人',
  decided: '异议待答复',
  notAdmitted: '异议待答复',
  junkAsked: '异议灌水待确认',
}

/** A crowd is one line of the list, not a hundred. */
const SINGLY = 5

export async function listObjectionTodos(look: Look): Promise<Todo[]> {
  const { actor } = look
  const secretaryOf = actor.grants.filter((one) => one.role === 'secretary').map((one) => one.organizationId)
  const ofBureau = hasRole(actor, 'office', 'leader', 'department')
  if (!ofBureau && secretaryOf.length === 0) return []
  const rows = await listOpen(look, ofBureau ? undefined : secretaryOf)
  if (rows.length === 0) return []
  const inService = new Set((await listBureauPeople(look)).map((one) => one.personId))
  const todos = rows.flatMap((row) => {
    const title = titleFor(look, row, inService)
    return title ? [{ title, row }] : []
  })
  return [...Map.groupBy(todos, (one) => one.title)].flatMap(([title, some]) =>
    todosUnder(
      title,
      some.map((one) => one.row),
    ),
  )
}

type OpenFound = Awaited<ReturnType<typeof listOpen>>[number]

function todosUnder(title: string, rows: readonly OpenFound[]): Todo[] {
  const kind = title === HANDLE ? 'objectionToCheck' : 'objection'
  const href = title === ANSWER ? '/console/own-objections' : '/console/objections'
  const due = (dueOn: string | null | undefined) => (dueOn ? { dueDate: dueOn } : {})
  if (rows.length > SINGLY)
    return [{ kind, id: `objections:${title}`, title, detail: `共 ${rows.length} 件。`, ...due(rows[0]?.dueOn), href }]
  return rows.map((row) => {
    const detail = title === ANSWER ? row.schoolAsked : row.content
    return { kind, id: `objection:${row.id}`, title, detail: shortened(detail), ...due(row.dueOn), href }
  })
}

const HANDLE = '异议待核查'
const ANSWER = '有一件针对本校的异议，请说明情况'

function titleFor({ actor }: Look, row: OpenFound, inService: ReadonlySet<string>): string | undefined {
  const { state } = row
  if (state === 'assigned' && row.handlerId !== null && row.handlerId === actor.personId) return HANDLE
  if (row.schoolId !== null && worksAt(actor, row.schoolId, 'secretary'))
    return row.schoolAsked !== '' && row.schoolAnswer === '' && (state === 'admitted' || state === 'assigned')
      ? ANSWER
      : undefined
  if (state === 'junkAsked')
    return hasRole(actor, 'office', 'leader') && row.junkAskedBy !== actor.personId ? officeSteps.junkAsked : undefined
  if (!hasRole(actor, 'office')) return undefined
  if (state === 'assigned' && !inService.has(row.handlerId ?? '')) return '异议的核查人不在岗，请改派'
  return officeSteps[state]
}

function shortened(text: string): string {
  const words = [...text]
  return words.length > 40 ? `${words.slice(0, 40).join('')}…` : text
}
