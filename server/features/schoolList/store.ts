import { createHash } from 'node:crypto'
import { refusal } from '#domain/refusal.ts'
import { readSchoolList, type SchoolListReading } from '#domain/schoolList.ts'
import { planSchoolList, type SchoolPlan } from '#domain/schoolPlan.ts'
import { uploadRefusal } from '#domain/upload.ts'
import type { ListReport } from '#contract/schoolList.ts'
import { knownSchools, readDivisions } from '#server/features/organization/store.ts'
import { readCsv } from '#server/kernel/csv.ts'
import { Problem, refuse } from '#server/kernel/problem.ts'
import type { Exchange } from '#server/kernel/routes.ts'
import { readSheet } from '#server/kernel/sheet.ts'
import type { ReadOnly } from '#server/kernel/work.ts'

const LIST_LIMIT = 5 * 1024 * 1024

/** The table of the one file that was sent, whatever it is called: its first bytes say what it is. */
export async function readUploadedTable({ request }: Exchange): Promise<{ bytes: Buffer; cells: string[][] }> {
  if (!request.isMultipart()) throw refuse('wrongType', '请用上传文件的方式提交学校名单。', { field: 'file' })
  const part = await request.file({ limits: { fileSize: LIST_LIMIT } })
  if (!part) throw refuse('incomplete', '请选择学校名单文件。', { field: 'file' })
  const chunks: Buffer[] = []
  for await (const chunk of part.file) chunks.push(chunk)
  if (part.file.truncated) throw refuse('tooLarge', '名单文件超过 5 MB，请删去多余的内容或图片。', { field: 'file' })
  const bytes = Buffer.concat(chunks)
  if (bytes.length === 0) throw new Problem([uploadRefusal('empty')])
  const start = bytes.subarray(0, 4).toString('hex')
  if (start === 'd0cf11e0') throw new Problem([uploadRefusal('oldOffice')])
  const read = start === '504b0304' ? await readSheet(bytes) : readCsv(bytes)
  if ('refused' in read) throw new Problem([uploadRefusal(read.refused)])
  return { bytes, cells: read.rows }
}

export interface Judged {
  reading: SchoolListReading
  plan: SchoolPlan
  newZones: string[]
  digest: string
}

/** What the list says and what it would do, with the fingerprint of both. */
export async function judgeSchoolList(
  db: ReadOnly,
  bureauId: string,
  { bytes, cells }: { bytes: Uint8Array; cells: string[][] },
): Promise<Judged> {
  const reading = readSchoolList(cells)
  const known = await knownSchools(db, bureauId)
  const { zones } = await readDivisions(db, bureauId)
  const plan = planSchoolList(reading.rows, known)
  const newZones = [...new Set(reading.rows.map((row) => row.zone))].filter(
    (name) => !zones.some((zone) => zone.name === name),
  )
  const digest = createHash('sha256')
    .update(bytes)
    .update(JSON.stringify([plan, newZones]))
    .digest('hex')
  return { reading, plan, newZones, digest }
}

export function reportOf({ reading, plan, newZones, digest }: Judged): ListReport {
  return {
    rows: reading.rows.length + new Set(reading.mistakes.filter((one) => one.row > 1).map((one) => one.row)).size,
    mistakes: reading.mistakes,
    digest,
    newZones,
    added: plan.added.map(({ row, name, stage, zone, code }) => ({ row, name, stage, zone, code })),
    changed: plan.changed.map(({ schoolId, row, changes }) => ({ schoolId, row: row.row, name: row.name, changes })),
    unchanged: plan.unchanged.length,
    missing: plan.missing,
  }
}

/** Mistakes as refusals, each with its row and column. */
export const refusalsOf = ({ mistakes }: SchoolListReading) =>
  mistakes.map((one) =>
    refusal('invalid', `第 ${one.row} 行${one.column ? `“${one.column}”` : ''}：${one.message}`, {
      field: `${one.row}.${one.column}`,
    }),
  )

export async function takenLoginNames(db: ReadOnly, names: readonly string[]): Promise<Set<string>> {
  if (names.length === 0) return new Set()
  const rows = await db
    .selectFrom('account')
    .select('loginName')
    .where('loginName', 'in', [...names])
    .execute()
  return new Set(rows.map((row) => row.loginName))
}
