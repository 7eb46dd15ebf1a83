import { useQueryClient } from '@tanstack/react-query'
import { Form, Select } from 'antd'
import { LongText } from '#console/house/texts.tsx'
import { useNavigate } from 'react-router'
import { call, type StoredFile } from '#console/api.ts'
import { DateField, FileField } from '#console/house/fields.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Page } from '#console/house/Page.tsx'
import { addArgumentation } from '#contract/brand.ts'
import { type ArgumentationKind, argumentationKinds } from '#domain/brand.ts'
import { useOwnSchool } from './brand.ts'

interface Values {
  heldOn: string
  kind: ArgumentationKind
  participants: string
  opinions: string
  outcome: string
  files?: StoredFile[]
}

export default function ArguePage() {
  const schoolId = useOwnSchool()
  const queries = useQueryClient()
  const navigate = useNavigate()

  async function save({ files = [], ...words }: Values) {
    const body = { ...words, fileId: files[0]?.id ?? null }
    await call(addArgumentation, { params: { id: schoolId }, body })
    await queries.invalidateQueries()
    void navigate('/brand')
  }

  return (
    <Page title="记一次论证" crumbs={[{ label: '党建文化品牌', to: '/brand' }]} width="text">
      <Draft<Values> name={`argue:${schoolId}`} initial={{}} onSave={save} saveLabel="保存论证记录">
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
          <FileField accept=".pdf,.docx,image/*" max={1} camera />
        </Form.Item>
      </Draft>
    </Page>
  )
}
