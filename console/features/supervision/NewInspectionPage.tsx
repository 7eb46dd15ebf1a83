import { Form, Input } from 'antd'
import { Line } from '#console/house/texts.tsx'
import { useNavigate } from 'react-router'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { DateField } from '#console/house/fields.tsx'
import { Page } from '#console/house/Page.tsx'
import { createInspection } from '#contract/supervision.ts'

interface Values {
  title: string
  basis: string
  startsOn: string
  endsOn: string
  checklist: string
}

export default function NewInspectionPage() {
  const go = useNavigate()
  return (
    <Page title="建立督查" width="text" crumbs={[{ label: '督查', to: '/inspections' }]}>
      <Draft<Values>
        name="inspection:new"
        initial={{}}
        saveLabel="建立"
        onSave={async ({ checklist, ...values }) => {
          const lines = checklist.split('\n').map((line) => line.trim())
          const body = { ...values, checklist: lines.filter((line) => line !== '') }
          const { id } = await call(createInspection, { body })
          await go(`/inspections/${id}`)
        }}
      >
        <Form.Item name="title" label="名称" rules={[{ required: true, whitespace: true }]}>
          <Line most={60} label="名称" />
        </Form.Item>
        <Form.Item
          name="basis"
          label="依据"
          rules={[{ required: true, whitespace: true }]}
          extra="如：年度工作安排、上级通知。"
        >
          <Line most={300} label="依据" />
        </Form.Item>
        <Form.Item name="startsOn" label="开始日期" rules={[{ required: true }]}>
          <DateField />
        </Form.Item>
        <Form.Item name="endsOn" label="结束日期" rules={[{ required: true }]}>
          <DateField />
        </Form.Item>
        <Form.Item name="checklist" label="检查项目" rules={[{ required: true, whitespace: true }]} extra="一行一项。">
          <Input.TextArea rows={6} />
        </Form.Item>
      </Draft>
    </Page>
  )
}
