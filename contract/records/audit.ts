import { z } from 'zod'
import { date, endpoint, pageOf, pageQuery, text } from '#contract/endpoint.ts'

export const auditFilter = {
  ...pageQuery,
  event: text(60).default(''),
  subjectType: text(40).default(''),
  subjectId: text(60).default(''),
  from: z.union([z.literal(''), date]).default(''),
  until: z.union([z.literal(''), date]).default(''),
} as const

export const listAudit = endpoint({
  name: 'listAudit',
  method: 'GET',
  path: '/api/audit',
  summary: '审计日志：谁、何时、对什么、做了什么',
  access: ['auditor'],
  query: z.strictObject(auditFilter),
  reply: pageOf(
    z.strictObject({
      seq: z.int(),
      at: z.string(),
      actorName: z.string(),
      event: z.string(),
      eventLabel: z.string(),
      subjectLabel: z.string(),
      subjectType: z.string(),
      subjectId: z.string(),
      subjectName: z.string().nullable(),
      detail: z.array(z.strictObject({ label: z.string(), value: z.string() })),
      hash: z.string(),
    }),
  ),
})

export const listAuditEvents = endpoint({
  name: 'listAuditEvents',
  method: 'GET',
  path: '/api/audit/events',
  summary: '日志里出现过的事件，供筛选',
  access: ['auditor'],
  reply: z.strictObject({ items: z.array(z.strictObject({ value: z.string(), label: z.string() })) }),
})

export const verifyAudit = endpoint({
  name: 'verifyAudit',
  method: 'GET',
  path: '/api/audit/verify',
  summary: '核验审计日志的链条是否完整',
  access: ['auditor'],
  reply: z.strictObject({
    ok: z.boolean(),
    rows: z.int(),
    brokenSeq: z.int().nullable(),
    why: z.string().nullable(),
    head: z.string().nullable(),
  }),
})
