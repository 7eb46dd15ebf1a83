import type { z } from 'zod'
import { hasRole, isOffice, worksAt } from '#domain/base/actor.ts'
import { movesOf } from '#domain/base/lifecycle.ts'
import { shanghaiDate } from '#domain/base/calendar.ts'
import { type ObjectionAction, objectionLife, type ObjectionState } from '#domain/award/objectionLife.ts'
import { againstAskingSchool, againstMovingObjection, againstSchoolAnswering } from '#domain/award/objection.ts'
import type { Refusal } from '#domain/base/refusal.ts'
import type { listObjections } from '#contract/award/objection.ts'
import { chosenCycle } from '#server/year/cycle/queries.ts'
import type { Todo } from '#contract/home/todo.ts'
import { demandSight, notBarred } from '#server/identity/recusal/queries.ts'
import { found, notFound } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { byName } from '#server/kernel/names.ts'
import { contains } from '#server/kernel/contains.ts'

/** Neither answered nor put aside as junk by two people: these hold up the end of the notice. */
const CLOSED = ['replied', 'junk'] as const satisfies ObjectionState[]

export async function findObjection(look: Look, id: string) {
  const row = found(
    await look.db
      .selectFrom('objection')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', look.actor.bureauId)
      .executeTakeFirst(),
  )
  // Whoever is neither the office nor its handler does not learn that there is an objection.
  const own = row.schoolId !== null && worksAt(look.actor, row.schoolId)
  if (!isOffice(look.actor, row.bureauId) && row.handlerId !== look.actor.personId && !own) throw notFound()
  if (row.schoolId !== null && !own) await demandSight(look, { ...row, schoolId: row.schoolId })
  return { ...row, state: row.state as ObjectionState }
}

/** The objection behind a receipt, the first one or one of the same words sent again. */
export function findByReceipt(db: ReadOnly, receiptHash: string) {
  return db
    .selectFrom('objection')
    .select(['id', 'content', 'state', 'receivedAt', 'dueOn', 'admitted', 'admission', 'reply', 'junkReason'])
    .where((eb) =>
      eb.or([
        eb('receiptHash', '=', receiptHash),
        eb(
          'id',
          'in',
          eb
            .selectFrom('objectionReceipt')
            .select('objectionId')
            .where('objectionReceipt.receiptHash', '=', receiptHash),
        ),
      ]),
    )
    .executeTakeFirst()
}

export async function countOpenObjections(db: ReadOnly, cycleId: string): Promise<number> {
  const row = await db
    .selectFrom('objection')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('cycleId', '=', cycleId)
    .where('state', 'not in', CLOSED)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

function inSight(look: Look, query: z.infer<typeof listObjections.query>, cycleId: string | undefined) {
  const bureauId = look.actor.bureauId
  let rows = look.db
    .selectFrom('objection')
    .innerJoin('notice', 'notice.id', 'objection.noticeId')
    .leftJoin('school', 'school.id', 'objection.schoolId')
    .leftJoin('person', 'person.id', 'objection.handlerId')
    .leftJoin('person as asker', 'asker.id', 'objection.junkAskedBy')
    .where('objection.bureauId', '=', bureauId)
    .where(notBarred(look, 'objection.cycleId', 'objection.schoolId'))
  if (!isOffice(look.actor, bureauId)) {
    // A leader may be the second person who looks at what was named junk.
    const second = hasRole(look.actor, 'leader')
    rows = rows.where((eb) =>
      eb.or([
        eb('objection.handlerId', '=', look.actor.personId),
        ...(second ? [eb('objection.state', '=', 'junkAsked' satisfies ObjectionState)] : []),
      ]),
    )
  }
  if (cycleId) rows = rows.where('objection.cycleId', '=', cycleId)
  if (query.state === 'crowded')
    rows = rows.where('objection.crowded', '=', 1).where('objection.state', '=', 'received')
  else if (query.state) rows = rows.where('objection.state', '=', query.state)
  if (query.q) rows = rows.where(contains(look.db, ['objection.content'], query.q))
  return rows
}

export async function listObjectionRows(look: Look, query: z.infer<typeof listObjections.query>) {
  const bureauId = look.actor.bureauId
  const cycle = await chosenCycle(look, query.year)
  const { total } = await inSight(look, query, cycle?.id)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await inSight(look, query, cycle?.id)
    .selectAll('objection')
    .select([
      'notice.title as noticeTitle',
      'school.name as schoolName',
      'person.name as handlerName',
      'asker.name as junkAskedByName',
    ])
    .orderBy('objection.receivedAt', 'desc')
    .orderBy('objection.id', 'desc')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  const steps = await readSteps(
    look.db,
    rows.map((row) => row.id),
  )
  return {
    total: Number(total),
    items: rows.map((row) => {
      const state = row.state as ObjectionState
      const subject = { ...row, bureauId, state }
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
        overdue: row.dueOn !== null && row.dueOn < look.today && !CLOSED.some((one) => one === state),
        handlerId: row.handlerId,
        handlerName: row.handlerName,
        admission: row.admission,
        decision: row.decision,
        reply: row.reply,
        junkReason: row.junkReason,
        junkAskedByName: row.junkAskedByName,
        schoolAsked: row.schoolAsked,
        schoolAnswer: row.schoolAnswer,
        steps: (steps.get(row.id) ?? []).map(({ at, who, action, text }) => ({
          at,
          who: who ?? '',
          action: stepLabel(action),
          text,
        })),
        updatedAt: row.updatedAt,
        moves: {
          ...movesOf(objectionLife, state, (action): Refusal[] =>
            againstMovingObjection(look.actor, subject, action, row),
          ),
          askSchool: againstAskingSchool(look.actor, subject),
        },
      }
    }),
  }
}

const stepLabel = (action: string): string =>
  ({ askSchool: '请学校说明', answerSchool: '学校说明' })[action] ??
  objectionLife.actions[action as ObjectionAction] ??
  action

/** Every step with its words, in the order in which they were taken. */
async function readSteps(db: ReadOnly, ids: readonly string[]) {
  const rows = await db
    .selectFrom('objectionStep')
    .leftJoin('person', 'person.id', 'objectionStep.personId')
    .select(['objectionId', 'at', 'action', 'text', 'person.name as who'])
    .where('objectionId', 'in', ids)
    .orderBy('at')
    .orderBy('objectionStep.id')
    .execute()
  return Map.groupBy(rows, (row) => row.objectionId)
}

/** Bureau people in service who may check an objection; the conflict with a school is checked when one is assigned. */
export async function listBureauPeople(look: Look) {
  const rows = await look.db
    .selectFrom('person')
    .innerJoin('roleGrant', 'roleGrant.personId', 'person.id')
    .innerJoin('account', 'account.personId', 'person.id')
    .select(['person.id as personId', 'person.name'])
    .where('person.bureauId', '=', look.actor.bureauId)
    .where('roleGrant.role', 'in', ['office', 'leader', 'department'])
    .where('roleGrant.endedAt', 'is', null)
    .where('account.state', '!=', 'disabled')
    .groupBy(['person.id', 'person.name'])
    .orderBy('person.id')
    .execute()
  return rows.toSorted(byName)
}

/** Objections against the actor's own school that were admitted: what it is asked, and never by whom. */
export async function listOwnRows(look: Look, schoolId: string) {
  const rows = await look.db
    .selectFrom('objection')
    .innerJoin('notice', 'notice.id', 'objection.noticeId')
    .selectAll('objection')
    .select('notice.title as noticeTitle')
    .where('objection.schoolId', '=', schoolId)
    .where('objection.admitted', '=', 1)
    .orderBy('objection.receivedAt', 'desc')
    .orderBy('objection.id', 'desc')
    .limit(200)
    .execute()
  return rows.map((row) => {
    const state = row.state as ObjectionState
    return {
      id: row.id,
      noticeTitle: row.noticeTitle,
      stateLabel: objectionLife.states[state],
      receivedOn: shanghaiDate(row.receivedAt),
      schoolAsked: row.schoolAsked,
      schoolAnswer: row.schoolAnswer,
      schoolAnsweredAt: row.schoolAnsweredAt,
      updatedAt: row.updatedAt,
      moves: { answer: againstSchoolAnswering(look.actor, { ...row, state }) },
    }
  })
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
  let open = look.db
    .selectFrom('objection')
    .select(['id', 'state', 'content', 'handlerId', 'schoolId', 'dueOn', 'junkAskedBy', 'schoolAsked', 'schoolAnswer'])
    .where('bureauId', '=', actor.bureauId)
    .where('state', 'not in', CLOSED)
  if (!ofBureau) open = open.where('schoolId', 'in', secretaryOf)
  else open = open.where(notBarred(look, 'objection.cycleId', 'objection.schoolId'))
  const rows = await open.orderBy('receivedAt').limit(2000).execute()
  if (rows.length === 0) return []
  const inService = new Set((await listBureauPeople(look)).map((one) => one.personId))
  const todos = rows.flatMap((row) => {
    const title = titleFor(look, row, inService)
    return title ? [{ title, row }] : []
  })
  return [...Map.groupBy(todos, (one) => one.title)].flatMap(([title, some]): Todo[] => {
    const base = { kind: title === HANDLE ? 'objectionToCheck' : 'objection' }
    const href = title === ANSWER ? '/console/own-objections' : '/console/objections'
    const due = (dueOn: string | null | undefined) => (dueOn ? { dueDate: dueOn } : {})
    if (some.length > SINGLY)
      return [
        {
          ...base,
          id: `objections:${title}`,
          title,
          detail: `共 ${some.length} 件。`,
          ...due(some[0]?.row.dueOn),
          href,
        },
      ]
    return some.map(({ row }) => {
      const detail = title === ANSWER ? row.schoolAsked : row.content
      return { ...base, id: `objection:${row.id}`, title, detail: shortened(detail), ...due(row.dueOn), href }
    })
  })
}

const HANDLE = '异议待核查'
const ANSWER = '有一件针对本校的异议，请说明情况'

interface TodoRow {
  state: string
  handlerId: string | null
  schoolId: string | null
  junkAskedBy: string | null
  schoolAsked: string
  schoolAnswer: string
}

function titleFor({ actor }: Look, row: TodoRow, inService: ReadonlySet<string>): string | undefined {
  const state = row.state as ObjectionState
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
