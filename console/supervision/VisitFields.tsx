import { Form, Radio, Select } from 'antd'
import { LongText } from '#console/house/texts.tsx'
import type { StoredFile } from '#console/api.ts'
import { DateField } from '#console/house/DateField.tsx'
import { FileField } from '#console/house/FileField.tsx'
import { useHolds } from '#console/me.ts'
import { visitKinds } from '#domain/supervision/visit.ts'
import { useVisitors } from './queries.ts'

/** Of a photo that is already kept the form needs no more than its name and kind. */
type Photo = Pick<StoredFile, 'id' | 'name' | 'kind'>

export interface VisitValues {
  visitorId?: string
  kind: (typeof visitKinds)[number]
  visitedOn: string
  saw: string
  advised?: string
  followUp?: string
  photos?: Photo[]
}

export const visitBody = ({ photos = [], ...words }: VisitValues) => ({
  ...words,
  fileIds: photos.map((one) => one.id),
})

/** What one writes down of a visit once the school is known. */
export function VisitFields() {
  const office = useHolds('office')
  const visitors = useVisitors(office)
  return (
    <>
      {office && (
        <Form.Item
          name="visitorId"
          label="走访人"
          rules={[{ required: true }]}
          extra="可以替领导或股室的同志记，计入他的走访。"
        >
          <Select
            showSearch
            optionFilterProp="label"
            options={(visitors.data?.items ?? []).map((one) => ({
              value: one.personId,
              label: `${one.name}（${one.post}）`,
            }))}
          />
        </Form.Item>
      )}
      <Form.Item name="visitedOn" label="日期" rules={[{ required: true }]}>
        <DateField max={today()} />
      </Form.Item>
      <Form.Item name="kind" label="形式" rules={[{ required: true }]}>
        <Radio.Group optionType="button" options={visitKinds.map((kind) => ({ value: kind, label: kind }))} />
      </Form.Item>
      <Form.Item name="saw" label="看到的情况" rules={[{ required: true, whitespace: true }]}>
        <LongText most={3000} label="看到的情况" rows={5} />
      </Form.Item>
      <Form.Item name="advised" label="提出的建议">
        <LongText most={2000} label="提出的建议" rows={3} />
      </Form.Item>
      <Form.Item name="followUp" label="需要跟进的事">
        <LongText most={2000} label="需要跟进的事" rows={2} />
      </Form.Item>
      <Form.Item name="photos" label="照片">
        <FileField accept="image/*" max={9} camera hint="不要求拍照，最多 9 张；学校也能看到。" />
      </Form.Item>
    </>
  )
}

export function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
}
