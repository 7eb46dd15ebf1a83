import { createHash } from 'node:crypto'
import { nearDoubts } from '#domain/schools/nearSchools.ts'
import { refusal } from '#domain/base/refusal.ts'
import {
  type ListChoices,
  type ListDoubt,
  readSchoolList,
  rowKey,
  type SchoolListReading,
} from '#domain/schools/schoolList.ts'
import type { SheetTable } from '#domain/schools/listTable.ts'
import { planSchoolList, type SchoolPlan } from '#domain/schools/schoolPlan.ts'
import { uploadRefusal } from '#domain/records/upload.ts'
import { choicesShape, type ListReport } from '#contract/schools/schoolList.ts'
import { accountsOfSchools, knownSchools, readDivisions } from '#server/schools/organization/queries.ts'
import { inputRefusals } from '#server/kernel/http.ts'
import { Problem, refuse } from '#server/kernel/problem.ts'
import type { Exchange } from '#server/kernel/routes.ts'
import { readBook } from '#server/kernel/sheet.ts'
import type { ReadOnly } from '#server/kernel/work.ts'
import { quoted } from '#domain/base/text.ts'

const LIST_LIMIT = 5 * 1024 * 1024
const CHOICES_LIMIT = 1024 * 1024

export interface SentList {
  bytes: Uint8Array
  sheets: readonly SheetTable[]
  choices: Choices
}

export type Choices = ListChoices & { accepted: readonly string[]; replaceSecretaries: boolean }
export const plainChoices: Choices = { mapping: {}, cells: {}, left: [], accepted: [], replaceSecretaries: false }

/** The sheets of the one file that was sent, whatever it is called, and what has been said on the page about it. */
export async function readSentList({ request }: Exchange): Promise<SentList> {
  if (!request.isMultipart()) throw refuse('wrongType', '请用上传文件的方式提交学校名单。', { field: 'file' })
  const part = await request.file({ limits: { fileSize: LIST_LIMIT, fieldSize: CHOICES_LIMIT } })
  if (!part) throw refuse('incomplete', '请选择学校名单文件。', { field: 'file' })
  const chunks: Buffer[] = []
  for await (const chunk of part.file) chunks.push(chunk)
  if (part.file.truncated) throw refuse('tooLarge', '名单文件超过 5 MB，请删去多余的内容或图片。', { field: 'file' })
  const bytes = Buffer.concat(chunks)
  const book = await readBook(bytes)
  if ('refused' in book) throw new Problem([uploadRefusal(book.refused)])
  const said = part.fields['choices']
  const text = said && 'value' in said ? said.value : undefined
  return { bytes, sheets: book.sheets, choices: typeof text === 'string' ? choicesIn(text) : plainChoices }
}

function choicesIn(text: string): Choices {
  const read = choicesShape.safeParse(parsedOrNothing(text))
  if (!read.success) throw new Problem(inputRefusals(read.error.issues))
  return read.data
}

function parsedOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A secretary who has an account while the list names somebody else. */
export interface ChangedSecretary {
  schoolId: string
  school: string
  personId: string
  from: string
  to: string
}

export interface Judged {
  reading: SchoolListReading
  /** Everything that a person has to look at before it is written, with whether somebody has. */
  doubts: (ListDoubt & { key: string; accepted: boolean })[]
  plan: SchoolPlan
  newZones: string[]
  secretaries: ChangedSecretary[]
  digest: string
}

/** What the list says and what it would do, with the fingerprint of both and of what was said about it. */
export async function judgeSchoolList(
  db: ReadOnly,
  bureauId: string,
  { bytes, sheets, choices }: SentList,
): Promise<Judged> {
  const reading = readSchoolList(sheets, choices)
  const known = await knownSchools(db, bureauId)
  const { zones } = await readDivisions(db, bureauId)
  const plan = planSchoolList(reading.rows, known)
  const near = nearDoubts(reading.rows, { schools: known, zones: zones.map((one) => one.name), added: plan.added })
  const newZones = [...new Set(reading.rows.map((row) => row.zone))].filter(
    (name) => !zones.some((zone) => zone.name === name),
  )
  const accepted = new Set(choices.accepted)
  const doubts = [...reading.doubts, ...plan.doubts, ...near]
    .map((one) => ({ ...one, key: `${rowKey(one)}.${one.kind}` }))
    .map((one) => ({ ...one, accepted: accepted.has(one.key) }))
  const digest = createHash('sha256')
    .update(bytes)
    .update(JSON.stringify([plan, newZones, choices]))
    .digest('hex')
  return { reading, doubts, plan, newZones, secretaries: await changedSecretaries(db, plan), digest }
}

async function changedSecretaries(db: ReadOnly, plan: SchoolPlan): Promise<ChangedSecretary[]> {
  const placed = [...plan.changed, ...plan.unchanged]
  const rows = new Map(placed.map((one) => [one.schoolId, one.row]))
  const accounts = await accountsOfSchools(db, [...rows.keys()])
  return accounts.flatMap((one) => {
    const row = rows.get(one.organizationId)
    if (one.role !== 'secretary' || !row || row.secretaryName === one.name) return []
    return [
      { schoolId: one.organizationId, school: row.name, personId: one.personId, from: one.name, to: row.secretaryName },
    ]
  })
}

export function reportOf({ reading, doubts, plan, newZones, secretaries, digest }: Judged): ListReport {
  const broken = new Set(reading.mistakes.map(rowKey)).size
  return {
    rows: reading.rows.length + broken,
    sheets: reading.sheets,
    notes: reading.notes,
    mistakes: reading.mistakes,
    doubts,
    digest,
    newZones,
    secretaries: secretaries.map(({ schoolId, school, from, to }) => ({ schoolId, school, from, to })),
    added: plan.added,
    changed: plan.changed.map(({ schoolId, row, changes }) => ({
      schoolId,
      sheet: row.sheet,
      row: row.row,
      name: row.name,
      changes,
    })),
    unchanged: plan.unchanged.length,
    missing: plan.missing,
  }
}

/** What stands against writing the list: every mistake and every doubt that nobody has looked at, each with its place. */
export const againstApplying = ({ reading, doubts }: Judged) =>
  [...reading.mistakes, ...doubts.filter((one) => !one.accepted)].map((one) =>
    refusal('invalid', `${placeOf(one)}：${one.message}`, { field: `${rowKey(one)}.${one.column}` }),
  )

const placeOf = ({ sheet, row, column }: { sheet: string; row: number; column: string }): string =>
  `${sheet === '' ? '' : `表${quoted(sheet)}`}${row === 0 ? '' : `第 ${row} 行`}${column === '' ? '' : quoted(column)}` ||
  '文件'

const NAMES_AT_ONCE = 5_000

/** Which of these sign-in names are in use; asked in parts, for a statement takes only so many values. */
export async function takenLoginNames(db: ReadOnly, names: readonly string[]): Promise<Set<string>> {
  const taken = new Set<string>()
  for (let at = 0; at < names.length; at += NAMES_AT_ONCE) {
    const rows = await db
      .selectFrom('account')
      .select('loginName')
      .where('loginName', 'in', names.slice(at, at + NAMES_AT_ONCE))
      .execute()
    for (const row of rows) taken.add(row.loginName)
  }
  return taken
}
