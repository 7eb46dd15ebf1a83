/**
 * The column that a list was asked to be sorted by, and which way; `-name` is descending. What the list does not offer is undefined,
 * and so is what every object has from its birth (`constructor`).
 */
export function chosenSort<Column>(offered: Readonly<Record<string, Column>>, asked: string) {
  const key = asked.replace(/^-/, '')
  return {
    column: Object.hasOwn(offered, key) ? offered[key] : undefined,
    direction: asked.startsWith('-') ? ('desc' as const) : ('asc' as const),
  }
}
