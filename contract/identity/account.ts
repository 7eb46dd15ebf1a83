import { z } from 'zod'
import { type Role, roles } from '#domain/base/actor.ts'
import { accountStates } from '#domain/identity/account.ts'
import { endpoint, filled, id, idParams, pageOf, pageQuery, refusalShape, text } from '#contract/endpoint.ts'

const keepers = ['admin', 'security'] as const
export const role = z.enum(roles as [Role, ...Role[]], '没有这个岗位')

export const accountFilter = {
  ...pageQuery,
  /** `left` works at a school that was closed or merged, `bare` has no role, `former` is a secretary whom the
   * register does not name any more, `post` bears the name of a post; all can still sign in. */
  state: z.enum(['', 'active', 'disabled', 'waiting', 'locked', 'left', 'bare', 'former', 'post']).default(''),
  role: z.union([z.literal(''), role]).default(''),
} as const

const accountItem = z.strictObject({
  personId: z.string(),
  name: z.string(),
  loginName: z.string(),
  state: z.enum(accountStates),
  /** Has never chosen a password: waits for its activation slip. */
  waiting: z.boolean(),
  locked: z.boolean(),
  roles: z.array(z.string()),
  lastSignInAt: z.string().nullable(),
})

export const listAccounts = endpoint({
  name: 'listAccounts',
  method: 'GET',
  path: '/api/accounts',
  summary: '账号列表：查找、筛选、翻页',
  access: keepers,
  query: z.strictObject(accountFilter),
  reply: pageOf(accountItem),
})

export const readAccount = endpoint({
  name: 'readAccount',
  method: 'GET',
  path: '/api/accounts/:id',
  summary: '一个账号：岗位、状态、能做什么',
  access: keepers,
  params: idParams,
  reply: z.strictObject({
    personId: z.string(),
    name: z.string(),
    loginName: z.string(),
    phone: z.string().nullable(),
    title: z.string().nullable(),
    state: z.enum(accountStates),
    waiting: z.boolean(),
    locked: z.boolean(),
    lastSignInAt: z.string().nullable(),
    createdAt: z.string(),
    grants: z.array(
      z.strictObject({
        id: z.string(),
        role,
        roleLabel: z.string(),
        organizationName: z.string(),
        departmentName: z.string().nullable(),
        createdAt: z.string(),
      }),
    ),
    moves: z.record(z.string(), z.array(refusalShape)),
  }),
})

export const addAccount = endpoint({
  name: 'addAccount',
  once: true,
  method: 'POST',
  path: '/api/accounts',
  summary: '新增一个人的账号（岗位另由安全管理员授予）',
  access: ['admin'],
  body: z.strictObject({
    name: filled(30),
    loginName: filled(32),
    phone: text(30).default(''),
    title: text(40).default(''),
  }),
  reply: z.strictObject({ id: z.string() }),
})

export const disableAccount = endpoint({
  name: 'disableAccount',
  method: 'POST',
  path: '/api/accounts/:id/disable',
  summary: '停用账号，正在进行的登录立即结束',
  access: ['admin'],
  params: idParams,
  body: z.strictObject({ reason: filled(200) }),
})

export const renamePerson = endpoint({
  name: 'renamePerson',
  method: 'POST',
  path: '/api/accounts/:id/rename',
  summary: '更正一个人的姓名',
  access: keepers,
  params: idParams,
  /** `seen`: the name that stood on the screen. */
  body: z.strictObject({ name: filled(30), seen: text(60) }),
})

export const enableAccount = endpoint({
  name: 'enableAccount',
  method: 'POST',
  path: '/api/accounts/:id/enable',
  summary: '恢复账号',
  access: ['admin'],
  params: idParams,
})

export const giveRole = endpoint({
  name: 'giveRole',
  once: true,
  method: 'POST',
  path: '/api/accounts/:id/grants',
  summary: '授予岗位，立即生效；党工委办和三员的岗位须另一人放行',
  access: ['security'],
  params: idParams,
  body: z.strictObject({
    role,
    organizationId: id,
    departmentId: z.union([z.literal(''), id]).default(''),
    reason: text(200).default(''),
  }),
  /** `waits`: the role is given when a second person releases the request of that id. */
  reply: z.strictObject({ id: z.string(), waits: z.boolean() }),
})

export const takeRole = endpoint({
  name: 'takeRole',
  method: 'POST',
  path: '/api/accounts/:id/grants/:grantId/revoke',
  summary: '撤销岗位，立即生效',
  access: ['security'],
  params: z.strictObject({ id, grantId: id }),
})

export const unlockAccount = endpoint({
  name: 'unlockAccount',
  method: 'POST',
  path: '/api/accounts/:id/unlock',
  summary: '解除因连续输错密码造成的锁定',
  access: ['security'],
  params: idParams,
})

export const listPlaces = endpoint({
  name: 'listPlaces',
  method: 'GET',
  path: '/api/accounts-places',
  summary: '可以授予岗位的单位和股室，按名称查找',
  access: ['security'],
  query: z.strictObject({ q: text(60).default('') }),
  reply: z.strictObject({
    bureau: z.strictObject({ id: z.string(), name: z.string() }),
    schools: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    departments: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  }),
})
