import type { z } from 'zod'
import { againstUnseen } from '#domain/base/refusal.ts'
import { againstOverseeing } from '#domain/supervision/overseeing.ts'
import { againstRevisingVisit, againstVisitingLater, againstVisitor } from '#domain/supervision/visit.ts'
import type { createVisit, saveVisit } from '#contract/supervision/visit.ts'
import { workingCycle } from '#server/year/cycle/queries.ts'
import { replaceEvidence } from '#server/records/file/actions.ts'
import { findBureauOf } from '#server/records/file/queries.ts'
import { demand, refuse } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { findVisit, listVisitors } from './queries.ts'
import { addVisit, changeVisit } from './writes.ts'

export async function recordVisit(work: Work, asked: z.infer<typeof createVisit.body>): Promise<{ id: string }> {
  const { fileIds, schoolId, visitorId, ...words } = asked
  const bureauId = await findBureauOf(work, schoolId)
  demand(againstOverseeing(work.actor, { schoolId, bureauId }))
  demand(againstVisitingLater(words.visitedOn, work.today))
  const cycle = await workingCycle(work.db, bureauId)
  if (!cycle) throw refuse('windowClosed', '本年度还没有开启，暂不能记走访。')
  const writer = work.actor.personId
  const personId = visitorId ?? writer
  if (personId !== writer) demand(againstVisitor(work.actor, { bureauId }, await listVisitors(work), personId))
  const id = work.newId()
  const recordedBy = personId === writer ? null : writer
  await addVisit(work, { id, bureauId, cycleId: cycle.id, schoolId, personId, recordedBy, ...words })
  await replaceEvidence(work, { schoolId, subjectType: 'visit', subjectId: id, fileIds })
  work.record('visit.recorded', 'visit', id, { schoolId, ...(personId === writer ? {} : { personId }) })
  return { id }
}

export async function reviseVisit(
  work: Work,
  id: string,
  asked: z.infer<typeof saveVisit.body>,
): Promise<{ ok: true }> {
  const visit = await findVisit(work, id)
  demand(againstOverseeing(work.actor, visit))
  demand(againstRevisingVisit(work.actor, visit))
  demand(againstVisitingLater(asked.visitedOn, work.today))
  const { fileIds, seen, visitorId, ...words } = asked
  const personId = visitorId ?? visit.personId
  if (personId !== visit.personId) demand(againstVisitor(work.actor, visit, await listVisitors(work), personId))
  demand(againstUnseen(seen, visit.updatedAt, '保存'))
  await changeVisit(work, visit, { ...words, personId })
  await replaceEvidence(work, { schoolId: visit.schoolId, subjectType: 'visit', subjectId: id, fileIds })
  // The earlier words stay in the record: what a school was told is never rewritten silently.
  const { saw, advised, followUp, visitedOn } = visit
  work.record('visit.revised', 'visit', id, {
    schoolId: visit.schoolId,
    before: { saw, advised, followUp, visitedOn, personId: visit.personId },
  })
  return { ok: true }
}
