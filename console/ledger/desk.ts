import { useQuery } from '@tanstack/react-query'
import { call, type Reply } from '#console/api.ts'
import { pillarLabels } from '#domain/base/pillar.ts'
import { readEntry, readLedgerDesk } from '#contract/ledger/ledger.ts'

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

/** A choice in words, where the form holds only its id. */
export function wordsOf(desk: Desk, field: string, value: unknown): string | undefined {
  if (field === 'formId') return desk.forms.find((one) => one.id === value)?.label ?? ''
  if (field === 'taskId') return desk.tasks.find((one) => one.id === value)?.label ?? ''
  if (field === 'pillar') return pillarLabels[value as keyof typeof pillarLabels]
  return undefined
}
