import { z } from 'zod'
import { objectionLife } from '#domain/award/objectionLife.ts'
import { moves, seen } from './award.ts'
import { endpoint, filled, id, idParams, inYear, pageOf, pageQuery, stateOf } from '#contract/endpoint.ts'

const office = ['office'] as const
const bureau = ['office', 'leader', 'department'] as const

const objectionRow = z.strictObject({
  id: z.string(),
  noticeTitle: z.string(),
  schoolName: z.string().nullable(),
  /** Empty when the objector stays anonymous. */
  name: z.string(),
  phone: z.string(),
  content: z.string(),
  crowded: z.boolean(),
  state: stateOf(objectionLife),
  receivedAt: z.string(),
  dueOn: z.string().nullable(),
  overdue: z.boolean(),
  handlerId: z.string().nullable(),
  handlerName: z.string().nullable(),
  admission: z.string(),
  decision: z.string(),
  reply: z.string(),
  junkReason: z.string(),
  junkAskedByName: z.string().nullable(),
  schoolAsked: z.string(),
  schoolAnswer: z.string(),
  steps: z.array(z.strictObject({ at: z.string(), who: z.string(), action: z.string(), text: z.string() })),
  updatedAt: z.string(),
  moves,
})

export const listObjections = endpoint({
  name: 'listObjections',
  method: 'GET',
  path: '/api/objections',
  summary: '公示期间的异议；核查人只看到指定给自己的，分包领导另看到待确认的灌水',
  access: bureau,
  query: z.strictObject({ ...pageQuery, ...inYear, state: stateOf(objectionLife, 'crowded', '').default('') }),
  reply: pageOf(objectionRow),
})

const objectionMove = (
  name: string,
  path: string,
  summary: string,
  access: readonly ('office' | 'leader' | 'department')[] = office,
) =>
  endpoint({
    name,
    method: 'POST',
    path: `/api/objections/:id/${path}`,
    summary,
    access,
    params: idParams,
    body: z.strictObject({ text: filled(2000), seen }),
  })

export const admitObjection = objectionMove('admitObjection', 'admit', '受理异议')
export const dismissObjection = objectionMove('dismissObjection', 'dismiss', '不予受理，写明理由')
export const decideObjection = objectionMove('decideObjection', 'decide', '核查人写明结论和理由', bureau)
export const sendBackObjection = objectionMove('sendBackObjection', 'sendBack', '结论退回核查人重查，写明理由')
export const replyObjection = objectionMove('replyObjection', 'reply', '答复异议人')
export const amendReply = objectionMove('amendReply', 'amendReply', '更正给异议人的答复，原答复留存')
export const restoreObjection = objectionMove('restoreObjection', 'restore', '按灌水处理错了的，恢复办理')
export const askSchool = objectionMove('askSchool', 'askSchool', '请被异议的学校说明情况，不透露提出人', bureau)

export const assignObjection = endpoint({
  name: 'assignObjection',
  method: 'POST',
  path: '/api/objections/:id/assign',
  summary: '指定核查人，系统核对回避',
  access: office,
  params: idParams,
  body: z.strictObject({ handlerId: id, seen }),
})

export const reassignObjection = endpoint({
  name: 'reassignObjection',
  method: 'POST',
  path: '/api/objections/:id/reassign',
  summary: '改派核查人，写明理由',
  access: office,
  params: idParams,
  body: z.strictObject({ handlerId: id, reason: filled(500), seen }),
})

const ids = z.array(id).min(1, '请至少选一件').max(2000, '一次不超过 2000 件')

export const askJunk = endpoint({
  name: 'askJunk',
  method: 'POST',
  path: '/api/objections/junk',
  summary: '把选中的异议列为灌水，写明一个理由，由另一人确认',
  access: office,
  body: z.strictObject({ ids, reason: filled(500) }),
  reply: z.strictObject({ count: z.int() }),
})

export const judgeJunk = endpoint({
  name: 'judgeJunk',
  method: 'POST',
  path: '/api/objections/junk/judge',
  summary: '由另一人确认是灌水，或者退回正常办理',
  access: ['office', 'leader'],
  body: z.strictObject({ ids, action: z.enum(['confirm', 'drop']) }),
  reply: z.strictObject({ count: z.int() }),
})

export const listHandlers = endpoint({
  name: 'listHandlers',
  method: 'GET',
  path: '/api/objections/handlers',
  summary: '可以核查异议的局内人员',
  access: office,
  reply: z.array(z.strictObject({ personId: z.string(), name: z.string() })),
})

export const listOwnObjections = endpoint({
  name: 'listOwnObjections',
  method: 'GET',
  path: '/api/objections/own',
  summary: '受理了的、针对本校的异议：请学校说明什么，学校怎样说明',
  access: ['secretary', 'clerk'],
  reply: z.array(
    z.strictObject({
      id: z.string(),
      noticeTitle: z.string(),
      stateLabel: z.string(),
      receivedOn: z.string(),
      schoolAsked: z.string(),
      schoolAnswer: z.string(),
      schoolAnsweredAt: z.string().nullable(),
      updatedAt: z.string(),
      moves,
    }),
  ),
})

export const answerOwnObjection = endpoint({
  name: 'answerOwnObjection',
  method: 'POST',
  path: '/api/objections/:id/answer',
  summary: '学校书记说明情况',
  access: ['secretary'],
  params: idParams,
  body: z.strictObject({ text: filled(2000), seen }),
})
