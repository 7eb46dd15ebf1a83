import { useQuery } from '@tanstack/react-query'
import { call, type Reply } from '#console/api.ts'
import { readEntry, readLedgerDesk } from '#contract/ledger.ts'

export type Desk = Reply<typeof readLedgerDesk>
export type Entry = Reply<typeof readEntry>

/** Years, forms, tasks and schools to choose from. */
export const useDesk = () =>
  useQuery({ queryKey: ['ledger', 'desk'], queryFn: ({ signal }) => call(readLedgerDesk, {}, signal) })

export const useEntry = (id: string) =>
  useQuery({
    queryKey: ['ledger', 'entry', id],
    queryFn: ({ signal }) => call(readEntry, { params: { id } }, signal),
  })

/** The desk for an entry whose task is no longer in the plan: it can keep that task, named and marked. */
export function deskFor(desk: Desk, entry: Entry): Desk {
  if (!entry.taskId || !entry.taskPillar || desk.tasks.some((task) => task.id === entry.taskId)) return desk
  const gone = { id: entry.taskId, label: `${entry.taskContent ?? ''}（现在的方案已删去）`, pillar: entry.taskPillar }
  return { ...desk, tasks: [...desk.tasks, gone] }
}

/** An id for a new entry; pages opened over plain http have no randomUUID. */
export function newEntryId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
