import { useQueryClient } from '@tanstack/react-query'
import { Form, Select } from 'antd'
import { Line } from '#console/house/texts.tsx'
import { useState } from 'react'
import { useYear } from '#console/house/year.tsx'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Figures } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { assignSheets, createPanel, deletePanel, editPanel, setPanelReviewers } from '#contract/review/panel.ts'
import type { ScoredMethod } from '#domain/review/sheet.ts'
import { methodLabels, scoredMethods } from '#domain/year/standard.ts'
import { quoted } from '#domain/base/text.ts'
import './review.css'
import { type Panels, useAssignmentPreview, usePanels } from './queries.ts'

type Panel = Panels['panels'][number]

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

const people = (data: Panels) => data.reviewers.map((one) => ({ value: one.personId, label: one.name }))

function PanelRow({ panel, data }: { panel: Panel; data: Panels }) {
  const [mode, setMode] = useState<'none' | 'people' | 'schools' | 'assign'>('none')
  const queries = useQueryClient()
  return (
    <div className="panel-row">
      <h3>{panel.name}</h3>
      <p>{panel.reviewers.map((one) => one.name).join('、') || '还没有选专家'}</p>
      <p>{scopeInWords(panel, data)}</p>
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
        <button
          type="button"
          className="button"
          aria-expanded={mode === 'schools'}
          onClick={() => setMode(mode === 'schools' ? 'none' : 'schools')}
        >
          名称和学校
        </button>
        <Act
          label="删除"
          name={`panel:${panel.id}`}
          danger
          reasons={panel.submitted > 0 ? ['已经有提交过的评分表，不能删除；可以调整专家和学校。'] : undefined}
          confirm={`${quoted(panel.name)}和它没有提交的 ${panel.sheets} 张评分表一起删除，不能恢复。`}
          run={() => call(deletePanel, { params: { id: panel.id } })}
        />
      </div>
      {mode === 'people' && (
        <Draft<{ reviewerIds: string[]; reason: string }>
          name={`panel:${panel.id}`}
          initial={{ reviewerIds: panel.reviewers.map((one) => one.personId), reason: '' }}
          saveLabel="保存专家"
          seen={panel.updatedAt}
          onSave={async (values, _form, { seen }) => {
            await call(setPanelReviewers, { params: { id: panel.id }, body: { ...values, seen } })
            await queries.invalidateQueries()
            setMode('none')
          }}
        >
          <Form.Item
            name="reviewerIds"
            label={`${quoted(panel.name)}的专家`}
            extra="去掉一位专家，他没有提交的评分表随即收回，已经提交的照样计入。"
          >
            <Select mode="multiple" optionFilterProp="label" options={people(data)} />
          </Form.Item>
          <TakeBackReason />
        </Draft>
      )}
      {mode === 'schools' && (
        <Draft<ScopeValues & { name: string; reason: string }>
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
            await queries.invalidateQueries()
            setMode('none')
          }}
        >
          <Form.Item name="name" label="名称" rules={[{ required: true }]}>
            <Line most={40} label="名称" />
          </Form.Item>
          <Scope data={data} />
          <TakeBackReason />
        </Draft>
      )}
      {mode === 'assign' && <Assignment panel={panel} onDone={() => setMode('none')} />}
    </div>
  )
}

interface ScopeValues {
  schoolIds: string[]
  stage: string
  zoneId: string
}

function TakeBackReason() {
  return (
    <Form.Item name="reason" label="收回评分表的理由" extra="有没有提交的评分表要收回时填写。">
      <Line most={300} label="收回评分表的理由" />
    </Form.Item>
  )
}

/** Which schools the panel takes; nothing chosen is all of them. */
function Scope({ data }: { data: Panels }) {
  const stages = [...new Set(data.schools.map((one) => one.stage))]
  const zones = new Map(data.schools.map((one) => [one.zoneId, one.zoneName]))
  const all = { value: '', label: '全部' }
  return (
    <>
      <Form.Item name="stage" label="学段">
        <Select options={[all, ...stages.map((value) => ({ value, label: value }))]} />
      </Form.Item>
      <Form.Item name="zoneId" label="片区">
        <Select options={[all, ...[...zones].map(([value, label]) => ({ value, label }))]} />
      </Form.Item>
      <Form.Item
        name="schoolIds"
        label="只评这些学校"
        extra="点名的学校优先于学段和片区；都不选，就评全部已受理的学校。给一所学校增加一位评委，就在这里只选这一所。"
      >
        <Select
          mode="multiple"
          optionFilterProp="label"
          options={data.schools.map((one) => ({ value: one.id, label: one.name }))}
        />
      </Form.Item>
    </>
  )
}

function scopeInWords(panel: Panel, data: Panels): string {
  const named = data.schools.filter((one) => panel.schoolIds.includes(one.id)).map((one) => one.name)
  if (panel.schoolIds.length > 0) return `评 ${named.length} 所学校：${named.join('、')}`
  const zone = data.schools.find((one) => one.zoneId === panel.zoneId)?.zoneName
  const parts = [zone, panel.stage].filter(Boolean)
  return parts.length > 0 ? `评${parts.join('、')}的学校` : '评全部已受理的学校'
}

function Assignment({ panel, onDone }: { panel: Panel; onDone: () => void }) {
  const preview = useAssignmentPreview(panel.id)
  return (
    <Loaded query={preview}>
      {({ make, skipped, kept, hidden }) => (
        <Section
          title="分配预览"
          note={`将新发 ${make.length} 张，已有 ${kept} 张不变，因回避不发 ${skipped.length} 张。${hidden > 0 ? `您回避的 ${hidden} 所学校不在内，由局党工委办的另一位同志分配。` : ''}`}
          action={
            <Act
              label={`发出 ${make.length} 张评分表`}
              primary
              reasons={
                make.length === 0 ? ['没有要新发的评分表：请先受理申报、选好专家，或者已经全部发出。'] : undefined
              }
              confirm="专家马上就能在“我的评审”里看到；被评的申报转为评审中。"
              done="评分表已发出"
              run={async (_text, _day, held) => {
                await call(assignSheets, { params: { id: panel.id }, once: held.id })
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
      <Draft<{ method: ScoredMethod; name: string; reviewerIds: string[] } & ScopeValues>
        name="panel:new"
        initial={{ name: '', reviewerIds: [], schoolIds: [], stage: '', zoneId: '' }}
        saveLabel="建立评审组"
        done="已建立评审组"
        onSave={async (values, form, held) => {
          const body = { ...values, zoneId: values.zoneId || null }
          await call(createPanel, { body, query: { year }, once: held.id })
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
        <Scope data={data} />
      </Draft>
    </Section>
  )
}
