import { keysOf } from '#domain/base/record.ts'
import { type Actor, againstDrafting, againstOffice, isOffice, type OfSchool, worksAt } from '#domain/base/actor.ts'
import { personalNumber } from '#domain/plan/commentWords.ts'
import { type CommentAction, commentLife, type CommentState } from '#domain/plan/commentLife.ts'
import { againstMoving, nextState } from '#domain/base/lifecycle.ts'
import { againstBlank, againstUnseen, type Refusal, refusal } from '#domain/base/refusal.ts'
import { asRead, countCharacters, quoted, tooLong } from '#domain/base/text.ts'

export const relationLabels = { teacher: '教师', pupil: '学生', parent: '家长', public: '社会公众' } as const

/** As whom somebody may speak to a school; the children of a kindergarten do not write yet. */
export const relationsAt = (stage: string) =>
  keysOf(relationLabels).filter((one) => one !== 'pupil' || stage !== '幼儿园')

export const COMMENT_LIMIT = 1000
const NICKNAME_LIMIT = 20
/** What counts as one character may be a tower of marks over the whole page; a family of four, the longest that people write, is seven signs. */
const SIGNS_OF_ONE = 8

/** Offices and posts that nobody may speak for by typing their name. */
const RESERVED = /校长|园长|书记|局长|科长|主任|教育局|教体局|党工?委|纪委|政府|公安|学校|幼儿园|官方|管理员|系统/u

export interface TypedComment {
  nickname: string
  relation: string
  content: string
}

/** Everything wrong with a visitor's words, at once. */
export function againstComment(typed: TypedComment): Refusal[] {
  const reasons: Refusal[] = []
  const length = countCharacters(typed.content)
  if (length === 0 || asRead(typed.content).trim() === '')
    reasons.push(refusal('incomplete', '请写下意见或建议。', { field: 'content' }))
  if (length > COMMENT_LIMIT)
    reasons.push(refusal('invalid', `意见${tooLong(length, COMMENT_LIMIT)}。`, { field: 'content' }))
  const named = countCharacters(typed.nickname)
  if (named > NICKNAME_LIMIT)
    reasons.push(refusal('invalid', `称呼${tooLong(named, NICKNAME_LIMIT)}。`, { field: 'nickname' }))
  for (const [field, limit] of [
    ['content', COMMENT_LIMIT],
    ['nickname', NICKNAME_LIMIT],
  ] as const)
    if (hasTowers(typed[field], limit))
      reasons.push(refusal('invalid', '表情和附加在文字上的符号太多，请删去一些。', { field }))
  if (RESERVED.test(asRead(typed.nickname).replace(/\s/g, '')))
    reasons.push(refusal('invalid', '称呼里不能用单位或职务的名称，请换一个，也可以不填。', { field: 'nickname' }))
  if (!Object.hasOwn(relationLabels, typed.relation))
    reasons.push(refusal('incomplete', '请选择您的身份。', { field: 'relation' }))
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(typed.content + typed.nickname))
    reasons.push(refusal('invalid', '内容里有不能使用的控制字符，请删去。', { field: 'content' }))
  for (const field of ['content', 'nickname'] as const) {
    const found = personalNumber(typed[field])
    if (found)
      reasons.push(refusal('invalid', `意见会公开显示，请不要写${found}；需要回电的，请直接与学校联系。`, { field }))
  }
  return reasons
}

const hasTowers = (text: string, limit: number): boolean =>
  [...text].length > limit * SIGNS_OF_ONE || /\p{M}{9,}/u.test(text)

export interface CommentFacts extends OfSchool {
  state: CommentState
  answer: string | null
  judgedAt: string | null
  /** Set when the school was taken off the register: which school goes on for it, if one does. */
  closed?: { successorId: string | null; successorName: string | null } | undefined
}

/** For a closed school answers the school that it was merged into, or the office: no comment is due to nobody. */
function againstAnswerer(actor: Actor, comment: CommentFacts): Refusal[] {
  if (!comment.closed) return againstDrafting(actor, comment)
  const { successorId, successorName } = comment.closed
  if (isOffice(actor, comment.bureauId) || (successorId !== null && worksAt(actor, successorId))) return []
  const [refused] = againstDrafting(actor, comment)
  if (refused?.code === 'notFound') return [refused]
  const who = successorName === null ? '局党工委办' : `${quoted(successorName)}或局党工委办`
  return [refusal('roleMissing', `这所学校已经撤并，由${who}答复。`)]
}

/** Who answers for a closed school is said in the answer itself, wherever it is read. */
export function answerFor(actor: Actor, comment: CommentFacts, answer: string): string {
  if (!comment.closed) return answer
  const { successorId, successorName } = comment.closed
  const by =
    successorId !== null && worksAt(actor, successorId) ? `已并入${successorName}，由${successorName}` : '由局党工委办'
  return `（原学校已撤并，${by}答复。）${answer}`
}

const againstMove = (comment: CommentFacts, action: CommentAction): Refusal[] =>
  againstMoving(commentLife, comment.state, action)

export function againstAnswering(actor: Actor, comment: CommentFacts): Refusal[] {
  const twice = comment.state === 'hidden' && comment.answer !== null
  return [
    ...againstAnswerer(actor, comment),
    ...againstMove(comment, 'answer'),
    ...(twice ? [refusal('notInThisState', '这条意见已经答复。')] : []),
  ]
}

export function againstCorrecting(
  actor: Actor,
  comment: CommentFacts & { answeredAt: string | null; correctedAt: string | null },
  seen?: string,
): Refusal[] {
  const stands = comment.correctedAt ?? comment.answeredAt ?? ''
  return [
    ...againstAnswerer(actor, comment),
    ...againstMove(comment, 'correct'),
    ...(seen === undefined ? [] : againstUnseen(seen, stands, '更正', '答复')),
  ]
}

/** A school asks the office to look at what the office has not seen yet; afterwards the office's word stands. */
export function againstReporting(actor: Actor, comment: CommentFacts): Refusal[] {
  const judged = comment.judgedAt === null ? [] : [refusal('notInThisState', '局党工委办已经审核过这条意见。')]
  return [...againstAnswerer(actor, comment), ...againstMove(comment, 'report'), ...judged]
}

export const judgements = ['show', 'hide', 'junk', 'restore'] as const
export type Judgement = (typeof judgements)[number]

/** The action of the table behind a judgement: what was answered comes back as answered. */
export const actionOf = (comment: CommentFacts, judgement: Judgement): CommentAction =>
  judgement === 'restore' && comment.answer !== null ? 'restoreAnswered' : judgement

export function againstJudgingComment(
  actor: Actor,
  comment: CommentFacts,
  { judgement, reason }: { judgement: Judgement; reason?: string },
): Refusal[] {
  const blank =
    reason === undefined || judgement === 'show' ? [] : againstBlank({ reason: { label: '理由', value: reason } })
  return [...againstOffice(actor, comment), ...againstMove(comment, actionOf(comment, judgement)), ...blank]
}

export const stateAfter = (comment: CommentFacts, action: CommentAction): CommentState =>
  nextState(commentLife, comment.state, action) ?? comment.state

/** The visitor who wrote it takes it back by the receipt. */
export const againstWithdrawing = (comment: CommentFacts): Refusal[] => againstMove(comment, 'withdraw')

/** Unanswered beyond its day: what waits for the bureau never is; what was hidden when it was overdue still is. */
export const isLate = (
  {
    answer,
    dueOn,
    state,
    hiddenOn,
  }: { answer: string | null; dueOn: string | null; state: CommentState; hiddenOn: string | null },
  today: string,
): boolean =>
  answer === null &&
  dueOn !== null &&
  dueOn < today &&
  (state === 'received' || (state === 'hidden' && isLateAtHiding({ hiddenOn, dueOn })))

/** Overdue already when the bureau hid it. */
export const isLateAtHiding = ({ hiddenOn, dueOn }: { hiddenOn: string | null; dueOn: string | null }): boolean =>
  hiddenOn !== null && dueOn !== null && dueOn < hiddenOn
