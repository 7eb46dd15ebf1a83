import { noticeLife } from '#domain/award/noticeLife.ts'
import { z } from 'zod'
import { moves, seen } from './award.ts'
import { outcomeKindShape } from '#contract/year/cycle.ts'
import { endpoint, filled, idParams, yearQuery, stateOf } from '#contract/endpoint.ts'

const office = ['office'] as const

export const draftNotice = endpoint({
  name: 'draftNotice',
  once: true,
  method: 'POST',
  path: '/api/notices',
  summary: '由审定结果起草公示，名单按学段、不排名次',
  access: office,
  query: yearQuery,
  body: z.strictObject({ seen }),
  reply: z.strictObject({ id: z.string() }),
})

const noticeShape = z.strictObject({
  id: z.string(),
  title: z.string(),
  body: z.string(),
  state: stateOf(noticeLife),
  outcomeKind: outcomeKindShape,
  postedOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  /** The last day if it were posted today; absent with the reason when the calendar does not reach so far. */
  wouldEndOn: z.string().nullable(),
  wouldEndLack: z.string(),
  closedReason: z.string(),
  updatedAt: z.string(),
  names: z.array(
    z.strictObject({
      stage: z.string(),
      schools: z.array(z.strictObject({ schoolName: z.string(), brandName: z.string(), note: z.string() })),
    }),
  ),
  openObjections: z.int(),
  moves,
})

export const readNotice = endpoint({
  name: 'readNotice',
  method: 'GET',
  path: '/api/notices/:id',
  summary: '一份公示',
  access: office,
  params: idParams,
  reply: noticeShape,
})

export const saveNotice = endpoint({
  name: 'saveNotice',
  method: 'PUT',
  path: '/api/notices/:id',
  summary: '修改公示文字',
  access: office,
  params: idParams,
  body: z.strictObject({ title: filled(100), body: filled(3000), updatedAt: z.string() }),
  reply: z.strictObject({ updatedAt: z.string() }),
})

export const postNotice = endpoint({
  name: 'postNotice',
  method: 'POST',
  path: '/api/notices/:id/post',
  summary: '发布公示，按工作日历算出截止日',
  access: office,
  params: idParams,
  body: z.strictObject({ seen }),
  reply: z.strictObject({ endsOn: z.string() }),
})

export const endNotice = endpoint({
  name: 'endNotice',
  method: 'POST',
  path: '/api/notices/:id/end',
  summary: '结束公示',
  access: office,
  params: idParams,
  body: z.strictObject({ seen }),
})

export const dropNotice = endpoint({
  name: 'dropNotice',
  method: 'POST',
  path: '/api/notices/:id/drop',
  summary: '作废还没有发布的公示草稿',
  access: office,
  params: idParams,
  body: z.strictObject({ reason: filled(500), seen }),
})
