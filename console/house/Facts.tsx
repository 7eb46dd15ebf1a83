import type { ReactNode } from 'react'
import './Facts.css'

export interface Fact {
  label: string
  value: ReactNode
  /** Long text: takes the whole width and keeps its line breaks. */
  wide?: boolean
}

/** What is known of one thing, as label and value. An empty value says so. */
export function Facts(props: { items: readonly Fact[] }) {
  return (
    <dl className="facts">
      {props.items.map((fact) => (
        <div key={fact.label} className={fact.wide ? 'fact fact-wide' : 'fact'}>
          <dt>{fact.label}</dt>
          <dd>{isEmpty(fact.value) ? <span className="quiet">未填写</span> : fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}

function isEmpty(value: ReactNode): boolean {
  return value === undefined || value === null || value === '' || value === false
}

/** A few large figures side by side; each may lead to the list behind it. */
export function Figures(props: { items: readonly { label: string; value: ReactNode; note?: ReactNode }[] }) {
  return (
    <dl className="figures">
      {props.items.map((figure) => (
        <div key={figure.label}>
          <dt>{figure.label}</dt>
          <dd className="figure">
            <span className="figure-value">{figure.value}</span>
            {figure.note && <span className="figure-note">{figure.note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
