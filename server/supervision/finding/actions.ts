import type { z } from 'zod'
import { nextState } from '#domain/base/lifecycle.ts'
import { type FindingAction, findingLife } from '#domain/supervision/findingLife.ts'
import { againstAmendingFinding, againstMovingFinding, findingStamp, silentReply } from '#domain/supervision/finding.ts'
import { againstNoting } from '#domain/supervision/inspection.ts'
import type { recordFinding } from '#contract/supervision/finding.ts'
import { attachEvidence } from '#server/records/file/actions.ts'
import { findInspectedSchool } from '#server/supervision/inspection/queries.ts'
import { issueRectification } from '#server/supervision/rectification/actions.ts'
import { demand, unseen } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { findFinding } from './queries.ts'
import { addFinding, changeFinding } from './writes.ts'

export async function noteFinding(
  work: Work,
  at: { id: string; schoolId: string },
  asked: z.infer<typeof recordFinding.body>,
): Promise<{ id: string }> {
  const { inspection } = await findInspectedSchool(work, at)
  demand(againstNoting(inspection))
  const id = work.newId()
  const { bureauId, cycleId } = inspection
  const recordedBy = work.actor.personId
  await addFinding(work, { id, inspectionId: at.id, schoolId: at.schoolId, bureauId, cycleId, ...asked, recordedBy })
  work.record('finding.recorded', 'finding', id, { schoolId: at.schoolId })
  return { id }
}

export interface FindingWords {
  preliminary?: string
  reply?: string
  opinion?: string
}

export async function moveFinding(
  work: Work,
  id: string,
  action: FindingAction,
  {
    words = {},
    reason,
    seen,
    fileIds = [],
  }: { words?: FindingWords; reason?: string; seen?: string; fileIds?: readonly string[] } = {},
): Promise<{ ok: true }> {
  const finding = await findFinding(work, id)
  demand([
    ...againstMovingFinding(work.actor, finding, action),
    ...unseen(seen, findingStamp(finding), findingLife.actions[action]),
  ])
  const to = nextState(findingLife, finding.state, action) ?? finding.state
  await changeFinding(work, finding, {
    state: to,
    ...words,
    ...(action === 'withdraw' ? { withdrawnReason: reason ?? '' } : {}),
    ...(action === 'reply' ? { repliedAt: work.now } : {}),
    ...(action === 'issue' ? { issuedAt: work.now } : {}),
  })
  const { schoolId } = finding
  if (fileIds.length > 0) await attachEvidence(work, { schoolId, subjectType: 'finding', subjectId: id, fileIds })
  const detail = { schoolId, from: finding.state, to, ...(reason ? { reason } : {}) }
  work.record(`finding.${action}`, 'finding', id, detail)
  return { ok: true }
}

/** The only way past a silent school; who did it and why stands where the reply would. */
export async function amendFinding(
  work: Work,
  id: string,
  { reason, seen }: { reason: string; seen?: string },
): Promise<{ ok: true }> {
  const finding = await findFinding(work, id)
  demand([...againstAmendingFinding(work.actor, finding), ...unseen(seen, findingStamp(finding), '继续办理')])
  await changeFinding(work, finding, { state: 'replied', reply: silentReply(reason) })
  const { schoolId, state } = finding
  work.record('finding.amended', 'finding', id, { schoolId, from: state, to: 'replied', reason })
  return { ok: true }
}

/** The order to mend and the finding's own move stand or fall together. */
export async function orderRectification(
  work: Work,
  id: string,
  { seen, ...asked }: { requirement: string; dueOn?: string | undefined; seen?: string },
): Promise<{ id: string }> {
  const finding = await findFinding(work, id)
  await moveFinding(work, id, 'order', seen === undefined ? {} : { seen })
  return { id: await issueRectification(work, finding, asked) }
}
