import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { NumberField } from '#console/house/NumberField.tsx'
import { Form, Input, InputNumber, Radio, Select } from 'antd'
import { useRef } from 'react'
import { useNavigate, useParams } from 'react-router'
import { call } from '#console/api.ts'
import { namesOf } from '#console/house/Conflicts.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { DateField } from '#console/house/DateField.tsx'
import { Loaded, Reasons } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { editCycle } from '#contract/year/cycle.ts'
import { type CycleSettings, type OutcomeKind, outcomeKinds } from '#domain/year/cycle.ts'
import { BasisFields, basisOf, type BasisValues } from './BasisFields.tsx'
import { settingLabels } from './settingLabels.ts'
import { type CycleDetail, useCycle, useStandards } from '../queries.ts'

interface Values extends BasisValues {
  year: number
  title: string
  awardTitle: string
  outcomeKind: OutcomeKind
  planUntil?: string | null
  applyFrom: string
  applyUntil: string
  standardId?: string | null
  settings: CycleSettings
}

export default function EditCyclePage() {
  const { id = '' } = useParams()
  const detail = useCycle(id)
  return (
    <Page
      title="修改年度设置"
      width="text"
      crumbs={[{ label: detail.data?.cycle.title ?? '年度', to: `/cycles/${id}` }]}
    >
      <Loaded query={detail}>{(one) => <CycleForm detail={one} />}</Loaded>
    </Page>
  )
}

/** A year made with a slip of the pen: its dates and its title move along. */
function YearField(props: { before: number; id?: string; value?: number; onChange?: (year: number | null) => void }) {
  const form = Form.useFormInstance<Values>()
  const { before, ...field } = props
  const last = useRef(before)
  return (
    <InputNumber
      {...field}
      min={2020}
      max={2100}
      precision={0}
      controls={false}
      inputMode="numeric"
      onChange={(next: number | null) => {
        field.onChange?.(next)
        if (next === null || next < 2020 || next > 2100) return
        const old = String(last.current)
        last.current = next
        const moved = (text: string | null | undefined) => text && text.replace(old, String(next))
        const { title, planUntil, applyFrom, applyUntil } = form.getFieldsValue()
        form.setFieldsValue({
          title: moved(title) ?? title,
          planUntil: moved(planUntil) ?? null,
          applyFrom: moved(applyFrom) ?? applyFrom,
          applyUntil: moved(applyUntil) ?? applyUntil,
        })
      }}
    />
  )
}

function CycleForm({ detail: { cycle, moves } }: { detail: CycleDetail }) {
  const go = useNavigate()
  const queries = useQueryClient()
  const standards = useStandards()
  const choices = (standards.data?.items ?? []).map((one) => ({
    value: one.id,
    label: `${one.title}（第 ${one.version} 版）`,
  }))
  if (!moves['edit'])
    return <Reasons title="现在不能修改" reasons={['年度已开启，这些设置已锁定。依据可以在年度页补填。']} />
  const { year, title, awardTitle, outcomeKind, planUntil, applyFrom, applyUntil, standardId, settings } = cycle
  return (
    <Draft<Values>
      name={`cycle:${cycle.id}`}
      initial={{
        year,
        title,
        awardTitle,
        outcomeKind,
        planUntil,
        applyFrom,
        applyUntil,
        standardId,
        settings,
        ...basisOf(cycle),
      }}
      seen={cycle.updatedAt}
      names={{ ...outcomeKinds, ...namesOf(choices) }}
      onSave={async (values, _form, { seen }) => {
        const body = {
          seen,
          ...values,
          ...basisOf(values),
          planUntil: values.planUntil || null,
          standardId: values.standardId ?? null,
        }
        await call(editCycle, { params: { id: cycle.id }, body })
        await readAnew(queries)
        await go(`/cycles/${cycle.id}`)
      }}
    >
      <Form.Item name="year" label="年份" extra="改年份时，名称和申报时间里的年份跟着改。" rules={[{ required: true }]}>
        <YearField before={year} />
      </Form.Item>
      <Form.Item name="title" label="名称" rules={[{ required: true, whitespace: true, max: 60 }]}>
        <Input />
      </Form.Item>
      <Form.Item name="outcomeKind" label="结果的形式" rules={[{ required: true }]}>
        <Radio.Group options={Object.entries(outcomeKinds).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item name="awardTitle" label="评定结果的名称" rules={[{ required: true, whitespace: true, max: 80 }]}>
        <Input />
      </Form.Item>
      <Form.Item name={['settings', 'grades']} label="等次，从高到低" rules={[{ required: true }]}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['、', '，', ',', ' ']} />
      </Form.Item>
      <Form.Item name="standardId" label="评估标准" rules={[{ required: false }]}>
        <Select allowClear placeholder="选择评估标准" options={choices} />
      </Form.Item>
      <Section title="时间">
        <Form.Item name="planUntil" label="方案提交期限" rules={[{ required: false }]}>
          <DateField />
        </Form.Item>
        <Form.Item name="applyFrom" label="申报开始" rules={[{ required: true }]}>
          <DateField />
        </Form.Item>
        <Form.Item name="applyUntil" label="申报截止（含当天）" rules={[{ required: true }]}>
          <DateField />
        </Form.Item>
      </Section>
      <Section title="意见建议">
        <Form.Item name={['settings', 'commentsFirstJudged']} label="收到的意见" rules={[{ required: true }]}>
          <Radio.Group
            options={[
              { value: true, label: '先由局党工委办审核，再公开（先审后发）' },
              { value: false, label: '立即公开，只审核含号码、网址或不文明用语的' },
            ]}
          />
        </Form.Item>
      </Section>
      <Section title="期限和名额">
        {settingLabels.map(({ key, label, unit, hint }) => (
          <Form.Item
            key={key}
            name={['settings', key]}
            label={`${label}（${unit}）`}
            rules={[{ required: true }]}
            {...(hint ? { extra: hint } : {})}
          >
            <NumberField label={`${label}（${unit}）`} min={1} max={365} />
          </Form.Item>
        ))}
      </Section>
      <Section title="依据">
        <BasisFields />
      </Section>
    </Draft>
  )
}
