import { Input, Modal, Select } from 'antd'
import { type RefObject, useId } from 'react'
import { DateField } from './DateField.tsx'
import { Reasons } from './Loaded.tsx'
import { SchoolField } from './SchoolField.tsx'
import type { Acting, ActProps, Choice } from './useAct.ts'

/** What a button asks before it acts: what will happen, and the words, the day and the choice that go with it. */
export function ActDialogue(props: { act: ActProps; acting: Acting; inside: RefObject<HTMLDivElement | null> }) {
  const { act, acting, inside } = props
  const { answers } = acting
  const id = useId()
  return (
    <Modal
      open={acting.open}
      title={act.label}
      okText={act.label}
      cancelText="取消"
      confirmLoading={acting.busy}
      okButtonProps={{ disabled: answers.wanting, danger: act.danger ?? false }}
      onOk={() => void acting.go()}
      onCancel={acting.shut}
      destroyOnHidden
    >
      {act.confirm && <p>{act.confirm}</p>}
      {act.ending && <p className="act-ending">{act.ending}</p>}
      {act.ask?.choice && <Choosing id={`${id}-choice`} choice={act.ask.choice} answers={answers} />}
      {act.ask && <Words id={`${id}-text`} ask={act.ask} words={answers.words} />}
      {act.ask?.day && (
        <div className="ask">
          <label htmlFor={`${id}-day`}>{act.ask.day.label}</label>
          {act.ask.day.hint && <p className="quiet">{act.ask.day.hint}</p>}
          <DateField id={`${id}-day`} value={answers.day} onChange={answers.setDay} />
        </div>
      )}
      <div ref={inside} tabIndex={-1} className="act-told">
        <Reasons title="没有完成" reasons={acting.refusals} />
      </div>
    </Modal>
  )
}

function Choosing({ id, choice, answers }: { id: string; choice: Choice; answers: Acting['answers'] }) {
  return (
    <div className="ask">
      <label htmlFor={id}>{choice.label}</label>
      {choice.hint && <p className="quiet">{choice.hint}</p>}
      {choice.schoolsWithout ? (
        <SchoolField
          id={id}
          value={answers.choice}
          onChange={answers.setChoice}
          without={choice.schoolsWithout}
          clearable
        />
      ) : (
        <Select
          id={id}
          className="school-field"
          placeholder="点开选择"
          value={answers.choice ?? null}
          onChange={(next: string | null) => answers.setChoice(next ?? undefined)}
          options={[...(choice.options ?? [])]}
        />
      )}
    </div>
  )
}

function Words(props: { id: string; ask: NonNullable<ActProps['ask']>; words: Acting['answers']['words'] }) {
  const { ask, words } = props
  return (
    <div className="ask">
      <label htmlFor={props.id}>{ask.label}</label>
      {ask.hint && <p className="quiet">{ask.hint}</p>}
      {words.older && (
        <div className="notice notice-warn" role="status">
          <p className="notice-title">这里后来改过，下面是您先前写的</p>
          <p>现在是：{ask.initial || '（空）'}</p>
          <button type="button" className="link" onClick={words.forget}>
            不要我写的，用现在的
          </button>
        </div>
      )}
      <Input.TextArea id={props.id} rows={4} value={words.text} onChange={(event) => words.type(event.target.value)} />
    </div>
  )
}
