import { type Actor, againstOffice, isOffice, type OfSchool, reachesSchool, worksAt } from '#domain/actor.ts'
import { type Refusal, refusal } from '#domain/refusal.ts'

/** A school as the rules on its record see it. */
export interface SchoolStanding extends OfSchool {
  name: string
  retiredAt: string | null
}

const againstRetired = (school: SchoolStanding): Refusal[] =>
  school.retiredAt === null ? [] : [refusal('notInThisState', `“${school.name}”已经撤并，不能再修改。`)]

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

/** Figures that cannot be true together. */
export function againstCounts(counts: { memberCount: number; staffCount: number }): Refusal[] {
  if (counts.memberCount <= counts.staffCount) return []
  return [
    refusal('invalid', `党员 ${counts.memberCount} 人多于教职工 ${counts.staffCount} 人，请核对。`, {
      field: 'memberCount',
    }),
  ]
}
