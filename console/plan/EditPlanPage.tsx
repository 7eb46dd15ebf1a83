import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { useNavigate, useParams } from 'react-router'
import { call, Refused } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import type { Held } from '#console/house/useDraft.ts'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { savePlan } from '#contract/plan/plan.ts'
import { pillarLabels } from '#domain/base/pillar.ts'
import { PlanFields } from './PlanFields.tsx'
import { type PlanView, usePlan } from './queries.ts'
import { bodyOf, type PlanValues, valuesOf } from './values.ts'
import './plan.css'

export default function EditPlanPage() {
  const id = useParams()['id'] ?? ''
  const plan = usePlan(id)
  return (
    <Page
      title="起草创建方案"
      lead={plan.data && `${plan.data.cycle.title}，第 ${plan.data.version} 版。可以分几次写，随时保存。`}
      crumbs={[{ label: '创建方案', to: `/plans/${id}` }]}
      width="text"
    >
      <Loaded query={plan} rows={10}>
        {(view) => (
          <>
            {view.returnReason && view.state === 'draft' && (
              <div className="notice notice-warn">
                <p className="notice-title">已退回，请按意见修改</p>
                <p>{view.returnReason}</p>
              </div>
            )}
            <PlanForm view={view} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function PlanForm({ view }: { view: PlanView }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const barred = view.moves['edit']
  if (!barred || barred.length > 0) {
    return <p>{barred?.[0]?.message ?? `方案现在是“${view.stateLabel}”，不能修改。`}</p>
  }

  async function save(values: PlanValues, { seen }: Held) {
    try {
      await call(savePlan, { params: { id: view.id }, body: { updatedAt: seen, content: bodyOf(values) } })
    } catch (error) {
      // The server names fields of the request; the form knows them without the envelope.
      if (error instanceof Refused)
        for (const reason of error.reasons) if (reason.field) reason.field = reason.field.replace(/^content\./, '')
      throw error
    }
    await readAnew(queries)
    void navigate(`/plans/${view.id}`)
  }

  return (
    <Draft<PlanValues>
      name={`plan:${view.id}`}
      initial={valuesOf(view)}
      seen={view.updatedAt}
      names={pillarLabels}
      labels={{ tasks: '任务和措施', budgetLines: '经费预算', promises: '向师生的承诺' }}
      onSave={(_values, form, held) => save(form.getFieldsValue(true) as PlanValues, held)}
      saveLabel="保存草稿"
    >
      <PlanFields />
    </Draft>
  )
}
