import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form, Select } from 'antd'
import { useState } from 'react'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Line } from '#console/house/texts.tsx'
import { deletePanel, editPanel, setPanelReviewers } from '#contract/review/panel.ts'
import { quoted } from '#domain/base/text.ts'
import { Assignment } from './Assignment.tsx'
import { type PanelScope, PanelScopeFields, scopeInWords } from './PanelScope.tsx'
import type { Panel, Panels } from './queries.ts'

const forms = [
  { key: 'people', label: '调整专家' },
  { key: 'assign', label: '分配评分表' },
  { key: 'schools', label: '名称和学校' },
] as const

/** One panel with its reviewers and schools, and the form that is open below it. */
export function PanelRow({ panel, data }: { panel: Panel; data: Panels }) {
  const [form, setForm] = useState<(typeof forms)[number]['key']>()
  const shut = () => setForm(undefined)
  return (
    <div className="panel-row">
      <h3>{panel.name}</h3>
      <p>{panel.reviewers.map((one) => one.name).join('、') || '还没有选专家'}</p>
      <p>{scopeInWords(panel, data)}</p>
      <p className="quiet">
        评分表 {panel.sheets} 张，已提交 {panel.submitted} 张{panel.recused > 0 && `，回避 ${panel.recused} 张`}
      </p>
      <div className="panel-foot">
        {forms.map(({ key, label }) => (
          <button
            key={key}
            type="button"
            className="button"
            aria-expanded={form === key}
            onClick={() => setForm(form === key ? undefined : key)}
          >
            {label}
          </button>
        ))}
        <Act
          label="删除"
          name={`panel:${panel.id}`}
          danger
          reasons={panel.submitted > 0 ? ['已经有提交过的评分表，不能删除；可以调整专家和学校。'] : undefined}
          confirm={`${quoted(panel.name)}和它没有提交的 ${panel.sheets} 张评分表一起删除，不能恢复。`}
          run={() => call(deletePanel, { params: { id: panel.id } })}
        />
      </div>
      {form === 'people' && <ReviewersForm panel={panel} data={data} onDone={shut} />}
      {form === 'schools' && <ScopeForm panel={panel} data={data} onDone={shut} />}
      {form === 'assign' && <Assignment panel={panel} onDone={shut} />}
    </div>
  )
}

function ReviewersForm({ panel, data, onDone }: { panel: Panel; data: Panels; onDone: () => void }) {
  const queries = useQueryClient()
  return (
    <Draft<{ reviewerIds: string[]; reason: string }>
      name={`panel:${panel.id}`}
      initial={{ reviewerIds: panel.reviewers.map((one) => one.personId), reason: '' }}
      saveLabel="保存专家"
      seen={panel.updatedAt}
      onSave={async (values, _form, { seen }) => {
        await call(setPanelReviewers, { params: { id: panel.id }, body: { ...values, seen } })
        await readAnew(queries)
        onDone()
      }}
    >
      <Form.Item
        name="reviewerIds"
        label={`${quoted(panel.name)}的专家`}
        extra="去掉一位专家，他没有提交的评分表随即收回，已经提交的照样计入。"
      >
        <Select mode="multiple" optionFilterProp="label" options={reviewerOptions(data)} />
      </Form.Item>
      <TakeBackReason />
    </Draft>
  )
}

function ScopeForm({ panel, data, onDone }: { panel: Panel; data: Panels; onDone: () => void }) {
  const queries = useQueryClient()
  return (
    <Draft<PanelScope & { name: string; reason: string }>
      name={`panel:${panel.id}:schools`}
      initial={{ ...panel, zoneId: panel.zoneId ?? '', reason: '' }}
      seen={panel.updatedAt}
      names={Object.fromEntries(
        data.schools.flatMap((one) => [
          [one.id, one.name],
          [one.zoneId, one.zoneName],
        ]),
      )}
      onSave={async ({ name, schoolIds, stage, zoneId, reason }, _form, { seen }) => {
        const body = { name, schoolIds, stage: stage ?? '', zoneId: zoneId || null, reason, seen }
        await call(editPanel, { params: { id: panel.id }, body })
        await readAnew(queries)
        onDone()
      }}
    >
      <Form.Item name="name" label="名称" rules={[{ required: true }]}>
        <Line most={40} label="名称" />
      </Form.Item>
      <PanelScopeFields data={data} />
      <TakeBackReason />
    </Draft>
  )
}

function TakeBackReason() {
  return (
    <Form.Item name="reason" label="收回评分表的理由" extra="有没有提交的评分表要收回时填写。">
      <Line most={300} label="收回评分表的理由" />
    </Form.Item>
  )
}

/** The reviewers to choose from. */
export const reviewerOptions = (data: Panels) => data.reviewers.map((one) => ({ value: one.personId, label: one.name }))
