import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Navigate, useNavigate } from 'react-router'
import { openSummary } from '#contract/application/summary.ts'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { useYear } from '#console/house/year.tsx'
import { applicationKeys, useOwnSummary } from '../queries.ts'

/** Leads to the school's own summary, or begins it; looking makes nothing. */
export default function OwnSummaryPage() {
  const year = useYear()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const own = useOwnSummary(year)

  async function start(_text: string, _day: string | undefined, held: { id: string }) {
    const { id } = await call(openSummary, { query: { year }, once: held.id })
    // First away from here: reading this page anew would lead away by itself.
    await navigate(`/summaries/${id}`)
    await readAnew(queries, applicationKeys.ownSummary)
  }

  if (own.data?.id) return <Navigate replace to={`/summaries/${own.data.id}`} />
  return (
    <Page title="年度总结">
      <Loaded query={own}>
        {({ cycleTitle, moves }) => (
          <Empty
            title={cycleTitle ? `${cycleTitle}的总结还没有开始` : '现在没有进行中的年度'}
            hint={
              cycleTitle
                ? '台账、任务、经费这些数字由系统汇总，您只写成效、问题和打算。'
                : '局党工委办建立年度以后，就可以写总结。'
            }
            action={cycleTitle && <Act label="开始写总结" primary reasons={moves.start} run={start} done="可以写了" />}
          />
        )}
      </Loaded>
    </Page>
  )
}
