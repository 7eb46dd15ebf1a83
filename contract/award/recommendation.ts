import { recommendationLife } from '#domain/award/recommendationLife.ts'
import { z } from 'zod'
import { moves, seen } from './award.ts'
import { endpoint, id, idParams, text, yearQuery, stateOf } from '#contract/endpoint.ts'

const office = ['office'] as const

const recommendationRow = z.strictObject({
  id: z.string(),
  schoolName: z.string(),
  brandName: z.string(),
  targetLevel: z.string(),
  state: stateOf(recommendationLife),
  /** Why it cannot go on: the award behind it was taken back. */
  awardRevoked: z.boolean(),
  digest: z.string().nullable(),
  outcome: z.string(),
  updatedAt: z.string(),
  moves,
})

export const listRecommendations = endpoint({
  name: 'listRecommendations',
  method: 'GET',
  path: '/api/recommendations',
  summary: '向市、省推荐的品牌',
  access: office,
  query: yearQuery,
  reply: z.array(recommendationRow),
})

export const selectRecommendation = endpoint({
  name: 'selectRecommendation',
  once: true,
  method: 'POST',
  path: '/api/recommendations',
  summary: '遴选一个已公布的品牌向上推荐',
  access: office,
  body: z.strictObject({ awardId: id, targetLevel: z.enum(['city', 'province']) }),
  reply: z.strictObject({ id: z.string() }),
})

export const moveRecommendation = endpoint({
  name: 'moveRecommendation',
  method: 'POST',
  path: '/api/recommendations/:id/move',
  summary: '整理材料、上报、登记上级收讫或退回、登记结果、撤回结果登记、撤回推荐',
  access: office,
  params: idParams,
  body: z.strictObject({
    action: z.enum(['package', 'send', 'receive', 'return', 'win', 'lose', 'retract', 'withdraw']),
    note: text(500).default(''),
    seen,
  }),
})
