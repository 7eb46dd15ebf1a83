/** From so many ballots on a cell is shown (rule 13). */
export const shownFrom = { public: 10, bureau: 5 } as const
export type Readers = keyof typeof shownFrom

export interface Cell {
  key: string
  n: number
}

/** A total and the cells that add up to it, by their keys: whoever sees all but one of them can compute that one. */
export interface Sum {
  total: string
  parts: readonly string[]
}

/**
 * The keys of the cells that must not be shown: those of too few ballots, and as many more as it takes that no total minus the
 * shown cells gives a hidden cell, or a hidden group that is itself too small (rule 13). A cell without ballots hides nobody
 * and is shown as empty.
 */
export function hiddenCells(cells: readonly Cell[], sums: readonly Sum[], readers: Readers): Set<string> {
  const least = shownFrom[readers]
  const sizes = new Map(cells.map((cell) => [cell.key, cell.n]))
  const size = (key: string) => sizes.get(key) ?? 0
  const hidden = new Set(cells.filter((cell) => cell.n > 0 && cell.n < least).map((cell) => cell.key))
  const used = sums.map(({ total, parts }) => ({ total, parts: parts.filter((key) => size(key) > 0) }))
  // Hiding one more cell for a sum can open another sum, so all are looked at until nothing changes.
  for (let changed = true; changed; ) {
    changed = false
    for (const one of used) {
      const next = nextToHide(one, hidden, size, least)
      if (next === undefined) continue
      hidden.add(next)
      changed = true
    }
  }
  return hidden
}

function nextToHide(
  { total, parts }: Sum,
  hidden: ReadonlySet<string>,
  size: (key: string) => number,
  least: number,
): string | undefined {
  const covered = parts.filter((key) => hidden.has(key))
  const shown = parts.filter((key) => !hidden.has(key)).toSorted((a, b) => size(a) - size(b) || (a < b ? -1 : 1))
  if (hidden.has(total)) {
    // All parts shown would add up to the hidden total.
    return covered.length === 0 ? shown[0] : undefined
  }
  if (covered.length === 0) return undefined
  const group = covered.reduce((all, key) => all + size(key), 0)
  if (covered.length >= 2 && group >= least) return undefined
  return shown[0] ?? total
}

/** The sums of a table of rows × columns with margins; keys by the caller's own naming. */
export function sumsOfTable(
  rows: readonly string[],
  columns: readonly string[],
  keyOf: (row: string | null, column: string | null) => string,
): Sum[] {
  return [
    ...rows.map((row) => ({ total: keyOf(row, null), parts: columns.map((column) => keyOf(row, column)) })),
    ...columns.map((column) => ({ total: keyOf(null, column), parts: rows.map((row) => keyOf(row, column)) })),
    { total: keyOf(null, null), parts: rows.map((row) => keyOf(row, null)) },
    { total: keyOf(null, null), parts: columns.map((column) => keyOf(null, column)) },
  ]
}
