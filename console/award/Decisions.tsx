import { confirmDecision } from '#contract/award/award.ts'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Attachments } from '#console/house/Attachments.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Section } from '#console/house/Page.tsx'
import { showDate, showTime } from '#console/house/Timeline.tsx'
import { useDecisions, type WaitingDecision } from './queries.ts'

/** Decisions that wait for their second person, who holds them against the minutes. */
export function Decisions() {
  const rows = useDecisions()
  return rows.data?.map((one) => <Decision key={one.id} one={one} />)
}

function Decision({ one }: { one: WaitingDecision }) {
  return (
    <Section title="审定决定待核对" note={`${one.cycleTitle}。请对照会议纪要核对名单，确认以后才能发布公示。`}>
      <Facts
        items={[
          { label: '会议日期', value: showDate(one.heldOn) },
          { label: '登记', value: `${one.decidedByName}，${showTime(one.decidedAt)}` },
          { label: '名单', value: namesOf(one), wide: true },
          { label: '参会人员', value: one.attendees, wide: true },
          { label: '会议纪要', value: one.minutes, wide: true },
          { label: '纪要附件', value: one.files.length > 0 && <Attachments files={one.files} />, wide: true },
          { label: '没有按名次选的理由', value: one.skipReason, wide: true },
        ]}
      />
      <div className="page-actions">
        <Confirm one={one} />
      </div>
    </Section>
  )
}

export const namesOf = (one: Pick<WaitingDecision, 'names'>): string =>
  one.names.map((name) => [name.schoolName, name.grade].filter(Boolean).join(' ')).join('\n') || '不增补'

function Confirm({ one }: { one: WaitingDecision }) {
  const run = (reason = '') => call(confirmDecision, { params: { id: one.id }, body: { reason, seen: one.digest } })
  return one.alone ? (
    <Act
      name={one.id}
      label="确认审定决定"
      primary
      reasons={one.moves['confirm']}
      ask={{
        label: '为什么由登记人自己确认',
        hint: '现在没有另一位局党工委办同志或分包领导能确认。理由和“登记、确认为同一人”一起记录在案。',
      }}
      done="已确认"
      run={run}
    />
  ) : (
    <Act
      label="确认审定决定"
      primary
      reasons={one.moves['confirm']}
      confirm="名单和会议纪要一致的，确认；不一致的，请局党工委办用“更正审定”重新登记。"
      done="已确认"
      run={() => run()}
    />
  )
}
