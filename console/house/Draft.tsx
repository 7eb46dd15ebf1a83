import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, type FormInstance } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Refused, sentences } from '#console/api.ts'
import { useMe } from '#console/me.ts'
import { Reasons } from './Loaded.tsx'
import { keep, kept, letGo } from './kept.ts'
import { say } from './said.ts'

type Values = Record<string, unknown>

/** A form whose typed content survives a lost session: kept in this browser until the server has it. */
export function Draft<V extends object>(props: {
  /** What the words belong to, such as `plan:${id}` or `entry:new`. */
  name: string
  initial: Partial<V>
  /** Sends the values; throw what `call` throws to say no. */
  onSave: (values: V, form: FormInstance) => unknown
  saveLabel?: string
  done?: string
  /** The page has another main action, so saving steps back. */
  quiet?: boolean
  /** Quieter buttons beside the main one. */
  more?: ReactNode
  children: ReactNode
}) {
  const person = useMe().data?.personId ?? 'nobody'
  const key = `yipin:${person}:${props.name}`
  const queries = useQueryClient()
  const [form] = Form.useForm()
  const [restored, setRestored] = useState<Values | undefined>(() => kept(key))
  const [refusals, setRefusals] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const summary = useRef<HTMLDivElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (refusals.length > 0) summary.current?.focus()
  }, [refusals])

  function remember() {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => keep(key, form.getFieldsValue(true)), 300)
  }

  function discard() {
    letGo(key)
    setRestored(undefined)
    // Every field by name, because one that was empty before is not part of the initial values.
    const before: Values = { ...props.initial }
    for (const name of Object.keys(form.getFieldsValue(true))) form.setFieldValue(name, before[name])
  }

  async function save(values: unknown) {
    clearTimeout(timer.current)
    keep(key, form.getFieldsValue(true))
    setBusy(true)
    setRefusals([])
    try {
      await props.onSave(values as V, form)
      // Whatever page is open now, perhaps another one already, shows what was saved.
      void queries.invalidateQueries()
      letGo(key)
      setRestored(undefined)
      say(props.done ?? '已保存')
    } catch (error) {
      setRefusals(spread(form, error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Form
      form={form}
      layout="vertical"
      className="draft"
      initialValues={{ ...props.initial, ...restored }}
      onValuesChange={remember}
      onFinish={(values) => void save(values)}
      onFinishFailed={({ errorFields }) =>
        setRefusals(errorFields.flatMap((field) => field.errors.map((words) => words)))
      }
      scrollToFirstError={{ focus: true }}
      requiredMark={markOptional}
      validateMessages={{ required: '请填写“${label}”' }}
    >
      {restored && (
        <p className="restored" role="status">
          已恢复未保存的内容。
          <button type="button" className="link" onClick={discard}>
            不要了，用已保存的
          </button>
        </p>
      )}
      <div ref={summary} tabIndex={-1}>
        <Reasons title="还有要改的地方" reasons={refusals} />
      </div>
      {props.children}
      <div className="draft-foot">
        <Button type={props.quiet ? 'default' : 'primary'} htmlType="submit" loading={busy}>
          {props.saveLabel ?? '保存'}
        </Button>
        {props.more}
      </div>
    </Form>
  )
}

function markOptional(label: ReactNode, { required }: { required: boolean }) {
  return required ? label : <>{label}（选填）</>
}

// Reasons that name a field of this form stand beside it; the summary repeats all, as one should never have to search.
function spread(form: FormInstance, error: unknown): string[] {
  if (error instanceof Refused) {
    for (const reason of error.reasons) {
      if (!reason.field) continue
      const name = reason.field.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))
      if (form.getFieldInstance(name)) form.setFields([{ name, errors: [reason.message] }])
    }
  }
  return sentences(error)
}
