import { resultLife } from '#domain/review/resultLife.ts'
import { scoreSheetLife } from '#domain/review/scoreSheetLife.ts'
import { z } from 'zod'
import { endpoint, filled, id, idParams, refusalShape, yearQuery, text, stateOf } from '#contract/endpoint.ts'
import { attached } from '#contract/records/file.ts'
import { scoredMethod } from './panel.ts'

const resultState = stateOf(resultLife)
const sheetState = stateOf(scoreSheetLife)
const office = ['office'] as const
const moves = z.record(z.string(), z.array(refusalShape))

const methodProgress = z.strictObject({
  method: scoredMethod,
  sheets: z.array(
    z.strictObject({ id: z.string(), reviewerName: z.string(), state: sheetState, total: z.int().nullable() }),
  ),
  disagreement: z.strictObject({ spread: z.int(), allowed: z.int(), ruling: z.string().nullable() }).nullable(),
})

export const readReview = endpoint({
  name: 'readReview',
  method: 'GET',
  path: '/api/review',
  summary: '评审进展：评分表、群众测评得分、加减分、分歧和结果',
  access: office,
  query: yearQuery,
  reply: z.strictObject({
    cycleTitle: z.string(),
    surveyMaximum: z.int(),
    items: z.strictObject({
      bonus: z.array(z.strictObject({ code: z.string(), title: z.string(), points: z.int() })),
      deduction: z.array(z.strictObject({ code: z.string(), title: z.string(), points: z.int() })),
    }),
    /** Schools left out because the reader has recused from them. */
    hidden: z.int(),
    applications: z.array(
      z.strictObject({
        applicationId: z.string(),
        schoolName: z.string(),
        stage: z.string(),
        methods: z.array(methodProgress),
        survey: z.strictObject({ points: z.int(), source: z.string() }).nullable(),
        /** Why there are no points yet, in words; empty when there are. */
        surveyLack: z.string(),
        surveyRuling: z.string().nullable(),
        /** Whether the office may rule; absent while the index decides. */
        surveyMoves: moves,
        adjustments: z.array(
          z.strictObject({
            id: z.string(),
            kind: z.string(),
            code: z.string(),
            points: z.int(),
            reason: z.string(),
            files: z.array(attached),
          }),
        ),
        suggestions: z.array(
          z.strictObject({ kind: z.string(), code: z.string(), count: z.int(), detail: z.string() }),
        ),
      }),
    ),
    result: z
      .strictObject({ id: z.string(), state: resultState, digest: z.string(), computedAt: z.string() })
      .nullable(),
    computeReasons: z.array(refusalShape),
    moves,
  }),
})

export const ruleSurvey = endpoint({
  name: 'ruleSurvey',
  method: 'POST',
  path: '/api/applications/:id/survey-ruling',
  summary: '样本不足的学校：裁定群众测评得分按访谈座谈的得分率折算，写明理由',
  access: office,
  params: idParams,
  body: z.strictObject({ reason: filled(300) }),
})

export const addAdjustment = endpoint({
  name: 'addAdjustment',
  once: true,
  method: 'POST',
  path: '/api/applications/:id/adjustments',
  summary: '登记加分或扣分，写明理由',
  access: office,
  params: idParams,
  body: z.strictObject({
    kind: z.enum(['bonus', 'deduction']),
    code: filled(20),
    points: z.int(),
    reason: filled(300),
    fileIds: z.array(id).max(3, '证明材料最多 3 份').default([]),
  }),
  reply: z.strictObject({ id: z.string() }),
})

export const dropAdjustment = endpoint({
  name: 'dropAdjustment',
  method: 'POST',
  path: '/api/adjustments/:id/drop',
  summary: '撤销一条加减分，写明理由',
  access: office,
  params: idParams,
  body: z.strictObject({ reason: filled(300) }),
})

export const ruleDisagreement = endpoint({
  name: 'ruleDisagreement',
  method: 'POST',
  path: '/api/applications/:id/rulings',
  summary: '对评分分歧作出说明',
  access: office,
  params: idParams,
  body: z.strictObject({ method: scoredMethod, reason: filled(500) }),
})

export const computeResult = endpoint({
  name: 'computeResult',
  method: 'POST',
  path: '/api/review/compute',
  summary: '计算评审结果',
  access: office,
  query: yearQuery,
  reply: z.strictObject({ id: z.string(), digest: z.string() }),
})

export const moderateResult = endpoint({
  name: 'moderateResult',
  method: 'POST',
  path: '/api/results/:id/moderate',
  summary: '复核评审结果，写明复核意见',
  access: office,
  params: idParams,
  body: z.strictObject({ remark: filled(1000), seen: text(64) }),
})

export const sealResult = endpoint({
  name: 'sealResult',
  method: 'POST',
  path: '/api/results/:id/seal',
  summary: '封存评审结果',
  access: office,
  params: idParams,
  body: z.strictObject({ seen: text(64) }),
  reply: z.strictObject({ digest: z.string() }),
})

export const correctResult = endpoint({
  name: 'correctResult',
  method: 'POST',
  path: '/api/results/:id/correct',
  summary: '更正已封存的结果：原结果留存，改好以后重新计算，写明理由',
  access: office,
  params: idParams,
  body: z.strictObject({ reason: filled(500), seen: text(64) }),
})

const placed = z.strictObject({
  applicationId: z.string(),
  schoolName: z.string(),
  stage: z.string(),
  brandName: z.string(),
  /** None in a year that only shows results: its schools stand by stage and name (rule 2). */
  place: z.int().nullable(),
  decidedBy: z.string(),
  total: z.int(),
  methods: z.record(z.string(), z.int()),
  survey: z.int(),
  bonus: z.int(),
  deduction: z.int(),
})

export const readRanking = endpoint({
  name: 'readRanking',
  method: 'GET',
  path: '/api/ranking',
  summary: '评审结果：得分和封存摘要，展示年度没有名次；分包领导在封存后可看',
  access: ['office', 'leader'],
  query: yearQuery,
  reply: z.strictObject({
    resultId: z.string().nullable(),
    state: resultState.nullable(),
    ruleVersion: z.string(),
    inputsDigest: z.string(),
    digest: z.string(),
    computedAt: z.string(),
    sealedAt: z.string().nullable(),
    moderation: z.string(),
    /** Nobody else of the office can sign in: one person does every step, and is told that it stands on record. */
    alone: z.boolean(),
    /** The sealed result that was set aside before this one, for the office. */
    corrected: z.strictObject({ id: z.string(), digest: z.string(), at: z.string(), reason: z.string() }).nullable(),
    places: z.array(placed),
  }),
})

const part = z.strictObject({ code: z.string(), title: z.string(), maximum: z.int(), score: z.int() })
const adjusted = z.strictObject({
  cap: z.int(),
  counted: z.int(),
  items: z.array(z.strictObject({ code: z.string(), title: z.string(), points: z.int(), reason: z.string() })),
})

export const explainPlace = endpoint({
  name: 'explainPlace',
  method: 'GET',
  path: '/api/results/:id/applications/:applicationId',
  summary: '一所学校的得分从哪里来，逐项展开到每张评分表',
  access: ['office', 'leader'],
  params: z.strictObject({ id, applicationId: id }),
  reply: z.strictObject({
    schoolName: z.string(),
    formula: z.string(),
    total: z.int(),
    methods: z.array(
      z.strictObject({
        method: z.string(),
        label: z.string(),
        maximum: z.int(),
        score: z.int(),
        sheets: z.array(
          z.strictObject({
            id: z.string(),
            reviewerName: z.string(),
            total: z.int(),
            dropped: z.string().nullable(),
            scores: z.array(part),
          }),
        ),
      }),
    ),
    survey: z.strictObject({ points: z.int(), maximum: z.int(), source: z.string().nullable(), parts: z.array(part) }),
    bonus: adjusted,
    deduction: adjusted,
  }),
})
