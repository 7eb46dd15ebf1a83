import { againstUnseen } from '#domain/refusal.ts'
import type { z } from 'zod'
import { againstOverseeing } from '#domain/rectification.ts'
import type { createVisit, saveVisit } from '#contract/visit.ts'
import { workingCycle } from '#server/features/cycle/store.ts'
import { replaceEvidence } from '#server/features/file/actions.ts'
import { changedOne, demand, found, refuse } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { findVisit } from './store.ts'

export async function recordVisit(work: Work, asked: z.infer<typeof createVisit.body>): Promise<{ id: string }> {
  const { fileIds, schoolId, ...words } = asked
  const school = found(
    await work.db.selectFrom('school').select('bureauId').where('id', '=', schoolId).executeTakeFirst(),
  )
  demand(againstOverseeing(work.actor, { schoolId, bureauId: school.bureauId }))
  if (words.visitedOn > work.today) throw refuse('invalid', '走访日期不能晚于今天。', { field: 'visitedOn' })
  const cycle = await workingCycle(work.db, school.bureauId)
  if (!cycle) throw refuse('windowClosed', '本年度还没有开启，暂不能记走访。')
  const id = work.newId()
  await work.tx
    .insertInto('visit')
    .values({
      id,
      bureauId: school.bureauId,
      cycleId: cycle.id,
      schoolId,
      personId: work.actor.personId ?? '',
      ...words,
      createdAt: work.now,
      updatedAt: work.now,
    })
    .execute()
  await replaceEvidence(work, { schoolId, subjectType: 'visit', subjectId: id, fileIds })
  work.record('visit.recorded', 'visit', id, { schoolId })
  return { id }
}

export async function reviseVisit(
  work: Work,
  id: string,
  asked: z.infer<typeof saveVisit.body>,
): Promise<{ ok: true }> {
  const visit = await findVisit(work, id)
  demand(againstOverseeing(work.actor, visit))
  if (visit.personId !== work.actor.personId) throw refuse('roleMissing', '只有记录人本人可以修改。')
  if (asked.visitedOn > work.today) throw refuse('invalid', '走访日期不能晚于今天。', { field: 'visitedOn' })
  const { fileIds, seen, ...words } = asked
  demand(againstUnseen(seen, visit.updatedAt, '保存'))
  changedOne(
    await work.tx
      .updateTable('visit')
      .set({ ...words, updatedAt: work.now })
      .where('id', '=', id)
      .where('updatedAt', '=', visit.updatedAt)
      .executeTakeFirstOrThrow(),
  )
  await replaceEvidence(work, { schoolId: visit.schoolId, subjectType: 'visit', subjectId: id, fileIds })
  // The earlier words stay in the record: what a school was told is never rewritten silently.
  const { saw, advised, followUp, visitedOn } = visit
  work.record('visit.revised', 'visit', id, { schoolId: visit.schoolId, before: { saw, advised, followUp, visitedOn } })
  return { ok: true }
}
