import { z } from 'zod'
import { eventKinds } from '#domain/showcase/event.ts'
import { eventLife } from '#domain/showcase/eventLife.ts'
import {
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
import { attached, publicPicture } from '#contract/records/file.ts'

const school = ['secretary', 'clerk'] as const
const readers = ['office', 'leader', 'department', ...school] as const
const step = stepsAt('/api/events')
const at = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/, '请填写日期和时间')
  .refine((value) => !Number.isNaN(Date.parse(value)), '没有这个时间')
  .transform((value) => new Date(value).toISOString())

const fields = {
  kind: z.enum(eventKinds, '请选择活动类型'),
  title: filled(80),
  startsAt: at,
  endsAt: at,
  place: filled(100),
  agenda: text(4000).default(''),
  hostSchoolId: id.nullable().default(null),
  schoolIds: z.array(id).max(500).default([]),
} as const

const writtenUp = {
  outcome: filled(4000),
  fileIds: z.array(id).max(30).default([]),
  publicIds: z.array(id).max(30).default([]),
} as const

const listed = {
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  place: z.string(),
  state: stateOf(eventLife),
  invited: z.int(),
  registered: z.int(),
} as const

export const eventDetail = z.strictObject({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  place: z.string(),
  agenda: z.string(),
  hostSchoolId: z.string().nullable(),
  hostName: z.string().nullable(),
  state: stateOf(eventLife),
  outcome: z.string(),
  updatedAt: z.string(),
  materials: z.array(attached),
  /** Those of the materials that were chosen for the public page. */
  pictures: z.array(publicPicture),
  schools: z.array(
    z.strictObject({
      schoolId: z.string(),
      schoolName: z.string(),
      state: z.enum(['invited', 'registered', 'declined']),
      attendees: z.array(z.string()),
      checkedInAt: z.string().nullable(),
      mine: z.boolean(),
      /** Answered before the event was changed. */
      outdated: z.boolean(),
    }),
  ),
  /** What stood before each change after publishing, the latest first. */
  changes: z.array(
    z.strictObject({
      at: z.string(),
      personName: z.string(),
      reason: z.string(),
      title: z.string(),
      startsAt: z.string(),
      endsAt: z.string(),
      place: z.string(),
    }),
  ),
  moves: movesShape,
})
export type EventDetail = z.infer<typeof eventDetail>

export const createEvent = endpoint({
  name: 'createEvent',
  once: true,
  method: 'POST',
  path: '/api/events',
  summary: '筹备一次活动',
  access: ['office'],
  body: z.strictObject(fields),
  reply: z.strictObject({ id: z.string() }),
})

export const saveEvent = endpoint({
  name: 'saveEvent',
  method: 'PUT',
  path: '/api/events/:id',
  summary: '修改筹备中的活动',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ ...fields, seen }),
})

export const changeEvent = endpoint({
  name: 'changeEvent',
  method: 'PUT',
  path: '/api/events/:id/published',
  summary: '更改已发布的活动，写明理由；原来的内容留存，已回复的学校会得到提醒',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ ...fields, seen, reason: filled(500) }),
})

export const listEvents = endpoint({
  name: 'listEvents',
  method: 'GET',
  path: '/api/events',
  summary: '活动；学校看到受邀请的',
  access: readers,
  query: z.strictObject({ ...pageQuery, ...inYear, state: stateOf(eventLife, '').default('') }),
  reply: pageOf(z.strictObject(listed)),
})

export const readEvent = endpoint({
  name: 'readEvent',
  method: 'GET',
  path: '/api/events/:id',
  summary: '一次活动',
  access: readers,
  params: idParams,
  reply: eventDetail,
})

export const publishEvent = step('publishEvent', 'publish', {
  summary: '发布活动，邀请学校报名',
  access: ['office'],
})

export const cancelEvent = endpoint({
  name: 'cancelEvent',
  method: 'POST',
  path: '/api/events/:id/cancel',
  summary: '取消活动，写明理由',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ reason: filled(500) }),
})

export const holdEvent = endpoint({
  name: 'holdEvent',
  method: 'POST',
  path: '/api/events/:id/hold',
  summary: '登记活动成果和材料；publicIds 中的图片向社会公开',
  access: ['office'],
  params: idParams,
  body: z.strictObject(writtenUp),
})

export const amendEvent = endpoint({
  name: 'amendEvent',
  method: 'PUT',
  path: '/api/events/:id/outcome',
  summary: '更正已登记的成果、材料和公开的图片，写明理由',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ ...writtenUp, reason: filled(500), seen: z.string() }),
})

export const respondEvent = endpoint({
  name: 'respondEvent',
  method: 'POST',
  path: '/api/events/:id/respond',
  summary: '学校报名或说明不参加',
  access: school,
  params: idParams,
  body: z.strictObject({ join: z.boolean(), attendees: z.array(filled(20)).max(30).default([]), seen: z.string() }),
})

export const checkInSchool = endpoint({
  name: 'checkInSchool',
  method: 'POST',
  path: '/api/events/:id/check-in',
  summary: '登记一所学校到场',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ schoolId: id }),
})
