import type { Reply } from '#console/api.ts'
import type { Fact } from '#console/house/Facts.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import type { readSchool } from '#contract/schools/organization.ts'
import { pupilsWord } from '#domain/base/pupils.ts'

export type SchoolRecord = Reply<typeof readSchool>

export function schoolFacts({ school, ...record }: SchoolRecord): Fact[] {
  return [
    { label: '学段', value: school.stage },
    { label: '办学性质', value: school.ownership },
    { label: '学校标识码', value: school.code },
    { label: '片区', value: school.zoneName },
    { label: '教育集团', value: school.groupName ?? '不属于教育集团' },
    ...(school.sortOrder === null ? [] : [{ label: '排序号', value: String(school.sortOrder) }]),
    { label: '党组织', value: school.partyKind },
    { label: '党组织书记', value: school.secretaryName },
    { label: '学校联系人', value: [record.contactName, record.contactPhone].filter(Boolean).join('　') },
    { label: '分包领导', value: record.leaders.join('、') || '未安排' },
    { label: '联系股室', value: school.departmentName ?? '未安排' },
    {
      label: '人数核对',
      value: school.confirmedAt ? `学校于 ${showDate(school.confirmedAt)} 核对` : '学校还没有核对',
    },
  ]
}

export const headCounts = ({ school }: SchoolRecord) => [
  { label: '党员', value: school.memberCount },
  { label: '教职工', value: school.staffCount },
  { label: pupilsWord(school.stage), value: school.studentCount },
]
