import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form, type FormInstance, Select } from 'antd'
import { LongText } from '#console/house/texts.tsx'
import { useState } from 'react'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { RowList } from '#console/house/RowList.tsx'
import { liftBreach, recordBreach } from '#contract/application/precondition.ts'
import { type BreachKind, breachLabels } from '#domain/application/precondition.ts'
import { schoolKeys, useBreaches } from '../queries.ts'

/** What bars the school from applying this year, for the office that answers for it. */
export function Breaches({ schoolId }: { schoolId: string }) {
  const breaches = useBreaches(schoolId)
  return (
    <Section
      title="资格前置情形"
      note="只登记经有关部门认定的情形。登记后学校本年度不能申报、不能入选，学校看得到内容；解除要写明理由。"
    >
      <Loaded query={breaches} rows={1}>
        {({ items, record }) => (
          <>
            {items.length === 0 && <p className="quiet">没有登记的情形。</p>}
            <RowList>
              {items.map((one) => (
                <li key={one.id}>
                  <div>
                    <span className="row-list-title">{breachLabels[one.kind]}</span>
                    <p>{one.detail}</p>
                    <p className="quiet">
                      {one.recordedByName}于{showTime(one.recordedAt)}登记
                      {one.liftedAt && `，${showTime(one.liftedAt)}解除：${one.liftedReason}`}
                    </p>
                  </div>
                  <div className="row-list-due">
                    <StateTag label={one.liftedAt ? '已解除' : '有效'} tone={one.liftedAt ? 'quiet' : 'bad'} />
                    {!one.liftedAt && (
                      <Act
                        name={one.id}
                        label="解除"
                        size="small"
                        ask={{ label: '解除的理由' }}
                        run={(reason) => call(liftBreach, { params: { id: one.id }, body: { reason } })}
                      />
                    )}
                  </div>
                </li>
              ))}
            </RowList>
            {record.length === 0 && <Record schoolId={schoolId} />}
          </>
        )}
      </Loaded>
    </Section>
  )
}

interface Words {
  kind: BreachKind
  detail: string
}

function Record({ schoolId }: { schoolId: string }) {
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  if (!open)
    return (
      <button type="button" className="button" onClick={() => setOpen(true)}>
        登记一项
      </button>
    )

  async function save(values: Words, form: FormInstance, held: { id: string }) {
    await call(recordBreach, { params: { id: schoolId }, body: values, once: held.id })
    form.resetFields()
    setOpen(false)
    await readAnew(queries, schoolKeys.breaches)
  }

  return (
    <Draft<Words> name={`breach:${schoolId}`} initial={{}} saveLabel="登记" done="已登记" onSave={save}>
      <Form.Item name="kind" label="情形" rules={[{ required: true, message: '请选择情形' }]}>
        <Select options={Object.entries(breachLabels).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item
        name="detail"
        label="说明"
        extra="什么事、什么时候、由谁认定。"
        rules={[{ required: true, message: '请写明情况' }]}
      >
        <LongText most={500} label="说明" rows={3} />
      </Form.Item>
    </Draft>
  )
}
