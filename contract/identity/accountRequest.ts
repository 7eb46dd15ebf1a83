import { z } from 'zod'
import { keysOf } from '#domain/base/record.ts'
import { requestKinds } from '#domain/identity/accountRequest.ts'
import { accountRequestLife } from '#domain/identity/accountRequestLife.ts'
import { endpoint, filled, id, idParams, pageOf, pageQuery, refusalShape, stateOf } from '#contract/endpoint.ts'

const keepers = ['admin', 'security'] as const
/** The office stands in where a keeper is the subject; the auditor looks on. */
const readers = ['admin', 'security', 'office', 'auditor'] as const
const deciders = ['admin', 'security', 'office'] as const

export const requestFilter = {
  ...pageQuery,
  state: stateOf(accountRequestLife, '', 'unnoted').default(''),
} as const

const requestItem = z.strictObject({
  id: z.string(),
  kind: z.enum(keysOf(requestKinds)),
  /** What is asked, in words. */
  what: z.string(),
  state: stateOf(accountRequestLife),
  personId: z.string(),
  name: z.string(),
  loginName: z.string(),
  reason: z.string(),
  askedByName: z.string(),
  askedAt: z.string(),
  decidedByName: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decision: z.string().nullable(),
  /** Whether the asker, who holds both administrations, released it alone. */
  alone: z.boolean(),
  confirmedAt: z.string().nullable(),
  notedAt: z.string().nullable(),
  /** Whether the actor may print the slip now. */
  printable: z.boolean(),
  moves: z.record(z.string(), z.array(refusalShape)),
})

export const listRequests = endpoint({
  name: 'listRequests',
  method: 'GET',
  path: '/api/account-requests',
  summary: '双人办理：重设密码、授予局内重要岗位的申请与放行',
  access: readers,
  query: z.strictObject(requestFilter),
  reply: pageOf(requestItem),
})

export const askSlips = endpoint({
  name: 'askSlips',
  method: 'POST',
  path: '/api/account-requests',
  summary: '为已经用过的账号申请重设密码，由另一位管理员放行后打印激活单',
  access: keepers,
  body: z.strictObject({ personIds: z.array(id).min(1, '请先选择人员').max(100), reason: filled(200) }),
  reply: z.strictObject({ ids: z.array(z.string()) }),
})

export const releaseRequest = endpoint({
  name: 'releaseRequest',
  method: 'POST',
  path: '/api/account-requests/:id/release',
  summary: '放行别人的申请；授予岗位的随即生效',
  access: deciders,
  params: idParams,
})

export const refuseRequest = endpoint({
  name: 'refuseRequest',
  method: 'POST',
  path: '/api/account-requests/:id/refuse',
  summary: '不同意别人的申请',
  access: deciders,
  params: idParams,
  body: z.strictObject({ reason: filled(200) }),
})

export const withdrawRequest = endpoint({
  name: 'withdrawRequest',
  method: 'POST',
  path: '/api/account-requests/:id/withdraw',
  summary: '撤回自己的申请',
  access: keepers,
  params: idParams,
})

export const noteRequest = endpoint({
  name: 'noteRequest',
  method: 'POST',
  path: '/api/account-requests/:id/note',
  summary: '审计员标记已查看',
  access: ['auditor'],
  params: idParams,
})
