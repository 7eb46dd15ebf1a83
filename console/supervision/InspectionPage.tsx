import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form, Radio, Select } from 'antd'
import { NumberField } from '#console/house/NumberField.tsx'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { SchoolField } from '#console/house/SchoolField.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import {
  chooseSchools,
  closeInspection,
  deleteInspection,
  drawSchools,
  reopenInspection,
  startInspection,
} from '#contract/supervision/inspection.ts'
import { inspectionLife } from '#domain/supervision/inspectionLife.ts'
import { FindingRow } from './FindingRow.tsx'
import { InspectedSchools } from './InspectedSchools.tsx'
import { quoted } from '#domain/base/text.ts'
import { useBrandCoverage } from '#console/house/queries.ts'
import { type Inspection, supervisionKeys, useInspection } from './queries.ts'
import './inspection.css'

export default function InspectionPage() {
  const { id = '' } = useParams()
  const inspection = useInspection(id)
  return <Loaded query={inspection}>{(data) => <Shown inspection={data} />}</Loaded>
}

function Shown({ inspection }: { inspection: Inspection }) {
  const { id, moves } = inspection
  const params = { id }
  const seen = inspection.updatedAt
  const office = useHolds('office')
  const go = useNavigate()
  return (
    <Page
      title={inspection.title}
      crumbs={[{ label: '督查', to: '/inspections' }]}
      state={<StateTag label={inspectionLife.states[inspection.state]} tone="info" />}
      lead={`${showDate(inspection.startsOn)} 至 ${showDate(inspection.endsOn)}，依据：${inspection.basis}`}
      action={
        <>
          {office && moves['start'] && (
            <Act
              label="启动督查"
              primary
              reasons={moves['start']}
              confirm="启动以后，名称、检查项目和受检学校不能再改。"
              run={() => call(startInspection, { params, body: { seen } })}
            />
          )}
          {office && moves['reopen'] && (
            <Act
              label="重新进行"
              reasons={moves['reopen']}
              ask={{ label: '理由', hint: '结束得过早时用，理由记入审计日志。' }}
              run={(reason) => call(reopenInspection, { params, body: { reason, seen } })}
            />
          )}
          {office && moves['delete'] && (
            <Act
              label="删除"
              reasons={moves['delete']}
              confirm={`删除${quoted(inspection.title)}。建错了才需要删除，删除以后不能恢复。`}
              run={async () => {
                await call(deleteInspection, { params })
                await go('/inspections')
              }}
            />
          )}
          {office && moves['edit'] && <LinkButton to={`/inspections/${id}/edit`}>修改</LinkButton>}
          {office && moves['close'] && (
            <Act
              label="结束督查"
              reasons={moves['close']}
              confirm="结束以后不能再记录检查情况和问题；结束得过早，可以写明理由重新进行。"
              run={() => call(closeInspection, { params, body: { seen } })}
            />
          )}
        </>
      }
    >
      <Section title="检查项目">
        <ol className="plain-list">
          {inspection.checklist.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      </Section>
      {office && inspection.state === 'draft' && inspection.choice.way !== 'drawn' && (
        <Choosing inspection={inspection} />
      )}
      <Section
        title={`受检学校　${inspection.schools.length}`}
        note={
          inspection.choice.way === 'drawn'
            ? `随机抽取，随机数 ${inspection.choice.seed}，候选 ${inspection.choice.candidates.length} 所，可以复算。`
            : inspection.choice.way === 'chosen'
              ? '选定。'
              : '还没有抽取或选定学校。'
        }
      >
        <InspectedSchools key={inspection.schools.length} inspection={inspection} />
      </Section>
      <Section title={`发现的问题　${inspection.findings.length}`}>
        {inspection.findings.length === 0 ? (
          <p className="quiet">还没有记录问题。</p>
        ) : (
          inspection.findings.map((finding) => <FindingRow key={finding.id} finding={finding} />)
        )}
      </Section>
    </Page>
  )
}

type Way = 'draw' | 'choose'

/** The schools are found once: drawn for good, or chosen and, until the start, chosen again. */
function Choosing({ inspection }: { inspection: Inspection }) {
  const queries = useQueryClient()
  const { id } = inspection
  const [way, setWay] = useState<Way>(inspection.choice.way === 'chosen' ? 'choose' : 'draw')
  const choices = useBrandCoverage()
  const params = { id }
  const again = () => readAnew(queries, supervisionKeys.inspection(id))
  return (
    <Section
      title="确定学校"
      note={
        way === 'draw'
          ? '抽取结果和随机数一并留存，任何人都能复算；抽取后不能重抽。'
          : '启动前可以重新选定，以最后一次为准。'
      }
    >
      <Radio.Group
        aria-label="确定学校的办法"
        optionType="button"
        className="choosing-way"
        value={way}
        onChange={(event) => setWay(event.target.value)}
        options={[
          { value: 'draw', label: '随机抽取' },
          { value: 'choose', label: '直接选定' },
        ]}
      />
      {way === 'draw' ? (
        <Draft<{ count: number; stage?: string; zoneId?: string }>
          name={`inspection-draw:${id}`}
          initial={{ count: 5 }}
          saveLabel="开始抽取"
          done="已抽取"
          seen={inspection.updatedAt}
          onSave={async ({ count, stage, zoneId }, _form, held) => {
            const body = { count, stage: stage ?? '', zoneId: zoneId ?? '', seen: held.seen }
            await call(drawSchools, { params, body, once: held.id })
            await again()
          }}
        >
          <Form.Item name="count" label="抽取几所" rules={[{ required: true }]}>
            <NumberField label="抽取几所" min={1} max={500} />
          </Form.Item>
          <Form.Item name="stage" label="只在这个学段里抽">
            <Select
              allowClear
              placeholder="全部学段"
              options={(choices.data?.stages ?? []).map((one) => ({ value: one, label: one }))}
            />
          </Form.Item>
          <Form.Item name="zoneId" label="只在这个片区里抽">
            <Select
              allowClear
              placeholder="全部片区"
              options={(choices.data?.zones ?? []).map((one) => ({ value: one.id, label: one.name }))}
            />
          </Form.Item>
        </Draft>
      ) : (
        <Draft<{ schoolIds: string[] }>
          name={`inspection-choose:${id}`}
          initial={{ schoolIds: inspection.schools.map((one) => one.schoolId) }}
          saveLabel="选定这些学校"
          done="已选定"
          seen={inspection.updatedAt}
          onSave={async ({ schoolIds }, _form, { seen }) => {
            await call(chooseSchools, { params, body: { schoolIds, seen } })
            await again()
          }}
        >
          <Form.Item name="schoolIds" label="选定学校" rules={[{ required: true }]}>
            <SchoolField many />
          </Form.Item>
        </Draft>
      )}
    </Section>
  )
}
