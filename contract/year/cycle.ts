import { z } from 'zod'
import { outcomeKinds, type OutcomeKind } from '#domain/year/cycle.ts'
import { methods } from '#domain/year/standard.ts'
import { date, endpoint, filled, id, idParams, refusalShape, text, seen } from '#contract/endpoint.ts'

const share = z.int('请填写整数').min(1, '比例至少是 1%').max(100, '比例不能超过 100%')
const days = (max: number) => z.int('请填写整数').min(1, '至少 1 天').max(max, `不能超过 ${max} 天`)

/** What a year's rules can be set to; the same shape guards the request and reads the stored text. */
export const cycleSettingsShape = z.strictObject({
  commentDays: days(60),
  commentsFirstJudged: z.boolean().default(true),
  lateAfterDays: days(365),
  noticeDays: z.int('请填写整数').min(5, '公示期不少于 5 个工作日').max(30, '公示期不超过 30 个工作日'),
  awardShareOfApplicants: share,
  awardShareOfSchools: share,
  recommendationShare: share,
  awardYears: z.int('请填写整数').min(1, '至少 1 年').max(10, '不能超过 10 年'),
  disagreementShare: share,
  rectificationDays: days(365),
  grades: z.array(filled(20)).min(1, '至少写一个等次').max(6, '等次不超过 6 个'),
})

export const outcomeKindShape = z.enum(Object.keys(outcomeKinds) as [OutcomeKind, ...OutcomeKind[]])

const year = z.int('请填写年份').min(2020, '年份不对').max(2100, '年份不对')
const optional = (max: number) => text(max).nullable()
const basis = {
  basisTitle: optional(120),
  basisNumber: optional(60),
  filingNumber: optional(60),
  approvalNumber: optional(60),
  toldOn: date.nullable(),
}
const terms = {
  title: filled(60),
  awardTitle: filled(80),
  outcomeKind: outcomeKindShape,
  planUntil: date.nullable(),
  applyFrom: date,
  applyUntil: date,
  standardId: id.nullable(),
  settings: cycleSettingsShape,
}

export const cycleShape = z.strictObject({
  id,
  bureauId: id,
  year: z.int(),
  state: z.enum(['draft', 'open', 'closed']),
  stateLabel: z.string(),
  ...terms,
  ...basis,
  graceUntil: date.nullable(),
  graceReason: z.string().nullable(),
  openedAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  reopenReason: z.string().nullable(),
  updatedAt: z.string(),
})

const moves = z.record(z.string(), z.array(refusalShape))

export const listCycles = endpoint({
  name: 'listCycles',
  method: 'GET',
  path: '/api/cycles',
  summary: '各年度',
  access: 'signedIn',
  reply: z.strictObject({ items: z.array(cycleShape) }),
})

export const readCurrentCycle = endpoint({
  name: 'readCurrentCycle',
  method: 'GET',
  path: '/api/cycles/current',
  summary: '当前年度；还没有年度时为空',
  access: 'signedIn',
  reply: z.strictObject({ cycle: cycleShape.nullable() }),
})

export const readCycleDetail = endpoint({
  name: 'readCycleDetail',
  method: 'GET',
  path: '/api/cycles/:id',
  summary: '一个年度的设置、依据和可以办的事',
  access: 'signedIn',
  params: idParams,
  reply: z.strictObject({
    cycle: cycleShape,
    standard: z.strictObject({ id, title: z.string(), version: z.int() }).nullable(),
    warnings: z.array(refusalShape),
    /** What closing would leave as it stands; each is ticked off by its id. */
    unfinished: z.array(z.strictObject({ id: z.string(), message: z.string(), href: z.string() })),
    moves,
  }),
})

export const createCycle = endpoint({
  name: 'createCycle',
  once: true,
  method: 'POST',
  path: '/api/cycles',
  summary: '新建年度',
  access: ['office'],
  body: z.strictObject({
    year,
    title: filled(60),
    awardTitle: filled(80),
    applyFrom: date.optional(),
    applyUntil: date.optional(),
    standardId: id.nullable().optional(),
  }),
  reply: z.strictObject({ id }),
})

export const editCycle = endpoint({
  name: 'editCycle',
  method: 'PUT',
  path: '/api/cycles/:id',
  summary: '修改筹备中的年度',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ seen, ...terms, ...basis, year: year.optional() }),
})

export const recordBasis = endpoint({
  name: 'recordBasis',
  method: 'PUT',
  path: '/api/cycles/:id/basis',
  summary: '补录依据文件、备案号、批准文号和告知日期（年度开启后也可以）',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ ...basis, seen }),
})

export const openCycle = endpoint({
  name: 'openCycle',
  method: 'POST',
  path: '/api/cycles/:id/open',
  summary: '开启年度，锁定设置和标准',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ seen: z.string() }),
})

export const closeCycle = endpoint({
  name: 'closeCycle',
  method: 'POST',
  path: '/api/cycles/:id/close',
  summary: '结束年度；没有办完的事逐项勾选',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ ticked: z.array(z.string().max(80)).max(40).default([]) }),
})

export const reopenCycle = endpoint({
  name: 'reopenCycle',
  method: 'POST',
  path: '/api/cycles/:id/reopen',
  summary: '重新开启结束过早的年度，写明理由',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ reason: filled(200) }),
})

export const deleteCycle = endpoint({
  name: 'deleteCycle',
  method: 'DELETE',
  path: '/api/cycles/:id',
  summary: '删除筹备中、还没有记录的年度',
  access: ['office'],
  params: idParams,
})

export const grantGrace = endpoint({
  name: 'grantGrace',
  once: true,
  method: 'POST',
  path: '/api/cycles/:id/grace',
  summary: '给全体学校同样的申报宽限，写明理由',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ until: date, reason: text(200) }),
})

const point = z.strictObject({ code: z.string(), title: z.string(), points: z.number() })
const indicatorKind = z.enum(['scale', 'steps', 'deductPerMiss', 'cappedBonus', 'precondition', 'survey'])

const standardOf = <M extends z.ZodType>(methodShares: M) =>
  z.strictObject({
    title: text(120),
    totalPoints: z.number(),
    methods: z.exactOptional(z.record(z.string(), z.string())),
    dimensions: z.array(
      z.strictObject({
        code: filled(20),
        title: text(120),
        points: z.number(),
        indicators: z.array(
          z.strictObject({
            code: filled(20),
            title: text(200),
            points: z.number(),
            methods: methodShares,
            evidence: text(500),
            kind: z.exactOptional(indicatorKind),
            steps: z.exactOptional(z.array(z.int())),
            perMiss: z.exactOptional(z.int()),
          }),
        ),
      }),
    ),
    bonus: z.strictObject({ cap: z.number(), items: z.array(point) }),
    deduction: z.strictObject({ cap: z.number(), items: z.array(point) }),
  })

/** A standard as a file brings it: a method that does not exist is named by `againstStandard` with the other mistakes. */
export const importedStandardShape = standardOf(z.record(z.string(), z.number()))

/** A stored standard, which has already passed `againstStandard`. */
export const standardBodyShape = standardOf(z.partialRecord(z.enum(methods), z.number()))

const standardHead = { id, title: z.string(), version: z.int(), digest: z.string(), createdAt: z.string() }

export const listStandards = endpoint({
  name: 'listStandards',
  method: 'GET',
  path: '/api/standards',
  summary: '评估标准的各个版本',
  access: 'signedIn',
  reply: z.strictObject({ items: z.array(z.strictObject({ ...standardHead, usedBy: z.array(z.string()) })) }),
})

export const readStandard = endpoint({
  name: 'readStandard',
  method: 'GET',
  path: '/api/standards/:id',
  summary: '一个版本的评估标准',
  access: 'signedIn',
  params: idParams,
  reply: z.strictObject({ ...standardHead, body: standardBodyShape }),
})

export const importStandard = endpoint({
  name: 'importStandard',
  once: true,
  method: 'POST',
  path: '/api/standards',
  summary: '导入一个新版本的评估标准；有错误时逐条列出，什么也不写入',
  access: ['office'],
  body: z.strictObject({ body: z.unknown() }),
  reply: z.strictObject({ id }),
})

export const importDefaultStandard = endpoint({
  name: 'importDefaultStandard',
  once: true,
  method: 'POST',
  path: '/api/standards/default',
  summary: '采用系统自带的评估标准',
  access: ['office'],
  reply: z.strictObject({ id }),
})

export const calendarYearShape = z.strictObject({
  year: z.int(),
  holidays: z.array(date),
  makeUpDays: z.array(date),
  source: z.string(),
  /** Whether the office has entered it, or it came with the product. */
  entered: z.boolean(),
})

export const listCalendar = endpoint({
  name: 'listCalendar',
  method: 'GET',
  path: '/api/calendar',
  summary: '工作日历：各年的节假日和调休上班日',
  access: 'signedIn',
  reply: z.strictObject({ items: z.array(calendarYearShape.extend({ stamp: z.string() })) }),
})

export const saveCalendarYear = endpoint({
  name: 'saveCalendarYear',
  method: 'PUT',
  path: '/api/calendar/:year',
  summary: '录入或更正一年的节假日安排',
  access: ['office'],
  params: z.strictObject({ year: z.coerce.number().int().min(2020).max(2100) }),
  body: z.strictObject({
    holidays: z.array(date).max(80, '一年的节假日不会这么多'),
    makeUpDays: z.array(date).max(40, '一年的调休上班日不会这么多'),
    source: filled(120),
    /** The stamp of the days shown; blank while the year has none. */
    seen: z.string(),
  }),
})
