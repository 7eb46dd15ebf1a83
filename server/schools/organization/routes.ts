import * as contract from '#contract/schools/organization.ts'
import { listPeople } from '#server/identity/access/queries.ts'
import { act, answer, type Route } from '#server/kernel/routes.ts'
import { confirmSchool, createSchool, editSchool, restoreSchool, retireSchools } from './actions.ts'
import { readSchoolDetail } from './views.ts'

const ok = { ok: true } as const

export const organizationRoutes: readonly Route[] = [
  answer(contract.readSchool, (look, { params }) => readSchoolDetail(look, params.id)),
  act(contract.createSchool, async (work, { body }) => ({ id: await createSchool(work, body) })),
  act(contract.editSchool, async (work, { params, body }) => {
    await editSchool(work, params.id, body)
    return ok
  }),
  act(contract.confirmSchool, async (work, { params, body }) => {
    await confirmSchool(work, params.id, body)
    return ok
  }),
  act(contract.restoreSchool, async (work, { params, body }) => {
    await restoreSchool(work, params.id, body.reason)
    return ok
  }),
  act(contract.retireSchools, async (work, { body }) => {
    await retireSchools(work, body)
    return ok
  }),
  answer(contract.listPeople, async (look, { query }) => ({ items: await listPeople(look, query) })),
]
