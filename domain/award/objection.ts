import { type Actor, againstOffice, hasRole, isOffice, worksAt } from '#domain/base/actor.ts'
import { againstMoving } from '#domain/base/lifecycle.ts'
import type { NoticeState } from '#domain/award/noticeLife.ts'
import { type ObjectionAction, objectionLife, type ObjectionState } from '#domain/award/objectionLife.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'
import { tooLong } from '#domain/base/text.ts'

/** Working days from receipt within which an objector is answered. */
export const ANSWER_DAYS = 10
/** From so many forms of one address within the hour on, an objection is marked for the office as one of a crowd. */
export const CROWD_OF_OBJECTIONS = 10

/** Without a name to ask, the words themselves must lead somewhere. */
const SHORTEST_SIGNED = 20
const SHORTEST_ANONYMOUS = 40
export const LONGEST_OBJECTION = 2_000

export interface ObjectionWords {
  /** Both empty: anonymous. */
  name: string
  phone: string
  content: string
}

/** The digits of a phone number however it is typed: full width, brackets, dashes, an extension after them. */
export function phoneOf(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').replace(/^\+?86(?=[\s-]?1\d{10}$)/, '')
  const [, main = '', extension = ''] =
    /^([\d\s()（）+\-—–]+?)(?:\s*(?:转|#|x|ext\.?)\s*(\d{1,6}))?$/i.exec(plain.trim()) ?? []
  const digits = main.replace(/\D/g, '')
  const isPhone = /^1[3-9]\d{9}$/.test(digits) || /^0[1-9]\d{8,10}$/.test(digits) || /^[2-9]\d{6,7}$/.test(digits)
  return isPhone ? digits + (extension ? `转${extension}` : '') : undefined
}

/** Real name with a phone, or anonymous with a concrete clue; every mistake at once. */
export function againstObjectionWords({ name, phone, content }: ObjectionWords): Refusal[] {
  const reasons: Refusal[] = []
  const anonymous = name === '' && phone === ''
  if (!anonymous && name === '')
    reasons.push(refusal('incomplete', '请填写您的姓名；要匿名的，姓名和电话都留空。', { field: 'name' }))
  if (!anonymous && phoneOf(phone) === undefined)
    reasons.push(
      refusal('invalid', '请填写能联系到您的手机号或带区号的电话；要匿名的，姓名和电话都留空。', { field: 'phone' }),
    )
  const least = anonymous ? SHORTEST_ANONYMOUS : SHORTEST_SIGNED
  const length = [...content].length
  if (length < least)
    reasons.push(
      refusal(
        'incomplete',
        anonymous
          ? `匿名提出的，请至少写 ${least} 个字，写清时间、地点、事情和能查证的线索，现在有 ${length} 个字。`
          : `请至少写 ${least} 个字，说清楚是什么事，现在有 ${length} 个字。`,
        { field: 'content' },
      ),
    )
  if (length > LONGEST_OBJECTION)
    reasons.push(refusal('invalid', `异议内容${tooLong(length, LONGEST_OBJECTION)}。`, { field: 'content' }))
  return reasons
}

/** Signs that nobody mixes up on paper or on the phone: no 0 and O, 1 and I and L, 2 and Z, 5 and S, 8 and B, U and V. */
const RECEIPT_SIGNS = '34679ACDEFGHJKMNPQRTVWXY'
const RECEIPT_LENGTH = 16

/** A receipt code from secret bytes: about 73 bits, in four groups of four. */
export function receiptFrom(bytes: Uint8Array): string {
  const base = BigInt(RECEIPT_SIGNS.length)
  let rest = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  let code = ''
  while (code.length < RECEIPT_LENGTH) {
    code += RECEIPT_SIGNS[Number(rest % base)] ?? ''
    rest /= base
  }
  return code.replace(/.{4}(?=.)/g, '$&-')
}

/** A receipt as it was given out, however it is typed: full width, lower case, with spaces or without its dashes. */
export const receiptTyped = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[^0-9A-Za-z]/g, '')
    .toUpperCase()
    .replace(/.{4}(?=.)/g, '$&-')

export interface ObjectionSubject {
  bureauId: string
  state: ObjectionState
  handlerId: string | null
}

/** Whether the public may still object; asked again where the objection is written, for the last day may just have ended. */
export function againstObjecting(notice: { state: NoticeState; endsOn: string | null }, today: string): Refusal[] {
  if (notice.state === 'superseded') return [refusal('windowClosed', '这份公示已被替代，不再接收异议。请看新的公示。')]
  const open = notice.state === 'posted' && notice.endsOn !== null && today <= notice.endsOn
  return open ? [] : [refusal('windowClosed', '公示已经结束，不再接收异议。')]
}

/** The office admits, assigns and replies; only the assigned handler decides; junk is confirmed by somebody other than who named it. */
export function againstMovingObjection(
  actor: Actor,
  objection: ObjectionSubject,
  action: ObjectionAction,
  facts: { junkAskedBy?: string | null } = {},
): Refusal[] {
  return [...againstDoer(actor, objection, action, facts), ...againstMoving(objectionLife, objection.state, action)]
}

function againstDoer(
  actor: Actor,
  objection: ObjectionSubject,
  action: ObjectionAction,
  facts: { junkAskedBy?: string | null },
): Refusal[] {
  if (action === 'decide') {
    if (actor.personId !== null && actor.personId === objection.handlerId) return []
    return isOffice(actor, objection.bureauId)
      ? [refusal('roleMissing', '须由指定的核查人作出结论。')]
      : [refusal('notFound')]
  }
  if (action === 'confirmJunk')
    return againstSecond(actor, { bureauId: objection.bureauId, askedBy: facts.junkAskedBy ?? null })
  return againstOffice(actor, objection)
}

/** Rule 19: an act that nobody should do alone is confirmed by another person of the office or by a leader. */
export function againstSecond(actor: Actor, act: { bureauId: string; askedBy: string | null }): Refusal[] {
  const may = actor.bureauId === act.bureauId && hasRole(actor, 'office', 'leader')
  if (!may) return againstOffice(actor, act)
  return actor.personId !== null && actor.personId !== act.askedBy
    ? []
    : [refusal('sameDoer', '提出的人不能自己确认，请由局党工委办另一人或分包领导确认。')]
}

export interface HandlerTies {
  name: string
  worksThere: boolean
  reviewedIt: boolean
  /** Has recused from the school, as reviewer or in whatever role. */
  recused: boolean
  /** Leader of the school's zone, or of the department that looks after it. */
  contactOf: boolean
  /** Recorded the decision that is objected to, or sealed the result behind it. */
  decided: boolean
  ofBureau: boolean
}

/** Who must not check an objection: whoever has a tie to the school or made the decision, and whoever could not conclude it. */
export function againstHandler(facts: HandlerTies): Refusal[] {
  const conflicts: [boolean, string][] = [
    [facts.worksThere, '在被异议的学校任职'],
    [facts.reviewedIt, '评过这所学校'],
    [facts.recused, '回避了这所学校'],
    [facts.contactOf, '是这所学校的分包领导或联系股室人员'],
    [facts.decided, '经办了这次审定或封存'],
  ]
  const reasons = conflicts
    .filter(([tied]) => tied)
    .map(([, why]) => refusal('conflictOfInterest', `${facts.name}${why}，请换一位。`, { field: 'handlerId' }))
  // Said alone: a conflict is the graver reason and has its own words.
  if (!facts.ofBureau && reasons.length === 0)
    reasons.push(
      refusal('invalid', `${facts.name}没有在用的机关岗位，不能办理异议，请从名单里选。`, { field: 'handlerId' }),
    )
  return reasons
}

export interface AskedSchool {
  schoolId: string | null
  bureauId: string
  state: ObjectionState
  handlerId: string | null
  schoolAsked: string
  schoolAnswer: string
}

/** The school hears what it is asked in the bureau's own words, never who objected, while the matter is being checked. */
export function againstAskingSchool(actor: Actor, objection: AskedSchool): Refusal[] {
  const handles = actor.personId !== null && actor.personId === objection.handlerId
  const reasons = handles ? [] : againstOffice(actor, objection)
  if (objection.schoolId === null) reasons.push(refusal('invalid', '这件异议不针对某一所学校。'))
  if (objection.state !== 'admitted' && objection.state !== 'assigned')
    reasons.push(refusal('notInThisState', '受理以后、作出结论以前，才能请学校说明。'))
  return reasons
}

export function againstSchoolAnswering(actor: Actor, objection: AskedSchool): Refusal[] {
  if (objection.schoolId === null || !worksAt(actor, objection.schoolId, 'secretary')) return [refusal('notFound')]
  if (objection.schoolAsked === '') return [refusal('notInThisState', '教育局还没有请学校说明。')]
  return objection.state === 'admitted' || objection.state === 'assigned'
    ? []
    : [refusal('notInThisState', '这件异议已有结论，不能再改说明。')]
}
