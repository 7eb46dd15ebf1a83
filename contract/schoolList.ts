import { z } from 'zod'
import { endpoint, id } from './endpoint.ts'

const change = z.strictObject({ label: z.string(), from: z.string(), to: z.string() })

export const listReportShape = z.strictObject({
  rows: z.int(),
  mistakes: z.array(z.strictObject({ row: z.int(), column: z.string(), kind: z.string(), message: z.string() })),
  /** Fingerprint of the file and of what it would do; applying asks for it, so that nobody applies what was not shown. */
  digest: z.string(),
  newZones: z.array(z.string()),
  added: z.array(
    z.strictObject({
      row: z.int(),
      name: z.string(),
      stage: z.string(),
      zone: z.string(),
      code: z.string().nullable(),
    }),
  ),
  changed: z.array(z.strictObject({ row: z.int(), schoolId: id, name: z.string(), changes: z.array(change) })),
  unchanged: z.int(),
  missing: z.array(z.strictObject({ schoolId: id, name: z.string(), code: z.string().nullable() })),
})
export type ListReport = z.infer<typeof listReportShape>

export const checkSchoolList = endpoint({
  name: 'checkSchoolList',
  method: 'POST',
  path: '/api/school-list/check',
  summary: '试读学校名单（multipart，字段 file，CSV 或 XLSX），列出每个错误和将要发生的变化，什么也不写入',
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
    missing: listReportShape.shape.missing,
  }),
})
