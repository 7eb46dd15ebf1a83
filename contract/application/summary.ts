import { z } from 'zod'
import { summaryLife } from '#domain/application/summaryLife.ts'
import {
  endpoint,
  filled,
  idParams,
  inYear,
  pageOf,
  pageQuery,
  refusalShape,
  stateOf,
  text,
  yearQuery,
  seen,
} from '#contract/endpoint.ts'

/** What the year's records say by themselves; the school does not retype any of it (B1). */
export const yearFacts = z.strictObject({
  brandName: z.string(),
  tasks: z.array(
    z.strictObject({
      content: z.string(),
      pillar: z.string(),
      ownerName: z.string(),
      dueOn: z.string().nullable(),
      progress: z.int(),
      doneOn: z.string().nullable(),
    }),
  ),
  promises: z.array(z.strictObject({ content: z.string(), state: z.string(), explanation: z.string() })),
  pillarCounts: z.record(z.string(), z.int()),
  entryCount: z.int(),
  formCount: z.int(),
  participants: z.strictObject({ members: z.int(), teachers: z.int(), pupils: z.int(), parents: z.int() }),
  comments: z.strictObject({ received: z.int(), answered: z.int() }),
  visits: z.int(),
  rectifications: z.strictObject({ issued: z.int(), closed: z.int() }),
  adoptedArticles: z.int(),
  budget: z.strictObject({ plannedFen: z.int(), spentFen: z.int() }),
})
export type YearFacts = z.infer<typeof yearFacts>

const moves = z.record(z.string(), z.array(refusalShape))

export const summaryDetail = z.strictObject({
  id: z.string(),
  schoolId: z.string(),
  stage: z.string(),
  schoolName: z.string(),
  cycleId: z.string(),
  cycleTitle: z.string(),
  state: stateOf(summaryLife),
  achievements: z.string(),
  problems: z.string(),
  nextSteps: z.string(),
  facts: yearFacts,
  returnReason: z.string().nullable(),
  signedAt: z.string().nullable(),
  acceptedAt: z.string().nullable(),
  digest: z.string().nullable(),
  updatedAt: z.string(),
  mayWrite: z.boolean(),
  /** What was signed before and then returned, the newest first. */
  versions: z.array(
    z.strictObject({
      version: z.int(),
      achievements: z.string(),
      problems: z.string(),
      nextSteps: z.string(),
      signedAt: z.string(),
      returned: z.string(),
      digest: z.string(),
    }),
  ),
  moves,
})
export type SummaryDetail = z.infer<typeof summaryDetail>

/** Reading never makes anything: the draft begins when the school says so. */
export const readOwnSummary = endpoint({
  name: 'readOwnSummary',
  method: 'GET',
  path: '/api/summaries/own',
  summary: '本校本年度的总结，或者可以怎样开始',
  access: ['secretary', 'clerk'],
  query: yearQuery,
  reply: z.strictObject({
    id: z.string().nullable(),
    cycleTitle: z.string().nullable(),
    moves: z.strictObject({ start: z.array(refusalShape) }),
  }),
})

export const openSummary = endpoint({
  name: 'openSummary',
  once: true,
  method: 'POST',
  path: '/api/summaries',
  summary: '打开本校本年度的总结；没有则建立草稿',
  access: ['secretary', 'clerk'],
  query: yearQuery,
  reply: z.strictObject({ id: z.string() }),
})

export const listSummaries = endpoint({
  name: 'listSummaries',
  method: 'GET',
  path: '/api/summaries',
  summary: '本年度各校的总结',
  access: ['office', 'leader', 'department', 'secretary', 'clerk'],
  query: z.strictObject({
    ...pageQuery,
    ...inYear,
    state: stateOf(summaryLife, 'none', '').default(''),
    zoneId: text(36).default(''),
  }),
  reply: pageOf(
    z.strictObject({
      schoolId: z.string(),
      schoolName: z.string(),
      stage: z.string(),
      zoneName: z.string(),
      summaryId: z.string().nullable(),
      state: stateOf(summaryLife, 'none'),
      signedAt: z.string().nullable(),
      acceptedAt: z.string().nullable(),
    }),
  ),
})

export const readSummary = endpoint({
  name: 'readSummary',
  method: 'GET',
  path: '/api/summaries/:id',
  summary: '一份年度总结',
  access: ['office', 'leader', 'department', 'secretary', 'clerk'],
  params: idParams,
  reply: summaryDetail,
})

export const saveSummary = endpoint({
  name: 'saveSummary',
  method: 'PUT',
  path: '/api/summaries/:id',
  summary: '保存年度总结草稿',
  access: ['secretary', 'clerk'],
  params: idParams,
  body: z.strictObject({
    achievements: text(6000),
    problems: text(3000),
    nextSteps: text(3000),
    updatedAt: z.string().max(40),
  }),
  reply: z.strictObject({ updatedAt: z.string() }),
})

export const signSummary = endpoint({
  name: 'signSummary',
  method: 'POST',
  path: '/api/summaries/:id/sign',
  summary: '书记签报年度总结',
  access: ['secretary'],
  params: idParams,
  body: z.strictObject({ seen }),
})

export const returnSummary = endpoint({
  name: 'returnSummary',
  method: 'POST',
  path: '/api/summaries/:id/return',
  summary: '退回年度总结，写明理由',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ reason: filled(500), seen }),
})

export const amendSummary = endpoint({
  name: 'amendSummary',
  method: 'POST',
  path: '/api/summaries/:id/amend',
  summary: '已审核通过的总结退回更正，写明理由；原文留在日志',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ seen, reason: filled(500) }),
})

export const acceptSummary = endpoint({
  name: 'acceptSummary',
  method: 'POST',
  path: '/api/summaries/:id/accept',
  summary: '审核通过年度总结',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ seen }),
})
