import { z } from 'zod'
import { keysOf, recordOf } from '#domain/base/record.ts'
import { diagnosisAreas } from '#domain/plan/completeness.ts'
import { planLife } from '#domain/plan/planLife.ts'
import { promiseLife } from '#domain/plan/promiseLife.ts'
import { type Pillar, pillars } from '#domain/base/pillar.ts'
import {
  count,
  date,
  endpoint,
  filled,
  id,
  idParams,
  instant,
  inYear,
  movesShape,
  pageOf,
  pageQuery,
  refusalShape,
  seen,
  stateOf,
  text,
  yearQuery,
} from '#contract/endpoint.ts'

const readers = ['office', 'leader', 'department', 'secretary', 'clerk'] as const
const school = ['secretary', 'clerk'] as const

const planState = stateOf(planLife)

const promiseState = stateOf(promiseLife)

const pillar = z.enum(pillars as [Pillar], { error: '请选择任务属于制度、活动、阵地还是媒介' })
/** What an integer column of PostgreSQL can hold, in round figures. */
const FEN_LIMIT = 2_000_000_000
const fen = z.int('金额应为数字').min(0, '金额不能小于 0').max(FEN_LIMIT, '金额不能超过 2000 万元')

const areaShape = z.strictObject({ highlights: text(1500), weakPoints: text(1500) })

const diagnosis = z.strictObject(recordOf(keysOf(diagnosisAreas), () => areaShape))

/** The whole content of a draft, as the editor holds it; every field may still be empty. */
export const planContent = z.strictObject({
  diagnosis,
  entryPoint: text(1500),
  goals: text(3000),
  commitment: text(1500),
  noBudgetReason: text(500),
  tasks: z
    .array(
      z.strictObject({
        id: id.optional(),
        pillar,
        content: text(200),
        measure: text(1000),
        ownerName: text(30),
        startsOn: date.nullable(),
        dueOn: date.nullable(),
        expectedResult: text(500),
      }),
    )
    .max(60, '任务最多 60 项'),
  budgetLines: z
    .array(
      z.strictObject({
        id: id.optional(),
        item: filled(100),
        subject: text(100),
        amountFen: fen,
        note: text(200),
      }),
    )
    .max(60, '预算最多 60 行'),
  promises: z.array(z.strictObject({ id: id.optional(), content: filled(300) })).max(30, '承诺最多 30 条'),
})

export type PlanBody = z.infer<typeof planContent>

const fileBrief = z.strictObject({ id, name: z.string() })
const reasons = z.array(refusalShape)

export const planQuery = z.strictObject({
  ...pageQuery,
  ...inYear,
  state: z.enum(['missing', ...planState.options]).optional(),
  zoneId: id.optional(),
  stage: text(20).optional(),
})

export const listPlans = endpoint({
  name: 'listPlans',
  method: 'GET',
  path: '/api/plans',
  summary: '各校创建方案：每校最新一版，还没有起草的也在内',
  access: readers,
  query: planQuery,
  reply: pageOf(
    z.strictObject({
      schoolId: id,
      schoolName: z.string(),
      stage: z.string(),
      zoneName: z.string(),
      planId: id.nullable(),
      version: z.int().nullable(),
      state: planState.nullable(),
      publishedVersion: z.int().nullable(),
      missing: z.array(z.string()),
      updatedAt: instant.nullable(),
    }),
  ),
})

/** What a school person opens first: this year's plan, or the way to begin one. */
export const readOwnPlan = endpoint({
  name: 'readOwnPlan',
  method: 'GET',
  path: '/api/plans/own',
  summary: '本校本年度最新一版方案，或者可以从哪里开始',
  access: school,
  query: yearQuery,
  reply: z.strictObject({
    cycle: z.strictObject({ id, title: z.string(), planUntil: z.string().nullable() }).nullable(),
    planId: id.nullable(),
    copyFrom: z.strictObject({ id, title: z.string() }).nullable(),
    moves: z.strictObject({ start: reasons }),
  }),
})

export const startPlan = endpoint({
  name: 'startPlan',
  once: true,
  method: 'POST',
  path: '/api/plans',
  summary: '开始起草本年度方案，可以从去年的方案带入',
  access: school,
  body: z.strictObject({ cycleId: id, copyFromId: id.nullable().default(null) }),
  reply: z.strictObject({ id }),
})

export const readPlan = endpoint({
  name: 'readPlan',
  method: 'GET',
  path: '/api/plans/:id',
  summary: '一版方案的全部内容、还缺什么、与上一版的不同、能做什么',
  access: readers,
  params: idParams,
  reply: z.strictObject({
    id,
    schoolId: id,
    schoolName: z.string(),
    cycle: z.strictObject({ id, title: z.string(), planUntil: z.string().nullable() }),
    brandName: z.string().nullable(),
    version: z.int(),
    state: planState,
    stateLabel: z.string(),
    diagnosis,
    entryPoint: z.string(),
    goals: z.string(),
    commitment: z.string(),
    noBudgetReason: z.string(),
    tasks: z.array(
      z.strictObject({
        id,
        pillar,
        content: z.string(),
        measure: z.string(),
        ownerName: z.string(),
        startsOn: z.string().nullable(),
        dueOn: z.string().nullable(),
        expectedResult: z.string(),
        progress: z.int(),
        progressNote: z.string(),
        doneOn: z.string().nullable(),
        entries: count,
      }),
    ),
    budgetLines: z.array(
      z.strictObject({
        id,
        item: z.string(),
        subject: z.string(),
        amountFen: z.int(),
        spentFen: z.int(),
        note: z.string(),
      }),
    ),
    promises: z.array(
      z.strictObject({
        id,
        content: z.string(),
        state: promiseState,
        stateLabel: z.string(),
        explanation: z.string(),
        file: fileBrief.nullable(),
        decidedAt: instant.nullable(),
        /** Outcomes that were taken back, the newest first. */
        before: z.array(
          z.strictObject({
            id,
            stateLabel: z.string(),
            explanation: z.string(),
            file: fileBrief.nullable(),
            decidedAt: instant.nullable(),
            takenBackAt: instant,
            takenBackByName: z.string().nullable(),
            reason: z.string(),
          }),
        ),
      }),
    ),
    signedAt: instant.nullable(),
    signedByName: z.string().nullable(),
    acceptedAt: instant.nullable(),
    publishedAt: instant.nullable(),
    returnReason: z.string().nullable(),
    reviseReason: z.string().nullable(),
    digest: z.string().nullable(),
    updatedAt: instant,
    versions: z.array(z.strictObject({ id, version: z.int(), state: planState, publishedAt: instant.nullable() })),
    /** Each signing, return, acceptance and publishing of this version, the earliest first. */
    rounds: z.array(
      z.strictObject({ id: z.string(), at: instant, title: z.string(), who: z.string(), detail: z.string() }),
    ),
    differences: z.array(z.strictObject({ label: z.string(), before: z.string(), after: z.string() })),
    gaps: reasons,
    comments: z.strictObject({ received: count, answered: count, overdue: count }),
    moves: movesShape,
  }),
})

export const savePlan = endpoint({
  name: 'savePlan',
  method: 'PUT',
  path: '/api/plans/:id',
  summary: '保存草稿全文；别人先保存过的，不会被盖掉',
  access: school,
  params: idParams,
  body: z.strictObject({ updatedAt: instant, content: planContent }),
  reply: z.strictObject({ updatedAt: instant }),
})

const move = <Name extends string>(
  name: Name,
  action: string,
  summary: string,
  access: typeof school | readonly ['office'] | readonly ['secretary'],
) =>
  endpoint({
    name,
    method: 'POST',
    path: `/api/plans/:id/${action}`,
    summary,
    access,
    params: idParams,
    body: z.strictObject({ seen }),
  })

const reasonBody = z.strictObject({ reason: text(1000) })

export const signPlan = move('signPlan', 'sign', '书记签报方案', ['secretary'])
export const acceptPlan = move('acceptPlan', 'accept', '审核通过', ['office'])
export const publishPlan = move('publishPlan', 'publish', '向师生和社会公布', school)
export const returnPlan = endpoint({
  name: 'returnPlan',
  method: 'POST',
  path: '/api/plans/:id/return',
  summary: '退回修改，写明理由',
  access: ['office'],
  params: idParams,
  body: reasonBody.extend({ seen }),
})

export const amendPlan = endpoint({
  name: 'amendPlan',
  method: 'POST',
  path: '/api/plans/:id/amend',
  summary: '写明理由，把已签报或已通过的方案改回起草',
  access: ['office'],
  params: idParams,
  body: reasonBody,
})

export const revisePlan = endpoint({
  name: 'revisePlan',
  once: true,
  method: 'POST',
  path: '/api/plans/:id/revise',
  summary: '修订已公布的方案：另起一版草稿，原版继续公开',
  access: school,
  params: idParams,
  body: reasonBody,
  reply: z.strictObject({ id }),
})

export const updateTask = endpoint({
  name: 'updateTask',
  method: 'PUT',
  path: '/api/tasks/:id/progress',
  summary: '登记任务进度',
  access: school,
  params: idParams,
  body: z.strictObject({
    seen,
    progress: z.int('进度应为整数').min(0, '进度不能小于 0').max(100, '进度不能大于 100'),
    progressNote: text(500),
    doneOn: date.nullable(),
  }),
})

export const updateSpending = endpoint({
  name: 'updateSpending',
  method: 'PUT',
  path: '/api/budget-lines/:id/spent',
  summary: '登记预算支出',
  access: school,
  params: idParams,
  body: z.strictObject({ seen, spentFen: fen }),
})

export const keepPromise = endpoint({
  name: 'keepPromise',
  method: 'POST',
  path: '/api/promises/:id/keep',
  summary: '承诺已兑现，附佐证',
  access: school,
  params: idParams,
  body: z.strictObject({ fileId: z.nullable(id), explanation: text(500).default('') }),
})

export const changePromise = endpoint({
  name: 'changePromise',
  method: 'POST',
  path: '/api/promises/:id/change',
  summary: '调整承诺，写明理由',
  access: school,
  params: idParams,
  body: reasonBody,
})

export const missPromise = endpoint({
  name: 'missPromise',
  method: 'POST',
  path: '/api/promises/:id/miss',
  summary: '承诺未兑现，说明或不说明原因',
  access: school,
  params: idParams,
  body: z.strictObject({ explanation: text(500) }),
})

export const reopenPromise = endpoint({
  name: 'reopenPromise',
  method: 'POST',
  path: '/api/promises/:id/reopen',
  summary: '登记有误的，写明理由撤回登记，原登记留存',
  access: school,
  params: idParams,
  /** `seen` is when the outcome on the screen was registered. */
  body: z.strictObject({ reason: text(1000), seen }),
})
