import * as contract from '#contract/schools/organization.ts'
import { act, answer, type Route } from '#server/kernel/routes.ts'
import type { Look } from '#server/kernel/work.ts'
import { addDepartment, addZone, keepGroup, removeZone, renameDivision } from './actions.ts'
import { listGroups, readDivisions } from './queries.ts'

const ok = { ok: true } as const
const bureauOf = (one: Pick<Look, 'actor'>): string => one.actor.bureauId

export const divisionRoutes: readonly Route[] = [
  answer(contract.readDivisions, (look) => readDivisions(look.db, bureauOf(look))),
  act(contract.addDivision, async (work, { params, body }) => ({
    id: await (params.kind === 'zones' ? addZone : addDepartment)(work, bureauOf(work), body.name),
  })),
  act(contract.renameDivision, async (work, { params, body }) => {
    await renameDivision(work, params, body.name)
    return ok
  }),
  act(contract.removeZone, async (work, { params, body }) => {
    await removeZone(work, params.id, body)
    return ok
  }),
  answer(contract.listGroups, async (look) => ({ items: await listGroups(look) })),
  act(contract.addGroup, async (work, { body }) => ({ id: await keepGroup(work, bureauOf(work), body) })),
  act(contract.editGroup, async (work, { params, body }) => {
    await keepGroup(work, bureauOf(work), { ...body, id: params.id })
    return ok
  }),
]
