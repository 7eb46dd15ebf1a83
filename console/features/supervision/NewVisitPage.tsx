import { useQueryClient } from '@tanstack/react-query'
import { Form, Input, Radio } from 'antd'
import { useNavigate } from 'react-router'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { DateField } from '#console/house/fields.tsx'
import { Page } from '#console/house/Page.tsx'
import { createVisit } from '#contract/visit.ts'
import { visitKinds } from '#domain/supervision.ts'
import { SchoolField } from './SchoolField.tsx'

interface Values {
  schoolId: string
  kind: (typeof visitKinds)[number]
  visitedOn: string
  saw: string
  advised?: string
  followUp?: string
}

export default function NewVisitPage() {
  const go = useNavigate()
  const queries = useQueryClient()
  return (
    <Page title="记一次走访" width="text" crumbs={[{ label: '走访', to: '/visits' }]} lead="学校能看到这里写的内容。">
      <Draft<Values>
        name="visit:new"
        initial={{ kind: '到校', visitedOn: today() }}
        saveLabel="保存走访"
        onSave={async (values) => {
          const { id } = await call(createVisit, { body: values })
          await queries.invalidateQueries({ queryKey: ['visits'] })
          await go(`/visits/${id}`)
        }}
      >
        <Form.Item name="schoolId" label="学校" rules={[{ required: true }]}>
          <SchoolField />
        </Form.Item>
        <Form.Item name="visitedOn" label="日期" rules={[{ required: true }]}>
          <DateField max={today()} />
        </Form.Item>
        <Form.Item name="kind" label="形式" rules={[{ required: true }]}>
          <Radio.Group optionType="button" options={visitKinds.map((kind) => ({ value: kind, label: kind }))} />
        </Form.Item>
        <Form.Item name="saw" label="看到的情况" rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea rows={5} maxLength={3000} />
        </Form.Item>
        <Form.Item name="advised" label="提出的建议">
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
        <Form.Item name="followUp" label="需要跟进的事">
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
      </Draft>
    </Page>
  )
}

function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
}
