import * as contract from '#contract/schools/contact.ts'
import { act, answer, type Route, show } from '#server/kernel/routes.ts'
import { setSchoolDepartment, setZoneLeaders } from './actions.ts'
import { sendDutySheet } from './documents.ts'
import { readDuties } from './views.ts'

const ok = { ok: true } as const

export const contactRoutes: readonly Route[] = [
  answer(contract.readDuties, (look) => readDuties(look)),
  act(contract.setZoneLeaders, async (work, { params, body }) => {
    await setZoneLeaders(work, params.id, body)
    return ok
  }),
  act(contract.setSchoolDepartment, async (work, { body }) => {
    await setSchoolDepartment(work, body.schoolIds, body.departmentId)
    return ok
  }),
  show({ name: 'exportDuties', path: '/api/contacts.xlsx', access: contract.readDuties.access }, sendDutySheet),
]
