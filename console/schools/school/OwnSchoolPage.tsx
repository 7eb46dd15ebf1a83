import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { useMe } from '#console/me.ts'
import { confirmSchool } from '#contract/schools/organization.ts'
import { CountFields, countsOf, type CountValues } from './CountFields.tsx'
import { schoolFacts } from './schoolFacts.tsx'
import { houseKeys, useSchool } from '#console/house/queries.ts'

export default function OwnSchoolPage() {
  const queries = useQueryClient()
  const me = useMe().data
  const own = me?.grants.find((grant) => grant.role === 'secretary' || grant.role === 'clerk')
  const id = own?.organizationId ?? ''
  const record = useSchool(id)
  const confirmed = record.data?.school.confirmedAt
  return (
    <Page
      title={record.data?.school.name ?? '本校情况'}
      width="text"
      explain={me?.explain[0]}
      state={record.data && <StateTag label={confirmed ? '已核对' : '待核对'} tone={confirmed ? 'ok' : 'warn'} />}
      lead="请核对本校人数，公示、满意度测评和申报都以它为准。其他内容不对的，请告诉局党工委办。"
    >
      <Loaded query={record}>
        {(one) => (
          <>
            <Draft<CountValues>
              name={`school:${id}`}
              initial={{ ...countsOf({ ...one.school, contactName: one.contactName, contactPhone: one.contactPhone }) }}
              seen={one.updatedAt}
              saveLabel="核对无误"
              done="已核对"
              onSave={async (values, _form, { seen }) => {
                await call(confirmSchool, { params: { id }, body: { ...countsOf(values), seen } })
                await readAnew(queries, houseKeys.school(id))
              }}
            >
              <CountFields stage={one.school.stage} />
            </Draft>
            <Section title="基本情况">
              <Facts items={schoolFacts(one)} />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}
