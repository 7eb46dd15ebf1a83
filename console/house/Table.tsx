import type { Key, ReactNode } from 'react'
import './Table.css'

export interface TableColumn<Row> {
  title: string
  /**
   * Figures stand to the right in one line below each other; a bar takes the room that is left; a whole text is not broken, and
   * a sentence is not squeezed into a column of single signs.
   */
  kind?: 'text' | 'number' | 'bar' | 'whole' | 'sentence'
  /** Left out on a phone. */
  wideOnly?: boolean
  render(row: Row): ReactNode
}

/**
 * Figures to be read (`ListTable` is for what is worked through). The column `names` (the first, if not said; -1 for none) names
 * its row. With a `label` a table that is too wide scrolls in its own frame, by keyboard too.
 */
export function Table<Row>(props: {
  caption?: string
  label?: string
  columns: readonly TableColumn<Row>[]
  rows: readonly Row[]
  keyOf(row: Row): Key
  names?: number
  /** One cell per column. */
  foot?: readonly ReactNode[]
}) {
  const { caption, label, columns, names = 0 } = props
  const look = ({ kind, wideOnly }: TableColumn<Row>) =>
    [kind, wideOnly && 'wide-only'].filter(Boolean).join(' ') || undefined
  const line = (cells: readonly ReactNode[], key?: Key) => (
    <tr key={key}>
      {cells.map((cell, at) =>
        at === names ? (
          <th key={columns[at]?.title} scope="row" className={columns[at] && look(columns[at])}>
            {cell}
          </th>
        ) : (
          <td key={columns[at]?.title} className={columns[at] && look(columns[at])}>
            {cell}
          </td>
        ),
      )}
    </tr>
  )
  const table = (
    <table className="table">
      {caption && <caption>{caption}</caption>}
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.title} scope="col" className={look(column)}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) =>
          line(
            columns.map((column) => column.render(row)),
            props.keyOf(row),
          ),
        )}
      </tbody>
      {props.foot && <tfoot>{line(props.foot)}</tfoot>}
    </table>
  )
  if (label === undefined) return table
  return (
    <div className="table-scroll" role="region" aria-label={label} tabIndex={0}>
      {table}
    </div>
  )
}

/** How much a row has of the most that any row has; the figure stands beside it. */
export function Bar({ share }: { share: number }) {
  return <span className={share > 0 ? 'bar' : 'bar bar-none'} style={{ width: `${Math.round(share * 100)}%` }} />
}
