import { Link, useNavigate, useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Facts, Figures } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate, showTime, showYuan, Timeline } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { acceptPlan, amendPlan, publishPlan, returnPlan, revisePlan, signPlan } from '#contract/plan/plan.ts'
import { diagnosisAreas, type DiagnosisArea } from '#domain/plan/completeness.ts'
import { planLife } from '#domain/plan/planLife.ts'
import { planTones } from './plan.ts'
import { type PlanView, usePlan } from './queries.ts'
import { PromiseList } from './Promises.tsx'
import { SpendingList, TaskList } from './Tracking.tsx'
import { quoted } from '#domain/base/text.ts'
import './plan.css'

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

/** The one next step of this state for this person. */
function MainAction({ view }: { view: PlanView }) {
  const { id, moves } = view
  const params = { id }
  const isSecretary = useHolds('secretary')
  const isOffice = useHolds('office')
  const atSchool = useHolds('secretary', 'clerk')
  if (isOffice && moves['accept'])
    return (
      <Act
        label="审核通过"
        primary
        reasons={moves['accept']}
        confirm="通过后由学校公布；公布以前还可以改回起草。"
        run={() => call(acceptPlan, { params, body: { seen: view.updatedAt } })}
      />
    )
  if (atSchool && moves['publish'])
    return (
      <Act
        label="公布"
        primary
        reasons={moves['publish']}
        confirm="公布后，方案和品牌会在门户上公开，任何人都可以看和提意见；内容不能再改，要改须另起一版。"
        run={() => call(publishPlan, { params, body: { seen: view.updatedAt } })}
      />
    )
  if (isSecretary && moves['sign'] && view.gaps.length === 0)
    return (
      <Act
        label="签报"
        primary
        reasons={moves['sign']}
        confirm="您作为第一责任人签署本方案和承诺，报局党工委办审核。"
        run={() => call(signPlan, { params, body: { seen: view.updatedAt } })}
        done="已签报"
      />
    )
  if (atSchool && moves['edit'])
    return (
      <LinkButton to={`/plans/${id}/edit`} primary>
        继续起草
      </LinkButton>
    )
  return null
}

function MoreActions({ view }: { view: PlanView }) {
  const { id, moves, state } = view
  const params = { id }
  const navigate = useNavigate()
  const isOffice = useHolds('office')
  const isSecretary = useHolds('secretary')
  const atSchool = useHolds('secretary', 'clerk')
  return (
    <>
      {isOffice && moves['return'] && (
        <Act
          label="退回"
          reasons={moves['return']}
          ask={{ label: '退回的理由', hint: '写清哪里要改、怎样改，学校会看到。' }}
          run={(reason) => call(returnPlan, { params, body: { reason, seen: view.updatedAt } })}
        />
      )}
      {isOffice && state === 'accepted' && moves['amend'] && (
        <Act
          label="改回起草"
          reasons={moves['amend']}
          ask={{ label: '改回的理由', hint: '只在确有必要时使用，理由记入审计。' }}
          run={(reason) => call(amendPlan, { params, body: { reason } })}
        />
      )}
      {isSecretary && moves['sign'] && view.gaps.length > 0 && (
        <Act
          label="签报"
          reasons={moves['sign']}
          run={() => call(signPlan, { params, body: { seen: view.updatedAt } })}
        />
      )}
      {isSecretary && moves['edit'] && view.gaps.length === 0 && <LinkButton to={`/plans/${id}/edit`}>修改</LinkButton>}
      {atSchool && moves['revise'] && (
        <Act
          label="修订"
          reasons={moves['revise']}
          ask={{ label: '修订的理由', hint: '会另起一版草稿；新版公布以前，现在这一版继续公开。' }}
          run={async (reason, _day, held) => {
            const next = await call(revisePlan, { params, body: { reason }, once: held.id })
            void navigate(`/plans/${next.id}`)
          }}
          done="已另起一版"
        />
      )}
      {view.publishedAt && (
        <a className="button" href={`/plans/${id}`} target="_blank" rel="noopener">
          看公开页面
        </a>
      )}
    </>
  )
}

function PlanParts({ view }: { view: PlanView }) {
  const areas = Object.entries(diagnosisAreas) as [DiagnosisArea, string][]
  const done = view.tasks.filter((task) => task.progress === 100).length
  const budget = view.budgetLines.reduce((sum, line) => sum + line.amountFen, 0)
  const spent = view.budgetLines.reduce((sum, line) => sum + line.spentFen, 0)
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
      </Section>
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
