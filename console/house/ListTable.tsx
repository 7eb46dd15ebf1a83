import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Pagination } from 'antd'
import type { ReactNode } from 'react'
import { address, callLoosely } from '#console/api.ts'
import { Skeleton } from './Empty.tsx'
import { ListRows } from './ListRows.tsx'
import { ListTools } from './ListTools.tsx'
import type { Listing, ListRowsProps, ListScope, RowOf } from './listing.ts'
import { Failure } from './Loaded.tsx'
import { useNarrow } from './narrow.ts'
import { NoRows } from './NoRows.tsx'
import { houseKeys } from './queries.ts'
import { type ListState, useListState } from './useListState.ts'
import './ListTable.css'

/** A list paged, searched, filtered and sorted by the server; all of it in the address, so that it can be sent on. */
export function ListTable<E extends Listing>(
  props: ListScope<E> & ListRowsProps<RowOf<E>> & { empty: { title: string; hint?: ReactNode; action?: ReactNode } },
) {
  const narrow = useNarrow(640)
  const state = useListState(props)
  const list = useList(props, state)
  const { page, size } = state
  const { items = [], total = 0 } = list.data ?? {}
  return (
    <div className="list">
      <ListTools scope={props} state={state} total={list.data?.total} />
      {list.isPending && <Skeleton rows={8} />}
      {list.isError && <Failure error={list.error} retry={() => void list.refetch()} />}
      {list.data && items.length === 0 && (
        <NoRows
          asked={{ page, size, total, conditions: state.inWords, year: state.year }}
          empty={props.empty}
          clear={state.clear}
          go={state.turn}
        />
      )}
      {items.length > 0 && (
        <div aria-busy={list.isPlaceholderData}>
          <ListRows {...props} rows={items} sort={state.sort} onSort={(sort) => state.put({ sort })} />
        </div>
      )}
      {total > size && (
        <Pagination
          className="list-pages"
          current={page}
          pageSize={size}
          total={total}
          showSizeChanger={!narrow}
          simple={narrow}
          pageSizeOptions={[20, 50, 100]}
          onChange={state.turn}
        />
      )}
    </div>
  )
}

function useList<E extends Listing>({ endpoint, params = {} }: ListScope<E>, { query, page, size }: ListState) {
  return useQuery({
    queryKey: houseKeys.list(address(endpoint.path, { params }), query, page, size),
    queryFn: async ({ signal }) => {
      const input = { params, query: { ...query, page, size } }
      return (await callLoosely(endpoint, input, signal)) as { items: RowOf<E>[]; total: number }
    },
    placeholderData: keepPreviousData,
  })
}
