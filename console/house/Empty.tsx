import type { ReactNode } from 'react'
import './Empty.css'

/** An empty state: says what is not here yet and what to do next. */
export function Empty(props: { title: string; hint?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{props.title}</p>
      {props.hint && <p className="empty-hint">{props.hint}</p>}
      {props.action && <div className="empty-action">{props.action}</div>}
    </div>
  )
}

/** Grey lines in the shape of what is coming. */
export function Skeleton(props: { rows?: number; label?: string }) {
  return (
    <div className="skeleton" role="status" aria-label={props.label ?? '正在读取'}>
      {Array.from({ length: props.rows ?? 4 }, (_, row) => (
        <span key={row} className="skeleton-row" />
      ))}
    </div>
  )
}
