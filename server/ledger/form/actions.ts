import type { Actor } from '#domain/base/actor.ts'
import { defaultForms } from '#domain/ledger/ledger.ts'
import { quoted } from '#domain/base/text.ts'
import { refuse } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { listForms } from './queries.ts'
import { insertForms } from './writes.ts'

export async function addActivityForm(work: Work, label: string): Promise<{ id: string }> {
  const bureauId = work.actor.bureauId
  await makeForms(work, bureauId)
  const forms = await listForms(work.db, bureauId)
  if (forms.some((form) => form.label === label))
    throw refuse('alreadyExists', `已经有${quoted(label)}这种形式。`, { field: 'label' })
  const id = work.newId()
  await insertForms(work, [{ id, bureauId, label, sortOrder: forms.length + 1 }])
  work.record('activityForm.added', 'activityForm', id, { label })
  return { id }
}

/** A bureau gets the usual forms when somebody first asks for them. */
export async function makeForms(work: Work<Actor>, bureauId: string): Promise<boolean> {
  if ((await listForms(work.db, bureauId)).length > 0) return false
  await insertForms(
    work,
    defaultForms.map((label, index) => ({ id: work.newId(), bureauId, label, sortOrder: index + 1 })),
  )
  work.record('activityForm.made', 'organization', bureauId, { forms: defaultForms.length })
  return true
}
