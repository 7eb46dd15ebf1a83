import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form, Radio } from 'antd'
import { useState } from 'react'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { DateField } from '#console/house/DateField.tsx'
import { LongText } from '#console/house/texts.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { recordFinding } from '#contract/supervision/finding.ts'
import { recordInspected } from '#contract/supervision/inspection.ts'
import { stampOf } from '#domain/base/stamp.ts'
import { severities } from '#domain/supervision/finding.ts'
import { type Inspection, supervisionKeys } from './queries.ts'

/** One school of a round: what was found there, and the forms to write it down. */
export function OneSchool({ inspection, school }: { inspection: Inspection; school: Inspection['schools'][number] }) {
  const queries = useQueryClient()
  const [open, setOpen] = useState<'none' | 'record' | 'finding'>('none')
  const params = { id: inspection.id, schoolId: school.schoolId }
  const saved = async () => {
    setOpen('none')
    await readAnew(queries, supervisionKeys.inspection(inspection.id))
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
          <Form.Item name="severity" label="整改类别" rules={[{ required: true }]}>
            <Radio.Group optionType="button" options={severities.map((one) => ({ value: one, label: one }))} />
          </Form.Item>
        </Draft>
      )}
    </div>
  )
}
