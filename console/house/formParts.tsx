import type { FormInstance } from 'antd'
import type { KeyboardEvent, ReactNode } from 'react'
import { reasonsOf } from './Complaints.tsx'

export function markOptional(label: ReactNode, { required }: { required: boolean }) {
  return required ? label : <>{label}（选填）</>
}

export function foldsAround(field: HTMLElement | null | undefined): HTMLDetailsElement[] {
  const around = field?.parentElement?.closest('details')
  return around ? [around, ...foldsAround(around)] : []
}

// The key is labelled “next” on a phone: it goes to the next field and never files or saves for good. One that ends a word of an
// input method, or opens a list, is not ours.
export function enterGoesOn(event: KeyboardEvent<HTMLElement>) {
  const field = event.target
  if (event.key !== 'Enter' || event.nativeEvent.isComposing || !(field instanceof HTMLInputElement)) return
  if (field.type === 'submit' || field.type === 'button' || field.getAttribute('role') === 'combobox') return
  event.preventDefault()
  const fields = [...event.currentTarget.querySelectorAll<HTMLElement>('input:not(.hidden), textarea')]
  const next = fields.slice(fields.indexOf(field) + 1).find((one) => one.offsetParent !== null)
  next?.focus()
}

// Reasons that name a field of this form stand beside it; the summary repeats all, as one should never have to search.
export function spread(form: FormInstance, error: unknown) {
  return reasonsOf(error).map(({ message, field, href }) => {
    if (!field) return { message, href }
    const name = field.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))
    if (form.getFieldInstance(name)) form.setFields([{ name, errors: [message] }])
    return { message, href, name }
  })
}
