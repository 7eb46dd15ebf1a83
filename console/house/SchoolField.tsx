import { Select } from 'antd'
import { useState } from 'react'
import { useFoundSchools, useSchoolList, useSchools } from './queries.ts'
import './SchoolField.css'

/** The schools that the person reaches. */
export function useSchoolChoices(): { value: string; label: string }[] {
  const schools = useSchoolList()
  return (schools.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))
}

/** Picks one school, or several, of those that the person reaches, found as in the register; usable inside a Form.Item. */
export function SchoolField(props: {
  id?: string
  value?: string | string[] | null | undefined
  onChange?: (value: never) => void
  many?: boolean
  /** As a filter above a list, without a form: its name, and what it says while nothing is chosen. */
  label?: string
  placeholder?: string
  clearable?: boolean
  /** Schools that are not offered. */
  without?: readonly string[]
}) {
  const [typed, setTyped] = useState('')
  const schools = useFoundSchools(typed)
  const found = (schools.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))
  const chosen = useChosen(
    [props.value ?? []].flat().filter((id) => schools.data && !found.some((one) => one.value === id)),
  )
  return (
    <Select
      showSearch={{ filterOption: false, onSearch: setTyped }}
      {...(props.id ? { id: props.id } : {})}
      {...(props.many ? { mode: 'multiple' as const } : {})}
      value={props.value as never}
      onChange={(value) => props.onChange?.(value as never)}
      placeholder={props.placeholder ?? '点开选择，可输入校名或拼音查找'}
      className="school-field"
      allowClear={props.clearable ?? false}
      {...(props.label ? { 'aria-label': props.label, className: 'list-filter', allowClear: true } : {})}
      notFoundContent={schools.isPending ? '正在查找' : '没有这样的学校'}
      // What was chosen before keeps its name while something else is searched for.
      options={[...found, ...chosen].filter((one) => !props.without?.includes(one.value))}
    />
  )
}

/** The names of schools that are chosen and not among those found now. */
function useChosen(ids: readonly string[]): { value: string; label: string }[] {
  const records = useSchools(ids)
  return ids.map((value, at) => ({ value, label: records[at]?.data?.school.name ?? '（已选学校）' }))
}
