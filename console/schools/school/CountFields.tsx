import { Form } from 'antd'
import { NumberField } from '#console/house/NumberField.tsx'
import { Line } from '#console/house/texts.tsx'
import { pupilsWord } from '#domain/base/pupils.ts'
import { pick } from '#domain/base/record.ts'
import { type SchoolCount, schoolCountKeys, schoolCounts } from '#domain/schools/school.ts'

/** Head counts and the person to call, as the office and the school both fill them; a form that has the stage as a field names no other. */
export function CountFields({ stage }: { stage?: string }) {
  const chosen = Form.useWatch<string | undefined>('stage')
  const labels = { ...schoolCounts, studentCount: `${pupilsWord(chosen ?? stage ?? '')}人数` }
  return (
    <>
      {schoolCountKeys.map((key) => (
        <Form.Item key={key} name={key} label={labels[key]} rules={[{ required: true }]}>
          <NumberField label={labels[key]} min={0} max={100_000} />
        </Form.Item>
      ))}
      <Form.Item name="contactName" label="学校联系人" rules={[{ required: false }]}>
        <Line most={30} label="学校联系人" autoComplete="off" />
      </Form.Item>
      <Form.Item name="contactPhone" label="联系电话" rules={[{ required: false }]}>
        <Line most={30} label="联系电话" inputMode="tel" autoComplete="off" />
      </Form.Item>
    </>
  )
}

export interface CountValues extends Record<SchoolCount, number> {
  contactName?: string | null
  contactPhone?: string | null
}

/** An empty box means nothing known. */
export const countsOf = (values: CountValues) => ({
  ...pick(values, schoolCountKeys),
  contactName: values.contactName?.trim() || null,
  contactPhone: values.contactPhone?.trim() || null,
})
