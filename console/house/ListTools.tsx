import { Select } from 'antd'
import { useId } from 'react'
import { address } from '#console/api.ts'
import { DateField } from './DateField.tsx'
import type { Listing, ListScope } from './listing.ts'
import { useNarrow } from './narrow.ts'
import { SearchBox } from './SearchBox.tsx'
import { byLabel } from './searching.ts'
import type { ListState } from './useListState.ts'
import './ListTools.css'

/** More than can be seen at once are searched among. */
const MANY_OPTIONS = 12

/** What stands above a list: search, filters, dates, how many there are, and the way to take them along. */
export function ListTools<E extends Listing>(props: {
  scope: ListScope<E>
  state: ListState
  total: number | undefined
}) {
  const { scope, state, total } = props
  const { search, only, exportPath, params = {} } = scope
  // Nothing to search through is no place for tools.
  const bare = total === 0 && state.q === '' && state.conditions === 0
  return (
    <div className="list-tools" hidden={bare}>
      {search && <SearchBox value={state.q} placeholder={search} onSearch={(text) => state.put({ q: text })} />}
      <Conditions scope={scope} state={state} />
      {only && state.chosen[only.key] && (
        <button type="button" className="link" onClick={() => state.put({ [only.key]: undefined })}>
          {only.clear}
        </button>
      )}
      <span className="list-count" role="status">
        {total === undefined ? '' : `共 ${total} 条`}
      </span>
      {exportPath && (
        <a className="list-export" href={address(exportPath, { params, query: state.query })} download>
          导出表格
        </a>
      )}
    </div>
  )
}

/** Filters and dates, folded together on a phone where there are several. */
function Conditions<E extends Listing>({ scope, state }: { scope: ListScope<E>; state: ListState }) {
  const { filters = [], range } = scope
  const narrow = useNarrow(640)
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
          value={state.chosen[filter.key] ?? null}
          options={[...filter.options]}
          onChange={(value: string | null) => state.put({ [filter.key]: value ?? undefined })}
        />
      ))}
      {range && <DateRange range={range} state={state} />}
    </>
  )
  if (!narrow || filters.length + (range ? 2 : 0) <= 1) return controls
  return (
    <details className="list-more" open={state.conditions > 0 || undefined}>
      <summary>筛选{state.conditions > 0 && `（已选 ${state.conditions} 项）`}</summary>
      <div>{controls}</div>
    </details>
  )
}

function DateRange({ range, state }: { range: { label: string; max?: string }; state: ListState }) {
  const id = useId()
  const limit = range.max ? { max: range.max } : {}
  return (
    <div className="list-range">
      <label htmlFor={`${id}-from`}>{range.label}从</label>
      <DateField
        id={`${id}-from`}
        value={state.chosen['from'] ?? ''}
        {...limit}
        onChange={(day) => state.put({ from: day })}
      />
      <label htmlFor={`${id}-until`}>到</label>
      <DateField
        id={`${id}-until`}
        value={state.chosen['until'] ?? ''}
        {...limit}
        onChange={(day) => state.put({ until: day })}
      />
    </div>
  )
}
