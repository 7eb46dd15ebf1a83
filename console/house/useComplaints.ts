import { type RefObject, useEffect, useRef, useState } from 'react'
import { jumpTo, type Refusal } from './Complaints.tsx'
import { foldsAround } from './formParts.tsx'

export interface Wrong {
  message: string
  name?: readonly (string | number)[]
  href?: string | undefined
}

/** What stands against a form: each reason leads to its field, what is folded away opens, and the summary takes the focus. */
export function useComplaints(box: RefObject<HTMLElement | null>) {
  const [refusal, setRefusal] = useState<Refusal>()
  const summary = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!refusal) return
    summary.current?.scrollIntoView({ block: 'nearest' })
    summary.current?.focus()
  }, [refusal])

  const fieldAt = (name: readonly (string | number)[]) =>
    box.current?.querySelector<HTMLElement>(`[id="${name.join('_')}"]`)

  function complain(title: string, list: readonly Wrong[]) {
    const complaints = list.map(({ message, name, href }) => {
      const field = name && fieldAt(name)
      return { message, href, ...(field ? { jump: () => jumpTo(field) } : {}) }
    })
    setRefusal({ title, list: complaints })
    // What is folded away cannot be mended: it opens at once.
    for (const { name } of list) for (const folded of foldsAround(name && fieldAt(name))) folded.open = true
  }

  return { refusal, summary, complain, clear: () => setRefusal(undefined) }
}
