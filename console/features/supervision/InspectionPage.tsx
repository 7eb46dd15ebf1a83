import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Radio, Select } from 'antd'
import { NumberField } from '#console/house/NumberField.tsx'
import { LongText } from '#console/house/texts.tsx'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { call, type Reply } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { DateField } from '#console/house/fields.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { SchoolField } from '#console/house/SchoolField.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { readBrandCoverage } from '#contract/brand.ts'
import {
  chooseSchools,
  closeInspection,
  deleteInspection,
  drawSchools,
  readInspection,
  recordFinding,
  recordInspected,
  reopenInspection,
  startInspection,
} from '#contract/supervision.ts'
import { inspectionLife } from '#domain/lifecycles/inspection.ts'
import { stampOf } from '#domain/stamp.ts'
import { severities } from '#domain/supervision.ts'
import { FindingRow } from './FindingRow.tsx'

type Inspection = Reply<typeof readInspection>

export default function InspectionPage() {
  const { id = '' } = useParams()
  const inspection = useQuery({
    queryKey: ['inspection', id],
    queryFn: ({ signal }) => call(readInspection, { params: { id } }, signal),
  })
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
              confirm={`删除“${inspection.title}”。建错了才需要删除，删除以后不能恢复。`}
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
            ? `随机抽取，种子 ${inspection.choice.seed}，候选 ${inspection.choice.candidates.length} 所，可以复算。`
            : inspection.choice.way === 'chosen'
              ? '选定。'
              : '还没有抽取或选定学校。'
        }
      >
        {inspection.schools.map((school) => (
          <OneSchool key={school.schoolId} inspection={inspection} school={school} />
        ))}
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
  const choices = useQuery({
    queryKey: ['brands', 'coverage'],
    queryFn: ({ signal }) => call(readBrandCoverage, {}, signal),
  })
  const params = { id }
  const again = () => queries.invalidateQueries({ queryKey: ['inspection', id] })
  return (
    <Section
      title="确定学校"
      note={
        way === 'draw'
          ? '抽取结果和种子一并留存，任何人都能复算；抽取后不能重抽。'
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

function OneSchool({ inspection, school }: { inspection: Inspection; school: Inspection['schools'][number] }) {
  const queries = useQueryClient()
  const [open, setOpen] = useState<'none' | 'record' | 'finding'>('none')
  const params = { id: inspection.id, schoolId: school.schoolId }
  const saved = async () => {
    setOpen('none')
    await queries.invalidateQueries({ queryKey: ['inspection', inspection.id] })
  }
  const toggle = (which: 'record' | 'finding') => setOpen(open === which ? 'none' : which)
  return (
    <div className="panel-row">
      <h3>{school.schoolName}</h3>
      {school.inspectedOn ? (
        <Facts
          items={[
            { label: '检查日期', value: showDate(school.inspectedOn) },
            { label: '检查人', value: school.inspectorName },
            ...inspection.checklist.map((label, at) => ({ label, value: school.answers[at] ?? '', wide: true })),
            { label: '备注', value: school.remark, wide: true },
          ]}
        />
      ) : (
        <p className="quiet">还没有检查。</p>
      )}
      {inspection.state === 'running' && (
        <p className="page-actions">
          <button type="button" className="button" aria-expanded={open === 'record'} onClick={() => toggle('record')}>
            记录检查情况
          </button>
          <button type="button" className="button" aria-expanded={open === 'finding'} onClick={() => toggle('finding')}>
            记一个问题
          </button>
        </p>
      )}
      {open === 'record' && (
        <Draft<{ inspectedOn: string; answers: string[]; remark?: string }>
          name={`inspected:${inspection.id}:${school.schoolId}`}
          initial={{
            inspectedOn: school.inspectedOn ?? inspection.startsOn,
            answers: school.answers,
            remark: school.remark,
          }}
          seen={stampOf([school.inspectedOn, school.answers, school.remark])}
          onSave={async ({ answers, ...values }, _form, { seen }) => {
            await call(recordInspected, {
              params,
              body: { ...values, seen, answers: inspection.checklist.map((_, at) => answers[at] ?? '') },
            })
            await saved()
          }}
        >
          <Form.Item name="inspectedOn" label="检查日期" rules={[{ required: true }]}>
            <DateField />
          </Form.Item>
          {inspection.checklist.map((line, at) => (
            <Form.Item key={line} name={['answers', at]} label={line}>
              <LongText most={500} label={line} rows={2} />
            </Form.Item>
          ))}
          <Form.Item name="remark" label="备注">
            <LongText most={2000} label="备注" rows={2} />
          </Form.Item>
        </Draft>
      )}
      {open === 'finding' && (
        <Draft<{ content: string; severity: (typeof severities)[number] }>
          name={`finding:${inspection.id}:${school.schoolId}`}
          initial={{ severity: '限期' }}
          saveLabel="记下问题"
          onSave={async (values, _form, held) => {
            await call(recordFinding, { params, body: values, once: held.id })
            await saved()
          }}
        >
          <Form.Item name="content" label="问题" rules={[{ required: true, whitespace: true }]}>
            <LongText most={2000} label="问题" rows={3} />
          </Form.Item>
          <Form.Item name="severity" label="整改时限" rules={[{ required: true }]}>
            <Radio.Group optionType="button" options={severities.map((one) => ({ value: one, label: one }))} />
          </Form.Item>
        </Draft>
      )}
    </div>
  )
}
