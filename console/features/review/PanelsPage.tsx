import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Select } from 'antd'
import { Line } from '#console/house/texts.tsx'
import { useState } from 'react'
import { useYear } from '#console/house/year.tsx'
import { call, type Reply } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Figures } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { assignSheets, createPanel, listPanels, previewAssignment, setPanelReviewers } from '#contract/panel.ts'
import type { ScoredMethod } from '#domain/sheet.ts'
import { methodLabels, scoredMethods } from '#domain/standard.ts'
import './review.css'

type Panels = Reply<typeof listPanels>
type Panel = Panels['panels'][number]

export default function PanelsPage() {
  const year = useYear()
  const panels = useQuery({
    queryKey: ['panels', year],
    queryFn: ({ signal }) => call(listPanels, { query: { year } }, signal),
  })
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

const people = (data: Panels) => data.reviewers.map((one) => ({ value: one.personId, label: one.name }))

function PanelRow({ panel, data }: { panel: Panel; data: Panels }) {
  const [mode, setMode] = useState<'none' | 'people' | 'assign'>('none')
  const queries = useQueryClient()
  return (
    <div className="panel-row">
      <h3>{panel.name}</h3>
      <p>{panel.reviewers.map((one) => one.name).join('、') || '还没有选专家'}</p>
      <p className="quiet">
        评分表 {panel.sheets} 张，已提交 {panel.submitted} 张{panel.recused > 0 && `，回避 ${panel.recused} 张`}
      </p>
      <div className="panel-foot">
        <button
          type="button"
          className="button"
          aria-expanded={mode === 'people'}
          onClick={() => setMode(mode === 'people' ? 'none' : 'people')}
        >
          调整专家
        </button>
        <button
          type="button"
          className="button"
          aria-expanded={mode === 'assign'}
          onClick={() => setMode(mode === 'assign' ? 'none' : 'assign')}
        >
          分配评分表
        </button>
      </div>
      {mode === 'people' && (
        <Draft<{ reviewerIds: string[] }>
          name={`panel:${panel.id}`}
          initial={{ reviewerIds: panel.reviewers.map((one) => one.personId) }}
          saveLabel="保存专家"
          onSave={async (values) => {
            await call(setPanelReviewers, { params: { id: panel.id }, body: values })
            await queries.invalidateQueries()
            setMode('none')
          }}
        >
          <Form.Item
            name="reviewerIds"
            label={`“${panel.name}”的专家`}
            extra="去掉一位专家，不会删去他已经拿到的评分表。"
          >
            <Select mode="multiple" optionFilterProp="label" options={people(data)} />
          </Form.Item>
        </Draft>
      )}
      {mode === 'assign' && <Assignment panel={panel} onDone={() => setMode('none')} />}
    </div>
  )
}

function Assignment({ panel, onDone }: { panel: Panel; onDone: () => void }) {
  const preview = useQuery({
    queryKey: ['assignment', panel.id],
    queryFn: ({ signal }) => call(previewAssignment, { params: { id: panel.id } }, signal),
    staleTime: 0,
  })
  return (
    <Loaded query={preview}>
      {({ make, skipped, kept }) => (
        <Section
          title="分配预览"
          note={`将新发 ${make.length} 张，已有 ${kept} 张不变，因回避不发 ${skipped.length} 张。`}
          action={
            <Act
              label={`发出 ${make.length} 张评分表`}
              primary
              reasons={
                make.length === 0 ? ['没有要新发的评分表：请先受理申报、选好专家，或者已经全部发出。'] : undefined
              }
              confirm="专家马上就能在“我的评审”里看到；被评的申报转为评审中。"
              done="评分表已发出"
              run={async () => {
                await call(assignSheets, { params: { id: panel.id } })
                onDone()
              }}
            />
          }
        >
          {skipped.length > 0 && (
            <>
              <p>须回避：</p>
              <ul className="plain-list">
                {skipped.map((one) => (
                  <li key={`${one.reviewerName} ${one.schoolName}`}>
                    {one.reviewerName}不评{one.schoolName}：{one.reason}
                  </li>
                ))}
              </ul>
            </>
          )}
          {make.length > 0 && (
            <details>
              <summary>要发出的评分表</summary>
              <ul className="plain-list">
                {Object.entries(Object.groupBy(make, (one) => one.reviewerName)).map(([name, list = []]) => (
                  <li key={name}>
                    {name}（{list.length} 张）：{list.map((one) => one.schoolName).join('、')}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </Section>
      )}
    </Loaded>
  )
}

function NewPanel({ data }: { data: Panels }) {
  const year = useYear()
  const queries = useQueryClient()
  return (
    <Section title="新建评审组">
      <Draft<{ method: ScoredMethod; name: string; reviewerIds: string[] }>
        name="panel:new"
        initial={{ name: '', reviewerIds: [] }}
        saveLabel="建立评审组"
        done="已建立评审组"
        onSave={async (values, form) => {
          await call(createPanel, { body: values, query: { year } })
          form.resetFields()
          await queries.invalidateQueries()
        }}
      >
        <Form.Item name="method" label="评审方式" rules={[{ required: true }]}>
          <Select options={scoredMethods.map((value) => ({ value, label: methodLabels[value] }))} />
        </Form.Item>
        <Form.Item name="name" label="名称" rules={[{ required: true }]}>
          <Line most={40} label="名称" placeholder="如：第一组" />
        </Form.Item>
        <Form.Item name="reviewerIds" label="专家">
          <Select mode="multiple" optionFilterProp="label" options={people(data)} />
        </Form.Item>
      </Draft>
    </Section>
  )
}
