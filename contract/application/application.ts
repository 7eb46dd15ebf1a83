import { z } from 'zod'
import { applicationLife } from '#domain/application/applicationLife.ts'
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
  stateOf,
  text,
  yearQuery,
  seen,
} from '#contract/endpoint.ts'

export const eligibilityItem = z.strictObject({
  code: z.string(),
  label: z.string(),
  met: z.boolean(),
  waits: z.boolean(),
  detail: z.string(),
  mendAt: z.string(),
})

const chosenEntry = z.strictObject({
  id: z.string(),
  title: z.string(),
  happenedOn: z.string(),
  pillar: z.string(),
  evidenceCount: z.int(),
})

export const applicationDetail = z.strictObject({
  id: z.string(),
  schoolId: z.string(),
  schoolName: z.string(),
  cycleId: z.string(),
  cycleTitle: z.string(),
  state: stateOf(applicationLife),
  highlights: z.string(),
  entryIds: z.array(z.string()),
  entries: z.array(chosenEntry),
  digest: z.string().nullable(),
  receiptNumber: z.string().nullable(),
  submittedAt: z.string().nullable(),
  reason: z.string().nullable(),
  completeUntil: z.string().nullable(),
  /** The window is over: a return has to give the school its own last day. */
  returnNeedsDay: z.boolean(),
  updatedAt: z.string(),
  mayWrite: z.boolean(),
  eligibility: z.array(eligibilityItem),
  moves: z.record(z.string(), z.array(refusalShape)),
})
export type ApplicationDetail = z.infer<typeof applicationDetail>

const reason = z.strictObject({ reason: filled(500), seen })
const seenBy = ['office', 'leader', 'department', 'secretary', 'clerk'] as const

export const readOwnApplication = endpoint({
  name: 'readOwnApplication',
  method: 'GET',
  path: '/api/applications/own',
  summary: '本校能否申报、还差什么、申报到了哪一步',
  access: ['secretary', 'clerk'],
  query: yearQuery,
  reply: z.strictObject({
    cycleTitle: z.string(),
    applyFrom: z.string(),
    applyUntil: z.string(),
    graceUntil: z.string().nullable(),
    completeUntil: z.string().nullable(),
    windowReasons: z.array(refusalShape),
    eligibility: z.array(eligibilityItem),
    applicationId: z.string().nullable(),
    state: stateOf(applicationLife).nullable(),
    candidates: z.array(chosenEntry),
  }),
})

export const draftApplication = endpoint({
  name: 'draftApplication',
  once: true,
  method: 'POST',
  path: '/api/applications',
  summary: '起草本校的申报',
  access: ['secretary', 'clerk'],
  reply: z.strictObject({ id: z.string() }),
})

export const readApplication = endpoint({
  name: 'readApplication',
  method: 'GET',
  path: '/api/applications/:id',
  summary: '一份申报',
  access: seenBy,
  params: idParams,
  reply: applicationDetail,
})

export const readDossier = endpoint({
  name: 'readDossier',
  method: 'GET',
  path: '/api/applications/:id/dossier',
  summary: '申报材料全文：提交以前是将要固定的内容，提交以后是已经固定的内容；以前提交过的各版也在',
  access: seenBy,
  params: idParams,
  query: z.strictObject({ version: z.coerce.number().int().min(1).optional() }),
  reply: z.strictObject({
    schoolName: z.string(),
    cycleTitle: z.string(),
    /** Canonical JSON, exactly as it is or will be frozen; nothing while a part is still missing. */
    text: z.string().nullable(),
    digest: z.string().nullable(),
    frozen: z.boolean(),
    lacks: z.string(),
    versions: z.array(
      z.strictObject({
        version: z.int(),
        receiptNumber: z.string(),
        submittedAt: z.string(),
        digest: z.string(),
        returned: z.string(),
      }),
    ),
  }),
})

export const saveApplication = endpoint({
  name: 'saveApplication',
  method: 'PUT',
  path: '/api/applications/:id',
  summary: '保存申报草稿：亮点说明和最多十条台账',
  access: ['secretary', 'clerk'],
  params: idParams,
  body: z.strictObject({
    highlights: text(1500),
    entryIds: z.array(id).max(10, '最多选 10 条台账'),
    updatedAt: z.string().max(40),
  }),
  reply: z.strictObject({ updatedAt: z.string() }),
})

export const submitApplication = endpoint({
  name: 'submitApplication',
  method: 'POST',
  path: '/api/applications/:id/submit',
  summary: '书记提交申报，内容就此固定',
  access: ['secretary'],
  params: idParams,
  /** `shown` is the digest of the dossier that the secretary looked at: what is frozen is that one or nothing. */
  body: z.strictObject({ seen, shown: text(64).optional() }),
  reply: z.strictObject({ receiptNumber: z.string(), submittedAt: z.string(), digest: z.string() }),
})

export const returnApplication = endpoint({
  name: 'returnApplication',
  method: 'POST',
  path: '/api/applications/:id/return',
  summary: '退回补充；申报已截止的，写明学校补充材料的最后日期',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ reason: filled(500), until: date.optional(), seen }),
})

export const admitApplication = endpoint({
  name: 'admitApplication',
  method: 'POST',
  path: '/api/applications/:id/admit',
  summary: '受理申报',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ seen }),
})

export const refuseApplication = endpoint({
  name: 'refuseApplication',
  method: 'POST',
  path: '/api/applications/:id/refuse',
  summary: '不予受理，写明理由',
  access: ['office'],
  params: idParams,
  body: reason,
})

export const withdrawApplication = endpoint({
  name: 'withdrawApplication',
  method: 'POST',
  path: '/api/applications/:id/withdraw',
  summary: '学校撤回申报，写明理由',
  access: ['secretary'],
  params: idParams,
  body: reason,
})

export const reinstateApplication = endpoint({
  name: 'reinstateApplication',
  method: 'POST',
  path: '/api/applications/:id/reinstate',
  summary: '恢复已撤回或不予受理的申报，写明理由',
  access: ['office'],
  params: idParams,
  body: reason,
})

export const listApplications = endpoint({
  name: 'listApplications',
  method: 'GET',
  path: '/api/applications',
  summary: '本年度的申报',
  access: seenBy,
  query: z.strictObject({
    ...pageQuery,
    ...inYear,
    state: stateOf(applicationLife, 'sent', '').default(''),
    stage: text(20).default(''),
  }),
  reply: pageOf(
    z.strictObject({
      id: z.string(),
      schoolId: z.string(),
      schoolName: z.string(),
      stage: z.string(),
      zoneName: z.string(),
      brandName: z.string(),
      state: stateOf(applicationLife),
      receiptNumber: z.string().nullable(),
      submittedAt: z.string().nullable(),
    }),
  ),
})
