import { z } from 'zod'
import { surveyLife } from '#domain/survey/surveyLife.ts'
import { type Answer, answerLabels, REMARK_LENGTH } from '#domain/survey/survey.ts'
import {
  count,
  endpoint,
  filled,
  id,
  idParams,
  movesShape,
  pageOf,
  pageQuery,
  seen,
  stateOf,
  text,
} from '#contract/endpoint.ts'
import { audience, byAudience, surveyKind as kind } from './survey.ts'

const office = ['office'] as const
const school = ['secretary', 'clerk'] as const

const ofSchool = z.strictObject({ id, schoolId: id })

const rosterState = z.enum(['none', 'draft', 'confirmed', 'leftOut'])
const rosterClass = z.strictObject({
  grade: filled(10),
  name: filled(20),
  pupils: count.min(1, '人数不能为 0').max(200, '一个班不超过 200 人'),
})

const sample = byAudience(z.int())

export const listRosters = endpoint({
  name: 'listRosters',
  method: 'GET',
  path: '/api/surveys/:id/schools',
  summary: '各校班级人数表的填报情况、按规则的抽样名额、制卡情况',
  access: office,
  params: idParams,
  query: z.strictObject({ ...pageQuery, roster: z.union([rosterState, z.literal('')]).default('') }),
  reply: pageOf(
    z.strictObject({
      schoolId: z.string(),
      schoolName: z.string(),
      stage: z.string(),
      roster: rosterState,
      leftOutReason: z.string(),
      teachers: z.int(),
      classes: z.int(),
      pupils: z.int(),
      /** Codes by rule: of the roster as it stands, and as drawn once frozen. */
      sample,
      confirmedAt: z.string().nullable(),
      confirmedByName: z.string().nullable(),
      kitPrintedAt: z.string().nullable(),
      kitPrintings: z.int(),
    }),
  ),
})

export const readRoster = endpoint({
  name: 'readRoster',
  method: 'GET',
  path: '/api/surveys/:id/schools/:schoolId/roster',
  summary: '一所学校的班级人数表；冻结后可见抽中的班级',
  access: [...office, ...school],
  params: ofSchool,
  reply: z.strictObject({
    surveyId: z.string(),
    surveyTitle: z.string(),
    surveyState: stateOf(surveyLife),
    kind,
    schoolId: z.string(),
    schoolName: z.string(),
    stage: z.string(),
    roster: rosterState,
    leftOutReason: z.string(),
    teachers: z.int(),
    classes: z.array(z.strictObject({ grade: z.string(), name: z.string(), pupils: z.int() })),
    /** The names of grades that this stage has, lowest first. */
    grades: z.array(z.string()),
    sample,
    batches: z.array(
      z.strictObject({
        id: z.string(),
        audience,
        grade: z.string(),
        className: z.string(),
        size: z.int(),
        codes: z.int(),
      }),
    ),
    /** The list of the school's latest earlier survey or rehearsal, to begin with; null when there is none. */
    previous: z
      .strictObject({
        title: z.string(),
        teachers: z.int(),
        classes: z.array(z.strictObject({ grade: z.string(), name: z.string(), pupils: z.int() })),
      })
      .nullable(),
    /** Slips that were printed again: unused earlier ones no longer work; null when they were printed once or never. */
    reprinted: z.strictObject({ times: z.int(), reason: z.string() }).nullable(),
    /** Where respondents answer, as it is printed on the slips. */
    answersAt: z.string(),
    confirmedAt: z.string().nullable(),
    confirmedByName: z.string().nullable(),
    /** Send back when saving; empty before the first save. */
    updatedAt: z.string(),
    /** save, confirm */
    moves: movesShape,
  }),
})

export const saveRoster = endpoint({
  name: 'saveRoster',
  method: 'PUT',
  path: '/api/surveys/:id/schools/:schoolId/roster',
  summary: '保存教师人数和各班人数；原来的确认随之取消',
  access: [...office, ...school],
  params: ofSchool,
  body: z.strictObject({
    teachers: count.max(2_000, '教师人数不超过 2000'),
    classes: z.array(rosterClass).max(300, '班级不超过 300 个'),
    updatedAt: z.string().max(40),
  }),
  reply: z.strictObject({ updatedAt: z.string() }),
})

export const confirmRoster = endpoint({
  name: 'confirmRoster',
  method: 'POST',
  path: '/api/surveys/:id/schools/:schoolId/roster/confirm',
  summary: '书记确认班级人数表',
  access: ['secretary'],
  params: ofSchool,
  body: z.strictObject({ seen }),
})

const flag = z.enum(['burst', 'haste', 'night', 'uniform'])
const batchProgress = z.strictObject({
  id: z.string(),
  schoolId: z.string(),
  schoolName: z.string(),
  audience,
  grade: z.string(),
  className: z.string(),
  size: z.int(),
  codes: z.int(),
  /** Slips printed and answers in; nothing of what they say. */
  issued: z.int(),
  cast: z.int(),
  flags: z.array(flag),
  void: z.boolean(),
  voidReason: z.string(),
  /** Somebody asked to void the class and another person has not yet decided. */
  asked: z.strictObject({ byName: z.string(), at: z.string(), reason: z.string() }).nullable(),
  remindedAt: z.string().nullable(),
  /** askVoid, confirmVoid, dropVoid, remind; empty for a school. */
  moves: movesShape,
})

export const readProgress = endpoint({
  name: 'readProgress',
  method: 'GET',
  path: '/api/surveys/:id/progress',
  summary: '答题进度：各校已发和已答份数，异常和申请作废的班级；没有任何结果',
  access: office,
  params: idParams,
  reply: z.strictObject({
    title: z.string(),
    kind,
    state: stateOf(surveyLife),
    closesOn: z.string(),
    issued: z.int(),
    cast: z.int(),
    schools: z.array(
      z.strictObject({
        schoolId: z.string(),
        schoolName: z.string(),
        stage: z.string(),
        issued: z.int(),
        cast: z.int(),
        byAudience: byAudience(z.strictObject({ issued: z.int(), cast: z.int() })),
        flagged: z.int(),
        voided: z.int(),
      }),
    ),
    /** Classes to look at: flagged, voided or asked to be. */
    batches: z.array(batchProgress),
  }),
})

export const readSchoolProgress = endpoint({
  name: 'readSchoolProgress',
  method: 'GET',
  path: '/api/surveys/:id/schools/:schoolId/progress',
  summary: '一所学校各班的答题进度；没有任何结果',
  access: [...office, ...school],
  params: ofSchool,
  reply: z.strictObject({
    title: z.string(),
    kind,
    state: stateOf(surveyLife),
    closesOn: z.string(),
    schoolName: z.string(),
    issued: z.int(),
    cast: z.int(),
    /** A school is not told of flags. */
    batches: z.array(batchProgress),
  }),
})

export const remindClasses = endpoint({
  name: 'remindClasses',
  method: 'POST',
  path: '/api/surveys/:id/reminders',
  summary: '提醒学校：哪些班答得少；只到班，不到人',
  access: office,
  params: idParams,
  body: z.strictObject({ batchIds: z.array(id).min(1, '请选择班级').max(500) }),
  reply: z.strictObject({ reminded: z.int() }),
})

export const askVoid = endpoint({
  name: 'askVoid',
  method: 'POST',
  path: '/api/survey-batches/:id/void',
  summary: '申请作废一个班的答卷，写明理由，由另一人确认',
  access: office,
  params: idParams,
  body: z.strictObject({ reason: filled(300) }),
})

export const confirmVoid = endpoint({
  name: 'confirmVoid',
  method: 'POST',
  path: '/api/survey-batches/:id/void/confirm',
  summary: '确认作废一个班的答卷；须由申请人以外的人办理',
  access: office,
  params: idParams,
})

export const dropVoid = endpoint({
  name: 'dropVoid',
  method: 'POST',
  path: '/api/survey-batches/:id/void/drop',
  summary: '不作废：撤回或驳回作废申请，写明理由',
  access: office,
  params: idParams,
  body: z.strictObject({ reason: filled(300) }),
})

const answer = z.enum(Object.keys(answerLabels) as [Answer, ...Answer[]])

export const enterPaper = endpoint({
  name: 'enterPaper',
  method: 'POST',
  path: '/api/surveys/:id/papers',
  summary: '录入一份纸质问卷；两个人各录一遍，一致才计入',
  access: office,
  params: idParams,
  body: z.strictObject({
    code: filled(60),
    answers: z.record(z.string().max(10), answer),
    text: text(REMARK_LENGTH).default(''),
  }),
  reply: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('waiting') }),
    z.strictObject({ state: z.literal('counted') }),
    /** Ids of the questions where the two differ; `text` for the remark. */
    z.strictObject({ state: z.literal('differs'), questions: z.array(z.string()) }),
    z.strictObject({ state: z.literal('refused'), reason: z.string() }),
  ]),
})

export const listPapers = endpoint({
  name: 'listPapers',
  method: 'GET',
  path: '/api/surveys/:id/papers',
  summary: '还没有计入的纸质问卷：等第二人录入，或两人录得不同',
  access: office,
  params: idParams,
  reply: z.array(
    z.strictObject({
      id: z.string(),
      code: z.string(),
      className: z.string(),
      enteredBy: z.array(z.string()),
      /** Its code was used on the net: it can only be withdrawn. */
      used: z.boolean(),
      questions: z.array(z.string()),
    }),
  ),
})

export const withdrawPaper = endpoint({
  name: 'withdrawPaper',
  method: 'POST',
  path: '/api/surveys/:id/papers/:paperId/withdraw',
  summary: '撤下一份还没有计入的纸质问卷，写明理由；编码没有用过的可以重新录',
  access: office,
  params: z.strictObject({ id, paperId: z.string().max(40) }),
  body: z.strictObject({ reason: filled(300) }),
})
