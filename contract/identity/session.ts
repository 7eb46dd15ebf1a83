import { z } from 'zod'
import { role } from './account.ts'
import { endpoint } from '#contract/endpoint.ts'

export const grantShape = z.strictObject({
  role,
  roleLabel: z.string(),
  organizationId: z.string(),
  organizationName: z.string(),
})

export const readMe = endpoint({
  name: 'readMe',
  method: 'GET',
  path: '/api/me',
  summary: '我是谁、有哪些岗位、为什么看到这些',
  access: 'signedIn',
  reply: z.strictObject({
    personId: z.string(),
    name: z.string(),
    loginName: z.string(),
    bureauId: z.string(),
    bureauName: z.string(),
    mustChange: z.boolean(),
    grants: z.array(grantShape),
    explain: z.array(z.string()),
  }),
})
