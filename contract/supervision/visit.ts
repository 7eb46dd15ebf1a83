import { z } from 'zod'
import { visitKinds } from '#domain/supervision/visit.ts'
import {
  date,
  endpoint,
  filled,
  id,
  idParams,
  inYear,
  pageOf,
  pageQuery,
  text,
  yearQuery,
  seen,
} from '#contract/endpoint.ts'
import { attached } from '#contract/records/file.ts'

const bureau = ['office', 'leader', 'department'] as const
const readers = [...bureau, 'secretary', 'clerk'] as const

const fields = {
  /** Who visited, when the office writes it down for somebody; otherwise whoever writes. */
  visitorId: id.optional(),
  kind: z.enum(visitKinds, '请选择走访形式'),
  visitedOn: date,
  saw: filled(3000),
  advised: text(2000).default(''),
  followUp: text(2000).default(''),
  fileIds: z.array(id).max(9, '照片最多 9 张').default([]),
} as const

export const visitItem = z.strictObject({
  id: z.string(),
  schoolId: z.string(),
  schoolName: z.string(),
  personName: z.string(),
  /** Who wrote it down for the visitor. */
  recordedByName: z.string().nullable(),
  kind: z.string(),
  visitedOn: z.string(),
  saw: z.string(),
  advised: z.string(),
  followUp: z.string(),
})

export const createVisit = endpoint({
  name: 'createVisit',
  once: true,
  method: 'POST',
  path: '/api/visits',
  summary: '记一次联系点走访',
  access: bureau,
  body: z.strictObject({ schoolId: id, ...fields }),
  reply: z.strictObject({ id: z.string() }),
})

export const saveVisit = endpoint({
  name: 'saveVisit',
  method: 'PUT',
  path: '/api/visits/:id',
  summary: '修改自己的走访或自己记的走访',
  access: bureau,
  params: idParams,
  body: z.strictObject({ ...fields, seen }),
})

export const listVisits = endpoint({
  name: 'listVisits',
  method: 'GET',
  path: '/api/visits',
  summary: '走访记录',
  access: readers,
  query: z.strictObject({ ...pageQuery, ...inYear, schoolId: text(36).default('') }),
  reply: pageOf(visitItem),
})

export const readVisit = endpoint({
  name: 'readVisit',
  method: 'GET',
  path: '/api/visits/:id',
  summary: '一次走访',
  access: readers,
  params: idParams,
  reply: z.strictObject({
    ...visitItem.shape,
    photos: z.array(attached),
    updatedAt: z.string(),
    personId: z.string(),
    mayWrite: z.boolean(),
  }),
})

export const listVisitors = endpoint({
  name: 'listVisitors',
  method: 'GET',
  path: '/api/visitors',
  summary: '可以登记为走访人的局里人员',
  access: ['office'],
  reply: z.strictObject({
    items: z.array(z.strictObject({ personId: z.string(), name: z.string(), post: z.string() })),
  }),
})

export const readVisitCoverage = endpoint({
  name: 'readVisitCoverage',
  method: 'GET',
  path: '/api/visits/coverage',
  summary: '本年度走访覆盖：各分包领导、联系股室已走访和分工的学校数',
  access: bureau,
  query: yearQuery,
  reply: z.strictObject({
    rows: z.array(
      z.strictObject({ kind: z.enum(['leader', 'department']), name: z.string(), assigned: z.int(), visited: z.int() }),
    ),
  }),
})
