import { useQueryClient } from '@tanstack/react-query'
import { forgetUnseen } from '#console/house/anew.ts'
import { Button } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import { Refused } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import type { Held } from '#console/house/useDraft.ts'
import { wordsOf } from './desk.ts'
import { EntryFields, isUnderMore } from './EntryFields.tsx'
import type { LedgerDesk } from './queries.ts'
import type { EntryValues } from './values.ts'

/** The entry form with its main button; `onSave` is told whether the quieter “存草稿” was pressed. */
export function EntryForm(props: {
  name: string
  desk: LedgerDesk
  initial: Partial<EntryValues>
  seen?: string
  saveLabel: string
  done: string
  draftLabel?: string
  focus?: boolean
  before?: ReactNode
  onSave: (values: EntryValues, asDraft: boolean, held: Held) => Promise<void>
}) {
  const queries = useQueryClient()
  const [more, setMore] = useState(false)
  // Any press of a button says which one it was; the Enter key presses the first, the main one.
  const asDraft = useRef(false)

  async function save(values: EntryValues, held: Held) {
    try {
      await props.onSave(values, asDraft.current, held)
      forgetUnseen(queries)
      await queries.invalidateQueries({ refetchType: 'none' })
    } catch (error) {
      if (error instanceof Refused && error.reasons.some((reason) => isUnderMore(reason.field))) setMore(true)
      throw error
    }
  }

  return (
    <div
      className="entry-form"
      onClickCapture={(event) => {
        const button = event.target instanceof Element ? event.target.closest('button[type=submit]') : null
        if (button) asDraft.current = button.matches('.entry-as-draft')
      }}
    >
      <Draft<EntryValues>
        name={props.name}
        initial={props.initial}
        seen={props.seen}
        wordsOf={(field, value) => wordsOf(props.desk, field, value)}
        onSave={(_values, form, held) => save(form.getFieldsValue(true) as EntryValues, held)}
        saveLabel={props.saveLabel}
        done={props.done}
        more={
          props.draftLabel && (
            <Button htmlType="submit" className="entry-as-draft">
              {props.draftLabel}
            </Button>
          )
        }
      >
        {props.before}
        <EntryFields desk={props.desk} more={more} onMore={setMore} focus={props.focus ?? false} />
      </Draft>
    </div>
  )
}
