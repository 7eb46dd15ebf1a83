import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form, Select } from 'antd'
import { Line } from '#console/house/texts.tsx'
import { useYear } from '#console/house/year.tsx'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Figures } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { createPanel } from '#contract/review/panel.ts'
import type { ScoredMethod } from '#domain/review/sheet.ts'
import { methodLabels, scoredMethods } from '#domain/year/standard.ts'
import './review.css'
import { PanelRow, reviewerOptions } from './PanelRow.tsx'
import { type PanelScope, PanelScopeFields } from './PanelScope.tsx'
import { type Panel, type Panels, usePanels } from './queries.ts'

export default function PanelsPage() {
  const year = useYear()
  const panels = usePanels(year)
  return <Loaded query={panels}>{(data) => <Shown data={data} />}</Loaded>
}

function Shown({ data }: { data: Panels }) {
  const count = (pick: (panel: Panel) => number) => data.panels.reduce((sum, panel) => sum + pick(panel), 0)
  return (
    <Page
      years="one"
      title="评审组"
      lead="每种评审方式建一个评审组或几个评审组，选好专家，再分配评分表。"
      more={<LinkButton to="/review">评审进展</LinkButton>}
    >
      <Figures
        items={[
          { label: '已受理申报', value: data.admitted, note: '份' },
          { label: '评分表', value: count((panel) => panel.sheets), note: '张' },
          { label: '已提交', value: count((panel) => panel.submitted), note: '张' },
          { label: '回避', value: count((panel) => panel.recused), note: '张' },
        ]}
      />
      {data.reviewers.length === 0 && (
        <Empty title="还没有评审专家" hint="请安全管理员在“账号”里给人员授予“评审专家”岗位。" />
      )}
      {scoredMethods.map((method) => {
        const panels = data.panels.filter((panel) => panel.method === method)
        return (
          <Section key={method} title={methodLabels[method]}>
            {panels.length === 0 && <p className="quiet">还没有评审组。</p>}
            {panels.map((panel) => (
              <PanelRow key={panel.id} panel={panel} data={data} />
            ))}
          </Section>
        )
      })}
      <NewPanel data={data} />
    </Page>
  )
}

function NewPanel({ data }: { data: Panels }) {
  const year = useYear()
  const queries = useQueryClient()
  return (
    <Section title="新建评审组">
      <Draft<{ method: ScoredMethod; name: string; reviewerIds: string[] } & PanelScope>
        name="panel:new"
        initial={{ name: '', reviewerIds: [], schoolIds: [], stage: '', zoneId: '' }}
        saveLabel="建立评审组"
        done="已建立评审组"
        onSave={async (values, form, held) => {
          const body = { ...values, zoneId: values.zoneId || null }
          await call(createPanel, { body, query: { year }, once: held.id })
          form.resetFields()
          await readAnew(queries)
        }}
      >
        <Form.Item name="method" label="评审方式" rules={[{ required: true }]}>
          <Select options={scoredMethods.map((value) => ({ value, label: methodLabels[value] }))} />
        </Form.Item>
        <Form.Item name="name" label="名称" rules={[{ required: true }]}>
          <Line most={40} label="名称" placeholder="如：第一组" />
        </Form.Item>
        <Form.Item name="reviewerIds" label="专家">
          <Select mode="multiple" optionFilterProp="label" options={reviewerOptions(data)} />
        </Form.Item>
        <PanelScopeFields data={data} />
      </Draft>
    </Section>
  )
}
