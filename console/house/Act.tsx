import { Button } from 'antd'
import { useId, useState } from 'react'
import { ActDialogue } from './ActDialogue.tsx'
import { Reasons } from './Loaded.tsx'
import { type Acting, type ActProps, asksFirst, useAct, useToldFocus } from './useAct.ts'
import './Act.css'

/** A button that does one thing: grey with every reason when it may not be done, asking first where that is due. */
export function Act(props: ActProps) {
  const acting = useAct(props)
  const { told, inside } = useToldFocus(acting)
  const [why, setWhy] = useState(false)
  const id = useId()
  const reasons = (props.reasons ?? []).map((reason) => (typeof reason === 'string' ? reason : reason.message))
  const barred = reasons.length > 0
  return (
    <div className="act">
      <Button
        type={props.primary ? 'primary' : 'default'}
        danger={props.danger ?? false}
        size={props.size ?? 'middle'}
        className={barred ? 'act-barred' : ''}
        aria-disabled={barred}
        aria-haspopup={asksFirst(props) && !barred ? 'dialog' : undefined}
        aria-expanded={barred ? why : undefined}
        aria-describedby={barred ? `${id}-why` : undefined}
        loading={acting.busy && !acting.open}
        onClick={() => (barred ? setWhy(!why) : acting.press())}
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
        {!acting.open && <Reasons title={`${props.label}没有成功`} reasons={acting.refusals} />}
        {acting.unsaved !== 'no' && <Unsaved label={props.label} acting={acting} />}
      </div>
      <ActDialogue act={props} acting={acting} inside={inside} />
    </div>
  )
}

/** What is written in a form on the same page and not saved is looked at before anything is done with it. */
function Unsaved({ label, acting }: { label: string; acting: Acting }) {
  return (
    <div className="notice notice-warn" role="alert">
      <p className="notice-title">有未保存的修改</p>
      {acting.unsaved === 'saved first' ? (
        <>
          <p>这一页上有改过还没有保存的内容。请先保存，看过以后再{label}。</p>
          <Button onClick={() => void acting.saveFirst()}>先保存</Button>
        </>
      ) : (
        <>
          <p>这一页上有写了一半、还没有交的内容。{label}以后它可能不能再交。</p>
          <Button onClick={acting.begin}>照样{label}</Button>
        </>
      )}
    </div>
  )
}
