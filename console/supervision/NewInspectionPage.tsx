import { Form, Input } from 'antd'
import { Line } from '#console/house/texts.tsx'
import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { useNavigate, useParams } from 'react-router'
import { call, type Reply } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { DateField } from '#console/house/DateField.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { createInspection, editInspection, readInspection } from '#contract/supervision/inspection.ts'
import { supervisionKeys, useInspection } from './queries.ts'

interface Values {
  title: string
  basis: string
  startsOn: string
  endsOn: string
  checklist: string
}

export default function NewInspectionPage() {
  const { id } = useParams()
  const now = useInspection(id)
  return (
    <Page title={id ? '修改督查' : '建立督查'} width="text" crumbs={[{ label: '督查', to: '/inspections' }]}>
      {id ? <Loaded query={now}>{(data) => <InspectionForm now={data} />}</Loaded> : <InspectionForm />}
    </Page>
  )
}

const valuesOf = ({ title, basis, startsOn, endsOn, checklist }: Reply<typeof readInspection>): Values => ({
  title,
  basis,
  startsOn,
  endsOn,
  checklist: checklist.join('\n'),
})

function InspectionForm({ now }: { now?: Reply<typeof readInspection> }) {
  const go = useNavigate()
  const queries = useQueryClient()
  return (
    <Draft<Values>
      name={`inspection:${now?.id ?? 'new'}`}
      initial={now ? valuesOf(now) : {}}
      {...(now ? { seen: now.updatedAt } : {})}
      saveLabel={now ? '保存' : '建立'}
      onSave={async ({ checklist, title, basis, startsOn, endsOn }, _form, { seen, id: once }) => {
        const lines = checklist.split('\n').map((line) => line.trim())
        const body = { title, basis, startsOn, endsOn, checklist: lines.filter((line) => line !== '') }
        if (now) await call(editInspection, { params: { id: now.id }, body: { ...body, seen } })
        const id = now?.id ?? (await call(createInspection, { body, once })).id
        await readAnew(queries, supervisionKeys.inspection(id))
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
  )
}
