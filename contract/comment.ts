import { z } from 'zod'
import { commentLife, type CommentState } from '#domain/lifecycles/comment.ts'
import { count, endpoint, filled, id, idParams, inYear, instant, pageOf, pageQuery, refusalShape } from './endpoint.ts'

const commentState = z.enum(Object.keys(commentLife.states) as [CommentState])
const readers = ['office', 'leader', 'department', 'secretary', 'clerk'] as const

export const commentQuery = z.strictObject({
  ...pageQuery,
  ...inYear,
  state: z.enum([...commentState.options, 'overdue']).optional(),
  schoolId: id.optional(),
})

export const listComments = endpoint({
  name: 'listComments',
  method: 'GET',
  path: '/api/comments',
  summary: '对创建方案的意见建议和答复',
  access: readers,
  query: commentQuery,
  reply: pageOf(
    z.strictObject({
      id,
      planId: id,
      planVersion: count,
      schoolName: z.string(),
      nickname: z.string(),
      relationLabel: z.string(),
      content: z.string(),
      state: commentState,
      stateLabel: z.string(),
      overdue: z.boolean(),
      receivedAt: instant,
      dueOn: z.string(),
      answer: z.string().nullable(),
      answeredAt: instant.nullable(),
      hiddenReason: z.string().nullable(),
      moves: z.strictObject({ answer: z.array(refusalShape).optional(), hide: z.array(refusalShape).optional() }),
    }),
  ),
})

export const answerComment = endpoint({
  name: 'answerComment',
  method: 'POST',
  path: '/api/comments/:id/answer',
  summary: '答复意见，意见和答复都公开',
  access: ['secretary', 'clerk'],
  params: idParams,
  body: z.strictObject({ answer: filled(2000) }),
})

export const hideComment = endpoint({
  name: 'hideComment',
  method: 'POST',
  path: '/api/comments/:id/hide',
  summary: '隐藏不宜公开的意见，写明理由',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ reason: filled(500) }),
})
