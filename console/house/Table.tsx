import type { Key, ReactNode } from 'react'

export interface TableColumn<Row> {
  title: string
  /** Figures stand to the right in one line below each other; a bar takes the room that is left. */
  kind?: 'text' | 'number' | 'bar'
  render(row: Row): ReactNode
}

/** Figures to be read (`ListTable` is for what is worked through). The column `names` (the first, if not said) names its row. */
export function Table<Row>(props: {
  caption?: string
  columns: readonly TableColumn<Row>[]
  rows: readonly Row[]
  keyOf(row: Row): Key
  names?: number
  /** One cell per column. */
  foot?: readonly ReactNode[]
}) {
  const { caption, columns, names = 0 } = props
  const line = (cells: readonly ReactNode[], key?: Key) => (
    <tr key={key}>
      {cells.map((cell, at) =>
        at === names ? (
          <th key={columns[at]?.title} scope="row">
            {cell}
          </th>
        ) : (
          <td key={columns[at]?.title} className={columns[at]?.kind}>
            {cell}
          </td>
        ),
      )}
    </tr>
  )
  return (
    <table className="table">
      {caption && <caption>{caption}</caption>}
      <thead>
        <tr>
          {columns.map(({ title, kind }) => (
            <th key={title} scope="col" className={kind}>
              {title}
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
}

/** How much a row has of the most that any row has; the figure stands beside it. */
export function Bar({ share }: { share: number }) {
  return <span className={share > 0 ? 'bar' : 'bar bar-none'} style={{ width: `${Math.round(share * 100)}%` }} />
}
