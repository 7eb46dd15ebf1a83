import { isSameName } from '#domain/identity/account.ts'
import { againstReadingSchool, hasRole, worksAt } from '#domain/base/actor.ts'
import {
  againstConfirmingSchool,
  againstEditingSchool,
  againstRestoringSchool,
  againstRetiring,
} from '#domain/schools/organization.ts'
import * as contract from '#contract/schools/organization.ts'
import { demand } from '#server/kernel/problem.ts'
import { act, answer, type Route, show } from '#server/kernel/routes.ts'
import type { Look, Work } from '#server/kernel/work.ts'
import {
  addDepartment,
  addZone,
  confirmSchool,
  createSchool,
  editSchool,
  keepGroup,
  removeZone,
  renameDivision,
  restoreSchool,
  retireSchools,
} from './actions.ts'
import { sendListTemplate, sendSchoolSheet } from './documents.ts'
import {
  listGroups,
  listPeople,
  listSchools,
  readDivisions,
  readSchoolRecord,
  readStanding,
  readTree,
} from './queries.ts'

const ok = { ok: true } as const
const bureauOf = (one: Look | Work): string => one.actor.bureauId

export const organizationRoutes: readonly Route[] = [
  answer(contract.listSchools, (look, { query }) => listSchools(look, query)),
  answer(contract.readSchool, (look, { params }) => schoolDetail(look, params.id)),
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
  show({ name: 'schoolListTemplate', path: '/api/school-list/template.xlsx', access: ['office'] }, sendListTemplate),
  show({ name: 'exportSchools', path: '/api/schools.xlsx', access: contract.inBureau }, sendSchoolSheet),
  answer(contract.readTree, (look) => readTree(look)),
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
  answer(contract.listPeople, async (look, { query }) => ({ items: await listPeople(look, query) })),
]

async function schoolDetail(look: Look, id: string) {
  const standing = await readStanding(look.db, id)
  demand(againstReadingSchool(look.actor, standing))
  const { accounts, ...record } = await readSchoolRecord(look.db, id)
  const mayKnow = hasRole(look.actor, 'office') || worksAt(look.actor, id)
  return {
    ...record,
    accounts: mayKnow
      ? accounts.map(({ organizationId: _school, ...one }) => ({
          ...one,
          former: one.role === 'secretary' && !isSameName(one.name, record.school.secretaryName),
        }))
      : [],
    moves: {
      edit: againstEditingSchool(look.actor, standing),
      confirm: againstConfirmingSchool(look.actor, standing),
      retire: againstRetiring(look.actor, standing),
      restore: againstRestoringSchool(look.actor, standing),
    },
  }
}
