import { z } from 'zod'
import { entryTags, entryTextKeys, entryTexts, participantKinds } from '#domain/ledger/entryContent.ts'
import { pillars } from '#domain/base/pillar.ts'
import { keysOf, recordOf } from '#domain/base/record.ts'
import { entryLife } from '#domain/ledger/entryLife.ts'
import { tooLong } from '#domain/base/text.ts'
import {
  count,
  date,
  endpoint,
  filled,
  id,
  idParams,
  inYear,
  pageOf,
  pageQuery,
  refusalShape,
  text,
  version,
  seen,
} from '#contract/endpoint.ts'

const writers = ['secretary', 'clerk'] as const
const readers = ['office', 'leader', 'department', 'secretary', 'clerk'] as const

const pillar = z.enum(pillars, '请选择制度、活动、阵地、媒介中的一类')
const entryState = z.enum(keysOf(entryLife.states), '没有这个状态')
const tag = z.enum(entryTags, '没有这个融合方向')
const heads = z.int('请填写整数').min(0, '人数不能小于 0').max(100_000, '人数太大，请核对')
const link = z
  .string()
  .trim()
  .max(entryTexts.link.most, {
    error: ({ input }) => `链接${tooLong(String(input).length, entryTexts.link.most)}`,
  })
  .refine((value) => value === '' || (/^https:\/\/[^\s/]/.test(value) && URL.canParse(value)), '链接须以 https:// 开头')

/** What one writes down; only what, when and which pillar is asked for, so that it takes less than a minute. */
const contentFields = {
  title: filled(80),
  happenedOn: date,
  pillar,
  formId: id.nullable().default(null),
  taskId: id.nullable().default(null),
  tags: z.array(tag).max(entryTags.length).default([]),
  ...recordOf(entryTextKeys, (key) => text(entryTexts[key].most).default('')),
  ...recordOf(participantKinds, () => heads.default(0)),
  link: link.default(''),
  evidence: z
    .array(z.strictObject({ fileId: id, caption: text(60).default('') }))
    .max(20, '佐证材料最多 20 个')
    .default([]),
} as const

export const createEntry = endpoint({
  name: 'createEntry',
  method: 'POST',
  path: '/api/ledger/entries',
  summary: '记一条台账；file 为真时同时归档。重发同一个 id 不会记成两条',
  access: writers,
  body: z.strictObject({ ...contentFields, id: id.optional(), file: z.boolean().default(false) }),
  reply: z.strictObject({ id, state: entryState, warnings: z.array(z.string()) }),
})

export const saveEntry = endpoint({
  name: 'saveEntry',
  method: 'PUT',
  path: '/api/ledger/entries/:id',
  summary: '修改草稿；file 为真时同时归档',
  access: writers,
  params: idParams,
  body: z.strictObject({ ...contentFields, seen, file: z.boolean().default(false) }),
  reply: z.strictObject({ id, state: entryState, warnings: z.array(z.string()) }),
})

export const fileEntry = endpoint({
  name: 'fileEntry',
  method: 'POST',
  path: '/api/ledger/entries/:id/file',
  summary: '把草稿归档',
  access: writers,
  params: idParams,
})

export const correctEntry = endpoint({
  name: 'correctEntry',
  method: 'POST',
  path: '/api/ledger/entries/:id/correct',
  summary: '更正已归档的条目，原来的内容留存可查',
  access: writers,
  params: idParams,
  body: z.strictObject({ ...contentFields, reason: filled(200), version: version.min(1) }),
})

const voiding = <Name extends string>(name: Name, action: string, summary: string) =>
  endpoint({
    name,
    method: 'POST',
    path: `/api/ledger/entries/:id/${action}`,
    summary,
    access: writers,
    params: idParams,
    body: z.strictObject({ reason: filled(200) }),
  })
export const voidEntry = voiding('voidEntry', 'void', '把重复或试记的条目作废：不再计入任何数字，仍可查看')
export const restoreEntry = voiding('restoreEntry', 'restore', '恢复作废的条目')

export const removeEntry = endpoint({
  name: 'removeEntry',
  method: 'DELETE',
  path: '/api/ledger/entries/:id',
  summary: '删除草稿',
  access: writers,
  params: idParams,
})

const chosen = <Item extends z.ZodType>(item: Item) => z.union([z.literal(''), item]).optional()

/** Filters of the list, shared by the list and its export. */
const filterFields = {
  q: pageQuery.q,
  sort: z
    .enum(['', 'happenedOn', '-happenedOn', 'filedAt', '-filedAt', 'title', '-title'], '不能按这一列排序')
    .default(''),
  ...inYear,
  schoolId: chosen(id),
  pillar: chosen(pillar),
  formId: chosen(id),
  tag: chosen(tag),
  state: chosen(entryState),
  late: chosen(z.enum(['yes', 'no'], '请选择是否逾期')),
  from: chosen(date),
  until: chosen(date),
  taskId: chosen(id),
} as const
export const entryFilter = z.strictObject(filterFields)
export type EntryFilter = z.infer<typeof entryFilter>

export const entryItem = z.strictObject({
  id,
  schoolId: id,
  schoolName: z.string(),
  stage: z.string(),
  title: z.string(),
  happenedOn: z.string(),
  pillar,
  formLabel: z.string().nullable(),
  place: z.string(),
  ...recordOf(participantKinds, () => count),
  state: entryState,
  late: z.boolean(),
  filedAt: z.string().nullable(),
  evidenceCount: count,
})

export const listEntries = endpoint({
  name: 'listEntries',
  method: 'GET',
  path: '/api/ledger/entries',
  summary: '台账列表',
  access: readers,
  query: z.strictObject({ ...filterFields, page: pageQuery.page, size: pageQuery.size }),
  reply: pageOf(entryItem),
})

const contentShape = {
  title: z.string(),
  happenedOn: z.string(),
  pillar,
  formId: id.nullable(),
  taskId: id.nullable(),
  tags: z.array(tag),
  ...recordOf(entryTextKeys, () => z.string()),
  ...recordOf(participantKinds, () => count),
} as const

export const readEntry = endpoint({
  name: 'readEntry',
  method: 'GET',
  path: '/api/ledger/entries/:id',
  summary: '一条台账，含佐证材料和历次更正',
  access: readers,
  params: idParams,
  reply: z.strictObject({
    ...contentShape,
    id,
    schoolId: id,
    schoolName: z.string(),
    stage: z.string(),
    cycleTitle: z.string().nullable(),
    voidReason: z.string().nullable(),
    voidedAt: z.string().nullable(),
    voidedByName: z.string().nullable(),
    state: entryState,
    late: z.boolean(),
    frozen: z.boolean(),
    version: z.int(),
    formLabel: z.string().nullable(),
    taskContent: z.string().nullable(),
    taskPillar: pillar.nullable(),
    taskGone: z.boolean(),
    createdByName: z.string(),
    filedByName: z.string().nullable(),
    createdAt: z.string(),
    updatedAt: z.string(),
    filedAt: z.string().nullable(),
    warnings: z.array(z.string()),
    evidence: z.array(
      z.strictObject({ fileId: id, name: z.string(), kind: z.string(), size: z.int(), caption: z.string() }),
    ),
    versions: z.array(
      z.strictObject({
        id,
        version: z.int(),
        reason: z.string(),
        personName: z.string(),
        createdAt: z.string(),
        differences: z.array(z.strictObject({ label: z.string(), before: z.string(), after: z.string() })),
      }),
    ),
    moves: z.record(z.string(), z.array(refusalShape)),
  }),
})

const choice = z.strictObject({ id, label: z.string() })

export const readLedgerDesk = endpoint({
  name: 'readLedgerDesk',
  method: 'GET',
  path: '/api/ledger/desk',
  summary: '记台账和查台账要用的选项：年度、形式、任务、学校',
  access: readers,
  reply: z.strictObject({
    today: z.string(),
    lateAfterDays: z.int(),
    cycle: z.strictObject({ id, title: z.string(), year: z.int() }).nullable(),
    forms: z.array(choice),
    tasks: z.array(z.strictObject({ id, label: z.string(), pillar })),
    /** Of the school where one works. */
    stage: z.string(),
    schools: z.array(choice),
    writing: z.array(refusalShape),
  }),
})

export const readLedgerFigures = endpoint({
  name: 'readLedgerFigures',
  method: 'GET',
  path: '/api/ledger/figures',
  summary: '台账情况：四类条数、形式、参加人数与覆盖面',
  access: readers,
  query: z.strictObject({ ...inYear, schoolId: chosen(id) }),
  reply: z.strictObject({
    filed: count,
    late: count,
    schools: count,
    pillars: z.array(
      z.strictObject({
        pillar,
        filed: count,
        forms: count,
        tasks: count,
        tasksWithEntry: count,
        schoolsWithout: count,
      }),
    ),
    forms: z.array(z.strictObject({ label: z.string(), filed: count })),
    participants: z.array(
      z.strictObject({ kind: z.string(), label: z.string(), attended: count, heads: count.nullable() }),
    ),
  }),
})

export const addActivityForm = endpoint({
  name: 'addActivityForm',
  once: true,
  method: 'POST',
  path: '/api/ledger/forms',
  summary: '增加一种活动形式',
  access: ['office'],
  body: z.strictObject({ label: filled(12) }),
  reply: z.strictObject({ id }),
})
