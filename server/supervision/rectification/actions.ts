import { addDays } from '#domain/base/calendar.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { type RectificationAction, rectificationLife } from '#domain/supervision/rectificationLife.ts'
import {
  againstDelay,
  againstDueDate,
  againstMovingRectification,
  orderStamp,
} from '#domain/supervision/rectification.ts'
import { readCycle } from '#server/year/cycle/queries.ts'
import { attachEvidence } from '#server/records/file/actions.ts'
import { demand, unseen } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import type { RectificationRow } from '#server/db/tables/supervision.ts'
import { findRectification } from './queries.ts'
import { addRectification, changeRectification } from './writes.ts'

/** What a step brings with it: the words of whoever takes it. */
export interface OrderStep {
  plan?: string
  report?: string
  fileIds?: readonly string[]
  verdict?: string
  dueOn?: string | undefined
  reason?: string
  seen?: string
}

/** Makes the order that a finding leads to; the finding's own action has checked who may. */
export async function issueRectification(
  work: Work,
  finding: { id: string; schoolId: string; bureauId: string; cycleId: string },
  asked: { requirement: string; dueOn?: string | undefined },
): Promise<string> {
  const dueOn = await dueDate(work, finding.cycleId, asked.dueOn)
  const id = work.newId()
  const { schoolId, bureauId, cycleId } = finding
  const { requirement } = asked
  const issuedBy = work.actor.personId
  await addRectification(work, { id, findingId: finding.id, schoolId, bureauId, cycleId, requirement, dueOn, issuedBy })
  work.record('rectification.ordered', 'rectification', id, { schoolId, dueOn })
  return id
}

export async function moveRectification(
  work: Work,
  id: string,
  action: RectificationAction,
  move: OrderStep = {},
): Promise<{ ok: true }> {
  const order = await findRectification(work, id)
  const { fileIds, seen, ...words } = move
  demand([
    ...againstMovingRectification(work.actor, order, action, work.today),
    ...unseen(seen, orderStamp(order), rectificationLife.actions[action]),
  ])
  const to = nextState(rectificationLife, order.state, action) ?? order.state
  const traces = await tracesOf(work, order, action, move)
  await changeRectification(work, order, { state: to, ...traces })
  if (fileIds && fileIds.length > 0)
    await attachEvidence(work, { schoolId: order.schoolId, subjectType: 'rectification', subjectId: id, fileIds })
  // Every round's words stay in the record, because the next round writes over them.
  work.record(`rectification.${action}`, 'rectification', id, {
    schoolId: order.schoolId,
    from: order.state,
    to,
    ...words,
    ...('dueOn' in traces ? { dueOn: traces.dueOn } : {}),
    ...(action === 'declineExtension' ? { askedDueOn: order.askedDueOn } : {}),
  })
  return { ok: true }
}

async function tracesOf(work: Work, order: RectificationRow, action: RectificationAction, move: OrderStep) {
  const me = work.actor.personId
  if (action === 'acknowledge') return { acknowledgedAt: work.now }
  if (action === 'plan') return { plan: move.plan ?? '' }
  if (action === 'report') return { report: move.report ?? '', reportedAt: work.now, reportedBy: me }
  const verified = { verifiedAt: work.now, verifiedBy: me, verdict: move.verdict ?? '' }
  if (action === 'pass') return { ...verified, closedAt: work.now }
  if (action === 'fail')
    return {
      ...verified,
      round: order.round + 1,
      dueOn: await dueDate(work, order.cycleId, move.dueOn),
      acknowledgedAt: null,
      issuedAt: work.now,
      ...answered,
    }
  if (action === 'ask')
    return {
      askedDueOn: await laterDate(work, order, move.dueOn),
      askedReason: move.reason ?? '',
      extensionAnswer: null,
    }
  if (action === 'declineExtension') return { ...answered, extensionAnswer: move.reason ?? '' }
  if (action === 'extend')
    return { dueOn: await laterDate(work, order, move.dueOn), extendedReason: move.reason ?? '', ...answered }
  return { closedAt: work.now }
}

/** No request for more time waits any longer. */
const answered = { askedDueOn: null, askedReason: null, extensionAnswer: null } as const

async function laterDate(work: Work, order: RectificationRow, asked: string | undefined): Promise<string> {
  const dueOn = await dueDate(work, order.cycleId, asked)
  demand(againstDelay(dueOn, order))
  return dueOn
}

async function dueDate(work: Work, cycleId: string, asked: string | undefined): Promise<string> {
  if (asked) demand(againstDueDate(asked, work.today))
  return asked ?? addDays(work.today, (await readCycle(work.db, cycleId)).settings.rectificationDays)
}
