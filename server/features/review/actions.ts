import { nextState } from '#domain/lifecycle.ts'
import { type ResultAction, resultLife, type ResultState } from '#domain/lifecycles/result.ts'
import { changedOne, refuse } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

/** Moves a result inside the work of whoever decides about it; their own rules have been demanded before. */
export async function moveResult(
  work: Work,
  result: { id: string; state: ResultState },
  action: ResultAction,
  values: Partial<{ minutes: string; decidedAt: string; moderation: string; sealedAt: string; sealedBy: string }> = {},
): Promise<void> {
  const to = nextState(resultLife, result.state, action)
  if (!to) throw refuse('notInThisState')
  changedOne(
    await work.tx
      .updateTable('result')
      .set({ state: to, ...values })
      .where('id', '=', result.id)
      .where('state', '=', result.state)
      .executeTakeFirstOrThrow(),
  )
  work.record(`result.${action}`, 'result', result.id, { from: result.state, to })
}
