import { z } from 'zod'
import { endpoint, id, idParams } from '#contract/endpoint.ts'
import { inBureau } from './organization.ts'

const person = z.strictObject({ personId: id, name: z.string() })

export const readDuties = endpoint({
  name: 'readDuties',
  method: 'GET',
  path: '/api/contacts',
  summary: '联系点分工：片区的分包领导、学校的联系股室，以及还没有安排的',
  access: inBureau,
  reply: z.strictObject({
    zones: z.array(
      z.strictObject({
        id,
        name: z.string(),
        /** `gone`: the account is disabled or the role was taken; such a person leads nobody and does not count. */
        leaders: z.array(person.extend({ gone: z.boolean() })),
        /** Of these leaders: whoever sets others names it. */
        stamp: z.string(),
        schools: z.array(
          z.strictObject({
            id,
            name: z.string(),
            stage: z.string(),
            departmentId: id.nullable(),
            departmentName: z.string().nullable(),
            /** Nobody of the department can sign in any more. */
            departmentGone: z.boolean(),
          }),
        ),
      }),
    ),
    schoolTotal: z.int(),
    /** Schools whose department has somebody who can act. */
    coveredTotal: z.int(),
    /** Who may be chosen; empty for those who may not choose. */
    leaders: z.array(person),
    departments: z.array(z.strictObject({ id, name: z.string() })),
  }),
})

export const setZoneLeaders = endpoint({
  name: 'setZoneLeaders',
  method: 'PUT',
  path: '/api/contacts/zones/:id',
  summary: '确定一个片区的分包领导',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ personIds: z.array(id).max(10, '一个片区的分包领导不超过 10 人'), seen: z.string() }),
})

export const setSchoolDepartment = endpoint({
  name: 'setSchoolDepartment',
  method: 'PUT',
  path: '/api/contacts/schools',
  summary: '给一批学校确定联系股室，或取消',
  access: ['office'],
  body: z.strictObject({
    schoolIds: z.array(id).min(1, '请选择学校').max(2000, '一次不超过 2000 所'),
    departmentId: id.nullable(),
  }),
})
