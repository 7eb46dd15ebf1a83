export interface TodoItem {
  id: string
  title: string
  detail: string
  dueDate?: string | null | undefined
  overdue: boolean
  href: string
  kind: string
}

/** The list in the order one works: overdue, until Sunday, later and undated; earliest first in each. */
export function grouped(items: readonly TodoItem[], today: string): { title: string; items: TodoItem[] }[] {
  const sunday = endOfWeek(today)
  const place = (item: TodoItem) => (item.overdue ? 0 : item.dueDate && item.dueDate <= sunday ? 1 : 2)
  const groups: { title: string; items: TodoItem[] }[] = ['已逾期', '本周', '以后'].map((title) => ({
    title,
    items: [],
  }))
  for (const item of items) groups[place(item)]?.items.push(item)
  for (const group of groups) group.items.sort((a, b) => (a.dueDate ?? '9999').localeCompare(b.dueDate ?? '9999'))
  return groups.filter((group) => group.items.length > 0)
}

function endOfWeek(date: string): string {
  const noon = new Date(`${date}T12:00:00Z`)
  noon.setUTCDate(noon.getUTCDate() + ((7 - noon.getUTCDay()) % 7))
  return noon.toISOString().slice(0, 10)
}
