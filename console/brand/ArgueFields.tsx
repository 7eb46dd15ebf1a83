import { Form, Select } from 'antd'
import type { StoredFile } from '#console/api.ts'
import { DateField } from '#console/house/DateField.tsx'
import { FileField } from '#console/house/FileField.tsx'
import { LongText } from '#console/house/texts.tsx'
import { type ArgumentationKind, argumentationKinds } from '#domain/brand/brand.ts'

export interface ArgueValues {
  heldOn: string
  kind: ArgumentationKind
  participants: string
  opinions: string
  outcome: string
  files?: StoredFile[]
}

export const bodyOf = ({ files = [], heldOn, kind, participants, opinions, outcome }: ArgueValues) => ({
  heldOn,
  kind,
  participants,
  opinions,
  outcome,
  fileIds: files.map((one) => one.id),
})

/** What one writes down of a meeting or hearing that argued the brand. */
export function ArgueFields() {
  return (
    <>
      <Form.Item name="heldOn" label="日期" rules={[{ required: true }]}>
        <DateField />
      </Form.Item>
      <Form.Item name="kind" label="方式" rules={[{ required: true }]}>
        <Select options={Object.entries(argumentationKinds).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item name="participants" label="参加人员" rules={[{ required: true }]}>
        <LongText most={500} label="参加人员" rows={2} />
      </Form.Item>
      <Form.Item name="opinions" label="意见" rules={[{ required: true }]}>
        <LongText most={3000} label="意见" rows={5} />
      </Form.Item>
      <Form.Item name="outcome" label="结果" rules={[{ required: true }]}>
        <LongText most={1000} label="结果" rows={2} />
      </Form.Item>
      <Form.Item name="files" label="会议记录">
        <FileField accept=".pdf,.docx,image/*" max={20} camera hint="一页一张照片也可以，最多 20 个。" />
      </Form.Item>
    </>
  )
}
