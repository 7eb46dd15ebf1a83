import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Navigate, useNavigate } from 'react-router'
import { useYear } from '#console/house/year.tsx'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { startPlan } from '#contract/plan/plan.ts'
import { planKeys, useOwnPlan } from './queries.ts'

/** Leads to this year's plan, or begins it: empty, or with last year's words. */
export default function OwnPlanPage() {
  const year = useYear()
  const own = useOwnPlan(year)
  const queries = useQueryClient()
  const navigate = useNavigate()

  async function start(cycleId: string, copyFromId: string | null, once: string) {
    const { id } = await call(startPlan, { body: { cycleId, copyFromId }, once })
    // First away from here: reading this page anew would lead to the finished plan instead of its editor.
    await navigate(`/plans/${id}/edit`)
    await readAnew(queries, planKeys.own)
  }

  if (own.data?.planId) return <Navigate to={`/plans/${own.data.planId}`} replace />
  return (
    <Page years="one" title="创建方案">
      <Loaded query={own}>
        {({ cycle, copyFrom, moves }) => (
          <Empty
            title={cycle ? `${cycle.title}的创建方案还没有开始` : '现在没有进行中的年度'}
            hint={
              !cycle
                ? '局党工委办建立年度以后，就可以起草方案。'
                : cycle?.planUntil
                  ? `请在 ${showDate(cycle.planUntil)} 前签报。四个方面先分析，再定目标、任务和承诺。`
                  : '四个方面先分析，再定目标、任务和承诺。'
            }
            action={
              <>
                {cycle && copyFrom && (
                  <Act
                    label={`从${copyFrom.title}带入`}
                    primary
                    reasons={moves.start}
                    run={(_text, _day, held) => start(cycle.id, copyFrom.id, held.id)}
                    done="已带入去年的内容"
                  />
                )}
                {cycle && (
                  <Act
                    label="从空白开始"
                    primary={!copyFrom}
                    reasons={moves.start}
                    run={(_text, _day, held) => start(cycle?.id ?? '', null, held.id)}
                    done="可以起草了"
                  />
                )}
              </>
            }
          />
        )}
      </Loaded>
    </Page>
  )
}
