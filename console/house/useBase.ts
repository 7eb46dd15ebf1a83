import type { FormInstance } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { keep, keptForm, letGo, newId } from './kept.ts'
import { type Conflict, merge, put, same } from './merge.ts'

export type FormFields = Record<string, unknown>

/**
 * What a form began from, beside what stands in it: newer words of the server are merged into it as they come, and what both sides
 * changed waits for the person. `seen` is the version that the form shows in full; without one the record is not made yet.
 */
export function useBase(form: FormInstance, key: string, now: { initial: FormFields; seen: string | undefined }) {
  const latest = useRef(now)
  const [start] = useState(() => startOf(key, now))
  const base = useRef(start.base)
  const seen = useRef(now.seen)
  const ids = useRef(start.id)
  const [restored, setRestored] = useState(start.restored)
  const [conflicts, setConflicts] = useState<Conflict[]>(start.conflicts)
  const [taken, setTaken] = useState(start.taken)
  const held = useRef(false)
  const waiting = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const mine = (): FormFields => form.getFieldsValue(true) as FormFields
  const unsaved = () => !same(base.current, mine())

  function write() {
    clearTimeout(timer.current)
    timer.current = undefined
    if (unsaved()) keep(key, { base: base.current, mine: mine(), id: ids.current })
    else letGo(key)
  }

  function takeIn() {
    seen.current = latest.current.seen
    if (seen.current === undefined) return
    const merged = merge(base.current, mine(), latest.current.initial)
    base.current = merged.base
    setConflicts(merged.conflicts)
    if (merged.taken.length > 0) {
      const own = !same(merged.values, latest.current.initial)
      form.setFieldsValue(merged.values)
      if (own) setTaken(true)
    }
    if (merged.conflicts.length > 0) write()
  }

  function clear() {
    const before = latest.current.initial
    // Every field by name, because one that was empty before is not part of the initial values.
    for (const name of new Set([...Object.keys(mine()), ...Object.keys(before)])) form.setFieldValue(name, before[name])
    base.current = before
  }

  const fresh = `${now.seen ?? ''}${JSON.stringify(now.initial)}`
  useEffect(() => {
    latest.current = now
    if (held.current) waiting.current = true
    else takeIn()
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [fresh])

  useEffect(() => {
    const flush = () => timer.current !== undefined && write()
    addEventListener('pagehide', flush)
    document.addEventListener('visibilitychange', flush)
    return () => {
      removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', flush)
      flush()
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key])

  return {
    id: () => ids.current,
    initial: start.values,
    restored,
    conflicts,
    taken,
    unsaved,
    seen: () => seen.current ?? '',
    write,
    /** A moment after the last letter; leaving the page does not wait. */
    remember() {
      clearTimeout(timer.current)
      timer.current = setTimeout(write, 300)
    },
    /** While a save is under way what comes back from it must not look like somebody else's change. */
    hold() {
      held.current = true
    },
    goOn() {
      held.current = false
      if (waiting.current) takeIn()
      waiting.current = false
    },
    /** What was sent is what the server has now; something new that was made leaves an empty form. */
    saved(sent: FormFields, reply: unknown) {
      base.current = sent
      if (seen.current === undefined) clear()
      else if (typeof reply === 'object' && reply !== null && 'updatedAt' in reply)
        seen.current = String(reply.updatedAt)
      setRestored(false)
      setTaken(false)
      ids.current = newId()
      // What was typed while it was on its way is not on the server: it stays in this browser.
      write()
    },
    choose(conflict: Conflict, which: 'mine' | 'theirs') {
      base.current = put(base.current, conflict.path, conflict.theirs)
      if (which === 'theirs') form.setFieldsValue(put(mine(), conflict.path, conflict.theirs))
      takeIn()
      write()
    },
    /** What is sent next is something else than what was sent before. */
    renew() {
      ids.current = newId()
      write()
    },
    /** Back to what the server has. */
    discard() {
      clear()
      setRestored(false)
      setTaken(false)
      setConflicts([])
      ids.current = newId()
      letGo(key)
    },
  }
}

function startOf(key: string, now: { initial: FormFields; seen: string | undefined }) {
  const kept = keptForm(key)
  const none = { conflicts: [] as Conflict[], taken: false }
  if (!kept) return { base: now.initial, values: now.initial, id: newId(), restored: false, ...none }
  if (now.seen === undefined)
    return { base: now.initial, values: { ...now.initial, ...kept.mine }, id: kept.id, restored: true, ...none }
  const { values, base, conflicts, taken } = merge(kept.base, kept.mine, now.initial)
  const restored = !same(values, now.initial)
  return { base, values, id: kept.id, restored, conflicts, taken: restored && taken.length > 0 }
}
