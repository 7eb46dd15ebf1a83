import { type Actor, againstDrafting, againstOffice, type OfSchool } from '#domain/actor.ts'
import { type CommentAction, commentLife, type CommentState } from '#domain/lifecycles/comment.ts'
import { againstMoving } from '#domain/lifecycle.ts'
import { type Refusal, refusal } from '#domain/refusal.ts'

export const relationLabels = { teacher: '教师', pupil: '学生', parent: '家长', public: '社会公众' } as const
export type Relation = keyof typeof relationLabels

export const COMMENT_LIMIT = 1000
/** A form that comes back sooner was not read by a person. */
const SECONDS_TO_READ = 3
/** Longer than this, the page may be another day's; the visitor presses once more. */
const HOURS_OPEN = 24
/** Behind one school's address sit a thousand people, so the limit is for the plan and is generous. */
export const COMMENTS_PER_HOUR = 600

export interface TypedComment {
  nickname: string
  relation: string
  content: string
}

/** Everything wrong with a visitor's words, at once. */
export function againstComment(typed: TypedComment): Refusal[] {
  const reasons: Refusal[] = []
  const length = [...typed.content].length
  if (length === 0) reasons.push(refusal('incomplete', '请写下意见或建议。', { field: 'content' }))
  if (length > COMMENT_LIMIT)
    reasons.push(
      refusal('invalid', `意见不能超过 ${COMMENT_LIMIT} 个字，现在有 ${length} 个字。`, { field: 'content' }),
    )
  if ([...typed.nickname].length > 20) reasons.push(refusal('invalid', '称呼不能超过 20 个字。', { field: 'nickname' }))
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

/** A phone or identity number in public words does harm to whoever it belongs to. */
export function personalNumber(text: string): '手机号' | '身份证号' | undefined {
  const plain = text.normalize('NFKC').replace(/(?<=\d)[\s\-–—·.]+(?=[\dXx])/g, '')
  if (/(?<!\d)\d{17}[\dXx](?![\dXx])/.test(plain)) return '身份证号'
  if (/(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)/.test(plain)) return '手机号'
  return undefined
}

/** Judges when the form was drawn against when it came back. */
export function againstHaste(drawnAt: number, now: number): Refusal[] {
  const seconds = (now - drawnAt) / 1000
  if (seconds < SECONDS_TO_READ) return [refusal('tooManyTries', '提交得太快了，请看一遍内容再提交。')]
  if (seconds > HOURS_OPEN * 3600) return [refusal('invalid', '页面打开的时间较长，请再按一次提交。')]
  return []
}

export interface CommentFacts extends OfSchool {
  state: CommentState
}

const againstMove = (comment: CommentFacts, action: CommentAction): Refusal[] =>
  againstMoving(commentLife, comment.state, action)

export function againstAnswering(actor: Actor, comment: CommentFacts): Refusal[] {
  return [...againstDrafting(actor, comment), ...againstMove(comment, 'answer')]
}

export function againstHiding(actor: Actor, comment: CommentFacts): Refusal[] {
  return [...againstOffice(actor, comment), ...againstMove(comment, 'hide')]
}
