import { useSearchParams } from 'react-router'
import { z } from 'zod'
import { quoted } from '#domain/base/text.ts'
import type { Callable } from '#console/api.ts'
import { addressNow } from './addressNow.ts'
import type { Listing, ListFilter, ListScope } from './listing.ts'
import { pageIn } from './nothing.ts'
import { useYear } from './year.tsx'

export type ListState = ReturnType<typeof useListState>

/** What a list is asked for: all of it stands in the address, so that it can be sent on and gone back to. */
export function useListState<E extends Listing>(scope: ListScope<E>) {
  const { endpoint, filters = [], range, only } = scope
  const [search, setSearch] = useSearchParams()
  const { page, size } = pageIn(search)
  const sort = search.get('sort') ?? undefined
  const q = search.get('q') ?? ''
  const keys = [...filters.map(({ key }) => key), ...(range ? ['from', 'until'] : []), ...(only ? [only.key] : [])]
  const chosen = Object.fromEntries(keys.map((key) => [key, search.get(key) || undefined]))
  const asked = useYear()
  const year = takesYear(endpoint) ? asked : undefined
  const ofYear = year === undefined ? {} : { year: String(year) }

  /** A condition begins on the first page again and leaves nothing behind in the history; a page does. */
  function put(changes: Record<string, string | undefined>) {
    const next = addressNow()
    if (!('page' in changes)) next.delete('page')
    for (const [key, value] of Object.entries(changes)) {
      if (value) next.set(key, value)
      else next.delete(key)
    }
    setSearch(next, { replace: !('page' in changes) })
  }

  return {
    page,
    size,
    sort,
    q,
    chosen,
    year,
    query: { ...chosen, ...ofYear, ...scope.fixed, q: q || undefined, sort },
    /** How many conditions are chosen beside the words that are searched for. */
    conditions: Object.values(chosen).filter((value) => value !== undefined).length,
    inWords: inWords(scope, q, chosen),
    put,
    clear: () => put({ q: undefined, ...Object.fromEntries(keys.map((key) => [key, undefined])) }),
    turn: (to: number, by = size) =>
      put({ page: to === 1 ? undefined : String(to), size: by === 20 ? undefined : String(by) }),
  }
}

/** Whether the list is about a year; the page then offers the years. */
const takesYear = ({ query }: Callable): boolean => query instanceof z.ZodObject && 'year' in query.shape

/** Everything that narrows the list, as the person chose it. */
function inWords<E extends Listing>(
  { filters = [], range, only }: ListScope<E>,
  q: string,
  chosen: Readonly<Record<string, string | undefined>>,
): string[] {
  const labelOf = ({ options }: ListFilter, value: string) => options.find((one) => one.value === value)?.label ?? value
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
