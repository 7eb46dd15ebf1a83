import { schoolScope } from '#domain/base/actor.ts'
import { movesOf } from '#domain/base/lifecycle.ts'
import { inspectionLife } from '#domain/supervision/inspectionLife.ts'
import {
  againstDeletingInspection,
  againstEditingInspection,
  againstMovingInspection,
} from '#domain/supervision/inspection.ts'
import { listFindingItems } from '#server/supervision/finding/views.ts'
import type { Look } from '#server/kernel/work.ts'
import { findInspection, listInspectedSchools } from './queries.ts'

/** One round with the schools that this person reaches and what was found there. */
export async function readRound(look: Look, id: string) {
  const inspection = await findInspection(look, id)
  const { bureauId: _, cycleId: _year, createdAt: _made, closedAt: _closed, schoolCount: _count, ...round } = inspection
  const scope = schoolScope(look.actor)
  return {
    ...round,
    schools: await listInspectedSchools(look, id, scope),
    findings: await listFindingItems(look, scope, { inspectionId: id }),
    moves: {
      ...movesOf(inspectionLife, round.state, (action) => againstMovingInspection(look.actor, inspection, action)),
      ...(round.state === 'draft'
        ? {
            edit: againstEditingInspection(look.actor, inspection),
            delete: againstDeletingInspection(look.actor, inspection),
          }
        : {}),
    },
  }
}
