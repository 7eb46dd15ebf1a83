import { type Actor, againstOffice } from '#domain/base/actor.ts'
import { dateInWords } from '#domain/base/calendar.ts'
import { againstMoving } from '#domain/base/lifecycle.ts'
import { type NoticeAction, noticeLife, type NoticeState } from '#domain/award/noticeLife.ts'
import type { ResultState } from '#domain/review/resultLife.ts'
import { TO_FILL } from '#domain/year/outcome.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'

export interface NoticeSubject {
  bureauId: string
  state: NoticeState
  endsOn: string | null
  title: string
  body: string
}

/** A notice is posted with every word in it and ends only after its last day, with every objection answered. */
export function againstMovingNotice(
  actor: Actor,
  notice: NoticeSubject,
  action: NoticeAction,
  facts: { today: string; openObjections: number },
): Refusal[] {
  const reasons = [...againstOffice(actor, notice), ...againstMoving(noticeLife, notice.state, action)]
  if (action === 'post' && notice.state === 'draft' && `${notice.title}${notice.body}`.includes(TO_FILL))
    reasons.push(refusal('incomplete', `公示文字里还有“${TO_FILL}”，请填好并保存后再发布。`, { field: 'body' }))
  if (action === 'end' && notice.state === 'posted') {
    if (notice.endsOn && facts.today <= notice.endsOn)
      reasons.push(refusal('windowClosed', `公示到${dateInWords(notice.endsOn)}为止，次日起才能结束。`))
    if (facts.openObjections > 0)
      reasons.push(
        refusal('incomplete', `还有 ${facts.openObjections} 件异议没有答复，请先办结。`, {
          href: '/console/objections',
        }),
      )
  }
  return reasons
}

/** Only a draft is edited; what is posted is replaced by a new notice, and both stay readable. */
export function againstEditingNotice(actor: Actor, notice: { bureauId: string; state: NoticeState }): Refusal[] {
  const reasons = againstOffice(actor, notice)
  if (notice.state !== 'draft')
    reasons.push(
      refusal(
        'notInThisState',
        '公示已经发布，文字不能再改。要改文字或名单，请在“审定公布”页更正审定，再发新的公示。',
        {
          href: '/console/naming',
        },
      ),
    )
  return reasons
}

/** A notice is drafted once from the decision that stands. */
export function againstDrafting(result: ResultState | undefined, notice: NoticeState | undefined): Refusal[] {
  if (notice !== undefined) return [refusal('alreadyExists', '这次审定的公示已经起草。')]
  return result === 'decided' ? [] : [refusal('notInThisState', '登记审定决定后才能起草公示。')]
}

/** The outcome is announced once it is made public. */
export const againstAnnouncing = (conferred: number): Refusal[] =>
  conferred > 0 ? [] : [refusal('notInThisState', '结果公布以后才能起草公告。')]

export function againstConferring(
  result: ResultState | undefined,
  notice: { state: NoticeState } | undefined,
): Refusal[] {
  if (notice?.state !== 'ended') return [refusal('notInThisState', '公示结束、异议全部答复后才能公布。')]
  return result === 'final' ? [] : [refusal('notInThisState', '评审结果还没有生效。')]
}
