import { scoreSheetLife } from '#domain/review/scoreSheetLife.ts'
import { scoredMethod } from '#contract/review/panel.ts'
import { z } from 'zod'
import { endpoint, filled, idParams, refusalShape, seen, text, yearQuery, stateOf } from '#contract/endpoint.ts'

const office = ['office'] as const
const scores = z.record(z.string().max(20), z.int())
const sheetState = stateOf(scoreSheetLife)
const moves = z.record(z.string(), z.array(refusalShape))

export const listOwnSheets = endpoint({
  name: 'listOwnSheets',
  method: 'GET',
  path: '/api/sheets',
  summary: '我的评审',
  access: ['reviewer'],
  query: yearQuery,
  reply: z.array(
    z.strictObject({
      id: z.string(),
      schoolName: z.string(),
      stage: z.string(),
      method: scoredMethod,
      state: sheetState,
      total: z.int().nullable(),
      maximum: z.int(),
      submittedAt: z.string().nullable(),
      returnReason: z.string().nullable(),
    }),
  ),
})

export const readSheet = endpoint({
  name: 'readSheet',
  method: 'GET',
  path: '/api/sheets/:id',
  summary: '一张评分表；声明无利害关系之前看不到申报内容',
  access: ['reviewer', 'office'],
  params: idParams,
  reply: z.strictObject({
    id: z.string(),
    schoolName: z.string(),
    stage: z.string(),
    method: scoredMethod,
    reviewerId: z.string(),
    reviewerName: z.string(),
    state: sheetState,
    lines: z.array(
      z.strictObject({
        code: z.string(),
        title: z.string(),
        evidence: z.string(),
        maximum: z.int(),
        allowed: z.array(z.int()).nullable(),
      }),
    ),
    scores,
    remark: z.string(),
    total: z.int().nullable(),
    updatedAt: z.string(),
    returnReason: z.string().nullable(),
    /** The frozen dossier as canonical JSON, once no conflict is declared. */
    dossier: z.string().nullable(),
    /** Who asked to leave the sheet out and why, until a second person confirms. */
    /** The stamp is of this request on this sheet: one that was refused and made anew is another. */
    exclusion: z.strictObject({ by: z.string(), at: z.string(), reason: z.string(), stamp: z.string() }).nullable(),
    /** What was submitted before and then returned, the newest first. */
    versions: z.array(
      z.strictObject({
        version: z.int(),
        total: z.int().nullable(),
        at: z.string(),
        returned: z.string(),
        digest: z.string(),
      }),
    ),
    moves,
  }),
})

export const declareSheet = endpoint({
  name: 'declareSheet',
  method: 'POST',
  path: '/api/sheets/:id/declare',
  summary: '声明与学校没有利害关系，开始评分',
  access: ['reviewer'],
  params: idParams,
  body: z.strictObject({ seen }),
})

export const recuseSheet = endpoint({
  name: 'recuseSheet',
  method: 'POST',
  path: '/api/sheets/:id/recuse',
  summary: '申请回避；评审专家不能继续时由局党工委办登记',
  access: ['reviewer', 'office'],
  params: idParams,
  body: z.strictObject({
    /** `unable` gives up this one sheet without any conflict, such as for illness; the others recuse from the school. */
    kind: z.enum(['workedWithin3Years', 'relative', 'advisedPlan', 'other', 'unable']),
    reason: filled(300),
    seen,
  }),
})

export const recuseSelf = endpoint({
  name: 'recuseSelf',
  method: 'POST',
  path: '/api/applications/:id/recuse',
  summary: '本人回避一所参评学校：不再看、不再办它的评审和审定',
  access: ['office', 'leader'],
  params: idParams,
  body: z.strictObject({ reason: filled(300) }),
})

const sheetBody = z.strictObject({ scores, remark: text(2000), updatedAt: z.string().max(40) })

export const saveSheet = endpoint({
  name: 'saveSheet',
  method: 'PUT',
  path: '/api/sheets/:id',
  summary: '保存评分草稿',
  access: ['reviewer'],
  params: idParams,
  body: sheetBody,
  reply: z.strictObject({ updatedAt: z.string() }),
})

export const submitSheet = endpoint({
  name: 'submitSheet',
  method: 'POST',
  path: '/api/sheets/:id/submit',
  summary: '提交评分，提交后锁定',
  access: ['reviewer'],
  params: idParams,
  body: sheetBody,
  reply: z.strictObject({ total: z.int() }),
})

export const returnSheet = endpoint({
  name: 'returnSheet',
  method: 'POST',
  path: '/api/sheets/:id/return',
  summary: '退回评分表，写明理由',
  access: office,
  params: idParams,
  body: z.strictObject({ reason: filled(300), seen: text(40) }),
})

export const askExclusion = endpoint({
  name: 'askExclusion',
  method: 'POST',
  path: '/api/sheets/:id/exclude',
  summary: '提请把一张提交过的评分表剔除，写明理由，由另一位同志确认',
  access: office,
  params: idParams,
  body: z.strictObject({ reason: filled(300), seen: text(40) }),
})

export const judgeExclusion = endpoint({
  name: 'judgeExclusion',
  method: 'POST',
  path: '/api/sheets/:id/exclusion',
  summary: '确认剔除评分表，或者不予剔除',
  access: office,
  params: idParams,
  body: z.strictObject({ confirm: z.boolean(), reason: filled(300), seen: text(40) }),
})
