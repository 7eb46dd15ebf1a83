import { z } from 'zod'
import { judgements } from '#domain/plan/comment.ts'
import { commentLife } from '#domain/plan/commentLife.ts'
import {
  count,
  endpoint,
  filled,
  id,
  idParams,
  instant,
  inYear,
  pageOf,
  pageQuery,
  refusalShape,
  stateOf,
  text,
} from '#contract/endpoint.ts'

const commentState = stateOf(commentLife)

const readers = ['office', 'leader', 'department', 'secretary', 'clerk'] as const

export const commentQuery = z.strictObject({
  ...pageQuery,
  ...inYear,
  /** `closed`: what waits at schools that were taken off the register. */
  state: z.enum([...commentState.options, 'overdue', 'closed']).optional(),
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
      /** The school is closed: its successor answers, or the office. */
      closed: z.boolean(),
      nickname: z.string(),
      relationLabel: z.string(),
      content: z.string(),
      state: commentState,
      stateLabel: z.string(),
      overdue: z.boolean(),
      receivedAt: instant,
      /** Nothing while it is judged, or while the working days of the year are not known. */
      dueOn: z.string().nullable(),
      answer: z.string().nullable(),
      answeredAt: instant.nullable(),
      correctedAt: instant.nullable(),
      hiddenReason: z.string().nullable(),
      heldFor: z.string(),
      /** Answers that were corrected, the latest first. */
      earlier: z.array(z.strictObject({ answer: z.string(), answeredAt: instant, replacedAt: instant })),
      moves: z.strictObject({
        answer: z.array(refusalShape).optional(),
        correct: z.array(refusalShape).optional(),
        report: z.array(refusalShape).optional(),
        show: z.array(refusalShape).optional(),
        hide: z.array(refusalShape).optional(),
        junk: z.array(refusalShape).optional(),
        restore: z.array(refusalShape).optional(),
      }),
    }),
  ),
})

const school = ['secretary', 'clerk'] as const
/** The office answers for a school that was closed. */
const answering = [...school, 'office'] as const

export const answerComment = endpoint({
  name: 'answerComment',
  method: 'POST',
  path: '/api/comments/:id/answer',
  summary: '答复意见，意见和答复都公开；撤并的学校由接续的学校或局党工委办答复',
  access: answering,
  params: idParams,
  body: z.strictObject({ answer: filled(2000) }),
})

export const correctAnswer = endpoint({
  name: 'correctAnswer',
  method: 'PUT',
  path: '/api/comments/:id/answer',
  summary: '更正已公开的答复，原来的答复留存',
  access: answering,
  params: idParams,
  /** `seen` is when the answer on the screen was given or last corrected. */
  body: z.strictObject({ answer: filled(2000), seen: z.string() }),
})

export const reportComment = endpoint({
  name: 'reportComment',
  method: 'POST',
  path: '/api/comments/:id/report',
  summary: '学校请局里审核一条意见；审核期间不公开、不计答复期限',
  access: school,
  params: idParams,
  body: z.strictObject({ reason: filled(500) }),
})

export const judgeComments = endpoint({
  name: 'judgeComments',
  method: 'POST',
  path: '/api/comments/judge',
  summary: '审核一条或多条意见：公开、隐藏、按灌水处理、恢复显示；除公开外写明理由',
  access: ['office'],
  body: z.strictObject({
    ids: z.array(id).min(1, '请先选择意见').max(100, '一次最多办理 100 条'),
    judgement: z.enum(judgements),
    reason: text(500).default(''),
  }),
  reply: z.strictObject({ count }),
})
