import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form, Input } from 'antd'
import { useNavigate, useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import type { Held } from '#console/house/useDraft.ts'
import { Reasons } from '#console/house/Loaded.tsx'
import { LoadedPage } from '#console/house/LoadedPage.tsx'
import { correctArgumentation } from '#contract/brand/brand.ts'
import { ArgueFields, type ArgueValues, bodyOf } from './ArgueFields.tsx'
import { useOwnSchool } from './brand.ts'
import { type BrandView, useBrand } from './queries.ts'

export default function CorrectArguePage() {
  const { id = '' } = useParams()
  const brand = useBrand(useOwnSchool())
  return (
    <LoadedPage
      query={brand}
      title="更正论证记录"
      lead="原来的内容会留存，看的人能看到改了什么、为什么改。"
      crumbs={[{ label: '党建文化品牌', to: '/brand' }]}
      width="text"
    >
      {(view) => {
        const record = view.argumentations.find((one) => one.id === id)
        if (!record || record.voidReason !== null)
          return <Reasons title="现在不能更正" reasons={['没有这次论证记录，或者已经作废。']} />
        return <CorrectForm record={record} />
      }}
    </LoadedPage>
  )
}

function CorrectForm({ record }: { record: BrandView['argumentations'][number] }) {
  const queries = useQueryClient()
  const navigate = useNavigate()

  async function save({ reason, ...values }: ArgueValues & { reason: string }, _form: unknown, held: Held) {
    const body = { ...bodyOf(values), reason, version: Number(held.seen) }
    await call(correctArgumentation, { params: { id: record.id }, body })
    await readAnew(queries)
    void navigate('/brand')
  }

  return (
    <Draft<ArgueValues & { reason: string }>
      name={`argue:${record.id}`}
      initial={record}
      seen={String(record.version)}
      onSave={save}
      saveLabel="保存更正"
      done="已更正"
    >
      <Form.Item name="reason" label="更正理由" rules={[{ required: true, whitespace: true, max: 200 }]}>
        <Input />
      </Form.Item>
      <ArgueFields />
    </Draft>
  )
}
