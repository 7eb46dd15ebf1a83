import { pillarLabels } from '#domain/base/pillar.ts'
import type { Entry, LedgerDesk } from './queries.ts'

/** The desk for an entry whose task is no longer in the plan: it can keep that task, named and marked. */
export function deskFor(desk: LedgerDesk, entry: Entry): LedgerDesk {
  if (!entry.taskId || !entry.taskPillar || desk.tasks.some((task) => task.id === entry.taskId)) return desk
  const gone = { id: entry.taskId, label: `${entry.taskContent ?? ''}（现在的方案已删去）`, pillar: entry.taskPillar }
  return { ...desk, tasks: [...desk.tasks, gone] }
}

/** A choice in words, where the form holds only its id. */
export function wordsOf(desk: LedgerDesk, field: string, value: unknown): string | undefined {
  if (field === 'formId') return desk.forms.find((one) => one.id === value)?.label ?? ''
  if (field === 'taskId') return desk.tasks.find((one) => one.id === value)?.label ?? ''
  if (field === 'pillar') return pillarLabels[value as keyof typeof pillarLabels]
  return undefined
}
