import type { SchoolListRow } from '#domain/schoolList.ts'

/** What is kept of a school and can come from the list. */
export interface KnownSchool {
  id: string
  name: string
  stage: string
  ownership: string
  zone: string
  code: string | null
  partyKind: string
  secretaryName: string
  memberCount: number
  staffCount: number
  studentCount: number
  retired: boolean
}

export const schoolFields = {
  name: '学校名称',
  stage: '学段',
  ownership: '办学性质',
  zone: '片区',
  code: '学校标识码',
  partyKind: '党组织类型',
  secretaryName: '党组织书记',
  memberCount: '党员人数',
  staffCount: '教职工人数',
  studentCount: '学生人数',
} as const
export type SchoolField = keyof typeof schoolFields
const fields = Object.keys(schoolFields) as SchoolField[]

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
}

/** What a list would do to the schools there are: matched by identifier code first, then by name among the rest. */
export function planSchoolList(rows: readonly SchoolListRow[], known: readonly KnownSchool[]): SchoolPlan {
  const byCode = new Map(known.flatMap((school) => (school.code ? [[school.code, school] as const] : [])))
  const matches = new Map<SchoolListRow, KnownSchool>()
  const taken = new Set<string>()
  const take = (row: SchoolListRow, school: KnownSchool | undefined) => {
    if (!school || taken.has(school.id)) return
    matches.set(row, school)
    taken.add(school.id)
  }
  for (const row of rows) if (row.code) take(row, byCode.get(row.code))
  const byName = new Map(known.filter((school) => !taken.has(school.id)).map((school) => [school.name, school]))
  for (const row of rows) if (!matches.has(row)) take(row, byName.get(row.name))

  const plan: SchoolPlan = { added: [], changed: [], unchanged: [], missing: [] }
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
    .filter((field) => school[field] !== row[field])
    .map((field) => ({ label: schoolFields[field], from: String(school[field] ?? ''), to: String(row[field] ?? '') }))
  if (school.retired) changes.push({ label: '状态', from: '已撤并', to: '在册' })
  return changes
}
