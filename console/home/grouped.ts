export interface TodoItem {
  id: string
  title: string
  detail: string
  dueDate?: string | null | undefined
  overdue: boolean
  href: string
  kind: string
}

/** A signature that is asked for and a text that came back: somebody else waits for them. */
const first = (item: TodoItem): boolean => /(ToSign|Returned)$/.test(item.kind)

/** The list in the order one works: overdue, until Sunday with what others wait for, what waits now without a day, later; earliest first in each. */
export function grouped(items: readonly TodoItem[], today: string): { title: string; items: TodoItem[] }[] {
  const sunday = endOfWeek(today)
  const place = (item: TodoItem) =>
    item.overdue ? 0 : first(item) || (item.dueDate && item.dueDate <= sunday) ? 1 : item.dueDate ? 3 : 2
  const groups: { title: string; items: TodoItem[] }[] = ['已逾期', '本周', '等您办，没有规定日期', '以后'].map(
    (title) => ({
      title,
      items: [],
    }),
  )
  for (const item of items) groups[place(item)]?.items.push(item)
  for (const group of groups)
    group.items.sort(
      (a, b) => Number(first(b)) - Number(first(a)) || (a.dueDate ?? '9999').localeCompare(b.dueDate ?? '9999'),
    )
  return groups.filter((group) => group.items.length > 0)
}

function endOfWeek(date: string): string {
  const noon = new Date(`${date}T12:00:00Z`)
  noon.setUTCDate(noon.getUTCDate() + ((7 - noon.getUTCDay()) % 7))
  return noon.toISOString().slice(0, 10)
}
