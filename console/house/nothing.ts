/** What a list was asked for, as far as it matters when it shows no row. */
export interface Asked {
  page: number
  size: number
  total: number
  /** Every condition in words: 查找“红旗”, 状态：已公布. */
  conditions: readonly string[]
  /** The year that was chosen, where the list is about years. */
  year?: number | undefined
}

/** Why a list shows no row, in words; `last` is the page to go back to. */
export type Nothing =
  | { kind: 'past'; title: string; hint: string; last: number }
  | { kind: 'filtered'; title: string; hint: string }
  | { kind: 'year'; hint: string }
  | { kind: 'empty' }

const MOST_PAGES = 100_000
const SIZES = [20, 50, 100]

/** The page and its size that an address asks for; what is no number of a page is the first. */
export function pageIn(search: URLSearchParams): { page: number; size: number } {
  const page = Number(search.get('page') ?? 1)
  const size = Number(search.get('size') ?? SIZES[0])
  return {
    page: Number.isInteger(page) && page >= 1 ? Math.min(page, MOST_PAGES) : 1,
    size: SIZES.includes(size) ? size : 20,
  }
}

/** A list says the truth about having nothing to show: the page does not exist, the conditions left nothing, or there is nothing yet. */
export function whyNothing({ page, size, total, conditions, year }: Asked): Nothing {
  if (total > 0) {
    const last = Math.ceil(total / size)
    return { kind: 'past', title: `第 ${page} 页没有内容，共 ${last} 页`, hint: `一共 ${total} 条。`, last }
  }
  const ofYear = year === undefined ? [] : [`${year} 年度`]
  if (conditions.length > 0) {
    const asked = [...conditions, ...ofYear].join('，')
    return { kind: 'filtered', title: '没有符合条件的记录', hint: `条件是：${asked}。换一个词，或者少选几个条件。` }
  }
  if (year !== undefined) return { kind: 'year', hint: `现在看的是 ${year} 年度。` }
  return { kind: 'empty' }
}
