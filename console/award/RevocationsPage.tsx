import { decideRevocation } from '#contract/award/award.ts'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { Decisions } from './Decisions.tsx'
import { useRevocations } from './queries.ts'

const kinds = { revoke: '撤销', restore: '更正撤销' } as const
const outcomes = { asked: '待确认', confirmed: '已确认', dropped: '已放弃' } as const
const tones = { asked: 'warn', confirmed: 'ok', dropped: 'quiet' } as const

/** What one person asked and another one has to look at. */
export default function RevocationsPage() {
  const rows = useRevocations()
  return (
    <Page title="审定和撤销确认" lead="审定决定由一人登记、另一人核对；撤销和更正撤销由一人提出、另一人确认。">
      <Decisions />
      <Loaded query={rows}>
        {(items) =>
          items.length === 0 ? (
            <Empty title="没有撤销" hint="在“审定公布”页提出的撤销会出现在这里，等另一人确认。" />
          ) : (
            items.map((row) => (
              <Section key={row.id} title={`${kinds[row.kind]}：${row.schoolName}`} note={row.title}>
                <Facts
                  items={[
                    { label: '状态', value: <StateTag label={outcomes[row.outcome]} tone={tones[row.outcome]} /> },
                    { label: '提出', value: `${row.askedByName}，${showTime(row.askedAt)}` },
                    { label: '理由', value: row.reason, wide: true },
                    { label: '办理', value: row.decidedAt && `${row.decidedByName ?? ''}，${showTime(row.decidedAt)}` },
                  ]}
                />
                {row.outcome === 'asked' && (
                  <div className="page-actions">
                    <Act
                      label={`确认${kinds[row.kind]}`}
                      danger={row.kind === 'revoke'}
                      reasons={row.moves['confirm']}
                      confirm={
                        row.kind === 'revoke'
                          ? '确认后证书、公示、门户和名单都显示已撤销，空出的名额可以增补。'
                          : '确认后恢复入选，证书重新有效。'
                      }
                      run={() => call(decideRevocation, { params: { id: row.id }, body: { action: 'confirm' } })}
                    />
                    <Act
                      label="放弃"
                      reasons={row.moves['drop']}
                      confirm="放弃以后一切不变。"
                      run={() => call(decideRevocation, { params: { id: row.id }, body: { action: 'drop' } })}
                    />
                  </div>
                )}
              </Section>
            ))
          )
        }
      </Loaded>
    </Page>
  )
}
