import { Input } from 'antd'
import { useId, useState } from 'react'
import { useNews } from './formDesk.ts'
import { wholeNumber } from './typed.ts'
import './NumberField.css'

/** A whole number: full-width digits are digits, and what is no number stays as typed and is told, never changed. */
export function NumberField(props: {
  id?: string
  value?: number | null
  onChange?: (value: number | null) => void
  min?: number
  max?: number
  size?: 'large'
  /** What the number is, for the summary of everything that is wrong. */
  label: string
}) {
  const { min = 0, max = 10_000_000, value } = props
  const note = useId()
  const [typed, setTyped] = useState<string>()
  const read = typed === undefined ? undefined : wholeNumber(typed, min, max)
  // What is typed stands as long as it means the value; a value that comes from elsewhere replaces it.
  const stands = read !== undefined && (read.wrong !== undefined || (read.value ?? null) === (value ?? null))
  const wrong = stands ? read.wrong : undefined
  useNews({ wrong: wrong && `${props.label}：${wrong}。` })
  return (
    <>
      <Input
        {...(props.id ? { id: props.id } : {})}
        {...(props.size ? { size: props.size } : {})}
        {...(wrong ? { status: 'error' as const, 'aria-invalid': true, 'aria-describedby': note } : {})}
        className="number-field"
        inputMode="numeric"
        autoComplete="off"
        value={stands ? typed : (value ?? '')}
        onChange={(event) => {
          setTyped(event.target.value)
          props.onChange?.(wholeNumber(event.target.value, min, max).value)
        }}
        onBlur={() => {
          if (wrong === undefined) setTyped(undefined)
        }}
      />
      {wrong && (
        <p id={note} className="bad" role="alert">
          {wrong}
        </p>
      )}
    </>
  )
}
