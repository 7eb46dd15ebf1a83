import { Form, Input } from 'antd'
import { useNavigate, useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Loaded, Reasons } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { correctEntry } from '#contract/ledger/ledger.ts'
import { deskFor } from './desk.ts'
import { useDesk, useEntry } from './queries.ts'
import { EntryForm } from './EntryForm.tsx'
import { bodyOf, type EntryValues, valuesOf } from './values.ts'

export default function CorrectEntryPage() {
  const { id = '' } = useParams()
  const desk = useDesk()
  const entry = useEntry(id)
  const go = useNavigate()
  return (
    <Page
      title="更正台账"
      lead="原来的内容会留存，看的人能看到改了什么、为什么改。"
      width="text"
      crumbs={[{ label: '台账', to: '/ledger' }]}
    >
      <Loaded query={desk}>
        {(data) => (
          <Loaded query={entry}>
            {(one) => {
              const against = one.moves['correct'] ?? [{ message: '草稿可以直接修改，不用更正。' }]
              if (against.length > 0)
                return <Reasons title="现在不能更正" reasons={against.map((reason) => reason.message)} />
              return (
                <EntryForm
                  name={`entry:${id}:correct`}
                  desk={deskFor(data, one)}
                  initial={valuesOf(one)}
                  seen={String(one.version)}
                  saveLabel="保存更正"
                  done="已更正"
                  before={
                    <Form.Item name="reason" label="更正理由" rules={[{ required: true, whitespace: true, max: 200 }]}>
                      <Input size="large" placeholder="如：人数统计有误" />
                    </Form.Item>
                  }
                  onSave={async (values: EntryValues & { reason?: string }, _asDraft, { seen }) => {
                    const body = { ...bodyOf(values), reason: values.reason ?? '', version: Number(seen) }
                    await call(correctEntry, { params: { id }, body })
                    await go(`/ledger/${id}`)
                  }}
                />
              )
            }}
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}
