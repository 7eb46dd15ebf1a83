import type { ListDoubt } from '#domain/schools/listMistakes.ts'
import type { SchoolListRow } from '#domain/schools/listRow.ts'
import { type SchoolFacts, schoolCounts } from '#domain/schools/school.ts'
import { keysOf } from '#domain/base/record.ts'
import { quoted, searchKey } from '#domain/base/text.ts'

/** What is kept of a school and can come from the list. */
export interface KnownSchool extends SchoolFacts {
  id: string
  zone: string
  retired: boolean
}

const schoolFields = {
  name: '学校名称',
  stage: '学段',
  ownership: '办学性质',
  zone: '片区',
  code: '学校标识码',
  partyKind: '党组织类型',
  secretaryName: '党组织书记',
  ...schoolCounts,
  contactPhone: '联系电话',
  sortOrder: '排序号',
} as const satisfies Record<keyof SchoolFacts | 'zone', string>
export type SchoolField = keyof typeof schoolFields
const fields = keysOf(schoolFields)
const kept: readonly SchoolField[] = ['contactPhone', 'sortOrder']

export interface FieldChange {
  label: string
  from: string
  to: string
}

export interface SchoolPlan {
  added: SchoolListRow[]
  changed: { schoolId: string; restored: boolean; row: SchoolListRow; changes: FieldChange[] }[]
  unchanged: { schoolId: string; row: SchoolListRow }[]
  /** Schools that the list does not name: nothing happens to them unless somebody says so. */
  missing: { schoolId: string; name: string; code: string | null }[]
  /** Rows whose code belongs to one school and whose name to another. */
  doubts: ListDoubt[]
}

const nameKey = (name: string): string => searchKey(name).replace(/\s/g, '')

const codeDoubt = (row: SchoolListRow, holder: KnownSchool): ListDoubt => ({
  sheet: row.sheet,
  row: row.row,
  school: row.name,
  column: '学校标识码',
  kind: 'codeAgainstName',
  message: `标识码 ${row.code} 现在是${quoted(holder.name)}的。方案、台账和账号跟着学校名称走，只改标识码；请核对后确认。`,
})

/**
 * What a list would do to the schools there are. A school is known by its name, else by its identifier code: a code is typed wrong more
 * easily than a name, and what a school has written stays with its name. Where the two point at different schools a doubt says so.
 */
export function planSchoolList(rows: readonly SchoolListRow[], known: readonly KnownSchool[]): SchoolPlan {
  const byCode = new Map(known.flatMap((school) => (school.code ? [[school.code, school] as const] : [])))
  const byName = new Map(known.map((school) => [nameKey(school.name), school]))
  const matches = new Map<SchoolListRow, KnownSchool>()
  const taken = new Set<string>()
  const doubts: ListDoubt[] = []
  const take = (row: SchoolListRow, school: KnownSchool | undefined) => {
    if (!school || taken.has(school.id)) return
    matches.set(row, school)
    taken.add(school.id)
  }
  for (const row of rows) {
    const named = byName.get(nameKey(row.name))
    const coded = row.code ? byCode.get(row.code) : undefined
    take(row, named)
    if (named && coded && coded.id !== named.id) doubts.push(codeDoubt(row, coded))
  }
  for (const row of rows) if (!matches.has(row) && row.code) takeByCode(row, byCode.get(row.code))

  function takeByCode(row: SchoolListRow, school: KnownSchool | undefined): void {
    if (school && taken.has(school.id)) doubts.push(codeDoubt(row, school))
    take(row, school)
  }

  const plan: SchoolPlan = { added: [], changed: [], unchanged: [], missing: [], doubts }
  for (const row of rows) {
    const school = matches.get(row)
    if (!school) {
      plan.added.push(row)
      continue
    }
    const changes = changesOf(school, row)
    if (changes.length === 0) plan.unchanged.push({ schoolId: school.id, row })
    else plan.changed.push({ schoolId: school.id, restored: school.retired, row, changes })
  }
  plan.missing = known
    .filter((school) => !taken.has(school.id) && !school.retired)
    .map(({ id, name, code }) => ({ schoolId: id, name, code }))
  return plan
}

function changesOf(school: KnownSchool, row: SchoolListRow): FieldChange[] {
  const changes: FieldChange[] = fields
    // A list without a telephone or a place takes none away.
    .filter((field) => school[field] !== row[field] && (row[field] !== null || !kept.includes(field)))
    .map((field) => ({ label: schoolFields[field], from: String(school[field] ?? ''), to: String(row[field] ?? '') }))
  if (school.retired) changes.push({ label: '状态', from: '已撤并', to: '在册' })
  return changes
}
