import { useNavigate, useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Loaded, Reasons } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { saveEntry } from '#contract/ledger/ledger.ts'
import { deskFor } from './desk.ts'
import { useDesk, useEntry } from './queries.ts'
import { EntryForm } from './EntryForm.tsx'
import { bodyOf, valuesOf } from './values.ts'

export default function EditEntryPage() {
  const { id = '' } = useParams()
  const desk = useDesk()
  const entry = useEntry(id)
  const go = useNavigate()
  return (
    <Page title="修改草稿" width="text" crumbs={[{ label: '台账', to: '/ledger' }]}>
      <Loaded query={desk}>
        {(data) => (
          <Loaded query={entry}>
            {(one) => {
              const against = one.moves['save'] ?? [{ message: '这一条已经归档，请用“更正”修改。' }]
              if (against.length > 0)
                return <Reasons title="现在不能修改" reasons={against.map((reason) => reason.message)} />
              const draftOnly = (one.moves['file'] ?? []).length > 0
              return (
                <EntryForm
                  name={`entry:${id}`}
                  desk={deskFor(data, one)}
                  initial={valuesOf(one)}
                  seen={one.updatedAt}
                  saveLabel={draftOnly ? '存草稿' : '归档'}
                  {...(draftOnly ? {} : { draftLabel: '存草稿' })}
                  done="已存好"
                  onSave={async (values, asDraft, { seen }) => {
                    await call(saveEntry, {
                      params: { id },
                      body: { ...bodyOf(values), file: !asDraft && !draftOnly, seen },
                    })
                    await go(`/ledger/${id}`)
                  }}
                />
              )
            }}
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}
