import { z } from 'zod'
import { findingLife } from '#domain/supervision/findingLife.ts'
import { inspectionLife } from '#domain/supervision/inspectionLife.ts'
import { severities } from '#domain/supervision/supervision.ts'
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
  text,
  seen,
} from '#contract/endpoint.ts'
import { attached } from '#contract/records/file.ts'

const bureau = ['office', 'leader', 'department'] as const
const school = ['secretary', 'clerk'] as const
const readers = [...bureau, ...school] as const
const inspectionStates = Object.keys(inspectionLife.states) as [keyof typeof inspectionLife.states]
const findingStates = Object.keys(findingLife.states) as [keyof typeof findingLife.states]
const moves = z.record(z.string(), z.array(refusalShape))
const made = z.strictObject({ id: z.string() })

/** How the schools were found; a drawn choice holds all that anybody needs to draw again and compare. */
export const choiceShape = z.strictObject({
  way: z.enum(['none', 'drawn', 'chosen']),
  seed: z.string(),
  stage: z.string(),
  zoneId: z.string(),
  count: z.int(),
  candidates: z.array(z.string()),
})
export type Choice = z.infer<typeof choiceShape>

const inspectionFields = {
  title: filled(60),
  basis: filled(300),
  startsOn: date,
  endsOn: date,
  checklist: z.array(filled(120)).min(1, '至少列出一个检查项目').max(40, '检查项目最多 40 个'),
} as const

export const createInspection = endpoint({
  name: 'createInspection',
  once: true,
  method: 'POST',
  path: '/api/inspections',
  summary: '建立一次督查',
  access: ['office'],
  body: z.strictObject(inspectionFields),
  reply: made,
})

export const listInspections = endpoint({
  name: 'listInspections',
  method: 'GET',
  path: '/api/inspections',
  summary: '督查列表',
  access: bureau,
  query: z.strictObject({ ...pageQuery, ...inYear }),
  reply: pageOf(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      startsOn: z.string(),
      endsOn: z.string(),
      state: z.enum(inspectionStates),
      schoolCount: z.int(),
      inspectedCount: z.int(),
    }),
  ),
})

export const findingItem = z.strictObject({
  id: z.string(),
  inspectionId: z.string(),
  inspectionTitle: z.string(),
  schoolId: z.string(),
  schoolName: z.string(),
  content: z.string(),
  severity: z.string(),
  state: z.enum(findingStates),
  preliminary: z.string(),
  reply: z.string(),
  /** Files that came with the reply. */
  replyFiles: z.array(attached),
  opinion: z.string(),
  withdrawnReason: z.string().nullable(),
  rectificationId: z.string().nullable(),
  createdAt: z.string(),
  stamp: z.string(),
  moves,
})
export type FindingItem = z.infer<typeof findingItem>

export const readInspection = endpoint({
  name: 'readInspection',
  method: 'GET',
  path: '/api/inspections/:id',
  summary: '一次督查：受检学校和发现的问题',
  access: bureau,
  params: idParams,
  reply: z.strictObject({
    id: z.string(),
    title: z.string(),
    basis: z.string(),
    startsOn: z.string(),
    endsOn: z.string(),
    checklist: z.array(z.string()),
    choice: choiceShape,
    state: z.enum(inspectionStates),
    updatedAt: z.string(),
    schools: z.array(
      z.strictObject({
        schoolId: z.string(),
        schoolName: z.string(),
        inspectorName: z.string().nullable(),
        inspectedOn: z.string().nullable(),
        answers: z.array(z.string()),
        remark: z.string(),
      }),
    ),
    findings: z.array(findingItem),
    moves,
  }),
})

export const editInspection = endpoint({
  name: 'editInspection',
  method: 'PUT',
  path: '/api/inspections/:id',
  summary: '修改筹备中的督查',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ ...inspectionFields, seen }),
})

export const deleteInspection = endpoint({
  name: 'deleteInspection',
  method: 'DELETE',
  path: '/api/inspections/:id',
  summary: '删除筹备中、没有随机抽取过的督查',
  access: ['office'],
  params: idParams,
})

export const reopenInspection = endpoint({
  name: 'reopenInspection',
  method: 'POST',
  path: '/api/inspections/:id/reopen',
  summary: '结束过早的督查重新进行，写明理由',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ reason: filled(500), seen }),
})

export const drawSchools = endpoint({
  name: 'drawSchools',
  once: true,
  method: 'POST',
  path: '/api/inspections/:id/draw',
  summary: '随机抽取受检学校，随机数留存，可以复算',
  access: ['office'],
  params: idParams,
  body: z.strictObject({
    seen,
    stage: text(20).default(''),
    zoneId: text(36).default(''),
    count: z.int().min(1).max(500),
  }),
  reply: z.strictObject({ seed: z.string(), schoolIds: z.array(z.string()) }),
})

export const chooseSchools = endpoint({
  name: 'chooseSchools',
  method: 'POST',
  path: '/api/inspections/:id/choose',
  summary: '选定受检学校',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ seen, schoolIds: z.array(id).min(1, '至少选一所学校').max(500) }),
})

export const startInspection = endpoint({
  name: 'startInspection',
  method: 'POST',
  path: '/api/inspections/:id/start',
  summary: '启动督查',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ seen }),
})

export const closeInspection = endpoint({
  name: 'closeInspection',
  method: 'POST',
  path: '/api/inspections/:id/close',
  summary: '结束督查',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ seen }),
})

const ofSchool = z.strictObject({ id, schoolId: id })

export const recordInspected = endpoint({
  name: 'recordInspected',
  method: 'PUT',
  path: '/api/inspections/:id/schools/:schoolId',
  summary: '记录一所学校的检查情况',
  access: bureau,
  params: ofSchool,
  body: z.strictObject({
    seen,
    inspectedOn: date,
    answers: z.array(text(500)).max(40),
    remark: text(2000).default(''),
  }),
})

export const recordFinding = endpoint({
  name: 'recordFinding',
  once: true,
  method: 'POST',
  path: '/api/inspections/:id/schools/:schoolId/findings',
  summary: '记录发现的一个问题',
  access: bureau,
  params: ofSchool,
  body: z.strictObject({ content: filled(2000), severity: z.enum(severities, '请选择即改、限期或长期') }),
  reply: made,
})

export const listFindings = endpoint({
  name: 'listFindings',
  method: 'GET',
  path: '/api/findings',
  summary: '督查问题；学校只看到已送达的',
  access: readers,
  query: z.strictObject({ ...pageQuery, ...inYear, state: z.enum(['', ...findingStates]).default('') }),
  reply: pageOf(findingItem),
})

export const sendFinding = endpoint({
  name: 'sendFinding',
  method: 'POST',
  path: '/api/findings/:id/send',
  summary: '向学校送达初步意见',
  access: bureau,
  params: idParams,
  body: z.strictObject({ preliminary: filled(2000), seen }),
})

export const replyFinding = endpoint({
  name: 'replyFinding',
  method: 'POST',
  path: '/api/findings/:id/reply',
  summary: '学校回复，可以说明或申辩，长期留存',
  access: school,
  params: idParams,
  body: z.strictObject({ reply: filled(3000), fileIds: z.array(id).max(20, '附件最多 20 个').default([]), seen }),
})

export const issueFinding = endpoint({
  name: 'issueFinding',
  method: 'POST',
  path: '/api/findings/:id/issue',
  summary: '出具督查意见',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ opinion: filled(2000), seen }),
})

export const amendFinding = endpoint({
  name: 'amendFinding',
  method: 'POST',
  path: '/api/findings/:id/amend',
  summary: '学校一直没有回复，写明理由后继续办理',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ reason: filled(500), seen }),
})

export const dropFinding = endpoint({
  name: 'dropFinding',
  method: 'POST',
  path: '/api/findings/:id/drop',
  summary: '不作处理，写明理由',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ reason: filled(500), seen }),
})

const findingBack = <Name extends string>(name: Name, tail: 'withdraw' | 'resume', summary: string) =>
  endpoint({
    name,
    method: 'POST',
    path: `/api/findings/:id/${tail}`,
    summary,
    access: ['office'],
    params: idParams,
    body: z.strictObject({ reason: filled(500), seen }),
  })

export const withdrawFinding = findingBack('withdrawFinding', 'withdraw', '撤回记错的督查问题，写明理由')
export const resumeFinding = findingBack('resumeFinding', 'resume', '定为不作处理的问题恢复办理，写明理由')

export const orderFinding = endpoint({
  name: 'orderFinding',
  method: 'POST',
  path: '/api/findings/:id/order',
  summary: '下达整改通知',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ requirement: filled(2000), dueOn: date.optional(), seen }),
  reply: made,
})
