import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form, type FormInstance, Input, Select } from 'antd'
import { Line } from '#console/house/texts.tsx'
import { useState } from 'react'
import { call, type Reply, type StoredFile } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Attachments } from '#console/house/Attachments.tsx'
import { FileField } from '#console/house/FileField.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Section } from '#console/house/Page.tsx'
import { RowList } from '#console/house/RowList.tsx'
import { addAdjustment, dropAdjustment, type readReview } from '#contract/review/review.ts'
import { parseScore, showScore } from '#domain/base/score.ts'
import { type ReviewedApplication, reviewKeys } from './queries.ts'

type Items = Reply<typeof readReview>['items']
type Kind = keyof Items

interface Words {
  item: string
  points: string
  reason: string
  files?: StoredFile[]
}

/** Bonus and deduction: what the records suggest, what was entered, and entering one. */
export function Adjustments({
  items,
  application,
  open,
}: {
  items: Items
  application: ReviewedApplication
  open: boolean
}) {
  const titleOf = (kind: string, code: string) => items[kind as Kind].find((one) => one.code === code)
  const entered = (one: { kind: string; code: string }) =>
    application.adjustments.filter((each) => each.kind === one.kind && each.code === one.code).length
  const waiting = application.suggestions.filter((one) => entered(one) < one.count)
  return (
    <Section title="加分与减分" note="只按评估标准的加减分项登记，合计不超过标准的上限。">
      {application.adjustments.length === 0 && <p className="quiet">没有加减分。</p>}
      <RowList>
        {application.adjustments.map((one) => (
          <li key={one.id}>
            <div>
              <span className="row-list-title">
                {one.kind === 'bonus' ? '加' : '减'} {showScore(one.points)} 分　{titleOf(one.kind, one.code)?.title}
              </span>
              <p className="quiet">{one.reason}</p>
              {one.files.length > 0 && <Attachments files={one.files} />}
            </div>
            {open && (
              <Act
                label="撤销"
                name={one.id}
                apart
                size="small"
                ask={{ label: '撤销理由' }}
                run={(reason) => call(dropAdjustment, { params: { id: one.id }, body: { reason } })}
              />
            )}
          </li>
        ))}
        {open &&
          waiting.map((one) => {
            const item = titleOf(one.kind, one.code)
            if (!item) return null
            return (
              <li key={`${one.kind} ${one.code}`}>
                <div>
                  <span className="row-list-title">
                    建议{one.kind === 'bonus' ? '加分' : '减分'}：{item.title}
                  </span>
                  <p className="quiet">
                    {one.detail}，每次 {showScore(item.points)} 分，已采纳 {entered(one)} 次
                  </p>
                </div>
                <Act
                  label="采纳一次"
                  name={`${one.kind} ${one.code}`}
                  apart
                  size="small"
                  ask={{ label: '理由', initial: one.detail }}
                  run={(reason, _day, held) =>
                    call(addAdjustment, {
                      once: held.id,
                      params: { id: application.applicationId },
                      body: { kind: one.kind as Kind, code: one.code, points: item.points, reason },
                    })
                  }
                />
              </li>
            )
          })}
      </RowList>
      {open && <Enter items={items} applicationId={application.applicationId} entered={entered} />}
    </Section>
  )
}

interface EnterProps {
  items: Items
  applicationId: string
  entered: (one: { kind: string; code: string }) => number
}

function Enter({ items, applicationId, entered }: EnterProps) {
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const options = (['bonus', 'deduction'] as const).map((kind) => ({
    label: kind === 'bonus' ? '加分项' : '减分项',
    options: items[kind].map((one) => ({
      value: `${kind} ${one.code}`,
      label: `${one.title}（${showScore(one.points)} 分）`,
    })),
  }))
  if (!open)
    return (
      <button type="button" className="button" onClick={() => setOpen(true)}>
        登记加分或减分
      </button>
    )

  async function save(values: Words, form: FormInstance, held: { id: string }) {
    const [kind = '', code = ''] = values.item.split(' ')
    const body = { kind: kind as Kind, code, points: parseScore(values.points) ?? 0, reason: values.reason }
    const fileIds = (values.files ?? []).map((one) => one.id)
    await call(addAdjustment, { params: { id: applicationId }, body: { ...body, fileIds }, once: held.id })
    form.resetFields()
    setOpen(false)
    await readAnew(queries, reviewKeys.review)
  }

  return (
    <Draft<Words>
      name={`adjustment:${applicationId}`}
      initial={{ points: '', reason: '' }}
      saveLabel="登记"
      done="已登记"
      onSave={save}
    >
      <Form.Item name="item" label="项目" rules={[{ required: true }]}>
        <Select options={options} />
      </Form.Item>
      <Form.Item noStyle dependencies={['item']}>
        {({ getFieldValue }) => <Again item={String(getFieldValue('item') ?? '')} entered={entered} />}
      </Form.Item>
      <div className="adjust-fields">
        <Form.Item name="points" label="分数" rules={[{ required: true }]}>
          <Input inputMode="decimal" />
        </Form.Item>
        <Form.Item name="reason" label="理由" rules={[{ required: true }]}>
          <Line most={300} label="理由" />
        </Form.Item>
      </div>
      <Form.Item name="files" label="证明材料" extra="选填，最多 3 份，如采用通知、获奖文件的扫描件。">
        <FileField max={3} />
      </Form.Item>
    </Draft>
  )
}

/** The same item may be due twice, for two things; entering one thing twice is what the line warns of. */
function Again({ item, entered }: { item: string; entered: EnterProps['entered'] }) {
  const [kind = '', code = ''] = item.split(' ')
  const count = entered({ kind, code })
  if (count === 0) return null
  return (
    <p className="notice notice-warn" role="status">
      这一项已经登记过 {count} 次。是另一件事的，请在理由里写明是哪一件；同一件事不要重复登记。
    </p>
  )
}
