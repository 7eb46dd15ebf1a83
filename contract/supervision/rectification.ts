import { z } from 'zod'
import { rectificationLife } from '#domain/supervision/rectificationLife.ts'
import {
  date,
  endpoint,
  filled,
  id,
  idParams,
  inYear,
  pageOf,
  pageQuery,
  refusalShape,
  seen,
  text,
} from '#contract/endpoint.ts'
import { attached } from '#contract/records/file.ts'

const bureau = ['office', 'leader', 'department'] as const
const school = ['secretary', 'clerk'] as const
const readers = [...bureau, ...school] as const
const states = Object.keys(rectificationLife.states) as [keyof typeof rectificationLife.states]

export const rectificationFilter = z.strictObject({
  ...pageQuery,
  ...inYear,
  state: z.enum(['', ...states]).default(''),
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
  state: z.enum(states),
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
  moves: z.record(z.string(), z.array(refusalShape)),
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

export const acknowledgeRectification = endpoint({
  name: 'acknowledgeRectification',
  method: 'POST',
  path: '/api/rectifications/:id/acknowledge',
  summary: '学校签收整改通知',
  access: school,
  params: idParams,
  body: z.strictObject({ seen }),
})

export const planRectification = endpoint({
  name: 'planRectification',
  method: 'POST',
  path: '/api/rectifications/:id/plan',
  summary: '学校填报整改措施',
  access: school,
  params: idParams,
  body: z.strictObject({ plan: filled(3000), seen }),
})

export const reportRectification = endpoint({
  name: 'reportRectification',
  method: 'POST',
  path: '/api/rectifications/:id/report',
  summary: '学校报送整改结果和佐证',
  access: school,
  params: idParams,
  body: z.strictObject({ report: filled(3000), fileIds: z.array(id).max(20, '佐证材料最多 20 个').default([]), seen }),
})

export const passRectification = endpoint({
  name: 'passRectification',
  method: 'POST',
  path: '/api/rectifications/:id/pass',
  summary: '核验通过，销号',
  access: bureau,
  params: idParams,
  body: z.strictObject({ verdict: filled(1000), seen }),
})

export const failRectification = endpoint({
  name: 'failRectification',
  method: 'POST',
  path: '/api/rectifications/:id/fail',
  summary: '核验不通过，重新下达',
  access: bureau,
  params: idParams,
  body: z.strictObject({ verdict: filled(1000), dueOn: date.optional(), seen }),
})

export const extendRectification = endpoint({
  name: 'extendRectification',
  method: 'POST',
  path: '/api/rectifications/:id/extend',
  summary: '延长整改期限，写明理由',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ dueOn: date, reason: filled(500), seen }),
})

export const askExtension = endpoint({
  name: 'askExtension',
  method: 'POST',
  path: '/api/rectifications/:id/ask-extension',
  summary: '学校申请延长整改期限，写明理由和希望延到哪一天',
  access: school,
  params: idParams,
  body: z.strictObject({ dueOn: date, reason: filled(500), seen }),
})

export const declineExtension = endpoint({
  name: 'declineExtension',
  method: 'POST',
  path: '/api/rectifications/:id/decline-extension',
  summary: '不同意学校的延期申请，写明理由',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ reason: filled(500), seen }),
})

export const withdrawRectification = endpoint({
  name: 'withdrawRectification',
  method: 'POST',
  path: '/api/rectifications/:id/withdraw',
  summary: '撤回整改通知，写明理由',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ reason: filled(500), seen }),
})
