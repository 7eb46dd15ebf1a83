import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { sentences } from '#console/api.ts'
import { DateField } from './fields.tsx'
import { Reasons } from './Loaded.tsx'
import { say } from './said.ts'

export interface ActProps {
  label: string
  /** Every reason why it cannot be done now; empty or absent means it can. */
  reasons?: readonly (string | { message: string })[] | undefined
  /** What to do; the text is what the person wrote when `ask` is set, the day what was chosen below it. Throw to say no. */
  run: (text: string, day: string | undefined) => unknown
  primary?: boolean
  danger?: boolean
  size?: 'small' | 'middle'
  /** Ask first: what will happen, in one sentence. */
  confirm?: string
  /** Ask for words first, such as a reason for returning. */
  ask?: { label: string; hint?: string; optional?: boolean; initial?: string; day?: { label: string; hint?: string } }
  /** Said quietly when it is done. */
  done?: string
  /** Query keys to read again afterwards; all of them when absent. */
  refresh?: readonly (readonly unknown[])[]
}

/** A button that does one thing: grey with every reason when it may not be done, asking first where that is due. */
export function Act(props: ActProps) {
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [why, setWhy] = useState(false)
  const [busy, setBusy] = useState(false)
  const [text, setText] = useState(props.ask?.initial ?? '')
  const [day, setDay] = useState('')
  const [refusals, setRefusals] = useState<string[]>([])
  const id = useId()
  const reasons = (props.reasons ?? []).map((reason) => (typeof reason === 'string' ? reason : reason.message))
  const barred = reasons.length > 0
  const asks = Boolean(props.confirm ?? props.ask)

  async function go() {
    setBusy(true)
    setRefusals([])
    try {
      await props.run(text.trim(), day || undefined)
      setOpen(false)
      setText(props.ask?.initial ?? '')
      setDay('')
      say(props.done ?? `已${props.label}`)
      if (props.refresh) await Promise.all(props.refresh.map((queryKey) => queries.invalidateQueries({ queryKey })))
      else await queries.invalidateQueries()
    } catch (error) {
      setRefusals(sentences(error))
    } finally {
      setBusy(false)
    }
  }

  function press() {
    if (barred) setWhy(!why)
    else if (asks) setOpen(true)
    else void go()
  }

  const askedInVain = props.ask && !props.ask.optional && text.trim() === ''
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
      {!open && <Reasons title={`没有完成“${props.label}”`} reasons={refusals} />}
      <Modal
        open={open}
        title={props.label}
        okText={props.label}
        cancelText="先不"
        confirmLoading={busy}
        okButtonProps={{ disabled: Boolean(askedInVain), danger: props.danger ?? false }}
        onOk={() => void go()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        {props.confirm && <p>{props.confirm}</p>}
        {props.ask && (
          <div className="ask">
            <label htmlFor={`${id}-text`}>{props.ask.label}</label>
            {props.ask.hint && <p className="quiet">{props.ask.hint}</p>}
            <Input.TextArea id={`${id}-text`} rows={4} value={text} onChange={(event) => setText(event.target.value)} />
          </div>
        )}
        {props.ask?.day && (
          <div className="ask">
            <label htmlFor={`${id}-day`}>{props.ask.day.label}</label>
            {props.ask.day.hint && <p className="quiet">{props.ask.day.hint}</p>}
            <DateField id={`${id}-day`} value={day} onChange={setDay} />
          </div>
        )}
        <Reasons title="没有完成" reasons={refusals} />
      </Modal>
    </div>
  )
}
