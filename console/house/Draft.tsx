import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, type FormInstance } from 'antd'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Refused } from '#console/api.ts'
import { useMe } from '#console/me.ts'
import { Complaints, titleOf } from './Complaints.tsx'
import { Conflicts, inWords } from './Conflicts.tsx'
import { FormDeskContext } from './formDesk.ts'
import { enterGoesOn, markOptional, spread } from './formParts.tsx'
import { type Conflict, placeOf } from './merge.ts'
import { say } from './said.ts'
import { MissingFiles } from './MissingFiles.tsx'
import { standOpen } from './unsaved.ts'
import { useFieldNews } from './uploads.ts'
import { useBase } from './useBase.ts'
import { useComplaints } from './useComplaints.ts'
import './Draft.css'

type Values = Record<string, unknown>

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

/**
 * A form whose words are not lost: kept in this browser until the server has them, together with what they began from, so that
 * nothing newer is overwritten; files on their way are waited for; a button beside it asks before it acts.
 */
export function Draft<V extends object>(props: DraftProps<V>) {
  const person = useMe().data?.personId ?? 'nobody'
  const queries = useQueryClient()
  const [form] = Form.useForm()
  const base = useBase(form, `yipin:${person}:${props.name}`, { initial: props.initial as Values, seen: props.seen })
  const news = useFieldNews()
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState(false)
  const without = useRef(false)
  const under = useRef(false)
  const box = useRef<HTMLDivElement>(null)
  const { refusal, summary, complain, clear } = useComplaints(box)

  async function save(values: unknown): Promise<boolean> {
    if (base.conflicts.length > 0) {
      complain('还没有保存', [{ message: '有内容在别处也改过，请先在上面逐处选定留哪一个。' }])
      return false
    }
    const wrong = news.wrong()
    if (wrong.length > 0) {
      complain(
        '还有要改的地方',
        wrong.map((message) => ({ message })),
      )
      return false
    }
    base.write()
    base.hold()
    setBusy(true)
    clear()
    const sent = form.getFieldsValue(true) as Values
    try {
      base.saved(sent, await props.onSave(values as V, form, { seen: base.seen(), id: base.id() }))
      // Whatever page is open now, perhaps another one already, shows what was saved.
      void queries.invalidateQueries()
      say(typeof props.done === 'function' ? props.done() : (props.done ?? '已保存'))
      return true
    } catch (error) {
      if (error instanceof Refused && error.code === 'sentBefore') base.renew()
      // Somebody was faster: the newer words are read and stand beside one's own before anybody decides.
      if (error instanceof Refused && error.status === 409) await queries.invalidateQueries().catch(() => undefined)
      complain(titleOf(error), spread(form, error))
      return false
    } finally {
      setBusy(false)
      base.goOn()
    }
  }

  function failed(errorFields: { name: (string | number)[]; errors: string[] }[]) {
    const errors = errorFields.flatMap(({ name, errors: words }) => words.map((message) => ({ message, name })))
    complain('还有要改的地方', [...errors, ...news.wrong().map((message) => ({ message }))])
  }

  async function attempt(): Promise<boolean> {
    if (under.current) return false
    under.current = true
    await news.settled()
    under.current = false
    if (news.failed() > 0 && !without.current) {
      setAsking(true)
      return false
    }
    without.current = false
    try {
      return await save(await form.validateFields())
    } catch (error) {
      failed((error as { errorFields?: Parameters<typeof failed>[0] }).errorFields ?? [])
      return false
    }
  }

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

  const labelOf = ({ path }: Conflict) => {
    const place = placeOf(form.getFieldsValue(true) as Values, path)
    for (let depth = place.length; depth > 0; depth -= 1) {
      const label = box.current?.querySelector(`label[for="${place.slice(0, depth).join('_')}"]`)
      if (label?.textContent) return label.textContent.replace('（选填）', '')
    }
    return props.labels?.[path[0] ?? ''] ?? '内容'
  }

  return (
    <FormDeskContext value={news.desk}>
      <div ref={box} onSubmitCapture={submit} onKeyDown={enterGoesOn}>
        <Form
          form={form}
          layout="vertical"
          className="draft"
          noValidate
          initialValues={base.initial}
          onValuesChange={base.remember}
          requiredMark={markOptional}
          validateMessages={{ required: '请填写“${label}”' }}
        >
          {base.restored && (
            <p className="restored" role="status">
              已恢复未保存的内容。
              <button type="button" className="link" onClick={base.discard}>
                不要了，用已保存的
              </button>
            </p>
          )}
          {base.taken && base.conflicts.length === 0 && (
            <p className="restored" role="status">
              这份内容刚才在别处存过：别处改的已经放进来，您改的还在。请看过再保存。
            </p>
          )}
          <Complaints refusal={refusal} at={summary} />
          <Conflicts
            conflicts={base.conflicts}
            labelOf={labelOf}
            wordsOf={({ path }, value) => props.wordsOf?.(path[0] ?? '', value) ?? inWords(value, props.names)}
            onChoose={base.choose}
          />
          {props.children}
          <div className="draft-foot">
            <Button type={props.quiet ? 'default' : 'primary'} htmlType="submit" loading={busy}>
              {props.saveLabel ?? '保存'}
            </Button>
            {props.more}
          </div>
          {news.running > 0 && (
            <p className="quiet" role="status">
              还有 {news.running} 个文件在传，传完才会{props.saveLabel ?? '保存'}。
            </p>
          )}
        </Form>
        <MissingFiles
          open={asking}
          count={news.failed()}
          saveLabel={props.saveLabel ?? '保存'}
          onRetry={() => {
            setAsking(false)
            news.retry()
          }}
          onWithout={() => {
            setAsking(false)
            without.current = true
            void attempt()
          }}
          onCancel={() => setAsking(false)}
        />
      </div>
    </FormDeskContext>
  )
}
