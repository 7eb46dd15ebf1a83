import type { ReactNode } from 'react'
import './Cards.css'

interface Cell {
  key: string
  title: string
}

/** The rows of a list on a phone: the first cell is the card's title, the others stand below it under their headings. */
export function Cards<R, C extends Cell>(props: {
  rows: readonly R[]
  cells: readonly C[]
  cell: (cell: C, row: R) => ReactNode
  rowKey: (row: R) => string
  label: string
  ticked?: readonly string[]
  tick?: (keys: string[]) => void
}) {
  const [first, ...rest] = props.cells
  const { ticked = [], tick } = props
  return (
    <ul className="cards" aria-label={props.label}>
      {props.rows.map((row) => (
        <li key={props.rowKey(row)} className="card">
          {tick && <Tick id={props.rowKey(row)} ticked={ticked} tick={tick} />}
          {first && <p className="card-title">{props.cell(first, row)}</p>}
          <dl>
            {rest.map((cell) => (
              <div key={cell.key}>
                <dt>{cell.title}</dt>
                <dd>{props.cell(cell, row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}

function Tick(props: { id: string; ticked: readonly string[]; tick: (keys: string[]) => void }) {
  const { id, ticked } = props
  return (
    <label className="card-tick">
      <input
        type="checkbox"
        checked={ticked.includes(id)}
        onChange={(event) => {
          const others = ticked.filter((key) => key !== id)
          props.tick(event.target.checked ? [...others, id] : others)
        }}
      />
      选择
    </label>
  )
}
