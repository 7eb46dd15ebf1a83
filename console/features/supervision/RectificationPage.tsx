import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form } from 'antd'
import { Line, LongText } from '#console/house/texts.tsx'
import { useParams } from 'react-router'
import { call, type StoredFile } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Attachments } from '#console/house/Attachments.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { DateField, FileField } from '#console/house/fields.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate, Timeline } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import {
  acknowledgeRectification,
  extendRectification,
  failRectification,
  passRectification,
  planRectification,
  readRectification,
  type RectificationDetail,
  reportRectification,
  withdrawRectification,
} from '#contract/rectification.ts'
import { escalationLabels } from '#domain/rectification.ts'
import { type RectificationState, rectificationLife } from '#domain/lifecycles/rectification.ts'

export default function RectificationPage() {
  const { id = '' } = useParams()
  const order = useQuery({
    queryKey: ['rectification', id],
    queryFn: ({ signal }) => call(readRectification, { params: { id } }, signal),
  })
  return <Loaded query={order}>{(data) => <Shown order={data} />}</Loaded>
}

/** Whose turn it is, told to those whose turn it is not. */
const waiting: Record<RectificationState, string> = {
  issued: '等学校签收。',
  acknowledged: '学校已签收，等学校填报整改措施。',
  planned: '整改进行中，等学校报送结果和佐证。',
  reported: '学校已报送结果，等局党工委办、分包领导或联系股室核验。',
  closed: '',
  withdrawn: '',
}

function Shown({ order }: { order: RectificationDetail }) {
  const { moves } = order
  const params = { id: order.id }
  const may = (action: string) => moves[action]?.length === 0
  const oversees = useHolds('office', 'leader', 'department')
  const waits = (['acknowledge', 'plan', 'report', 'pass', 'fail'] as const).some(may) ? '' : waiting[order.state]
  return (
    <Page
      title={`${order.schoolName}整改`}
      crumbs={[{ label: '整改', to: '/rectifications' }]}
      state={
        <>
          <StateTag label={rectificationLife.states[order.state]} tone={order.state === 'closed' ? 'ok' : 'warn'} />
          {order.overdue && <StateTag label="已逾期" tone="bad" />}
          {oversees && order.escalation > 0 && <StateTag label={escalationLabels[order.escalation] ?? ''} tone="bad" />}
        </>
      }
      lead={`${order.inspectionTitle}，第 ${order.round} 轮，期限 ${showDate(order.dueOn)}`}
      action={
        <>
          {may('acknowledge') && <Act label="签收" primary run={() => call(acknowledgeRectification, { params })} />}
          {moves['pass'] && oversees && (
            <Act
              label="核验通过"
              primary
              reasons={moves['pass']}
              ask={{ label: '核验意见' }}
              run={(verdict) => call(passRectification, { params, body: { verdict } })}
            />
          )}
        </>
      }
      more={
        <>
          {may('fail') && (
            <Act
              label="核验不通过"
              danger
              ask={{ label: '不通过的理由', hint: '将重新下达，进入下一轮。' }}
              run={(verdict) => call(failRectification, { params, body: { verdict } })}
            />
          )}
          {may('withdraw') && (
            <Act
              label="撤回"
              ask={{ label: '撤回理由' }}
              run={(reason) => call(withdrawRectification, { params, body: { reason } })}
            />
          )}
        </>
      }
    >
      {waits && (
        <p className="answer-line">
          {waits}
          {oversees && order.overdue && '已经逾期，请督促学校尽快办理。'}
        </p>
      )}
      <Facts
        items={[
          { label: '问题', value: order.problem, wide: true },
          { label: '整改要求', value: order.requirement, wide: true },
          ...(order.plan ? [{ label: '整改措施', value: order.plan, wide: true }] : []),
          ...(order.report ? [{ label: '整改结果', value: order.report, wide: true }] : []),
          ...(order.verdict ? [{ label: '核验意见', value: order.verdict, wide: true }] : []),
          ...(order.extendedReason ? [{ label: '延期理由', value: order.extendedReason, wide: true }] : []),
          ...(order.evidence.length > 0
            ? [{ label: '佐证材料', value: <Attachments files={order.evidence} />, wide: true }]
            : []),
        ]}
      />
      {may('plan') && <PlanForm id={order.id} />}
      {may('report') && <ReportForm id={order.id} />}
      {may('extend') && <ExtendForm order={order} />}
      <Section title="经过">
        <Timeline moments={order.timeline} />
      </Section>
    </Page>
  )
}

/** Reads the order again after a form was sent. */
function useAgain(id: string) {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['rectification', id] })
}

function PlanForm({ id }: { id: string }) {
  const again = useAgain(id)
  return (
    <Section title="填报整改措施">
      <Draft<{ plan: string }>
        name={`rectification-plan:${id}`}
        initial={{}}
        saveLabel="填报措施"
        onSave={async (body) => {
          await call(planRectification, { params: { id }, body })
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

function ReportForm({ id }: { id: string }) {
  const again = useAgain(id)
  return (
    <Section title="报送整改结果">
      <Draft<{ report: string; files?: StoredFile[] }>
        name={`rectification-report:${id}`}
        initial={{}}
        saveLabel="报送结果"
        onSave={async ({ report, files }) => {
          const fileIds = (files ?? []).map((one) => one.id)
          await call(reportRectification, { params: { id }, body: { report, fileIds } })
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

function ExtendForm({ order }: { order: RectificationDetail }) {
  const again = useAgain(order.id)
  return (
    <Section title="延期">
      <Draft<{ dueOn: string; reason: string }>
        name={`rectification-extend:${order.id}`}
        initial={{}}
        saveLabel="延期"
        onSave={async (body) => {
          await call(extendRectification, { params: { id: order.id }, body })
          await again()
        }}
      >
        <Form.Item name="dueOn" label="延到" rules={[{ required: true }]}>
          <DateField min={order.dueOn} />
        </Form.Item>
        <Form.Item name="reason" label="延期理由" rules={[{ required: true, whitespace: true }]}>
          <Line most={500} label="延期理由" />
        </Form.Item>
      </Draft>
    </Section>
  )
}
