import { z } from 'zod'
import { surveyLife } from '#domain/survey/surveyLife.ts'
import { type Audience, audiences } from '#domain/survey/survey.ts'
import {
  date,
  endpoint,
  filled,
  id,
  idParams,
  movesShape,
  refusalShape,
  seen,
  stateOf,
  text,
  yearQuery,
} from '#contract/endpoint.ts'

/*
 * Files that a browser asks for itself (no endpoints):
 *   POST /api/surveys/:id/schools/:schoolId/kit   slips of a school as PDF; field `reason` (needed for a second printing); office
 *   GET  /surveys/:id/paper.pdf                   blank questionnaires for paper; office
 *   GET  /surveys/:id/results.xlsx                all schools as listed, with the list's q, without and sort; office
 *   GET  /surveys/:id/audit.json                  what `npm run verify-ballots` recomputes; office, auditor
 */

const office = ['office'] as const
const school = ['secretary', 'clerk'] as const
const bureau = ['office', 'leader', 'department'] as const

const made = z.strictObject({ id: z.string() })
export const audience = z.enum(audiences as [Audience, ...Audience[]])
export const byAudience = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ teacher: value, parent: value, pupil: value })

export const surveyKind = z.enum(['real', 'rehearsal'])
export const minimumShape = z.strictObject({
  share: byAudience(z.int('应填写整数').min(10, '不能低于 10%').max(100, '不能高于 100%')),
  ballots: z.int().min(5, '不能少于 5 份').max(100),
})

const seal = z.strictObject({ digest: z.string(), signature: z.string(), publicKey: z.string() })
export const sealShape = seal

export const listSurveys = endpoint({
  name: 'listSurveys',
  method: 'GET',
  path: '/api/surveys',
  summary: '本年度的满意度测评和演练；create 说明能否新建',
  access: [...bureau, ...school, 'auditor'],
  query: yearQuery,
  reply: z.strictObject({
    items: z.array(
      z.strictObject({
        id: z.string(),
        kind: surveyKind,
        title: z.string(),
        state: stateOf(surveyLife),
        opensOn: z.string(),
        closesOn: z.string(),
        /** Schools of the district, those whose roster the secretary has confirmed, and those left out. */
        schools: z.int(),
        confirmed: z.int(),
        leftOut: z.int(),
        /** For a school: its own part in it. */
        own: z
          .strictObject({ schoolId: z.string(), roster: z.enum(['none', 'draft', 'confirmed', 'leftOut']) })
          .nullable(),
      }),
    ),
    create: z.strictObject({ real: z.array(refusalShape), rehearsal: z.array(refusalShape) }),
  }),
})

export const createSurvey = endpoint({
  name: 'createSurvey',
  once: true,
  method: 'POST',
  path: '/api/surveys',
  summary: '新建测评（每年一次）或演练',
  access: office,
  body: z.strictObject({ kind: surveyKind, title: filled(60), opensOn: date }),
  reply: made,
})

const questionShape = z.strictObject({
  id: z.string(),
  text: z.string(),
  unscored: z.boolean().optional(),
  overall: z.boolean().optional(),
})

export const readSurvey = endpoint({
  name: 'readSurvey',
  method: 'GET',
  path: '/api/surveys/:id',
  summary: '一次测评：设置、问卷、冻结和封签，以及现在能做什么',
  access: [...bureau, ...school, 'auditor'],
  params: idParams,
  reply: z.strictObject({
    id: z.string(),
    kind: surveyKind,
    title: z.string(),
    state: stateOf(surveyLife),
    opensOn: z.string(),
    closesOn: z.string(),
    impactReference: z.string(),
    minimum: minimumShape,
    /** What each audience is asked; wording comes from the bank. */
    questionnaires: z.array(z.strictObject({ audience, version: z.string(), questions: z.array(questionShape) })),
    /** Of the settings and questions: what the office saw when it saves or freezes. */
    stamp: z.string(),
    fingerprint: z.string().nullable(),
    rosterDigest: z.string().nullable(),
    drawSeed: z.string().nullable(),
    openingSeal: seal.nullable(),
    closingSeal: seal.nullable(),
    openedAt: z.string().nullable(),
    closedAt: z.string().nullable(),
    talliedAt: z.string().nullable(),
    publishedAt: z.string().nullable(),
    publishedText: z.string(),
    schools: z.int(),
    confirmed: z.int(),
    leftOut: z.int(),
    /** Schools with classes drawn, those whose slips are printed, and all codes. */
    kits: z.strictObject({ schools: z.int(), printed: z.int(), codes: z.int() }),
    /** Why a voided one was given up; null for others. */
    voidReason: z.string().nullable(),
    /** Besides the moves of the lifecycle: save, print, remind, enterPaper, erase; only what the state allows is named. */
    moves: movesShape,
  }),
})

export const saveSurvey = endpoint({
  name: 'saveSurvey',
  method: 'PUT',
  path: '/api/surveys/:id',
  summary: '修改筹备中的测评：名称、日期、题目、最低回收比例、个人信息影响评估',
  access: office,
  params: idParams,
  body: z.strictObject({
    title: filled(60),
    opensOn: date,
    closesOn: date,
    questions: byAudience(z.array(z.string().max(10)).max(30)),
    minimum: minimumShape,
    impactReference: text(100),
    seen,
  }),
})

export const freezeSurvey = endpoint({
  name: 'freezeSurvey',
  method: 'POST',
  path: '/api/surveys/:id/freeze',
  summary: '冻结题目和名额：抽取班级，问卷和名额生成摘要；未确认的学校须明确不参加',
  access: office,
  params: idParams,
  body: z.strictObject({ leaveOut: z.array(id).max(1_000).default([]), reason: text(300).default(''), seen }),
  reply: z.strictObject({ fingerprint: z.string(), rosterDigest: z.string(), codes: z.int() }),
})

export const issueSurvey = endpoint({
  name: 'issueSurvey',
  method: 'POST',
  path: '/api/surveys/:id/issue',
  summary: '开始制发编码：此后可以逐校打印纸条',
  access: office,
  params: idParams,
})

export const openSurvey = endpoint({
  name: 'openSurvey',
  method: 'POST',
  path: '/api/surveys/:id/open',
  summary: '开始答题；各校纸条须已打印',
  access: office,
  params: idParams,
})

export const closeSurvey = endpoint({
  name: 'closeSurvey',
  method: 'POST',
  path: '/api/surveys/:id/close',
  summary: '截止答题；早于截止日期须写明理由',
  access: office,
  params: idParams,
  body: z.strictObject({
    reason: text(300).default(''),
    /** How many papers that are not typed twice alike the office gives up, as it saw them; the reason is for them too. */
    papersGivenUp: z.int().min(0).default(0),
  }),
  reply: z.strictObject({ cast: z.int() }),
})

export const tallySurvey = endpoint({
  name: 'tallySurvey',
  method: 'POST',
  path: '/api/surveys/:id/tally',
  summary: '计票：得出各校结果，随后编码和答卷永久销毁',
  access: office,
  params: idParams,
  reply: z.strictObject({ digest: z.string(), schools: z.int() }),
})

export const publishSurvey = endpoint({
  name: 'publishSurvey',
  method: 'POST',
  path: '/api/surveys/:id/publish',
  summary: '在门户公布全区汇总结果和说明，不列学校',
  access: office,
  params: idParams,
  body: z.strictObject({ text: filled(2_000) }),
})

export const voidSurvey = endpoint({
  name: 'voidSurvey',
  method: 'POST',
  path: '/api/surveys/:id/void',
  summary: '作废一次密钥已经丢失、不能计票的测评；此后可以另办一次',
  access: office,
  params: idParams,
  body: z.strictObject({ reason: filled(300) }),
})

export const eraseSurvey = endpoint({
  name: 'eraseSurvey',
  method: 'POST',
  path: '/api/surveys/:id/erase',
  summary: '清除一次演练及其全部答卷',
  access: office,
  params: idParams,
})
