import { Form, Input } from 'antd'
import { DateField } from '#console/house/DateField.tsx'

const texts = [
  ['basisTitle', '依据文件', 120],
  ['basisNumber', '依据文件的文号', 60],
  ['filingNumber', '备案号', 60],
  ['approvalNumber', '批准文号', 60],
] as const

export interface BasisValues {
  basisTitle?: string | null
  basisNumber?: string | null
  filingNumber?: string | null
  approvalNumber?: string | null
  toldOn?: string | null
}

export function BasisFields() {
  return (
    <>
      {texts.map(([name, label, max]) => (
        <Form.Item key={name} name={name} label={label} rules={[{ required: false, max }]}>
          <Input />
        </Form.Item>
      ))}
      <Form.Item name="toldOn" label="告知学校的日期" rules={[{ required: false }]}>
        <DateField />
      </Form.Item>
    </>
  )
}

/** An empty box is nothing recorded. */
export const basisOf = (values: BasisValues) => ({
  basisTitle: values.basisTitle?.trim() || null,
  basisNumber: values.basisNumber?.trim() || null,
  filingNumber: values.filingNumber?.trim() || null,
  approvalNumber: values.approvalNumber?.trim() || null,
  toldOn: values.toldOn || null,
})
