import { Link, useParams } from 'react-router'
import { Facts, Figures } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate, showTime, showYuan, Timeline } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { diagnosisAreas, type DiagnosisArea } from '#domain/plan/completeness.ts'
import { planLife } from '#domain/plan/planLife.ts'
import { planTones } from './plan.ts'
import { type PlanView, usePlan } from './queries.ts'
import { PromiseList } from './Promises.tsx'
import { SpendingList, TaskList } from './Tracking.tsx'
import { quoted } from '#domain/base/text.ts'
import './plan.css'
import { MainAction, MoreActions } from './PlanActs.tsx'

export default function PlanPage() {
  const id = useParams()['id'] ?? ''
  const plan = usePlan(id)
  const atSchool = useHolds('secretary', 'clerk')
  const view = plan.data
  return (
    <Page
      title={view ? (atSchool ? '创建方案' : `${view.schoolName} 创建方案`) : '创建方案'}
      state={view && <StateTag label={view.stateLabel} tone={planTones[view.state]} />}
      lead={view && leadOf(view)}
      {...(atSchool ? {} : { crumbs: [{ label: '各校方案', to: '/plans' }] })}
      action={view && <MainAction view={view} />}
      more={view && <MoreActions view={view} />}
    >
      <Loaded query={plan} rows={10}>
        {(loaded) => <PlanParts view={loaded} />}
      </Loaded>
    </Page>
  )
}

function leadOf(view: PlanView): string {
  const until = view.state === 'draft' && view.cycle.planUntil ? `请在 ${showDate(view.cycle.planUntil)} 前签报` : ''
  const brand = view.brandName ? `品牌${quoted(view.brandName)}` : '还没有品牌'
  return [view.cycle.title, `第 ${view.version} 版`, brand, until].filter(Boolean).join('　')
}

function PlanParts({ view }: { view: PlanView }) {
  const areas = Object.entries(diagnosisAreas) as [DiagnosisArea, string][]
  return (
    <>
      <Notices view={view} />
      <PlanFigures view={view} />
      {view.differences.length > 0 && <Differences view={view} />}
      <Section title="现状分析">
        <Facts
          items={areas.flatMap(([area, label]) => [
            { label: `${label}：亮点`, value: view.diagnosis[area].highlights, wide: true },
            { label: `${label}：薄弱环节`, value: view.diagnosis[area].weakPoints, wide: true },
          ])}
        />
      </Section>
      <Section title="切入点和目标">
        <Facts
          items={[
            { label: '切入点', value: view.entryPoint, wide: true },
            { label: '年度工作目标', value: view.goals, wide: true },
          ]}
        />
      </Section>
      <Section title="任务和进度">
        <TaskList view={view} />
      </Section>
      <Section title="经费预算">
        <SpendingList view={view} />
      </Section>
      <Section title="向师生的承诺">
        {view.commitment && <Facts items={[{ label: '承诺书', value: view.commitment, wide: true }]} />}
        <PromiseList view={view} />
      </Section>
      <Section title="办理情况">
        <Handling view={view} />
      </Section>
    </>
  )
}

/** What stands between the draft and its signature. */
function Notices({ view }: { view: PlanView }) {
  const complete = view.state === 'draft' && view.gaps.length === 0
  return (
    <>
      {complete && view.moves['sign'] && (
        <div className="notice">
          <p className="notice-title">内容已经填齐，请书记核对后签报</p>
        </div>
      )}
      {view.returnReason && view.state === 'draft' && (
        <div className="notice notice-warn">
          <p className="notice-title">已退回，请按意见修改</p>
          <p>{view.returnReason}</p>
        </div>
      )}
      {view.gaps.length > 0 && (
        <div className="notice">
          <p className="notice-title">签报以前，还要补齐 {view.gaps.length} 处</p>
          <ul>
            {view.gaps.map((gap) => (
              <li key={gap.message}>{gap.message}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

function PlanFigures({ view }: { view: PlanView }) {
  const done = view.tasks.filter((task) => task.progress === 100).length
  const budget = view.budgetLines.reduce((sum, line) => sum + line.amountFen, 0)
  const spent = view.budgetLines.reduce((sum, line) => sum + line.spentFen, 0)
  return (
    <Figures
      items={[
        { label: '任务完成', value: `${done}／${view.tasks.length}` },
        { label: '预算（元）', value: showYuan(budget), note: `已支出 ${showYuan(spent)}` },
        {
          label: '意见待答复',
          value: <Link to="/comments?state=received">{view.comments.received}</Link>,
          note:
            view.comments.overdue > 0
              ? `其中 ${view.comments.overdue} 条已逾期`
              : `已答复 ${view.comments.answered} 条`,
        },
      ]}
    />
  )
}

/** Who has signed, accepted and published it, round for round and version for version. */
function Handling({ view }: { view: PlanView }) {
  return (
    <>
      <Facts
        items={[
          { label: '书记签报', value: view.signedAt && `${view.signedByName ?? ''} ${showTime(view.signedAt)}` },
          { label: '审核通过', value: view.acceptedAt && showTime(view.acceptedAt) },
          { label: '公布', value: view.publishedAt && showTime(view.publishedAt) },
          ...(view.reviseReason ? [{ label: '本版修订的理由', value: view.reviseReason, wide: true }] : []),
          ...(view.digest
            ? [{ label: '内容摘要（SHA-256）', value: <span className="digest">{view.digest}</span>, wide: true }]
            : []),
        ]}
      />
      {view.rounds.length > 0 && <Timeline moments={view.rounds} />}
      {view.versions.length > 1 && (
        <ul className="plain-list">
          {view.versions.map((one) => (
            <li key={one.id}>
              {one.id === view.id ? (
                `第 ${one.version} 版（本页）`
              ) : (
                <Link to={`/plans/${one.id}`}>第 {one.version} 版</Link>
              )}
              　{planLife.states[one.state]}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Differences({ view }: { view: PlanView }) {
  return (
    <Section title="与上一版的不同" note={view.reviseReason ? `修订的理由：${view.reviseReason}` : undefined}>
      {view.differences.map((one) => (
        <div key={one.label} className="plan-row plan-differences">
          <h3>{one.label}</h3>
          <p className="quiet">原来：{one.before || '没有'}</p>
          <p>现在：{one.after || '已删去'}</p>
        </div>
      ))}
    </Section>
  )
}
