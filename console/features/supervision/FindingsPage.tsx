import { useQuery } from '@tanstack/react-query'
import { call } from '#console/api.ts'
import { Empty } from '#console/house/Empty.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { listFindings } from '#contract/supervision.ts'
import { FindingRow } from './FindingRow.tsx'

export default function FindingsPage() {
  const findings = useQuery({
    queryKey: ['findings'],
    queryFn: ({ signal }) => call(listFindings, { query: { size: 100 } }, signal),
  })
  return (
    <Page title="督查问题" lead="初步意见送达后学校可以说明或申辩；出具意见后不作处理，或者下达整改。">
      <Loaded query={findings}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="没有督查问题" hint="督查中发现并送达的问题会出现在这里。" />
          ) : (
            items.map((finding) => <FindingRow key={finding.id} finding={finding} />)
          )
        }
      </Loaded>
    </Page>
  )
}
