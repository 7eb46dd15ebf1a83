import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { useEffect, useRef, useState } from 'react'
import { call, type Reply, sentences } from '#console/api.ts'
import { enterPaper } from '#contract/survey/surveySchool.ts'
import type { Answer, Audience } from '#domain/survey/survey.ts'
import { type Survey, surveyKeys } from '../queries.ts'

export type PaperOutcome = Reply<typeof enterPaper>

/** One sheet of paper as it is typed: its answers, the keyboard's way through them, and what the server says of it. */
export function usePaperEntry(survey: Survey) {
  const queries = useQueryClient()
  const sheet = usePaperSheet(survey)
  const { form, focus } = useStops()
  const [outcome, setOutcome] = useState<PaperOutcome>()
  const [errors, setErrors] = useState<string[]>([])
  const [busy, setBusy] = useState(false)

  function goOn(said: PaperOutcome) {
    if (said.state === 'waiting' || said.state === 'counted') {
      sheet.clear()
      focus(0)
    }
    // Back to where the mistake is: the words above stand out of sight of whoever has typed to the end.
    else if (said.state === 'differs') {
      const at = sheet.questions.findIndex((one) => said.questions.includes(one.id))
      focus(at < 0 ? sheet.questions.length + 1 : at + 1)
    } else focus(0)
  }

  async function send() {
    setBusy(true)
    setErrors([])
    setOutcome(undefined)
    try {
      const { code, answers, text } = sheet
      const said = await call(enterPaper, { params: { id: survey.id }, body: { code, answers, text: text.trim() } })
      setOutcome(said)
      goOn(said)
      await readAnew(queries, surveyKeys.papers(survey.id))
    } catch (error) {
      setErrors(sentences(error))
    } finally {
      setBusy(false)
    }
  }

  return { ...sheet, form, focus, outcome, errors, busy, send }
}

function usePaperSheet(survey: Survey) {
  const [audience, setAudience] = useState<Audience>(survey.questionnaires[0]?.audience ?? 'teacher')
  const [code, setCode] = useState('')
  const [answers, setAnswers] = useState<Record<string, Answer>>({})
  const [text, setText] = useState('')
  return {
    audience,
    questions: survey.questionnaires.find((one) => one.audience === audience)?.questions ?? [],
    code,
    answers,
    text,
    setCode,
    setText,
    answer: (question: string, answer: Answer) => setAnswers((before) => ({ ...before, [question]: answer })),
    /** Another kind of questionnaire has other questions. */
    turnTo(next: Audience) {
      setAudience(next)
      setAnswers({})
    },
    clear() {
      setCode('')
      setAnswers({})
      setText('')
    },
  }
}

/** The places of a sheet in the order in which they are typed: the code, each question, the words at the end. */
function useStops() {
  const form = useRef<HTMLFormElement>(null)
  const focus = (at: number) => [...(form.current?.querySelectorAll<HTMLElement>('[data-stop]') ?? [])][at]?.focus()

  // Whoever opens this page has a pile of sheets: the code of the first one can be typed at once.
  useEffect(() => form.current?.querySelector<HTMLElement>('[data-stop]')?.focus(), [])

  return { form, focus }
}
