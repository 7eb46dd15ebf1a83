import { z } from 'zod'
import { rectificationLife } from '#domain/supervision/rectificationLife.ts'
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
  stateOf,
  stepsAt,
  text,
} from '#contract/endpoint.ts'
import { attached } from '#contract/records/file.ts'

const bureau = ['office', 'leader', 'department'] as const
const school = ['secretary', 'clerk'] as const
const readers = [...bureau, ...school] as const
const step = stepsAt('/api/rectifications')

export const rectificationFilter = z.strictObject({
  ...pageQuery,
  ...inYear,
  state: stateOf(rectificationLife, '').default(''),
  overdue: z.enum(['', 'yes']).default(''),
  zoneId: text(36).default(''),
})

const listed = {
  id: z.string(),
  schoolId: z.string(),
  schoolName: z.string(),
  zoneName: z.string(),
  requirement: z.string(),
  dueOn: z.string(),
  state: stateOf(rectificationLife),
  round: z.int(),
  overdue: z.boolean(),
  escalation: z.int(),
  issuedAt: z.string(),
  closedAt: z.string().nullable(),
} as const
export const rectificationItem = z.strictObject(listed)

export const rectificationDetail = z.strictObject({
  ...listed,
  inspectionTitle: z.string(),
  problem: z.string(),
  plan: z.string(),
  report: z.string(),
  verdict: z.string(),
  extendedReason: z.string(),
  askedDueOn: z.string().nullable(),
  askedReason: z.string().nullable(),
  extensionAnswer: z.string().nullable(),
  stamp: z.string(),
  evidence: z.array(attached),
  timeline: z.array(
    z.strictObject({ id: z.string(), at: z.string(), title: z.string(), who: z.string(), detail: z.string() }),
  ),
  moves: movesShape,
})
export type RectificationDetail = z.infer<typeof rectificationDetail>

export const listRectifications = endpoint({
  name: 'listRectifications',
  method: 'GET',
  path: '/api/rectifications',
  summary: '整改台账',
  access: readers,
  query: rectificationFilter,
  reply: pageOf(rectificationItem),
})

export const readRectification = endpoint({
  name: 'readRectification',
  method: 'GET',
  path: '/api/rectifications/:id',
  summary: '一份整改通知和它的经过',
  access: readers,
  params: idParams,
  reply: rectificationDetail,
})

export const acknowledgeRectification = step('acknowledgeRectification', 'acknowledge', {
  summary: '学校签收整改通知',
  access: school,
})

export const planRectification = step('planRectification', 'plan', {
  summary: '学校填报整改措施',
  access: school,
  words: { plan: filled(3000) },
})

export const reportRectification = step('reportRectification', 'report', {
  summary: '学校报送整改结果和佐证',
  access: school,
  words: { report: filled(3000), fileIds: z.array(id).max(20, '佐证材料最多 20 个').default([]) },
})

export const passRectification = step('passRectification', 'pass', {
  summary: '核验通过，销号',
  access: bureau,
  words: { verdict: filled(1000) },
})

export const failRectification = step('failRectification', 'fail', {
  summary: '核验不通过，重新下达',
  access: bureau,
  words: { verdict: filled(1000), dueOn: date.optional() },
})

export const extendRectification = step('extendRectification', 'extend', {
  summary: '延长整改期限，写明理由',
  access: ['office'],
  words: { dueOn: date, reason: filled(500) },
})

export const askExtension = step('askExtension', 'ask-extension', {
  summary: '学校申请延长整改期限，写明理由和希望延到哪一天',
  access: school,
  words: { dueOn: date, reason: filled(500) },
})

export const declineExtension = step('declineExtension', 'decline-extension', {
  summary: '不同意学校的延期申请，写明理由',
  access: ['office'],
  words: { reason: filled(500) },
})

export const withdrawRectification = step('withdrawRectification', 'withdraw', {
  summary: '撤回整改通知，写明理由',
  access: ['office'],
  words: { reason: filled(500) },
})
