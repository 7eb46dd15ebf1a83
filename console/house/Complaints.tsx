import type { Ref } from 'react'
import { Refused, type Reason } from '#console/api.ts'
import './Complaints.css'

export interface Complaint {
  message: string
  /** Jumps to the field; absent when it belongs to no field that stands here. */
  jump?: () => void
  href?: string | undefined
}

export interface Refusal {
  title: string
  list: Complaint[]
}

/** Everything that stands against a form at once; it takes the focus, and each line leads to its field. */
export function Complaints({ refusal, at }: { refusal: Refusal | undefined; at: Ref<HTMLDivElement> }) {
  return (
    <div ref={at} tabIndex={-1} className="complaints">
      {refusal && (
        <div className="notice notice-bad" role="alert">
          <p className="notice-title">{refusal.title}</p>
          <ul>
            {refusal.list.map(({ message, jump, href }) => (
              <li key={message}>
                {href ? (
                  <a href={href}>{message}</a>
                ) : jump ? (
                  <button type="button" className="link" onClick={jump}>
                    {message}
                  </button>
                ) : (
                  message
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

/** What a failed save is called: a lost connection is nothing to mend in the words. */
export function titleOf(error: unknown): string {
  if (!(error instanceof Refused) || error.status >= 500) return '没有保存'
  if (error.status === 0) return '网络不通，还没有保存'
  return error.status === 422 ? '还有要改的地方' : '还没有保存'
}

export const reasonsOf = (error: unknown): Reason[] =>
  error instanceof Refused
    ? error.reasons.length > 0
      ? error.reasons
      : [{ code: error.code, message: error.message }]
    : [{ code: 'unknown', message: '操作没有完成，请稍后再试。' }]

/** Opens whatever is folded around a field and goes there. */
export function jumpTo(field: HTMLElement | null | undefined) {
  if (!field) return
  for (let around = field.closest('details'); around; around = around.parentElement?.closest('details') ?? null)
    around.open = true
  field.scrollIntoView({ block: 'center' })
  const target = field.matches('input, textarea, button, [tabindex]')
    ? field
    : field.querySelector('input, textarea, button')
  if (target instanceof HTMLElement) target.focus({ preventScroll: true })
}
