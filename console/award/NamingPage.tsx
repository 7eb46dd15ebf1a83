import { Link, useNavigate } from 'react-router'
import { reopenDecision } from '#contract/award/award.ts'
import { draftNotice } from '#contract/award/notice.ts'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Attachments } from '#console/house/Attachments.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Facts, Figures } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { useYear } from '#console/house/year.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate, showTime } from '#console/house/Timeline.tsx'
import { RowList } from '#console/house/RowList.tsx'
import { awardLife, type AwardState } from '#domain/award/awardLife.ts'
import { noticeLife, type NoticeState } from '#domain/award/noticeLife.ts'
import { resultLife } from '#domain/review/resultLife.ts'
import { outcomeWords } from '#domain/year/outcome.ts'
import { noWayBack } from '#domain/base/wayBack.ts'
import { Announce, AwardActs, Confer } from './Conferral.tsx'
import { namesOf } from './Decisions.tsx'
import { Decide } from './Decide.tsx'
import { type Naming, useNaming } from './queries.ts'

export default function NamingPage() {
  const year = useYear()
  const naming = useNaming(year)
  return <Loaded query={naming}>{(data) => <Shown naming={data} />}</Loaded>
}

function Shown({ naming }: { naming: Naming }) {
  const { result, notice } = naming
  const words = outcomeWords(naming.outcomeKind)
  const standing = naming.awards.filter((award) => award.state !== 'superseded' && award.state !== 'revoked')
  return (
    <Page
      years="one"
      title="审定公布"
      lead={`${naming.cycleTitle}：${words.title}，${naming.awardTitle}`}
      action={<NextStep naming={naming} />}
      more={
        result &&
        naming.reopenReasons.length === 0 && (
          <Act
            label="更正审定"
            danger
            confirm={naming.knockOn.join('')}
            ending={`${noWayBack.award.supersede}${noWayBack.notice.supersede}`}
            ask={{ label: '更正的理由', hint: '会显示在被替代的公示上。' }}
            run={(reason) => call(reopenDecision, { params: { id: result.id }, body: { reason, seen: naming.seen } })}
          />
        )
      }
    >
      <Figures
        items={[
          { label: '评审结果', value: result ? resultLife.states[result.state] : '尚未计算' },
          {
            label: words.proposed,
            value: standing.length,
            note: naming.quota.most > 0 ? `最多 ${naming.quota.most} 所` : naming.quota.reason,
          },
          {
            label: '公示',
            value: notice ? noticeLife.states[notice.state as NoticeState] : '未起草',
            note: notice?.endsOn && `至 ${showDate(notice.endsOn)}`,
          },
        ]}
      />
      {naming.hidden > 0 && (
        <p className="notice">
          您回避的 {naming.hidden} 所学校不在这里显示；登记决定、公示和公布由局党工委办的另一位同志办理。
        </p>
      )}
      {naming.awards.length > 0 && <Names naming={naming} />}
      {result?.state === 'sealed' && naming.decideReasons.length === 0 && (
        <Decide key={naming.decisions[0]?.id ?? 'first'} naming={naming} resultId={result.id} />
      )}
      {naming.awards.some((award) => award.state === 'publicised') && <Confer naming={naming} />}
      {naming.awards.some((award) => award.state === 'conferred') && <Announce naming={naming} />}
      {!result && <Empty title="还没有评审结果" hint="评分表全部提交、结果封存后，在这里登记审定会议的决定。" />}
      <History naming={naming} />
    </Page>
  )
}

function confirmedIn(one: Naming['decisions'][number]) {
  if (one.confirmedAt) return `${showTime(one.confirmedAt)}，${one.confirmedByName}`
  if (one.supersededAt) return '没有确认'
  return <Link to="/revocations">等另一人核对确认，之后才能发布公示</Link>
}

function NextStep({ naming }: { naming: Naming }) {
  const year = useYear()
  const go = useNavigate()
  const { notice, result } = naming
  if (notice)
    return (
      <LinkButton to={`/notices/${notice.id}`} primary={notice.state !== 'ended'}>
        {notice.state === 'draft' ? '核对并发布公示' : '查看公示'}
      </LinkButton>
    )
  if (result?.state !== 'decided') return null
  return (
    <Act
      label="起草公示"
      primary
      reasons={naming.noticeReasons}
      run={async (_text, _day, held) => {
        const { id } = await call(draftNotice, { query: { year }, body: { seen: naming.seen }, once: held.id })
        await go(`/notices/${id}`)
      }}
    />
  )
}

function Names({ naming }: { naming: Naming }) {
  const tones = { conferred: 'ok', revoked: 'bad', superseded: 'quiet' } as const
  return (
    <Section title="名单" note="按学段和校名排列，不分先后。撤销由另一人确认后生效。">
      <RowList>
        {naming.awards.map((award) => (
          <li key={award.id}>
            <div>
              <span className="row-list-title">{award.schoolName}</span>
              <p className="quiet">
                {[award.brandName, award.grade].filter(Boolean).join('，')}
                {award.certificateNumber && (
                  <>
                    ，证书 <a href={`/certificates/${award.certificateNumber}`}>{award.certificateNumber}</a>
                  </>
                )}
                {award.revokedReason && `，撤销理由：${award.revokedReason}`}
              </p>
              {award.asked && (
                <p className="quiet">
                  {award.asked.askedByName}提出{award.asked.kind === 'revoke' ? '撤销' : '更正撤销'}：
                  {award.asked.reason}。<Link to="/revocations">等另一人确认</Link>
                </p>
              )}
            </div>
            <div className="row-list-due">
              <StateTag
                label={awardLife.states[award.state as AwardState]}
                tone={tones[award.state as keyof typeof tones] ?? 'info'}
              />
              <AwardActs award={award} naming={naming} />
            </div>
          </li>
        ))}
      </RowList>
    </Section>
  )
}

/** Every decision and notice of the year, those that were superseded included. */
function History({ naming }: { naming: Naming }) {
  if (naming.decisions.length === 0) return null
  return (
    <Section title="审定和公示的经过" note="被更正的决定和公示都留着，可以查看。">
      {naming.decisions.map((one) => (
        <Facts
          key={one.id}
          items={[
            { label: '会议日期', value: showDate(one.heldOn) },
            { label: '登记', value: `${showTime(one.decidedAt)}，${one.decidedByName}` },
            { label: '核对确认', value: confirmedIn(one) },
            { label: '名单', value: namesOf(one), wide: true },
            { label: '参会人员', value: one.attendees, wide: true },
            { label: '会议纪要', value: one.minutes, wide: true },
            { label: '纪要附件', value: one.files.length > 0 && <Attachments files={one.files} />, wide: true },
            { label: '没有按名次选的理由', value: one.skipReason, wide: true },
            { label: '登记、确认为同一人的理由', value: one.mergedReason, wide: true },
            {
              label: '更正',
              value: one.supersededAt && `${showTime(one.supersededAt)}由后来的审定接替，理由：${one.supersededReason}`,
              wide: true,
            },
          ]}
        />
      ))}
      <ul className="plain-list">
        {naming.notices.map((one) => (
          <li key={one.id}>
            <Link to={`/notices/${one.id}`}>{one.title}</Link>
            {`　${noticeLife.states[one.state as NoticeState]}`}
            {one.postedOn && `，${showDate(one.postedOn)} 至 ${showDate(one.endsOn)}`}
            {one.closedReason && `，理由：${one.closedReason}`}
          </li>
        ))}
      </ul>
    </Section>
  )
}
