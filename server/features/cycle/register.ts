import { type RawBuilder, sql } from 'kysely'
import type { Cycle } from './store.ts'

/**
 * Schools that a year counts: those on the register, and of a closed year also those that left after its end, so that its figures stay
 * (rule 20). For queries that name the table `school`.
 */
export const counted = (cycle: Pick<Cycle, 'state' | 'closedAt'> | undefined): RawBuilder<boolean> => {
  const retiredAt = sql.ref('school.retiredAt')
  return cycle?.state === 'closed' && cycle.closedAt
    ? sql<boolean>`(${retiredAt} is null or ${retiredAt} > ${cycle.closedAt})`
    : sql<boolean>`${retiredAt} is null`
}
