import { z } from 'zod'
import { inspectionLife } from '#domain/supervision/inspectionLife.ts'
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
  text,
} from '#contract/endpoint.ts'
import { findingItem } from './finding.ts'

const bureau = ['office', 'leader', 'department'] as const
const step = stepsAt('/api/inspections')

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
  reply: z.strictObject({ id: z.string() }),
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
      state: stateOf(inspectionLife),
      schoolCount: z.int(),
      inspectedCount: z.int(),
    }),
  ),
})

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
    state: stateOf(inspectionLife),
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
    moves: movesShape,
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

export const reopenInspection = step('reopenInspection', 'reopen', {
  summary: '结束过早的督查重新进行，写明理由',
  access: ['office'],
  words: { reason: filled(500) },
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

export const chooseSchools = step('chooseSchools', 'choose', {
  summary: '选定受检学校',
  access: ['office'],
  words: { schoolIds: z.array(id).min(1, '至少选一所学校').max(500) },
})

export const startInspection = step('startInspection', 'start', {
  summary: '启动督查',
  access: ['office'],
})

export const closeInspection = step('closeInspection', 'close', {
  summary: '结束督查',
  access: ['office'],
})

export const recordInspected = endpoint({
  name: 'recordInspected',
  method: 'PUT',
  path: '/api/inspections/:id/schools/:schoolId',
  summary: '记录一所学校的检查情况',
  access: bureau,
  params: z.strictObject({ id, schoolId: id }),
  body: z.strictObject({
    seen,
    inspectedOn: date,
    answers: z.array(text(500)).max(40),
    remark: text(2000).default(''),
  }),
})
