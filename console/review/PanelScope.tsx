import { Form, Select } from 'antd'
import type { Panel, Panels } from './queries.ts'

export interface PanelScope {
  schoolIds: string[]
  stage: string
  zoneId: string
}

/** Which schools the panel takes; nothing chosen is all of them. */
export function PanelScopeFields({ data }: { data: Panels }) {
  const stages = [...new Set(data.schools.map((one) => one.stage))]
  const zones = new Map(data.schools.map((one) => [one.zoneId, one.zoneName]))
  const all = { value: '', label: '全部' }
  return (
    <>
      <Form.Item name="stage" label="学段">
        <Select options={[all, ...stages.map((value) => ({ value, label: value }))]} />
      </Form.Item>
      <Form.Item name="zoneId" label="片区">
        <Select options={[all, ...[...zones].map(([value, label]) => ({ value, label }))]} />
      </Form.Item>
      <Form.Item
        name="schoolIds"
        label="只评这些学校"
        extra="点名的学校优先于学段和片区；都不选，就评全部已受理的学校。给一所学校增加一位评委，就在这里只选这一所。"
      >
        <Select
          mode="multiple"
          optionFilterProp="label"
          options={data.schools.map((one) => ({ value: one.id, label: one.name }))}
        />
      </Form.Item>
    </>
  )
}

export function scopeInWords(panel: Panel, data: Panels): string {
  const named = data.schools.filter((one) => panel.schoolIds.includes(one.id)).map((one) => one.name)
  if (panel.schoolIds.length > 0) return `评 ${named.length} 所学校：${named.join('、')}`
  const zone = data.schools.find((one) => one.zoneId === panel.zoneId)?.zoneName
  const parts = [zone, panel.stage].filter(Boolean)
  return parts.length > 0 ? `评${parts.join('、')}的学校` : '评全部已受理的学校'
}
