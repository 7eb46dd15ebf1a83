import type { RecusalRow } from '#server/db/tables/review.ts'
import { sealRow } from '#server/kernel/seal.ts'
import type { Work } from '#server/kernel/work.ts'
import { insertRecusal } from './writes.ts'

/** Writes down and seals that somebody has nothing to do with a school this year; what stands already is not written twice. */
export async function recordRecusal(work: Work, recusal: Omit<RecusalRow, 'id' | 'createdAt'>): Promise<void> {
  const id = work.newId()
  if (!(await insertRecusal(work, { id, ...recusal, createdAt: work.now }))) return
  const { bureauId: _bureau, cycleId: _cycle, ...said } = recusal
  work.record('recusal.recorded', 'recusal', id, { ...said, digest: await sealRow(work, 'recusal', id) })
}
