import { z } from 'zod'
import { findingLife } from '#domain/supervision/findingLife.ts'
import { severities } from '#domain/supervision/finding.ts'
import {
  date,
  endpoint,
  filled,
  id,
  idParams,
  inYear,
  movesShape,
  pageOf,
  pageQuery,
  seen,
  stateOf,
  stepsAt,
} from '#contract/endpoint.ts'
import { attached } from '#contract/records/file.ts'

const bureau = ['office', 'leader', 'department'] as const
const school = ['secretary', 'clerk'] as const
const step = stepsAt('/api/findings')

export const findingItem = z.strictObject({
  id: z.string(),
  inspectionId: z.string(),
  inspectionTitle: z.string(),
  schoolId: z.string(),
  schoolName: z.string(),
  content: z.string(),
  severity: z.string(),
  state: stateOf(findingLife),
  preliminary: z.string(),
  reply: z.string(),
  /** Files that came with the reply. */
  replyFiles: z.array(attached),
  opinion: z.string(),
  withdrawnReason: z.string().nullable(),
  rectificationId: z.string().nullable(),
  createdAt: z.string(),
  stamp: z.string(),
  moves: movesShape,
})
export type FindingItem = z.infer<typeof findingItem>

export const recordFinding = endpoint({
  name: 'recordFinding',
  once: true,
  method: 'POST',
  path: '/api/inspections/:id/schools/:schoolId/findings',
  summary: '记录发现的一个问题',
  access: bureau,
  params: z.strictObject({ id, schoolId: id }),
  body: z.strictObject({ content: filled(2000), severity: z.enum(severities, '请选择即改、限期或长期') }),
  reply: z.strictObject({ id: z.string() }),
})

export const listFindings = endpoint({
  name: 'listFindings',
  method: 'GET',
  path: '/api/findings',
  summary: '督查问题；学校只看到已送达的',
  access: [...bureau, ...school],
  query: z.strictObject({ ...pageQuery, ...inYear, state: stateOf(findingLife, '').default('') }),
  reply: pageOf(findingItem),
})

export const sendFinding = step('sendFinding', 'send', {
  summary: '向学校送达初步意见',
  access: bureau,
  words: { preliminary: filled(2000) },
})

export const replyFinding = step('replyFinding', 'reply', {
  summary: '学校回复，可以说明或申辩，长期留存',
  access: school,
  words: { reply: filled(3000), fileIds: z.array(id).max(20, '附件最多 20 个').default([]) },
})

export const issueFinding = step('issueFinding', 'issue', {
  summary: '出具督查意见',
  access: ['office'],
  words: { opinion: filled(2000) },
})

export const amendFinding = step('amendFinding', 'amend', {
  summary: '学校一直没有回复，写明理由后继续办理',
  access: ['office'],
  words: { reason: filled(500) },
})

export const dropFinding = step('dropFinding', 'drop', {
  summary: '不作处理，写明理由',
  access: ['office'],
  words: { reason: filled(500) },
})

export const withdrawFinding = step('withdrawFinding', 'withdraw', {
  summary: '撤回记错的督查问题，写明理由',
  access: ['office'],
  words: { reason: filled(500) },
})

export const resumeFinding = step('resumeFinding', 'resume', {
  summary: '定为不作处理的问题恢复办理，写明理由',
  access: ['office'],
  words: { reason: filled(500) },
})

export const orderFinding = endpoint({
  name: 'orderFinding',
  method: 'POST',
  path: '/api/findings/:id/order',
  summary: '下达整改通知',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ requirement: filled(2000), dueOn: date.optional(), seen }),
  reply: z.strictObject({ id: z.string() }),
})
