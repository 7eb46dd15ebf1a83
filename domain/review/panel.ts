import { type Actor, hasRole } from '#domain/base/actor.ts'
import { againstMoving } from '#domain/base/lifecycle.ts'
import type { ApplicationState } from '#domain/application/applicationLife.ts'
import { isResultOpen, type ResultState } from '#domain/review/resultLife.ts'
import { type ScoreSheetAction, scoreSheetLife, type ScoreSheetState } from '#domain/review/scoreSheetLife.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'

/** Why a reviewer may not score a school (rule 9). The first three the system computes, the others it asks for. */
export const recusalKinds = {
  ownSchool: '在这所学校任职',
  sameGroup: '与这所学校同属一个教育集团',
  contactSchool: '是这所学校的联系领导或联系股室人员',
  workedWithin3Years: '三年内在这所学校工作过',
  relative: '有近亲属在这所学校',
  advisedPlan: '指导过这所学校的创建方案',
  other: '有其他可能影响公正的关系',
} as const

export type RecusalKind = keyof typeof recusalKinds

/** Who brought it up: the system, the reviewer, or the office for a reviewer who cannot go on. */
export type RecusalSource = 'computed' | 'declared' | 'office'

export const askedKinds = ['workedWithin3Years', 'relative', 'advisedPlan', 'other'] as const satisfies RecusalKind[]

export interface ReviewerTies {
  worksAt: readonly string[]
  /** Schools where the reviewer worked until less than three years ago. */
  workedAt: readonly string[]
  /** Education groups of the schools where the reviewer works. */
  groups: readonly string[]
  /** Schools that the reviewer looks after as leader or department. */
  contactSchools: readonly string[]
  /** Schools that the reviewer visited with written advice. */
  advisedAt: readonly string[]
}

export interface PanelScope {
  schoolIds: readonly string[]
  stage: string
  zoneId: string | null
}

/** Whether a panel takes a school: chosen by name, or by stage and zone; a panel without a choice takes all. */
export const takes = (scope: PanelScope, school: { id: string; stage: string; zoneId: string }): boolean =>
  scope.schoolIds.length > 0
    ? scope.schoolIds.includes(school.id)
    : (scope.stage === '' || scope.stage === school.stage) && (scope.zoneId === null || scope.zoneId === school.zoneId)

/** Who leaves a panel with sheets still open leaves them with a word why; what was submitted counts on. */
export const againstTakingBack = (sheets: number, reason: string): Refusal[] =>
  sheets > 0 && reason === ''
    ? [
        refusal('incomplete', `有 ${sheets} 张没有提交的评分表会收回，请写明理由。已经提交的照样计入。`, {
          field: 'reason',
        }),
      ]
    : []

/** `same` is another panel of the year with this method and name. */
export const againstSameName = (same: { id: string } | undefined): Refusal[] =>
  same ? [refusal('invalid', '这种评审方式已经有一个同名的评审组，请换一个名称。', { field: 'name' })] : []

export function againstUnknownReviewers(
  known: readonly { personId: string }[],
  reviewerIds: readonly string[],
): Refusal[] {
  const all = new Set(known.map((one) => one.personId))
  return reviewerIds.every((one) => all.has(one))
    ? []
    : [refusal('invalid', '有人没有评审专家的岗位，请先请安全管理员授予。', { field: 'reviewerIds' })]
}

export const againstDeletingPanel = (submitted: number): Refusal[] =>
  submitted > 0
    ? [refusal('notInThisState', `这个评审组有 ${submitted} 张评分表已经提交过，不能删除；可以调整专家和学校。`)]
    : []

/** Conflicts that the system knows of the reviewer keep them from the sheet until they recuse (rule 9). */
export const againstConflicts = (kinds: readonly RecusalKind[]): Refusal[] =>
  kinds.map((kind) => refusal('conflictOfInterest', `系统核出您${recusalKinds[kind]}，不能评这所学校，请申请回避。`))

/** Who is both of the office and a reviewer reads another's sheet only after submitting the own one (rule 10). */
export const againstPeeking = (ownOpenSheet: { id: string } | undefined): Refusal[] =>
  ownOpenSheet
    ? [
        refusal('notInThisState', '您也评这份申报，请先提交自己的评分表，再看别人的。', {
          href: `/console/sheets/${ownOpenSheet.id}`,
        }),
      ]
    : []

/** What the system itself knows against a reviewer and a school (rule 9). */
export function computedRecusals(ties: ReviewerTies, school: { id: string; groupId: string | null }): RecusalKind[] {
  const kinds: RecusalKind[] = []
  if (ties.worksAt.includes(school.id)) kinds.push('ownSchool')
  else if (school.groupId !== null && ties.groups.includes(school.groupId)) kinds.push('sameGroup')
  if (ties.workedAt.includes(school.id)) kinds.push('workedWithin3Years')
  if (ties.contactSchools.includes(school.id)) kinds.push('contactSchool')
  if (ties.advisedAt.includes(school.id)) kinds.push('advisedPlan')
  return kinds
}

export interface SheetSubject {
  reviewerId: string
  bureauId: string
  state: ScoreSheetState
}

/**
 * A sheet is its reviewer's alone; the office may give a submitted one back, and recuse a reviewer who cannot go on, so that one
 * person's absence never blocks the year. To others it does not exist.
 */
export function againstMovingSheet(actor: Actor, sheet: SheetSubject, action: ScoreSheetAction): Refusal[] {
  const state = againstMoving(scoreSheetLife, sheet.state, action)
  const office = hasRole(actor, 'office') && actor.bureauId === sheet.bureauId
  const own = actor.personId === sheet.reviewerId
  const may =
    action === 'return' || action === 'handOut'
      ? office
      : action === 'exclude'
        ? office && !own
        : action === 'recuse'
          ? own || office
          : own
  return [...(may ? [] : [refusal('notFound')]), ...state]
}

/** A sheet that was in once is left out by two people (rule 19): who asked does not confirm, while there is somebody else. */
export function againstExcluding(
  actor: Actor,
  sheet: SheetSubject & { excludeAskedBy: string | null },
  others: number,
): Refusal[] {
  if (sheet.excludeAskedBy === null) return [refusal('notInThisState', '没有人提请剔除这张评分表。')]
  if (sheet.excludeAskedBy === actor.personId && others > 0)
    return [refusal('sameDoer', '是您提请剔除的，须由局党工委办的另一位同志确认。')]
  return againstMovingSheet(actor, sheet, 'exclude')
}

/** Only what was submitted once is left out; a sheet that never was is given up by recusing. */
export const againstAskingExclusion = (sheet: { everSubmitted: boolean; excludeAskedBy: string | null }): Refusal[] => [
  ...(sheet.everSubmitted ? [] : [refusal('notInThisState', '这张评分表没有提交过，登记回避就可以。')]),
  ...(sheet.excludeAskedBy === null ? [] : [refusal('notInThisState', '已经有人提请剔除，等另一位同志确认。')]),
]

/** Sheets are filled while the result is open; a sealed result locks them for good. */
export function againstSealed(state: ResultState | undefined, words = '评审结果已经封存，评分不能再改。'): Refusal[] {
  return isResultOpen(state) ? [] : [refusal('notInThisState', words)]
}

/** A reviewer has sheet and dossier of what is or was reviewed; what a school took back is its own again. */
export const reviewedStates = [
  'inReview',
  'ranked',
  'awarded',
  'notAwarded',
  'revoked',
] as const satisfies ApplicationState[]

export const isReviewed = (state: ApplicationState): boolean => reviewedStates.some((one) => one === state)

/** An application that was taken back has no review: its sheets rest until it is admitted again. */
export const againstResting = (applicationState: ApplicationState): Refusal[] =>
  applicationState === 'inReview'
    ? []
    : [
        refusal(
          'notInThisState',
          '这份申报现在不在评审中，不用评分；学校重新申报并受理后，评分表会再出现在“我的评审”里。',
        ),
      ]

/** Whom the seal has left out can join only where the result is corrected, which the office does first. */
export const againstJoining = (state: ResultState | undefined): Refusal[] =>
  againstSealed(state, '评审结果已经封存，不能再有申报进入评审。还没有审定的，请先在“评审结果”里更正，再受理和分配。')
