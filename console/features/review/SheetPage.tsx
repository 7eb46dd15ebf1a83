import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { call, type Reply } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { useNarrow } from '#console/house/narrow.ts'
import { Page } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { useHolds, useMe } from '#console/me.ts'
import { readSheet, recuseSheet, returnSheet } from '#contract/sheet.ts'
import { Declaration } from './Declaration.tsx'
import { DossierView } from './DossierView.tsx'
import { ScoreForm } from './ScoreForm.tsx'
import { ScoresRead } from './ScoresRead.tsx'
import { methodLabel, sheetLabel, sheetTone } from './words.ts'
import './review.css'

export type Sheet = Reply<typeof readSheet>

export default function SheetPage() {
  const { id = '' } = useParams()
  const sheet = useQuery({
    queryKey: ['sheet', id],
    queryFn: ({ signal }) => call(readSheet, { params: { id } }, signal),
    // The form holds what is typed; reading again behind its back would only disturb.
    refetchOnWindowFocus: false,
  })
  return (
    <Loaded query={sheet}>{(data) => <Shown key={`${data.id} ${data.state === 'submitted'}`} sheet={data} />}</Loaded>
  )
}

function Shown({ sheet }: { sheet: Sheet }) {
  const own = useMe().data?.personId === sheet.reviewerId
  const office = useHolds('office')
  return (
    <Page
      title={`${sheet.schoolName}　${methodLabel(sheet.method)}`}
      crumbs={[office && !own ? { label: '评审进展', to: '/review' } : { label: '我的评审', to: '/sheets' }]}
      state={<StateTag label={sheetLabel(sheet.state)} tone={sheetTone(sheet.state)} />}
      lead={`${sheet.stage}，评审专家 ${sheet.reviewerName}`}
      more={
        <>
          {sheet.moves['return']?.length === 0 && (
            <Act
              label="退回评分表"
              ask={{ label: '退回理由', hint: '评审专家会看到，改好后重新提交。' }}
              run={(reason) => call(returnSheet, { params: { id: sheet.id }, body: { reason } })}
            />
          )}
          {!own && sheet.moves['recuse']?.length === 0 && (
            <Act
              label="登记回避"
              ask={{
                label: '为什么不再由这位专家评这所学校',
                hint: '这位专家对这所学校的评分表都不再计入。登记后请在评审组里增加一位专家，再分配评分表。',
              }}
              run={(reason) => call(recuseSheet, { params: { id: sheet.id }, body: { kind: 'other', reason } })}
            />
          )}
        </>
      }
    >
      {sheet.returnReason && sheet.state !== 'submitted' && (
        <div className="notice notice-warn">
          <p className="notice-title">评分表被退回，请核对后重新提交</p>
          <p>{sheet.returnReason}</p>
        </div>
      )}
      {sheet.dossier === null ? <Declaration sheet={sheet} /> : <Desk sheet={sheet} dossier={sheet.dossier} />}
    </Page>
  )
}

const sides = [
  { value: 'scores', label: '评分' },
  { value: 'dossier', label: '申报材料' },
]

/** The dossier beside the scores where there is room; on phones one at a time, both kept standing. */
function Desk({ sheet, dossier }: { sheet: Sheet; dossier: string }) {
  const narrow = useNarrow(900)
  const [side, setSide] = useState('scores')
  const fillable = sheet.moves['submit']?.length === 0
  return (
    <>
      {narrow && (
        <Segmented className="desk-sides" block size="large" options={sides} value={side} onChange={setSide} />
      )}
      <div className="desk">
        <section className="desk-dossier" aria-label="申报材料" hidden={narrow && side !== 'dossier'}>
          <DossierView text={dossier} />
        </section>
        <section className="desk-scores" aria-label="评分" hidden={narrow && side !== 'scores'}>
          {fillable ? <ScoreForm sheet={sheet} /> : <ScoresRead sheet={sheet} />}
        </section>
      </div>
    </>
  )
}
