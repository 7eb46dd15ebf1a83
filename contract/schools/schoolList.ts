import { z } from 'zod'
import { recordOf } from '#domain/base/record.ts'
import { schoolCountKeys } from '#domain/schools/school.ts'
import { columnKeys } from '#domain/schools/listColumns.ts'
import { doubtKinds, mistakeKinds, type DoubtKind, type MistakeKind } from '#domain/schools/listMistakes.ts'
import { endpoint, id, text } from '#contract/endpoint.ts'

const change = z.strictObject({ label: z.string(), from: z.string(), to: z.string() })
const at = { sheet: z.string(), row: z.int() }
const mistakes = Object.keys(mistakeKinds) as MistakeKind[]
const doubts = [...Object.keys(doubtKinds), 'nearSchool', 'nearZone', 'codeAgainstName'] as DoubtKind[]

/** What a person says on the page about the file that was sent: it travels with the file, as the field `choices`. */
export const choicesShape = z.strictObject({
  /** Title of a column → what it is; empty leaves it out. */
  mapping: z.record(z.string().max(100), z.enum([...columnKeys, ''])).default({}),
  /** `表!行.列` → the cell as mended. */
  cells: z.record(z.string().max(200), text(200)).default({}),
  /** Rows to leave out: `表!行`. */
  left: z.array(z.string().max(200)).max(20_000).default([]),
  /** Doubts that were looked at: `表!行.疑点`. */
  accepted: z.array(z.string().max(200)).max(60_000).default([]),
  replaceSecretaries: z.boolean().default(false),
})

export const listReportShape = z.strictObject({
  rows: z.int(),
  sheets: z.array(
    z.strictObject({
      sheet: z.string(),
      headerRow: z.int(),
      columns: z.array(z.strictObject({ title: z.string(), column: z.enum(columnKeys).nullable() })),
      rows: z.int(),
    }),
  ),
  /** What was passed over or read in another way than it stands. */
  notes: z.array(z.strictObject({ ...at, message: z.string() })),
  mistakes: z.array(
    z.strictObject({ ...at, school: z.string(), column: z.string(), kind: z.enum(mistakes), message: z.string() }),
  ),
  doubts: z.array(
    z.strictObject({
      ...at,
      school: z.string(),
      column: z.string(),
      kind: z.enum(doubts),
      message: z.string(),
      key: z.string(),
      accepted: z.boolean(),
    }),
  ),
  /** Fingerprint of the file and of what it would do; applying asks for it, so that nobody applies what was not shown. */
  digest: z.string(),
  newZones: z.array(z.string()),
  /** Secretaries with an account whom the list no longer names. */
  secretaries: z.array(z.strictObject({ schoolId: id, school: z.string(), from: z.string(), to: z.string() })),
  added: z.array(
    z.strictObject({
      ...at,
      name: z.string(),
      stage: z.string(),
      ownership: z.string(),
      zone: z.string(),
      code: z.string().nullable(),
      partyKind: z.string(),
      secretaryName: z.string(),
      ...recordOf(schoolCountKeys, () => z.int()),
      sortOrder: z.int().nullable(),
      clerkName: z.string().nullable(),
      contactPhone: z.string().nullable(),
    }),
  ),
  changed: z.array(z.strictObject({ ...at, schoolId: id, name: z.string(), changes: z.array(change) })),
  unchanged: z.int(),
  missing: z.array(z.strictObject({ schoolId: id, name: z.string(), code: z.string().nullable() })),
})
export type ListReport = z.infer<typeof listReportShape>

export const checkSchoolList = endpoint({
  name: 'checkSchoolList',
  method: 'POST',
  path: '/api/school-list/check',
  summary:
    '试读学校名单（multipart，字段 choices 在前、file 在后；XLSX、XLS、ET、ODS 或 CSV），列出每个错误和将要发生的变化，什么也不写入',
  access: ['office'],
  body: z.custom<FormData>(),
  reply: listReportShape,
})

export const applySchoolList = endpoint({
  name: 'applySchoolList',
  method: 'POST',
  path: '/api/school-list/apply',
  summary: '按试读的结果导入学校名单，要么全部写入，要么一条也不写',
  access: ['office'],
  query: z.strictObject({ digest: z.string().regex(/^[0-9a-f]{64}$/, '请先试读'), accounts: z.enum(['yes', 'no']) }),
  body: z.custom<FormData>(),
  reply: z.strictObject({
    added: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    zones: z.int(),
    accountsMade: z.int(),
    accountsKept: z.int(),
    secretariesReplaced: z.int(),
    missing: listReportShape.shape.missing,
  }),
})
