import { z } from 'zod'
import { endpoint, id, idParams, pageOf, pageQuery, text } from '#contract/endpoint.ts'
import { audience, surveyKind as kind } from './survey.ts'

const office = ['office'] as const
const school = ['secretary', 'clerk'] as const
const bureau = ['office', 'leader', 'department'] as const
const ofSchool = z.strictObject({ id, schoolId: id })

const band = z.strictObject({
  schools: z.int(),
  lowerQuartile: z.int(),
  median: z.int(),
  upperQuartile: z.int(),
})
/** Means and shares in hundredths: 9_050 is 90.50. What too few answered is null and `hidden`. */
const figures = {
  audience,
  issued: z.int(),
  n: z.int(),
  responseRate: z.int().nullable(),
  hidden: z.boolean(),
  mean: z.int().nullable(),
  satisfied: z.int().nullable(),
  unknownShare: z.int().nullable(),
} as const
/** Too few answered for an index (样本不足). */
const short = z.boolean()
const items = z.array(
  z.strictObject({
    item: z.string(),
    text: z.string(),
    unscored: z.boolean(),
    mean: z.int().nullable(),
    unknownShare: z.int(),
    /** Empty where a school could tell single votes from them. */
    counts: z.record(z.string(), z.int()),
  }),
)
const audienceResult = z.strictObject({
  ...figures,
  weight: z.int(),
  short,
  items,
  /** The same figure of all schools of the same kind with an index, when there are five or more. */
  band: band.nullable(),
})

export const readSchoolResult = endpoint({
  name: 'readSchoolResult',
  method: 'GET',
  path: '/api/surveys/:id/schools/:schoolId/result',
  summary: '一所学校的测评结果，和同类学校的分布；计票后可看',
  access: [...bureau, ...school],
  params: ofSchool,
  reply: z.strictObject({
    title: z.string(),
    kind,
    talliedAt: z.string(),
    digest: z.string(),
    schoolId: z.string(),
    schoolName: z.string(),
    stage: z.string(),
    index: z.int().nullable(),
    /** Why there is no index, in words; empty when there is one. */
    without: z.string(),
    n: z.int(),
    band: band.nullable(),
    audiences: z.array(audienceResult),
  }),
})

export const listResults = endpoint({
  name: 'listResults',
  method: 'GET',
  path: '/api/surveys/:id/results',
  summary: '各校测评结果，供局党工委办工作使用，不对外排名',
  access: office,
  params: idParams,
  query: z.strictObject({ ...pageQuery, without: z.enum(['', 'true']).default('') }),
  reply: pageOf(
    z.strictObject({
      schoolId: z.string(),
      schoolName: z.string(),
      stage: z.string(),
      index: z.int().nullable(),
      without: z.string(),
      n: z.int(),
      audiences: z.array(z.strictObject({ ...figures, short })),
    }),
  ),
})

export const readTotals = endpoint({
  name: 'readTotals',
  method: 'GET',
  path: '/api/surveys/:id/totals',
  summary: '全区汇总结果；计票后局党工委办可看，公布后各单位可看',
  access: [...bureau, ...school],
  params: idParams,
  reply: z.strictObject({
    title: z.string(),
    kind,
    talliedAt: z.string(),
    publishedText: z.string(),
    /** Schools counted, and those with an index. */
    schools: z.int(),
    withIndex: z.int(),
    audiences: z.array(
      z.strictObject({
        ...figures,
        items,
        /** Why the reader, and why the public, is not shown it, in words; empty when it is shown. */
        why: z.string(),
        whyNotOnPortal: z.string(),
      }),
    ),
  }),
})

export const listRemarks = endpoint({
  name: 'listRemarks',
  method: 'GET',
  path: '/api/surveys/:id/remarks',
  summary: '测评留言，不带身份，次序打乱；学校只看到已放行的本校留言',
  access: [...office, ...school],
  params: idParams,
  query: z.strictObject({
    ...pageQuery,
    schoolId: text(36).default(''),
    state: z.enum(['', 'waiting', 'released', 'held']).default(''),
  }),
  reply: pageOf(
    z.strictObject({
      id: z.string(),
      schoolId: z.string(),
      schoolName: z.string(),
      audience,
      body: z.string(),
      doubts: z.array(z.string()),
      state: z.enum(['waiting', 'released', 'held']),
    }),
  ),
})

export const judgeRemark = endpoint({
  name: 'judgeRemark',
  method: 'POST',
  path: '/api/survey-remarks/:id/judge',
  summary: '放行或保留一条留言；涉及个人的应当保留',
  access: office,
  params: idParams,
  body: z.strictObject({ state: z.enum(['released', 'held']) }),
})

export const listCheckCodes = endpoint({
  name: 'listCheckCodes',
  method: 'GET',
  path: '/api/surveys/:id/schools/:schoolId/check-codes',
  summary: '一所学校已计入答卷的回执编码，按字母排列，供答题人核对是否计入',
  access: [...office, ...school, 'auditor'],
  params: ofSchool,
  reply: z.strictObject({ schoolName: z.string(), codes: z.array(z.string()) }),
})
