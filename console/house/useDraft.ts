import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form, type FormInstance } from 'antd'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Refused } from '#console/api.ts'
import { useMe } from '#console/me.ts'
import { titleOf } from './Complaints.tsx'
import { spread } from './formParts.tsx'
import { type Conflict, placeOf } from './merge.ts'
import { announce } from './announce.ts'
import { standOpen } from './unsaved.ts'
import { useFieldNews } from './uploads.ts'
import { type FormFields, useBase } from './useBase.ts'
import { useComplaints } from './useComplaints.ts'

/** What goes with a save: the version that the form showed in full, and the name that makes a repeated creation one. */
export interface Held {
  seen: string
  id: string
}

export interface DraftProps<V extends object> {
  /** What the words belong to, such as `plan:${id}` or `entry:new`. */
  name: string
  initial: Partial<V>
  /** The stamp of what `initial` shows, when it stands on the server already; without one something new is made. */
  seen?: string | undefined
  /** Sends the values; throw what `call` throws to say no. */
  onSave: (values: V, form: FormInstance, held: Held) => unknown
  saveLabel?: string
  /** What is said when it is saved; as a function where the answer decides. */
  done?: string | (() => string)
  /** The page has another main action, so saving steps back. */
  quiet?: boolean
  /** Quieter buttons beside the main one. */
  more?: ReactNode
  /** What the lists are called, which have no label of their own. */
  labels?: Record<string, string>
  /** What the ids and codes are called that the form holds. */
  names?: Readonly<Record<string, string>>
  /** A value in words where no name does. */
  wordsOf?: (field: string, value: unknown) => string | undefined
  children: ReactNode
}

/** A form with what it began from, what its fields have told, and what stands against it. */
export function useDraft<V extends object>(props: DraftProps<V>) {
  const person = useMe().data?.personId ?? 'nobody'
  const [form] = Form.useForm()
  const initial = props.initial as FormFields
  const base = useBase(form, `yipin:${person}:${props.name}`, { initial, seen: props.seen })
  const news = useFieldNews()
  const box = useRef<HTMLDivElement>(null)
  const complaints = useComplaints(box)
  const parts = { form, base, news, complaints }
  const { busy, save } = useSave(props, parts)
  const { asking, attempt, without, again, stay } = useAttempt(save, parts)

  const edits = props.seen !== undefined
  const open = useRef({ unsaved: base.unsaved, save: attempt })
  useEffect(() => {
    open.current = { unsaved: base.unsaved, save: attempt }
  })
  useEffect(() => standOpen({ edits, unsaved: () => open.current.unsaved(), save: () => open.current.save() }), [edits])

  function submit(event: FormEvent) {
    event.preventDefault()
    event.stopPropagation()
    if (!busy) void attempt()
  }

  /** What the person reads beside the place where both sides changed something. */
  function labelOf({ path }: Conflict): string {
    const place = placeOf(form.getFieldsValue(true) as FormFields, path)
    for (let depth = place.length; depth > 0; depth -= 1) {
      const label = box.current?.querySelector(`label[for="${place.slice(0, depth).join('_')}"]`)
      if (label?.textContent) return label.textContent.replace('（选填）', '')
    }
    return props.labels?.[path[0] ?? ''] ?? '内容'
  }

  return { ...parts, box, busy, submit, labelOf, asking, without, again, stay }
}

interface Parts {
  form: FormInstance
  base: ReturnType<typeof useBase>
  news: ReturnType<typeof useFieldNews>
  complaints: ReturnType<typeof useComplaints>
}

/** Sends what stands in the form, once it is one's own decision in every place; answers whether it is saved. */
function useSave<V extends object>(props: DraftProps<V>, { form, base, news, complaints }: Parts) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)

  /** What keeps the form from being sent is told. */
  function barred(): boolean {
    if (base.conflicts.length > 0) {
      complaints.complain('还没有保存', [{ message: '有内容在别处也改过，请先在上面逐处选定留哪一个。' }])
      return true
    }
    const wrong = news.wrong().map((message) => ({ message }))
    if (wrong.length > 0) complaints.complain('还有要改的地方', wrong)
    return wrong.length > 0
  }

  async function save(values: unknown): Promise<boolean> {
    if (barred()) return false
    base.write()
    base.hold()
    setBusy(true)
    complaints.clear()
    const sent = form.getFieldsValue(true) as FormFields
    try {
      base.saved(sent, await props.onSave(values as V, form, { seen: base.seen(), id: base.id() }))
      // Whatever page is open now, perhaps another one already, shows what was saved.
      void readAnew(queries)
      announce(typeof props.done === 'function' ? props.done() : (props.done ?? '已保存'))
      return true
    } catch (error) {
      if (error instanceof Refused && error.code === 'sentBefore') base.renew()
      // Somebody was faster: the newer words are read and stand beside one's own before anybody decides.
      if (error instanceof Refused && error.status === 409) await readAnew(queries).catch(() => undefined)
      complaints.complain(titleOf(error), spread(form, error))
      return false
    } finally {
      setBusy(false)
      base.goOn()
    }
  }

  return { busy, save }
}

interface FieldErrors {
  errorFields?: { name: (string | number)[]; errors: string[] }[]
}

/** Waits for files on their way and asks about those that did not arrive before the form is checked and saved. */
function useAttempt(save: (values: unknown) => Promise<boolean>, { form, news, complaints }: Parts) {
  const [asking, setAsking] = useState(false)
  const leaving = useRef(false)
  const under = useRef(false)

  function failed({ errorFields = [] }: FieldErrors) {
    const errors = errorFields.flatMap(({ name, errors: words }) => words.map((message) => ({ message, name })))
    complaints.complain('还有要改的地方', [...errors, ...news.wrong().map((message) => ({ message }))])
  }

  async function attempt(): Promise<boolean> {
    if (under.current) return false
    under.current = true
    await news.settled()
    under.current = false
    if (news.failed() > 0 && !leaving.current) {
      setAsking(true)
      return false
    }
    leaving.current = false
    try {
      return await save(await form.validateFields())
    } catch (error) {
      failed(error as FieldErrors)
      return false
    }
  }

  return {
    asking,
    attempt,
    /** Saves without the files that did not arrive. */
    without() {
      setAsking(false)
      leaving.current = true
      void attempt()
    },
    /** Sends those files once more. */
    again() {
      setAsking(false)
      news.retry()
    },
    stay: () => setAsking(false),
  }
}
