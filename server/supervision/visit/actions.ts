import { againstUnseen } from '#domain/base/refusal.ts'
import type { z } from 'zod'
import { againstOverseeing } from '#domain/supervision/rectification.ts'
import { stampAfter } from '#domain/base/stamp.ts'
import { againstRevisingVisit, againstVisitor } from '#domain/supervision/supervision.ts'
import type { createVisit, saveVisit } from '#contract/supervision/visit.ts'
import { workingCycle } from '#server/year/cycle/queries.ts'
import { replaceEvidence } from '#server/records/file/actions.ts'
import { changedOne, demand, found, refuse } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { findVisit, listVisitors } from './queries.ts'

export async function recordVisit(work: Work, asked: z.infer<typeof createVisit.body>): Promise<{ id: string }> {
  const { fileIds, schoolId, visitorId, ...words } = asked
  const school = found(
    await work.db.selectFrom('school').select('bureauId').where('id', '=', schoolId).executeTakeFirst(),
  )
  demand(againstOverseeing(work.actor, { schoolId, bureauId: school.bureauId }))
  if (words.visitedOn > work.today) throw refuse('invalid', '走访日期不能晚于今天。', { field: 'visitedOn' })
  const cycle = await workingCycle(work.db, school.bureauId)
  if (!cycle) throw refuse('windowClosed', '本年度还没有开启，暂不能记走访。')
  const writer = work.actor.personId ?? ''
  const personId = visitorId ?? writer
  if (personId !== writer) demand(againstVisitor(work.actor, school, await listVisitors(work), personId))
  const id = work.newId()
  await work.tx
    .insertInto('visit')
    .values({
      id,
      bureauId: school.bureauId,
      cycleId: cycle.id,
      schoolId,
      personId,
      recordedBy: personId === writer ? null : writer,
      ...words,
      createdAt: work.now,
      updatedAt: work.now,
    })
    .execute()
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
  if (asked.visitedOn > work.today) throw refuse('invalid', '走访日期不能晚于今天。', { field: 'visitedOn' })
  const { fileIds, seen, visitorId, ...words } = asked
  const personId = visitorId ?? visit.personId
  if (personId !== visit.personId) demand(againstVisitor(work.actor, visit, await listVisitors(work), personId))
  demand(againstUnseen(seen, visit.updatedAt, '保存'))
  changedOne(
    await work.tx
      .updateTable('visit')
      .set({ ...words, personId, updatedAt: stampAfter(visit.updatedAt, work.now) })
      .where('id', '=', id)
      .where('updatedAt', '=', visit.updatedAt)
      .executeTakeFirstOrThrow(),
  )
  await replaceEvidence(work, { schoolId: visit.schoolId, subjectType: 'visit', subjectId: id, fileIds })
  // The earlier words stay in the record: what a school was told is never rewritten silently.
  const { saw, advised, followUp, visitedOn } = visit
  work.record('visit.revised', 'visit', id, {
    schoolId: visit.schoolId,
    before: { saw, advised, followUp, visitedOn, personId: visit.personId },
  })
  return { ok: true }
}
