import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { useNavigate, useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { saveVisit } from '#contract/supervision/visit.ts'
import { visitKinds } from '#domain/supervision/visit.ts'
import { VisitFields, type VisitValues, visitBody } from './VisitFields.tsx'
import { supervisionKeys, useVisit, type Visit } from './queries.ts'

export default function EditVisitPage() {
  const { id = '' } = useParams()
  const visit = useVisit(id)
  return (
    <Page
      title="修改走访记录"
      width="text"
      crumbs={[
        { label: '走访', to: '/visits' },
        { label: visit.data?.schoolName ?? '走访记录', to: `/visits/${id}` },
      ]}
      lead="修改前的内容会留在审计日志里。"
    >
      <Loaded query={visit}>{(one) => <Words visit={one} />}</Loaded>
    </Page>
  )
}

function Words({ visit }: { visit: Visit }) {
  const go = useNavigate()
  const queries = useQueryClient()
  return (
    <Draft<VisitValues>
      name={`visit:${visit.id}`}
      initial={initialOf(visit)}
      seen={visit.updatedAt}
      saveLabel="保存修改"
      onSave={async (values, _form, { seen }) => {
        await call(saveVisit, { params: { id: visit.id }, body: { ...visitBody(values), seen } })
        await readAnew(queries, supervisionKeys.visits)
        await go(`/visits/${visit.id}`)
      }}
    >
      <VisitFields />
    </Draft>
  )
}

const initialOf = ({ personId, kind, visitedOn, saw, advised, followUp, photos }: Visit): VisitValues => ({
  visitorId: personId,
  kind: visitKinds.find((one) => one === kind) ?? '到校',
  visitedOn,
  saw,
  advised,
  followUp,
  photos: photos.map((one) => ({ id: one.fileId, name: one.name, kind: one.kind })),
})
