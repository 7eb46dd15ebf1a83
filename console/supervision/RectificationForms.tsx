import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form } from 'antd'
import { call, type StoredFile } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { DateField } from '#console/house/DateField.tsx'
import { FileField } from '#console/house/FileField.tsx'
import { Section } from '#console/house/Page.tsx'
import { Line, LongText } from '#console/house/texts.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import {
  askExtension,
  extendRectification,
  planRectification,
  type RectificationDetail,
  reportRectification,
} from '#contract/supervision/rectification.ts'
import { supervisionKeys } from './queries.ts'

/** Reads the order again after a form was sent. */
function useAgain(id: string) {
  const queries = useQueryClient()
  return () => readAnew(queries, supervisionKeys.rectification(id))
}

export function PlanForm({ order }: { order: RectificationDetail }) {
  const { id } = order
  const again = useAgain(id)
  return (
    <Section title="填报整改措施">
      <Draft<{ plan: string }>
        name={`rectification-plan:${id}`}
        initial={{}}
        saveLabel="填报措施"
        seen={order.stamp}
        onSave={async (values, _form, { seen }) => {
          await call(planRectification, { params: { id }, body: { ...values, seen } })
          await again()
        }}
      >
        <Form.Item
          name="plan"
          label="整改措施"
          rules={[{ required: true, whitespace: true }]}
          extra="做什么、谁负责、什么时候完成。"
        >
          <LongText most={3000} label="整改措施" rows={4} />
        </Form.Item>
      </Draft>
    </Section>
  )
}

export function ReportForm({ order }: { order: RectificationDetail }) {
  const { id } = order
  const again = useAgain(id)
  return (
    <Section title="报送整改结果">
      <Draft<{ report: string; files?: StoredFile[] }>
        name={`rectification-report:${id}`}
        initial={{}}
        saveLabel="报送结果"
        seen={order.stamp}
        onSave={async ({ report, files }, _form, { seen }) => {
          const fileIds = (files ?? []).map((one) => one.id)
          await call(reportRectification, { params: { id }, body: { report, fileIds, seen } })
          await again()
        }}
      >
        <Form.Item name="report" label="整改结果" rules={[{ required: true, whitespace: true }]}>
          <LongText most={3000} label="整改结果" rows={4} />
        </Form.Item>
        <Form.Item name="files" label="佐证材料">
          <FileField max={20} camera hint="照片、PDF、Word、Excel 都可以。" />
        </Form.Item>
      </Draft>
    </Section>
  )
}

export function ExtendForm({ order }: { order: RectificationDetail }) {
  const again = useAgain(order.id)
  const asked = order.askedDueOn ?? ''
  return (
    <Section title="延期" note={asked && '学校申请了延期：同意的在这里填写，可以另定日期；不同意的按“不同意延期”。'}>
      <Draft<DaysMore>
        name={`rectification-extend:${order.id}:${asked}`}
        initial={asked ? { dueOn: asked } : {}}
        saveLabel={asked ? '同意延期' : '延期'}
        seen={order.stamp}
        onSave={async (values, _form, { seen }) => {
          await call(extendRectification, { params: { id: order.id }, body: { ...values, seen } })
          await again()
        }}
      >
        <DayFields order={order} label="延到" />
      </Draft>
    </Section>
  )
}

interface DaysMore {
  dueOn: string
  reason: string
}

export function AskForm({ order }: { order: RectificationDetail }) {
  const again = useAgain(order.id)
  return (
    <Section
      title="申请延期"
      note={`到期以前做不完的，在${showDate(order.dueOn)}以前申请。局党工委办答复以前，不按逾期计算。`}
    >
      <Draft<DaysMore>
        quiet
        name={`rectification-ask:${order.id}:${order.dueOn}`}
        initial={{}}
        saveLabel="申请延期"
        done="已申请"
        seen={order.stamp}
        onSave={async (values, _form, { seen }) => {
          await call(askExtension, { params: { id: order.id }, body: { ...values, seen } })
          await again()
        }}
      >
        <DayFields order={order} label="希望延到" />
      </Draft>
    </Section>
  )
}

function DayFields({ order, label }: { order: RectificationDetail; label: string }) {
  return (
    <>
      <Form.Item name="dueOn" label={label} rules={[{ required: true }]}>
        <DateField min={order.dueOn} />
      </Form.Item>
      <Form.Item name="reason" label="延期理由" rules={[{ required: true, whitespace: true }]}>
        <Line most={500} label="延期理由" />
      </Form.Item>
    </>
  )
}
