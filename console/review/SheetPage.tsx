import { Segmented } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { useNarrow } from '#console/house/narrow.ts'
import { Page } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { Table } from '#console/house/Table.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { useHolds, useMe } from '#console/me.ts'
import { askExclusion, judgeExclusion, recuseSheet, returnSheet } from '#contract/review/sheet.ts'
import { showScore } from '#domain/base/score.ts'
import { noWayBack } from '#domain/base/wayBack.ts'
import { Declaration } from './Declaration.tsx'
import { DossierView } from '#console/application/application/DossierView.tsx'
import { type DossierPart, openPart } from '#console/application/application/evidence.ts'
import { ScoreForm } from './ScoreForm.tsx'
import { ScoresRead } from './ScoresRead.tsx'
import { methodLabel, sheetLabel, sheetTone } from './words.ts'
import './review.css'
import { type Sheet, useSheet } from './queries.ts'

export default function SheetPage() {
  const { id = '' } = useParams()
  const sheet = useSheet(id)
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
              run={(reason) => call(returnSheet, { params: { id: sheet.id }, body: { reason, seen: sheet.updatedAt } })}
            />
          )}
          {!own && sheet.moves['recuse']?.length === 0 && <GiveUp sheet={sheet} />}
          {!own && sheet.exclusion === null && sheet.moves['exclude']?.length === 0 && (
            <Act
              label="提请剔除"
              danger
              ask={{
                label: '为什么这张评分表不应计入',
                hint: '由局党工委办的另一位同志确认；确认以前照样计入，但不能计算结果。分数留存备查。',
              }}
              run={(reason) =>
                call(askExclusion, { params: { id: sheet.id }, body: { reason, seen: sheet.updatedAt } })
              }
            />
          )}
        </>
      }
    >
      {sheet.exclusion && <Exclusion sheet={sheet} exclusion={sheet.exclusion} own={own} />}
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

/** Absence gives up one sheet; a conflict found later gives up the school. */
function GiveUp({ sheet }: { sheet: Sheet }) {
  const params = { id: sheet.id }
  return (
    <>
      <Act
        label="不能继续评"
        ask={{ label: '理由', hint: '只收回这一张评分表，例如因病不能参加访谈；这位专家的其他评分表照旧。' }}
        run={(reason) => call(recuseSheet, { params, body: { kind: 'unable', reason, seen: sheet.updatedAt } })}
      />
      <Act
        label="登记回避"
        ask={{
          label: '这位专家与这所学校有什么关系',
          hint: '没有交过的评分表马上收回；交过的须由另一位同志确认才剔除。',
        }}
        run={(reason) => call(recuseSheet, { params, body: { kind: 'other', reason, seen: sheet.updatedAt } })}
      />
    </>
  )
}

function Exclusion({
  sheet,
  exclusion,
  own,
}: {
  sheet: Sheet
  exclusion: NonNullable<Sheet['exclusion']>
  own: boolean
}) {
  const answer = (confirm: boolean) => (reason: string) =>
    call(judgeExclusion, { params: { id: sheet.id }, body: { confirm, reason, seen: exclusion.stamp } })
  return (
    <div className="notice notice-warn">
      <p className="notice-title">
        {sheet.state === 'excluded' ? '已剔除，不计入得分' : '有人提请剔除这张评分表，等另一位同志确认'}
      </p>
      <p>
        {exclusion.by}，{showTime(exclusion.at)}：{exclusion.reason}
      </p>
      {!own && sheet.state !== 'excluded' && (
        <p className="notice-acts">
          <Act
            label="确认剔除"
            danger
            reasons={sheet.moves['exclude'] ?? []}
            ending={noWayBack.scoreSheet.exclude}
            ask={{ label: '确认意见' }}
            run={answer(true)}
          />
          <Act label="不予剔除" ask={{ label: '理由' }} run={answer(false)} />
        </p>
      )}
    </div>
  )
}

/** What was submitted before it was returned stays to be read. */
function Versions({ sheet }: { sheet: Sheet }) {
  if (sheet.versions.length === 0) return null
  return (
    <Table
      caption="以前提交过的"
      rows={sheet.versions}
      keyOf={(one) => String(one.version)}
      columns={[
        { title: '提交时间', render: (one) => showTime(one.at) },
        { title: '总分', kind: 'number', render: (one) => (one.total === null ? '' : showScore(one.total)) },
        { title: '退回理由', render: (one) => one.returned },
      ]}
    />
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
  const look = (part: DossierPart) => {
    setSide('dossier')
    // On a phone the dossier is shown first, and then its part.
    requestAnimationFrame(() => openPart(part))
  }
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
          {fillable ? <ScoreForm sheet={sheet} onLook={look} /> : <ScoresRead sheet={sheet} />}
          <Versions sheet={sheet} />
        </section>
      </div>
    </>
  )
}
