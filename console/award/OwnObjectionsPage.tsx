import { answerOwnObjection } from '#contract/award/objection.ts'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { showDate, showTime } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { useOwnObjections } from './queries.ts'

/** What the bureau asks the school because of an objection; who objected is told to nobody here. */
export default function OwnObjectionsPage() {
  const secretary = useHolds('secretary')
  const rows = useOwnObjections()
  return (
    <Page title="针对本校的异议" lead="受理了的异议在这里。教育局请学校说明的，由书记如实说明；提出人受保密，不显示。">
      <Loaded query={rows}>
        {(items) =>
          items.length === 0 ? (
            <Empty title="没有针对本校的异议" hint="公示期间受理了针对本校的异议，会出现在这里。" />
          ) : (
            items.map((row) => (
              <Section key={row.id} title={row.stateLabel} note={row.noticeTitle}>
                <Facts
                  items={[
                    { label: '收到', value: showDate(row.receivedOn) },
                    { label: '请学校说明', value: row.schoolAsked || '教育局还没有请学校说明', wide: true },
                    { label: '学校说明', value: row.schoolAnswer, wide: true },
                    { label: '说明时间', value: row.schoolAnsweredAt && showTime(row.schoolAnsweredAt) },
                  ]}
                />
                {secretary && row.schoolAsked && (
                  <div className="page-actions">
                    <Act
                      name={row.id}
                      label={row.schoolAnswer ? '修改说明' : '说明情况'}
                      primary={!row.schoolAnswer}
                      reasons={row.moves['answer']}
                      ask={{ label: '情况说明', initial: row.schoolAnswer, hint: '原来的说明留存。' }}
                      run={(text) =>
                        call(answerOwnObjection, { params: { id: row.id }, body: { text, seen: row.updatedAt } })
                      }
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
