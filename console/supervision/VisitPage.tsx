import { useParams } from 'react-router'
import { Attachments } from '#console/house/Attachments.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page } from '#console/house/Page.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { useVisit } from './queries.ts'

export default function VisitPage() {
  const { id = '' } = useParams()
  const visit = useVisit(id)
  return (
    <Page
      title={visit.data ? `走访${visit.data.schoolName}` : '走访'}
      width="text"
      crumbs={[{ label: '走访', to: '/visits' }]}
      more={visit.data?.mayWrite && <LinkButton to={`/visits/${id}/edit`}>修改</LinkButton>}
    >
      <Loaded query={visit}>
        {(one) => (
          <Facts
            items={[
              { label: '日期', value: showDate(one.visitedOn) },
              { label: '走访人', value: one.personName },
              ...(one.recordedByName ? [{ label: '记录人', value: one.recordedByName }] : []),
              { label: '形式', value: one.kind },
              { label: '看到的情况', value: one.saw, wide: true },
              { label: '提出的建议', value: one.advised, wide: true },
              { label: '需要跟进的事', value: one.followUp, wide: true },
              { label: '照片', value: one.photos.length > 0 && <Attachments files={one.photos} />, wide: true },
            ]}
          />
        )}
      </Loaded>
    </Page>
  )
}
