import { Input, type InputProps } from 'antd'
import type { TextAreaProps } from 'antd/es/input/TextArea.js'
import { useId } from 'react'
import { tooLong } from '#domain/base/text.ts'
import { useNews } from './formDesk.ts'
import './texts.css'

/** Text of several lines, at most `most` characters: what is over stays and is told, nothing is cut off. */
export function LongText({ most, label, ...rest }: Omit<TextAreaProps, 'maxLength' | 'showCount'> & Limit) {
  const over = useOver(rest.value, most, label)
  return (
    <>
      <Input.TextArea {...rest} {...over.marks} />
      {over.note}
    </>
  )
}

/** The same in one line. */
export function Line({ most, label, ...rest }: Omit<InputProps, 'maxLength' | 'showCount'> & Limit) {
  const over = useOver(rest.value, most, label)
  return (
    <>
      <Input {...rest} {...over.marks} />
      {over.note}
    </>
  )
}

interface Limit {
  most: number
  /** What the text is, for the summary of everything that is wrong; its first words stand for it otherwise. */
  label?: string
}

function useOver(value: unknown, most: number, label: string | undefined) {
  const id = useId()
  const text = typeof value === 'string' ? value : ''
  const length = text.trim().length
  const over = length - most
  const name = label ?? `“${text.trim().slice(0, 12)}…”`
  useNews({ wrong: over > 0 ? `${name}${tooLong(length, most)}。` : undefined })
  if (over > 0)
    return {
      marks: { status: 'error' as const, 'aria-invalid': true, 'aria-describedby': id },
      note: (
        <p id={id} className="bad" role="alert">
          {tooLong(length, most)}再保存，内容没有被截断。
        </p>
      ),
    }
  // A quiet count where it is worth knowing: long texts, and when the end comes near.
  const near = length > most * 0.8
  return {
    marks: near ? { 'aria-describedby': id } : {},
    note: near && (
      <p id={id} className="quiet words-count">
        {length} / {most} 字
      </p>
    ),
  }
}
