import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { useEffect, useRef, useState } from 'react'
import { Refused, sentences } from '#console/api.ts'
import { newId } from './kept.ts'
import { announce } from './announce.ts'
import { unsavedForms } from './unsaved.ts'
import { useKeptWords } from './useKeptWords.ts'

/** One of several, chosen above the words: of the options given, or of the schools that are not left out. */
export interface Choice {
  label: string
  hint?: string
  optional?: boolean
  options?: readonly { value: string; label: string }[]
  schoolsWithout?: readonly string[]
}

export interface ActProps {
  label: string
  /** Every reason why it cannot be done now; empty or absent means it can. */
  reasons?: readonly (string | { message: string })[] | undefined
  /** What to do; the text is what the person wrote when `ask` is set, the day what was chosen below it. Throw to say no. */
  run: (text: string, day: string | undefined, held: { id: string; choice: string | undefined }) => unknown
  /** Tells apart buttons with the same label on one page: what is typed in the dialogue is kept under it. */
  name?: string
  /** It has nothing to do with what is written in a form on the same page, so it does not ask for it to be saved. */
  apart?: boolean
  primary?: boolean
  danger?: boolean
  size?: 'small' | 'middle'
  /** Ask first: what will happen, in one sentence. */
  confirm?: string
  /** Why there is no way back, from `noWayBack`: it stands in the dialogue before anybody confirms. */
  ending?: string | undefined
  /** Ask for words first, such as a reason for returning. */
  ask?: {
    label: string
    hint?: string
    optional?: boolean
    initial?: string
    day?: { label: string; hint?: string }
    choice?: Choice
  }
  /** Said quietly when it is done. */
  done?: string
  /** Query keys to read again afterwards; all of them when absent. */
  refresh?: readonly (readonly unknown[])[]
}

export type Acting = ReturnType<typeof useAct>

/** What happens between the press of a button and the thing done: unsaved forms, the dialogue, the sending, what came of it. */
export function useAct(props: ActProps) {
  const again = useReading(props.refresh)
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refusals, setRefusals] = useState<string[]>([])
  const [unsaved, setUnsaved] = useState<'no' | 'saved first' | 'left aside'>('no')
  const answers = useAnswers(props)
  // What the person saw when they pressed is what they decide on, even when newer words arrive behind the dialogue.
  const pressed = useRef(props.run)
  const held = useRef('')

  async function go() {
    setBusy(true)
    setRefusals([])
    try {
      const { text, day, choice } = answers
      await pressed.current(text.trim(), day || undefined, { id: held.current, choice })
      setOpen(false)
      answers.forget()
      held.current = ''
      announce(props.done ?? `已${props.label}`)
      await again.asked()
    } catch (error) {
      setRefusals(sentences(error))
      if (error instanceof Refused && error.code === 'sentBefore') held.current = newId()
      // Somebody was faster: the page shows what there is now, and what was pressed before no longer holds.
      if (error instanceof Refused && error.status === 409) {
        if (error.reasons.some((one) => one.code === 'unseen')) setOpen(false)
        await again.all()
      }
    } finally {
      setBusy(false)
    }
  }

  async function saveFirst() {
    setUnsaved('no')
    for (const form of unsavedForms()) if (form.edits && !(await form.save())) return
  }

  function press() {
    setRefusals([])
    const forms = props.apart ? [] : unsavedForms()
    if (forms.length > 0) return setUnsaved(forms.some((form) => form.edits) ? 'saved first' : 'left aside')
    begin()
  }

  function begin() {
    setUnsaved('no')
    pressed.current = props.run
    held.current ||= newId()
    if (asksFirst(props)) setOpen(true)
    else void go()
  }

  return { open, busy, refusals, unsaved, answers, go, saveFirst, press, begin, shut: () => setOpen(false) }
}

/** Whether a dialogue stands before the deed. */
export const asksFirst = ({ confirm, ask, ending }: ActProps): boolean => Boolean(confirm ?? ask ?? ending)

function useReading(refresh: ActProps['refresh']) {
  const queries = useQueryClient()
  const all = () => readAnew(queries)
  const asked = async () => {
    if (refresh) await Promise.all(refresh.map((queryKey) => readAnew(queries, queryKey)))
    else await all()
  }
  return { all, asked }
}

/** What is answered in the dialogue: the words are kept in this browser, day and choice as long as the page stands. */
function useAnswers({ name, label, ask }: ActProps) {
  const words = useKeptWords(`${name ?? ''}:${label}`, ask?.initial ?? '')
  const [day, setDay] = useState('')
  const [choice, setChoice] = useState<string>()
  const unchosen = ask?.choice && !ask.choice.optional && !choice
  return {
    words,
    text: words.text,
    day,
    setDay,
    choice,
    setChoice,
    /** Something that must be answered is not. */
    wanting: Boolean(ask && ((!ask.optional && words.text.trim() === '') || unchosen)),
    forget() {
      words.forget()
      setDay('')
      setChoice(undefined)
    },
  }
}

/** Where what went wrong is told takes the focus, in the dialogue while it is open. */
export function useToldFocus({ refusals, unsaved }: Pick<Acting, 'refusals' | 'unsaved'>) {
  const told = useRef<HTMLDivElement>(null)
  const inside = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (refusals.length > 0 || unsaved !== 'no') (inside.current ?? told.current)?.focus()
  }, [refusals, unsaved])
  return { told, inside }
}
