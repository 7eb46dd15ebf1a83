import { useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Attachments } from '#console/house/Attachments.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate, Timeline } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import {
  acknowledgeRectification,
  declineExtension,
  failRectification,
  passRectification,
  type RectificationDetail,
  withdrawRectification,
} from '#contract/supervision/rectification.ts'
import { escalationLabels } from '#domain/supervision/rectification.ts'
import { AskForm, ExtendForm, PlanForm, ReportForm } from './RectificationForms.tsx'
import { noWayBack } from '#domain/base/wayBack.ts'
import { type RectificationState, rectificationLife } from '#domain/supervision/rectificationLife.ts'
import { useRectification } from './queries.ts'

export default function RectificationPage() {
  const { id = '' } = useParams()
  const order = useRectification(id)
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
      action={<NextActs order={order} />}
      more={<MoreActs order={order} />}
    >
      {waits && (
        <p className="answer-line">
          {waits}
          {oversees && order.overdue && '已经逾期，请督促学校尽快办理。'}
        </p>
      )}
      <OrderFacts order={order} />
      {may('plan') && <PlanForm order={order} />}
      {may('report') && <ReportForm order={order} />}
      {may('extend') && <ExtendForm order={order} />}
      {may('ask') && <AskForm order={order} />}
      <Section title="经过">
        <Timeline moments={order.timeline} />
      </Section>
    </Page>
  )
}

/** The school signs for it; the bureau finds that it is mended. */
function NextActs({ order }: { order: RectificationDetail }) {
  const { moves } = order
  const params = { id: order.id }
  const seen = order.stamp
  const may = (action: string) => moves[action]?.length === 0
  const oversees = useHolds('office', 'leader', 'department')
  return (
    <>
      {may('acknowledge') && (
        <Act label="签收" primary run={() => call(acknowledgeRectification, { params, body: { seen } })} />
      )}
      {moves['pass'] && oversees && (
        <Act
          label="核验通过"
          ending={noWayBack.rectification.pass}
          primary
          reasons={moves['pass']}
          ask={{ label: '核验意见' }}
          run={(verdict) => call(passRectification, { params, body: { verdict, seen } })}
        />
      )}
    </>
  )
}

function MoreActs({ order }: { order: RectificationDetail }) {
  const { moves } = order
  const params = { id: order.id }
  const seen = order.stamp
  const may = (action: string) => moves[action]?.length === 0
  return (
    <>
      {may('fail') && (
        <Act
          label="核验不通过"
          danger
          ask={{ label: '不通过的理由', hint: '将重新下达，进入下一轮。' }}
          run={(verdict) => call(failRectification, { params, body: { verdict, seen } })}
        />
      )}
      {may('declineExtension') && (
        <Act
          label="不同意延期"
          ask={{ label: '不同意的理由', hint: '学校会看到，期限不变。' }}
          run={(reason) => call(declineExtension, { params, body: { reason, seen } })}
        />
      )}
      {may('withdraw') && (
        <Act
          label="撤回"
          ending={noWayBack.rectification.withdraw}
          ask={{ label: '撤回理由' }}
          run={(reason) => call(withdrawRectification, { params, body: { reason, seen } })}
        />
      )}
    </>
  )
}

function OrderFacts({ order }: { order: RectificationDetail }) {
  return (
    <Facts
      items={[
        { label: '问题', value: order.problem, wide: true },
        { label: '整改要求', value: order.requirement, wide: true },
        ...(order.plan ? [{ label: '整改措施', value: order.plan, wide: true }] : []),
        ...(order.report ? [{ label: '整改结果', value: order.report, wide: true }] : []),
        ...(order.verdict ? [{ label: '核验意见', value: order.verdict, wide: true }] : []),
        ...(order.extendedReason ? [{ label: '延期理由', value: order.extendedReason, wide: true }] : []),
        ...(order.askedDueOn
          ? [
              {
                label: '申请延期',
                value: `希望延到${showDate(order.askedDueOn)}：${order.askedReason ?? ''}`,
                wide: true,
              },
            ]
          : []),
        ...(order.extensionAnswer ? [{ label: '没有同意延期', value: order.extensionAnswer, wide: true }] : []),
        ...(order.evidence.length > 0
          ? [{ label: '佐证材料', value: <Attachments files={order.evidence} />, wide: true }]
          : []),
      ]}
    />
  )
}
