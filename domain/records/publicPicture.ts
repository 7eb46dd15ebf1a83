import { type Actor, isOffice, worksAt } from '#domain/base/actor.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'

/** A picture as rule 17 sees it: whose it is, whether anything public shows it, whether it was taken down. */
export interface PictureFacts {
  bureauId: string
  /** The school it belongs to, and schools at which it was taken for an event. */
  schoolIds: readonly string[]
  isPublic: boolean
  withheldAt: string | null
}

const concerns = (actor: Actor, picture: PictureFacts): boolean =>
  isOffice(actor, picture.bureauId) || picture.schoolIds.some((one) => worksAt(actor, one))

/** The office and the school that it concerns take a picture down at once; nobody has to agree (rule 17). */
export function againstWithholding(actor: Actor, picture: PictureFacts): Refusal[] {
  if (!concerns(actor, picture)) return [refusal('notFound')]
  if (picture.withheldAt !== null) return [refusal('notInThisState', '这张图片已经撤下。')]
  return picture.isPublic ? [] : [refusal('notInThisState', '这张图片没有公开，不用撤下。')]
}

/** Showing again what somebody took down is for the office, which answers for the site. */
export function againstShowingAgain(actor: Actor, picture: PictureFacts): Refusal[] {
  if (!concerns(actor, picture)) return [refusal('notFound')]
  if (!isOffice(actor, picture.bureauId)) return [refusal('roleMissing', '须由局党工委办恢复公开。')]
  return picture.withheldAt === null ? [refusal('notInThisState', '这张图片没有撤下。')] : []
}
