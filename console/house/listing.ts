import type { ReactNode } from 'react'
import type { z } from 'zod'
import type { Callable } from '#console/api.ts'

export type Listing = Callable & { readonly reply: z.ZodType<{ items: unknown[]; total: number }> }
export type RowOf<E extends Listing> = z.output<E['reply']>['items'][number]

export interface ListColumn<R> {
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

export interface ListFilter {
  key: string
  label: string
  options: readonly { value: string; label: string }[]
}

/** What may narrow a list, and what it is asked with anyhow. */
export interface ListScope<E extends Listing> {
  endpoint: E
  /** Path parameters and query values that the person does not choose. */
  params?: Record<string, string>
  fixed?: Record<string, string | undefined>
  /** Placeholder of the search box; no box when absent. */
  search?: string
  filters?: readonly ListFilter[]
  /** Two dates, sent as `from` and `until`. */
  range?: { label: string; max?: string }
  /** A value that a link elsewhere has put into the address, with the words of the button that takes it out. */
  only?: { key: string; clear: string }
  /** Path of the XLSX export; it gets the same search, filters and sort. */
  exportPath?: string
}

/** How the rows look, and what can be done with them. */
export interface ListRowsProps<R> {
  columns: readonly ListColumn<R>[]
  rowKey: (row: R) => string
  /** Where the first column leads. */
  rowHref?: (row: R) => string | undefined
  /** What can be done with several rows at once; rows get boxes to tick. */
  bulk?: ((rows: R[], done: () => void) => ReactNode) | undefined
  /** What the table is called for screen readers. */
  label: string
}
