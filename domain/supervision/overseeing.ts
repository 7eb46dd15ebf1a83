import { type Actor, againstReadingSchool, hasRole, type OfSchool, worksAt } from '#domain/base/actor.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'

export function againstSchool(actor: Actor, subject: OfSchool): Refusal[] {
  const hidden = againstReadingSchool(actor, subject)
  if (hidden.length > 0) return hidden
  return worksAt(actor, subject.schoolId) ? [] : [refusal('roleMissing', '须由学校书记或干事办理。')]
}

/** The bureau's people who reach the school: the office, its leader, its department. */
export function againstOverseeing(actor: Actor, subject: OfSchool): Refusal[] {
  const hidden = againstReadingSchool(actor, subject)
  if (hidden.length > 0) return hidden
  return hasRole(actor, 'office', 'leader', 'department')
    ? []
    : [refusal('roleMissing', '须由局党工委办、分包领导或联系股室办理。')]
}
