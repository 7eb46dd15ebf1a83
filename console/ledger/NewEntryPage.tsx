import { useNavigate, useSearchParams } from 'react-router'
import { pillars } from '#domain/base/pillar.ts'
import { call } from '#console/api.ts'
import { Loaded, Reasons } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { createEntry } from '#contract/ledger/ledger.ts'
import { useDesk } from './queries.ts'
import { EntryForm } from './EntryForm.tsx'
import { bodyOf } from './values.ts'

export default function NewEntryPage() {
  const desk = useDesk()
  const go = useNavigate()
  const [search] = useSearchParams()
  const pillar = pillars.find((one) => one === search.get('pillar'))

  return (
    <Page title="记台账" lead="写清事项、日期和类别就能归档，其余可以不填。" width="text">
      <Loaded query={desk}>
        {(data) => {
          const draftOnly = data.writing.length > 0
          return (
            <>
              {draftOnly && <Reasons title="现在只能存草稿" reasons={data.writing.map((one) => one.message)} />}
              <EntryForm
                name="entry:new"
                desk={data}
                initial={{ happenedOn: data.today, ...(pillar ? { pillar } : {}) }}
                saveLabel={draftOnly ? '存草稿' : '归档'}
                {...(draftOnly ? {} : { draftLabel: '存草稿' })}
                done="已存好"
                focus
                onSave={async (values, asDraft, { id }) => {
                  const file = !asDraft && !draftOnly
                  const body = { ...bodyOf(values), file, id }
                  const kept = await call(createEntry, { body })
                  await go(`/ledger/${kept.id}`, { state: { just: kept.state } })
                }}
              />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}
