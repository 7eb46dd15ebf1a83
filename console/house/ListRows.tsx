import { Table } from 'antd'
import { type ReactNode, useState } from 'react'
import { Cards } from './Cards.tsx'
import type { ListColumn, ListRowsProps } from './listing.ts'
import { useNarrow } from './narrow.ts'
import { YearLink } from './year.tsx'

interface Ticking {
  ticked: readonly string[]
  tick: (keys: string[]) => void
}

/** The rows of a list: a table where there is room for one, cards on a phone; what is done with several stands above them. */
export function ListRows<R>(
  props: ListRowsProps<R> & {
    rows: readonly R[]
    sort: string | undefined
    onSort: (sort: string | undefined) => void
  },
) {
  const { rows, rowKey, bulk } = props
  const narrow = useNarrow(640)
  const [ticked, tick] = useState<string[]>([])
  const ticking: Ticking | undefined = bulk && { ticked, tick }
  const shown = rows.map(rowKey)
  const chosen = rows.filter((row) => ticked.includes(rowKey(row)))
  return (
    <>
      {bulk && (
        <div className="list-bulk">
          <label>
            <input
              type="checkbox"
              checked={chosen.length === rows.length}
              onChange={(event) => tick(event.target.checked ? shown : [])}
            />
            本页全选
          </label>
          <span role="status">已选 {chosen.length} 条</span>
          {bulk(chosen, () => tick([]))}
        </div>
      )}
      {narrow ? (
        <Cards
          label={props.label}
          rows={rows}
          rowKey={rowKey}
          cells={props.columns.filter((column, at) => at === 0 || !column.wideOnly)}
          cell={(column, row) => cellOf(props, column, row)}
          {...ticking}
        />
      ) : (
        <WideRows {...props} ticking={ticking} />
      )}
    </>
  )
}

function WideRows<R>(props: Parameters<typeof ListRows<R>>[0] & { ticking: Ticking | undefined }) {
  return (
    <Table<R>
      aria-label={props.label}
      rowKey={props.rowKey}
      dataSource={props.rows}
      pagination={false}
      {...(props.ticking ? { rowSelection: selectionOf(props.rowKey, props.ticking) } : {})}
      showSorterTooltip={false}
      scroll={{ x: 'max-content' }}
      columns={props.columns.map((column) => ({
        key: column.key,
        title: column.title,
        ...(column.width ? { width: column.width } : {}),
        ...(column.number ? { align: 'right' as const, className: 'number' } : {}),
        ...(column.sort ? { sorter: true, sortOrder: orderOf(props.sort, column.key) } : {}),
        render: (_: unknown, row: R) => cellOf(props, column, row),
      }))}
      onChange={(_page, _filters, sorter) => {
        const one = Array.isArray(sorter) ? sorter[0] : sorter
        const key = String(one?.columnKey ?? '')
        props.onSort(one?.order ? (one.order === 'descend' ? `-${key}` : key) : undefined)
      }}
    />
  )
}

function selectionOf<R>(rowKey: (row: R) => string, { ticked, tick }: Ticking) {
  return {
    selectedRowKeys: [...ticked],
    // A heading is read aloud; a box for all is not wanted, because the list has more pages.
    columnTitle: '选',
    onChange: (keys: readonly unknown[]) => tick(keys.map(String)),
    getCheckboxProps: (row: R) => ({ 'aria-label': `选择 ${rowKey(row)}` }) as object,
  }
}

/** The first column leads to what the row is about. */
function cellOf<R>({ columns, rowHref }: ListRowsProps<R>, column: ListColumn<R>, row: R): ReactNode {
  const href = column === columns[0] ? rowHref?.(row) : undefined
  return href ? <YearLink to={href}>{column.render(row)}</YearLink> : column.render(row)
}

function orderOf(sort: string | undefined, key: string): 'ascend' | 'descend' | null {
  if (sort === key) return 'ascend'
  return sort === `-${key}` ? 'descend' : null
}
