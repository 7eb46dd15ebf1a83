import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, Modal, Select } from 'antd'
import { useEffect, useId, useRef, useState } from 'react'
import { Refused, sentences } from '#console/api.ts'
import { DateField } from './fields.tsx'
import { newId } from './kept.ts'
import { Reasons } from './Loaded.tsx'
import { SchoolField } from './SchoolField.tsx'
import { say } from './said.ts'
import { unsavedForms } from './unsaved.ts'
import { useKeptWords } from './useKeptWords.ts'
import './Act.css'

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

/** One of several, chosen above the words: of the options given, or of the schools that are not left out. */
export interface Choice {
  label: string
  hint?: string
  optional?: boolean
  options?: readonly { value: string; label: string }[]
  schoolsWithout?: readonly string[]
}

/** A button that does one thing: grey with every reason when it may not be done, asking first where that is due. */
export function Act(props: ActProps) {
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [why, setWhy] = useState(false)
  const [busy, setBusy] = useState(false)
  const words = useKeptWords(`${props.name ?? ''}:${props.label}`, props.ask?.initial ?? '')
  const { text } = words
  const [day, setDay] = useState('')
  const [choice, setChoice] = useState<string>()
  const [refusals, setRefusals] = useState<string[]>([])
  const [unsaved, setUnsaved] = useState<'no' | 'saved first' | 'left aside'>('no')
  const told = useRef<HTMLDivElement>(null)
  const inside = useRef<HTMLDivElement>(null)
  // What the person saw when they pressed is what they decide on, even when newer words arrive behind the dialogue.
  const pressed = useRef(props.run)
  const held = useRef('')
  const id = useId()
  const reasons = (props.reasons ?? []).map((reason) => (typeof reason === 'string' ? reason : reason.message))
  const barred = reasons.length > 0
  const asks = Boolean(props.confirm ?? props.ask ?? props.ending)

  useEffect(() => {
    if (refusals.length > 0 || unsaved !== 'no') (inside.current ?? told.current)?.focus()
  }, [refusals, unsaved])

  async function go() {
    setBusy(true)
    setRefusals([])
    try {
      await pressed.current(text.trim(), day || undefined, { id: held.current, choice })
      setOpen(false)
      words.forget()
      setDay('')
      setChoice(undefined)
      held.current = ''
      say(props.done ?? `已${props.label}`)
      if (props.refresh) await Promise.all(props.refresh.map((queryKey) => queries.invalidateQueries({ queryKey })))
      else await queries.invalidateQueries()
    } catch (error) {
      setRefusals(sentences(error))
      if (error instanceof Refused && error.code === 'sentBefore') held.current = newId()
      // Somebody was faster: the page shows what there is now, and what was pressed before no longer holds.
      if (error instanceof Refused && error.status === 409) {
        if (error.reasons.some((one) => one.code === 'unseen')) setOpen(false)
        await queries.invalidateQueries()
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
    if (barred) return setWhy(!why)
    setRefusals([])
    const forms = props.apart ? [] : unsavedForms()
    if (forms.length > 0) return setUnsaved(forms.some((form) => form.edits) ? 'saved first' : 'left aside')
    begin()
  }

  function begin() {
    setUnsaved('no')
    pressed.current = props.run
    held.current ||= newId()
    if (asks) setOpen(true)
    else void go()
  }

  const { ask } = props
  const unchosen = ask?.choice && !ask.choice.optional && !choice
  const askedInVain = ask && ((!ask.optional && text.trim() === '') || unchosen)
  return (
    <div className="act">
      <Button
        type={props.primary ? 'primary' : 'default'}
        danger={props.danger ?? false}
        size={props.size ?? 'middle'}
        className={barred ? 'act-barred' : ''}
        aria-disabled={barred}
        aria-haspopup={asks && !barred ? 'dialog' : undefined}
        aria-expanded={barred ? why : undefined}
        aria-describedby={barred ? `${id}-why` : undefined}
        loading={busy && !open}
        onClick={press}
      >
        {props.label}
      </Button>
      {barred && (
        <div id={`${id}-why`} className={why ? 'act-why' : 'act-why act-why-shut'}>
          <p>现在不能{props.label}：</p>
          <ol>
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ol>
        </div>
      )}
      <div ref={told} tabIndex={-1} className="act-told">
        {!open && <Reasons title={`${props.label}没有成功`} reasons={refusals} />}
        {unsaved !== 'no' && (
          <div className="notice notice-warn" role="alert">
            <p className="notice-title">有未保存的修改</p>
            {unsaved === 'saved first' ? (
              <>
                <p>这一页上有改过还没有保存的内容。请先保存，看过以后再{props.label}。</p>
                <Button onClick={() => void saveFirst()}>先保存</Button>
              </>
            ) : (
              <>
                <p>这一页上有写了一半、还没有交的内容。{props.label}以后它可能不能再交。</p>
                <Button onClick={begin}>照样{props.label}</Button>
              </>
            )}
          </div>
        )}
      </div>
      <Modal
        open={open}
        title={props.label}
        okText={props.label}
        cancelText="取消"
        confirmLoading={busy}
        okButtonProps={{ disabled: Boolean(askedInVain), danger: props.danger ?? false }}
        onOk={() => void go()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        {props.confirm && <p>{props.confirm}</p>}
        {props.ending && <p className="act-ending">{props.ending}</p>}
        {ask?.choice && (
          <div className="ask">
            <label htmlFor={`${id}-choice`}>{ask.choice.label}</label>
            {ask.choice.hint && <p className="quiet">{ask.choice.hint}</p>}
            {ask.choice.schoolsWithout ? (
              <SchoolField
                id={`${id}-choice`}
                value={choice}
                onChange={setChoice}
                without={ask.choice.schoolsWithout}
                clearable
              />
            ) : (
              <Select
                id={`${id}-choice`}
                className="school-field"
                placeholder="点开选择"
                value={choice ?? null}
                onChange={(next: string | null) => setChoice(next ?? undefined)}
                options={[...(ask.choice.options ?? [])]}
              />
            )}
          </div>
        )}
        {props.ask && (
          <div className="ask">
            <label htmlFor={`${id}-text`}>{props.ask.label}</label>
            {props.ask.hint && <p className="quiet">{props.ask.hint}</p>}
            {words.older && (
              <div className="notice notice-warn" role="status">
                <p className="notice-title">这里后来改过，下面是您先前写的</p>
                <p>现在是：{props.ask.initial || '（空）'}</p>
                <button type="button" className="link" onClick={words.forget}>
                  不要我写的，用现在的
                </button>
              </div>
            )}
            <Input.TextArea
              id={`${id}-text`}
              rows={4}
              value={text}
              onChange={(event) => words.type(event.target.value)}
            />
          </div>
        )}
        {props.ask?.day && (
          <div className="ask">
            <label htmlFor={`${id}-day`}>{props.ask.day.label}</label>
            {props.ask.day.hint && <p className="quiet">{props.ask.day.hint}</p>}
            <DateField id={`${id}-day`} value={day} onChange={setDay} />
          </div>
        )}
        <div ref={inside} tabIndex={-1} className="act-told">
          <Reasons title="没有完成" reasons={refusals} />
        </div>
      </Modal>
    </div>
  )
}
