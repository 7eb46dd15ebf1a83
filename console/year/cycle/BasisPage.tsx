import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { useNavigate, useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { recordBasis } from '#contract/year/cycle.ts'
import { BasisFields, basisOf, type BasisValues } from './BasisFields.tsx'
import { useCycle } from '../queries.ts'

export default function BasisPage() {
  const { id = '' } = useParams()
  const go = useNavigate()
  const queries = useQueryClient()
  const detail = useCycle(id)
  return (
    <Page
      title="填写依据"
      width="text"
      crumbs={[{ label: detail.data?.cycle.title ?? '年度', to: `/cycles/${id}` }]}
      lead="备案号、批准文号可能后到，年度开启以后也可以补填，每次改动都记入审计日志。"
    >
      <Loaded query={detail}>
        {({ cycle }) => (
          <Draft<BasisValues>
            name={`basis:${id}`}
            initial={basisOf(cycle)}
            seen={cycle.updatedAt}
            onSave={async (values, _form, { seen }) => {
              await call(recordBasis, { params: { id }, body: { ...basisOf(values), seen } })
              await readAnew(queries)
              await go(`/cycles/${id}`)
            }}
          >
            <BasisFields />
          </Draft>
        )}
      </Loaded>
    </Page>
  )
}
