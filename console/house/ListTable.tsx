import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Pagination, Select, Table } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { useSearchParams } from 'react-router'
import { z } from 'zod'
import { quoted } from '#domain/base/text.ts'
import { address, type Callable, callLoosely } from '#console/api.ts'
import { Skeleton } from './Empty.tsx'
import { DateField } from './fields.tsx'
import { Failure } from './Loaded.tsx'
import { useNarrow } from './narrow.ts'
import { NoRows } from './NoRows.tsx'
import { pageIn } from './nothing.ts'
import { addressNow } from './addressNow.ts'
import { SearchBox } from './SearchBox.tsx'
import { byLabel } from './searching.ts'
import { useYear, YearLink } from './year.tsx'
import { houseKeys } from './queries.ts'
import './ListTable.css'
import './ListTools.css'
import './Cards.css'

type Listing = Callable & { readonly reply: z.ZodType<{ items: unknown[]; total: number }> }
type Row<E extends Listing> = z.output<E['reply']>['items'][number]

export interface Column<R> {
  key: string
  title: string
  render: (row: R) => ReactNode
  /** Offers sorting by this key. */
  sort?: boolean
  /** Numbers stand right, with figures of one width. */
  number?: boolean
  width?: number
  /** Left out of the cards on phones. */
  wideOnly?: boolean
}

export interface Filter {
  key: string
  label: string
  options: readonly { value: string; label: string }[]
}

/** More than can be seen at once are searched among. */
const MANY_OPTIONS = 12

/** A list paged, searched, filtered and sorted by the server; all of it in the address, so that it can be sent on. */
export function ListTable<E extends Listing>(props: {
  endpoint: E
  /** Path parameters and query values that the person does not choose. */
  params?: Record<string, string>
  fixed?: Record<string, string | undefined>
  columns: readonly Column<Row<E>>[]
  rowKey: (row: Row<E>) => string
  /** Where the first column leads. */
  rowHref?: (row: Row<E>) => string | undefined
  /** Placeholder of the search box; no box when absent. */
  search?: string
  filters?: readonly Filter[]
  /** Two dates, sent as `from` and `until`. */
  range?: { label: string; max?: string }
  /** A value that a link elsewhere has put into the address, with the words of the button that takes it out. */
  only?: { key: string; clear: string }
  empty: { title: string; hint?: ReactNode; action?: ReactNode }
  /** What can be done with several rows at once; rows get boxes to tick. */
  bulk?: ((rows: Row<E>[], done: () => void) => ReactNode) | undefined
  /** Path of the XLSX export; it gets the same search, filters and sort. */
  exportPath?: string
  /** What the table is called for screen readers. */
  label: string
}) {
  const { endpoint, columns, filters = [], range, only } = props
  const [search, setSearch] = useSearchParams()
  const narrow = useNarrow(640)
  const [ticked, setTicked] = useState<string[]>([])
  const { page, size } = pageIn(search)
  const sort = search.get('sort') ?? undefined
  const q = search.get('q') ?? ''
  const keys = [...filters.map(({ key }) => key), ...(range ? ['from', 'until'] : []), ...(only ? [only.key] : [])]
  const chosen = Object.fromEntries(keys.map((key) => [key, search.get(key) || undefined]))
  const year = useYear()
  const ofYear = year !== undefined && takesYear(endpoint) ? { year: String(year) } : {}
  const query = { ...chosen, ...ofYear, ...props.fixed, q: q || undefined, sort }
  const conditions = Object.values(chosen).filter((value) => value !== undefined).length
  const narrowed = q !== '' || conditions > 0

  const list = useQuery({
    queryKey: houseKeys.list(address(endpoint.path, { params: props.params ?? {} }), query, page, size),
    queryFn: async ({ signal }) => {
      const input = { params: props.params ?? {}, query: { ...query, page, size } }
      return (await callLoosely(endpoint, input, signal)) as { items: Row<E>[]; total: number }
    },
    placeholderData: keepPreviousData,
  })

  function put(changes: Record<string, string | undefined>) {
    const next = addressNow()
    if (!('page' in changes)) next.delete('page')
    for (const [key, value] of Object.entries(changes)) {
      if (value) next.set(key, value)
      else next.delete(key)
    }
    setSearch(next, { replace: !('page' in changes) })
  }

  // Nothing to search through is no place for tools.
  const bare = list.data?.total === 0 && !narrowed
  const controls = (
    <>
      {filters.map((filter) => (
        <Select
          key={filter.key}
          className="list-filter"
          aria-label={filter.label}
          placeholder={filter.label}
          allowClear
          {...(filter.options.length > MANY_OPTIONS ? { showSearch: { filterOption: byLabel } } : {})}
          value={chosen[filter.key] ?? null}
          options={[...filter.options]}
          onChange={(value: string | null) => put({ [filter.key]: value ?? undefined })}
        />
      ))}
      {range && (
        <Range
          range={range}
          from={chosen['from']}
          until={chosen['until']}
          onChange={(key, day) => put({ [key]: day })}
        />
      )}
    </>
  )
  return (
    <div className="list">
      <div className="list-tools" hidden={bare}>
        {props.search && <SearchBox value={q} placeholder={props.search} onSearch={(text) => put({ q: text })} />}
        {narrow && filters.length + (range ? 2 : 0) > 1 ? (
          <details className="list-more" open={conditions > 0 || undefined}>
            <summary>筛选{conditions > 0 && `（已选 ${conditions} 项）`}</summary>
            <div>{controls}</div>
          </details>
        ) : (
          controls
        )}
        {only && chosen[only.key] && (
          <button type="button" className="link" onClick={() => put({ [only.key]: undefined })}>
            {only.clear}
          </button>
        )}
        <span className="list-count" role="status">
          {list.data ? `共 ${list.data.total} 条` : ''}
        </span>
        {props.exportPath && (
          <a className="list-export" href={address(props.exportPath, { params: props.params ?? {}, query })} download>
            导出表格
          </a>
        )}
      </div>
      {list.isPending && <Skeleton rows={8} />}
      {list.isError && <Failure error={list.error} retry={() => void list.refetch()} />}
      {list.data && list.data.items.length === 0 && (
        <NoRows
          asked={{
            page,
            size,
            total: list.data.total,
            conditions: inWords(props, q, chosen),
            year: 'year' in ofYear ? year : undefined,
          }}
          empty={props.empty}
          clear={() => put({ q: undefined, ...Object.fromEntries(keys.map((key) => [key, undefined])) })}
          go={(to) => put({ page: to === 1 ? undefined : String(to) })}
        />
      )}
      {list.data && list.data.items.length > 0 && (
        <div aria-busy={list.isPlaceholderData}>
          {props.bulk && (
            <div className="list-bulk">
              <label>
                <input
                  type="checkbox"
                  checked={list.data.items.every((row) => ticked.includes(props.rowKey(row)))}
                  onChange={(event) => setTicked(event.target.checked ? list.data.items.map(props.rowKey) : [])}
                />
                本页全选
              </label>
              <span role="status">
                已选 {list.data.items.filter((row) => ticked.includes(props.rowKey(row))).length} 条
              </span>
              {props.bulk(
                list.data.items.filter((row) => ticked.includes(props.rowKey(row))),
                () => setTicked([]),
              )}
            </div>
          )}
          {narrow ? (
            <Cards {...props} {...(props.bulk ? { ticked, tick: setTicked } : {})} rows={list.data.items} />
          ) : (
            <Table<Row<E>>
              aria-label={props.label}
              rowKey={props.rowKey}
              dataSource={list.data.items}
              pagination={false}
              {...(props.bulk
                ? {
                    rowSelection: {
                      selectedRowKeys: ticked,
                      // A heading is read aloud; a box for all is not wanted, because the list has more pages.
                      columnTitle: '选',
                      onChange: (keys: readonly unknown[]) => setTicked(keys.map(String)),
                      getCheckboxProps: (row: Row<E>) => ({ 'aria-label': `选择 ${props.rowKey(row)}` }) as object,
                    },
                  }
                : {})}
              showSorterTooltip={false}
              scroll={{ x: 'max-content' }}
              columns={columns.map((column, index) => ({
                key: column.key,
                title: column.title,
                ...(column.width ? { width: column.width } : {}),
                ...(column.number ? { align: 'right' as const, className: 'number' } : {}),
                ...(column.sort ? { sorter: true, sortOrder: orderOf(sort, column.key) } : {}),
                render: (_: unknown, row: Row<E>) => cell(column, row, index === 0 ? props.rowHref?.(row) : undefined),
              }))}
              onChange={(_page, _filters, sorter) => {
                const one = Array.isArray(sorter) ? sorter[0] : sorter
                const key = String(one?.columnKey ?? '')
                put({ sort: one?.order ? (one.order === 'descend' ? `-${key}` : key) : undefined })
              }}
            />
          )}
        </div>
      )}
      {list.data && list.data.total > size && (
        <Pagination
          className="list-pages"
          current={page}
          pageSize={size}
          total={list.data.total}
          showSizeChanger={!narrow}
          simple={narrow}
          pageSizeOptions={[20, 50, 100]}
          onChange={(next, nextSize) =>
            put({ page: next === 1 ? undefined : String(next), size: nextSize === 20 ? undefined : String(nextSize) })
          }
        />
      )}
    </div>
  )
}

function Cards<R>(props: {
  rows: readonly R[]
  columns: readonly Column<R>[]
  rowKey: (row: R) => string
  rowHref?: (row: R) => string | undefined
  label: string
  ticked?: readonly string[]
  tick?: (keys: string[]) => void
}) {
  const [first, ...rest] = props.columns
  const { ticked = [], tick } = props
  return (
    <ul className="cards" aria-label={props.label}>
      {props.rows.map((row) => (
        <li key={props.rowKey(row)} className="card">
          {tick && (
            <label className="card-tick">
              <input
                type="checkbox"
                checked={ticked.includes(props.rowKey(row))}
                onChange={(event) => {
                  const others = ticked.filter((key) => key !== props.rowKey(row))
                  tick(event.target.checked ? [...others, props.rowKey(row)] : others)
                }}
              />
              选择
            </label>
          )}
          {first && <p className="card-title">{cell(first, row, props.rowHref?.(row))}</p>}
          <dl>
            {rest
              .filter((column) => !column.wideOnly)
              .map((column) => (
                <div key={column.key}>
                  <dt>{column.title}</dt>
                  <dd>{column.render(row)}</dd>
                </div>
              ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}

/** Everything that narrows the list, as the person chose it. */
function inWords(
  { filters = [], range, only }: { filters?: readonly Filter[]; range?: { label: string }; only?: { key: string } },
  q: string,
  chosen: Readonly<Record<string, string | undefined>>,
): string[] {
  const labelOf = ({ options }: Filter, value: string) => options.find((one) => one.value === value)?.label ?? value
  const days = [chosen['from'] && `从 ${chosen['from']}`, chosen['until'] && `到 ${chosen['until']}`].filter(Boolean)
  return [
    ...(q ? [`查找${quoted(q)}`] : []),
    ...filters.flatMap((filter) => {
      const value = chosen[filter.key]
      return value ? [`${filter.label}：${labelOf(filter, value)}`] : []
    }),
    ...(range && days.length > 0 ? [`${range.label}${days.join('')}`] : []),
    ...(only && chosen[only.key] ? ['只看从别处点来的那一项'] : []),
  ]
}

/** Whether the list is about a year; the page then offers the years. */
const takesYear = ({ query }: Callable): boolean => query instanceof z.ZodObject && 'year' in query.shape

function cell<R>(column: Column<R>, row: R, href: string | undefined): ReactNode {
  return href ? <YearLink to={href}>{column.render(row)}</YearLink> : column.render(row)
}

function orderOf(sort: string | undefined, key: string): 'ascend' | 'descend' | null {
  if (sort === key) return 'ascend'
  return sort === `-${key}` ? 'descend' : null
}

function Range(props: {
  range: { label: string; max?: string }
  from: string | undefined
  until: string | undefined
  onChange: (key: 'from' | 'until', day: string) => void
}) {
  const id = useId()
  const { label, max } = props.range
  const limit = max ? { max } : {}
  return (
    <div className="list-range">
      <label htmlFor={`${id}-from`}>{label}从</label>
      <DateField
        id={`${id}-from`}
        value={props.from ?? ''}
        {...limit}
        onChange={(day) => props.onChange('from', day)}
      />
      <label htmlFor={`${id}-until`}>到</label>
      <DateField
        id={`${id}-until`}
        value={props.until ?? ''}
        {...limit}
        onChange={(day) => props.onChange('until', day)}
      />
    </div>
  )
}
