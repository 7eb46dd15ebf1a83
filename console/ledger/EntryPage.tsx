import './ledger.css'
import { useLocation, useNavigate, useParams } from 'react-router'
import { entryTextKeys, entryTexts, showParticipants, tagLabels } from '#domain/ledger/entryContent.ts'
import { entryLife } from '#domain/ledger/entryLife.ts'
import { pillarLabels } from '#domain/base/pillar.ts'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Attachments } from '#console/house/Attachments.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate, Timeline } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { fileEntry, removeEntry, restoreEntry, voidEntry } from '#contract/ledger/ledger.ts'
import { type Entry, useEntry } from './queries.ts'
import { houseKeys } from '#console/house/queries.ts'

/** Texts that the page shows as they stand, each in a line of its own. */
const longTexts = entryTextKeys.filter((key) => key !== 'place' && key !== 'link')

const stateTones = { draft: 'warn', filed: 'ok', voided: 'quiet' } as const

export default function EntryPage() {
  const { id = '' } = useParams()
  const entry = useEntry(id)
  return <Loaded query={entry}>{(one) => <EntrySheet entry={one} />}</Loaded>
}

function EntrySheet({ entry }: { entry: Entry }) {
  const writes = useHolds('secretary', 'clerk')
  const just = (useLocation().state as { just?: string } | null)?.just
  return (
    <Page
      title={entry.title}
      crumbs={[{ label: '台账', to: '/ledger' }]}
      lead={`${entry.schoolName}　${showDate(entry.happenedOn)}`}
      state={
        <>
          <StateTag label={entryLife.states[entry.state]} tone={stateTones[entry.state]} />
          {entry.cycleTitle === null && <StateTag label="待归入年度" tone="info" />}
          {entry.late && <StateTag label="逾期归档" tone="warn" />}
          {entry.frozen && <StateTag label="已被申报引用" tone="info" />}
        </>
      }
      action={writes && (just ? <LinkButton to="/ledger/new">再记一条</LinkButton> : <MainAction entry={entry} />)}
      more={writes && <OtherActions entry={entry} just={just !== undefined} />}
    >
      {entry.state === 'voided' && (
        <div className="notice">
          <p className="notice-title">这一条已作废，不计入任何数字</p>
          <p className="lines">{entry.voidReason}</p>
        </div>
      )}
      {entry.warnings.length > 0 && (
        <div className="notice notice-warn">
          {entry.warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </div>
      )}
      <Facts
        items={[
          { label: '类别', value: pillarLabels[entry.pillar] },
          { label: '形式', value: entry.formLabel },
          { label: '地点', value: entry.place },
          { label: '参加人数', value: showParticipants(entry, entry.stage) },
          { label: '融合方向', value: entry.tags.map((tag) => tagLabels[tag]).join('、') },
          {
            label: '对应方案任务',
            value: entry.taskGone ? `${entry.taskContent ?? ''}（现在的方案已删去这一项）` : entry.taskContent,
          },
          ...longTexts.map((key) => ({ label: entryTexts[key].label, value: entry[key], wide: true })),
          {
            label: '媒体专栏链接',
            value: entry.link && (
              <a href={entry.link} target="_blank" rel="noreferrer">
                {entry.link}
              </a>
            ),
            wide: true,
          },
        ]}
      />
      <Section title="佐证材料">
        {entry.evidence.length === 0 ? <p className="quiet">没有附材料。</p> : <Attachments files={entry.evidence} />}
      </Section>
      <Section title="经过">
        <Timeline moments={momentsOf(entry)} />
      </Section>
    </Page>
  )
}

function MainAction({ entry }: { entry: Entry }) {
  if (entry.state === 'draft')
    return (
      <Act
        primary
        label="归档"
        reasons={entry.moves['file']}
        run={() => call(fileEntry, { params: { id: entry.id } })}
        done="已归档"
      />
    )
  if (entry.state === 'voided')
    return (
      <Act
        label="恢复"
        reasons={entry.moves['restore']}
        ask={{ label: '恢复的理由' }}
        run={(reason) => call(restoreEntry, { params: { id: entry.id }, body: { reason } })}
        done="已恢复，重新计入"
      />
    )
  return <CorrectButton entry={entry} />
}

function OtherActions({ entry, just }: { entry: Entry; just: boolean }) {
  const go = useNavigate()
  if (entry.state === 'voided') return null
  if (entry.state === 'filed')
    return (
      <>
        {just && <CorrectButton entry={entry} />}
        <Act
          label="作废"
          danger
          reasons={entry.moves['void']}
          ask={{ label: '作废的理由', hint: '重复记的、试记的才作废。作废后不计入任何数字，仍可查看，也可以恢复。' }}
          run={(reason) => call(voidEntry, { params: { id: entry.id }, body: { reason } })}
          done="已作废"
        />
      </>
    )
  return (
    <>
      <LinkButton to={`/ledger/${entry.id}/edit`}>修改</LinkButton>
      <Act
        danger
        label="删除"
        reasons={entry.moves['remove']}
        confirm="删除这条草稿，列表中不再出现。"
        run={async () => {
          await call(removeEntry, { params: { id: entry.id } })
          await go('/ledger', { replace: true })
        }}
        done="已删除"
        refresh={[houseKeys.lists]}
      />
    </>
  )
}

function CorrectButton({ entry }: { entry: Entry }) {
  const reasons = entry.moves['correct'] ?? []
  if (reasons.length > 0) return <Act label="更正" reasons={reasons} run={() => undefined} />
  return <LinkButton to={`/ledger/${entry.id}/correct`}>更正</LinkButton>
}

function momentsOf(entry: Entry) {
  const corrections = entry.versions.toReversed().map((one) => ({
    id: one.id,
    at: one.createdAt,
    who: one.personName,
    title: `更正：${one.reason}`,
    tone: 'info' as const,
    detail: <Changes differences={one.differences} />,
  }))
  const filed = entry.filedAt
    ? [
        {
          id: 'filed',
          at: entry.filedAt,
          who: entry.filedByName ?? '',
          title: entry.late ? '归档（逾期）' : '归档',
          tone: 'ok' as const,
        },
      ]
    : []
  const voided = entry.voidedAt
    ? [
        {
          id: 'voided',
          at: entry.voidedAt,
          who: entry.voidedByName ?? '',
          title: `作废：${entry.voidReason ?? ''}`,
          tone: 'warn' as const,
        },
      ]
    : []
  return [
    ...voided,
    ...corrections,
    ...filed,
    { id: 'created', at: entry.createdAt, who: entry.createdByName, title: '记入' },
  ]
}

function Changes(props: { differences: Entry['versions'][number]['differences'] }) {
  return (
    <table className="versions">
      <thead>
        <tr>
          <th scope="col">项目</th>
          <th scope="col">更正前</th>
          <th scope="col">更正后</th>
        </tr>
      </thead>
      <tbody>
        {props.differences.map((one) => (
          <tr key={one.label}>
            <th scope="row">{one.label}</th>
            <td>
              <del>{one.before || '（空）'}</del>
            </td>
            <td>
              <ins>{one.after || '（空）'}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
