import { type Actor, againstOffice, isOffice, type OfSchool, reachesSchool, worksAt } from '#domain/base/actor.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'
import { quoted, searchKey } from '#domain/base/text.ts'

/** The levels of the tree of organizations, from the top. */
export const levels = ['province', 'city', 'district', 'school'] as const
export type Level = (typeof levels)[number]

/** A school as the rules on its record see it. */
export interface SchoolStanding extends OfSchool {
  name: string
  retiredAt: string | null
}

const againstRetired = (school: SchoolStanding): Refusal[] =>
  school.retiredAt === null ? [] : [refusal('notInThisState', `${quoted(school.name)}已经撤并，不能再修改。`)]

/** The record of a school is the office's to change. */
export function againstEditingSchool(actor: Actor, school: SchoolStanding): Refusal[] {
  if (!isOffice(actor, school.bureauId))
    return reachesSchool(actor, school) ? [refusal('roleMissing', '须由局党工委办修改。')] : [refusal('notFound')]
  return againstRetired(school)
}

/** Head counts and the contact are the school's own to confirm; the office may do it for the school. */
export function againstConfirmingSchool(actor: Actor, school: SchoolStanding): Refusal[] {
  if (!reachesSchool(actor, school)) return [refusal('notFound')]
  if (!worksAt(actor, school.schoolId) && !isOffice(actor, school.bureauId))
    return [refusal('roleMissing', '须由本校书记或干事核对。')]
  return againstRetired(school)
}

export function againstRetiring(actor: Actor, school: SchoolStanding): Refusal[] {
  const outside = againstOffice(actor, school)
  return outside.length > 0 ? outside : againstRetired(school)
}

/** Whoever goes on for closed schools is in the register and not closed with them. */
export const againstSuccessor = (successor: SchoolStanding, closing: readonly string[]): Refusal[] => {
  const field = { field: 'successorId' }
  if (closing.includes(successor.schoolId)) return [refusal('invalid', '不能并入正在撤并的学校。', field)]
  return successor.retiredAt === null
    ? []
    : [refusal('invalid', `${quoted(successor.name)}已经撤并，请另选一所在册的学校。`, field)]
}

/** A zone with schools goes by being merged into another one; an empty one simply goes; the last one stays. */
export function againstZoneGoing(
  zone: { name: string; retiredAt: string | null },
  { wanted, into, schools, others }: { wanted: boolean; into: string | undefined; schools: number; others: number },
): Refusal[] {
  if (zone.retiredAt !== null) return [refusal('notInThisState', '这个片区已经撤销。')]
  if (wanted && into === undefined) return [refusal('invalid', '请另选一个片区并入。', { field: 'intoId' })]
  if (others < 1) return [refusal('notInThisState', '只有这一个片区，不能撤销；名称不对可以改名。')]
  if (into === undefined && schools > 0)
    return [
      refusal('notInThisState', `${quoted(zone.name)}还有 ${schools} 所学校，请选择并入哪个片区。`, {
        field: 'intoId',
      }),
    ]
  return []
}

/** A school taken off the list by mistake comes back with all its records. */
export function againstRestoringSchool(actor: Actor, school: SchoolStanding): Refusal[] {
  const outside = againstOffice(actor, school)
  if (outside.length > 0) return outside
  return school.retiredAt === null ? [refusal('notInThisState', '这所学校在册，不用恢复。')] : []
}

/** Two schools of a bureau never have one name, whatever its brackets and spaces. */
export const againstSameName = (name: string, others: readonly { id: string; name: string }[]): Refusal[] => {
  const key = (text: string) => searchKey(text).replace(/\s/g, '')
  const same = others.find((one) => key(one.name) === key(name))
  if (!same) return []
  const href = `/console/schools/${same.id}`
  return [
    refusal('alreadyExists', `已经有${quoted(same.name)}，不能重复登记；要改它的情况请打开这所学校。`, {
      field: 'name',
      href,
    }),
  ]
}

/** Whoever takes a zone holds the post of a leader at the bureau. */
export const againstLeaders = (personIds: readonly string[], leaders: readonly { personId: string }[]): Refusal[] =>
  personIds
    .filter((id) => !leaders.some((one) => one.personId === id))
    .map(() => refusal('invalid', '选的人不是本局的分包领导，请先给他这个岗位。', { field: 'personIds' }))

/** What a school's record points at: a zone and a group of its own bureau. */
export const againstDivisions = (
  school: { zoneId: string; groupId: string | null },
  known: { zones: readonly { id: string }[]; groups: readonly { id: string }[] },
): Refusal[] => [
  ...(known.zones.some((zone) => zone.id === school.zoneId)
    ? []
    : [refusal('invalid', '没有这个片区。', { field: 'zoneId' })]),
  ...(school.groupId === null || known.groups.some((group) => group.id === school.groupId)
    ? []
    : [refusal('invalid', '没有这个教育集团。', { field: 'groupId' })]),
]
