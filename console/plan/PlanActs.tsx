import { useNavigate } from 'react-router'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { LinkButton } from '#console/house/Page.tsx'
import { useHolds } from '#console/me.ts'
import { acceptPlan, amendPlan, publishPlan, returnPlan, revisePlan, signPlan } from '#contract/plan/plan.ts'
import type { PlanView } from './queries.ts'

/** The one next step of this state for this person. */
export function MainAction({ view }: { view: PlanView }) {
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

export function MoreActions({ view }: { view: PlanView }) {
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
