import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { readVisit } from '#contract/visit.ts'

export default function VisitPage() {
  const { id = '' } = useParams()
  const visit = useQuery({
    queryKey: ['visits', id],
    queryFn: ({ signal }) => call(readVisit, { params: { id } }, signal),
  })
  return (
    <Page
      title={visit.data ? `走访${visit.data.schoolName}` : '走访'}
      width="text"
      crumbs={[{ label: '走访', to: '/visits' }]}
    >
      <Loaded query={visit}>
        {(one) => (
          <Facts
            items={[
              { label: '日期', value: showDate(one.visitedOn) },
              { label: '走访人', value: one.personName },
              { label: '形式', value: one.kind },
              { label: '看到的情况', value: one.saw, wide: true },
              { label: '提出的建议', value: one.advised, wide: true },
              { label: '需要跟进的事', value: one.followUp, wide: true },
              {
                label: '照片',
                wide: true,
                value: one.photos.length > 0 && (
                  <ul className="plain-list">
                    {one.photos.map((photo) => (
                      <li key={photo.fileId}>
                        <a href={`/api/files/${photo.fileId}`}>{photo.name}</a>
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  )
}
