import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { call } from '#console/api.ts'
import { listSchools } from '#contract/organization.ts'

/** The schools that the person reaches. */
export function useSchoolChoices(): { value: string; label: string }[] {
  const schools = useQuery({
    queryKey: ['schools', 'picker'],
    queryFn: ({ signal }) => call(listSchools, { query: { size: 200 } }, signal),
  })
  return (schools.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))
}

/** Picks one school, or several, of those that the person reaches; usable inside a Form.Item. */
export function SchoolField(props: {
  id?: string
  value?: string | string[]
  onChange?: (value: never) => void
  many?: boolean
}) {
  const choices = useSchoolChoices()
  return (
    <Select
      showSearch
      {...(props.id ? { id: props.id } : {})}
      {...(props.many ? { mode: 'multiple' as const } : {})}
      value={props.value as never}
      onChange={(value) => props.onChange?.(value as never)}
      optionFilterProp="label"
      placeholder="点开选择，可输入校名查找"
      options={choices}
    />
  )
}
