import { Input } from 'antd'
import { dateIn } from './typed.ts'
import './DateField.css'

/** A date as `YYYY-MM-DD` text, by the browser's own picker: light, keyboard-friendly and right on phones. */
export function DateField(props: {
  id?: string
  value?: string
  onChange?: (value: string) => void
  min?: string
  max?: string
}) {
  return (
    <Input
      type="date"
      className="date-field"
      {...(props.id ? { id: props.id } : {})}
      {...(props.min ? { min: props.min } : {})}
      {...(props.max ? { max: props.max } : {})}
      value={props.value ?? ''}
      onChange={(event) => props.onChange?.(event.target.value)}
      // The picker takes no text as other programs write it; what is copied from a document is understood here.
      onPaste={(event) => {
        const date = dateIn(event.clipboardData.getData('text'))
        if (date === undefined) return
        event.preventDefault()
        props.onChange?.(date)
      }}
    />
  )
}
