import { useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Attachments } from '#console/house/Attachments.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { PublicPicture } from '#console/house/PublicPicture.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { RowList } from '#console/house/RowList.tsx'
import { useHolds } from '#console/me.ts'
import { cancelEvent, checkInSchool, type EventDetail, publishEvent, respondEvent } from '#contract/showcase/event.ts'
import { shanghaiDate } from '#domain/base/calendar.ts'
import { eventLife } from '#domain/showcase/eventLife.ts'
import { noWayBack } from '#domain/base/wayBack.ts'
import { Outcome } from './Outcome.tsx'
import { quoted } from '#domain/base/text.ts'
import { useEvent } from '../queries.ts'

export default function EventPage() {
  const { id = '' } = useParams()
  const event = useEvent(id)
  return <Loaded query={event}>{(data) => <Shown event={data} />}</Loaded>
}

function Shown({ event }: { event: EventDetail }) {
  const { moves } = event
  const params = { id: event.id }
  const may = (action: string) => moves[action]?.length === 0
  const office = useHolds('office')
  const bureau = useHolds('office', 'leader', 'department')
  const mine = event.schools.find((one) => one.mine)
  return (
    <Page
      title={event.title}
      crumbs={[{ label: '活动', to: '/events' }]}
      state={<StateTag label={eventLife.states[event.state]} tone={event.state === 'published' ? 'info' : 'quiet'} />}
      lead={`${event.kind}，${timesOf(event)}，${event.place}`}
      action={
        may('publish') && (
          <Act
            label="发布活动"
            primary
            confirm="发布后学校可以报名，门户上可以看到。"
            run={() => call(publishEvent, { params, body: { seen: event.updatedAt } })}
          />
        )
      }
      more={<MoreActs event={event} />}
    >
      <EventFacts event={event} />
      {event.changes.length > 0 && <Changes event={event} />}
      {mine && <Answer event={event} mine={mine} />}
      {bureau && (
        <Section title={`学校　${event.schools.length}`}>
          {event.schools.length === 0 ? (
            <p className="quiet">没有邀请学校。</p>
          ) : (
            <Schools
              event={event}
              checking={moves['hold'] !== undefined && office && shanghaiDate(event.startsAt) <= today()}
            />
          )}
        </Section>
      )}
      {event.pictures.length > 0 && <Pictures event={event} />}
      {may('hold') && <Outcome event={event} />}
      {may('amend') && <Outcome key={event.updatedAt} event={event} />}
      {office && moves['hold'] && !may('hold') && <HoldLater reasons={moves['hold']} />}
    </Page>
  )
}

const answers = { invited: '未回复', registered: '参加', declined: '不参加' } as const

// The bureau's calendar day, wherever the browser stands.
const today = (): string => shanghaiDate(new Date().toISOString())

const answerTones = { invited: 'warn', registered: 'ok', declined: 'quiet' } as const

/** An event of one day says its day once. */
function timesOf({ startsAt, endsAt }: Pick<EventDetail, 'startsAt' | 'endsAt'>): string {
  const [from, to] = [showTime(startsAt), showTime(endsAt)]
  return `${from} 至 ${shanghaiDate(startsAt) === shanghaiDate(endsAt) ? to.slice(to.indexOf(' ') + 1) : to}`
}

function MoreActs({ event }: { event: EventDetail }) {
  const office = useHolds('office')
  const may = (action: string) => event.moves[action]?.length === 0
  return (
    <>
      {may('publish') && <LinkButton to={`/events/${event.id}/edit`}>修改</LinkButton>}
      {may('change') && <LinkButton to={`/events/${event.id}/edit`}>更改安排</LinkButton>}
      {office && <LinkButton to={`/events/new?from=${event.id}`}>照此再办一次</LinkButton>}
      {may('cancel') && (
        <Act
          label="取消活动"
          ending={noWayBack.event.cancel}
          ask={{ label: '取消的理由', hint: '换时间、换地点请用“更改安排”。' }}
          run={(reason) => call(cancelEvent, { params: { id: event.id }, body: { reason } })}
        />
      )}
      {(event.state === 'published' || event.state === 'held') && (
        <a className="button" href={`/events/${event.id}`}>
          门户上的活动
        </a>
      )}
    </>
  )
}

function EventFacts({ event }: { event: EventDetail }) {
  return (
    <Facts
      items={[
        ...(event.hostName ? [{ label: '承办学校', value: event.hostName }] : []),
        { label: '议程', value: event.agenda, wide: true },
        ...(event.outcome ? [{ label: '成果', value: event.outcome, wide: true }] : []),
        ...(event.materials.length > 0
          ? [{ label: '材料', value: <Attachments files={event.materials} />, wide: true }]
          : []),
      ]}
    />
  )
}

/** What has been altered since it was published, and what stood there before. */
function Changes({ event }: { event: EventDetail }) {
  return (
    <Section title={`更改　${event.changes.length}`}>
      <RowList>
        {event.changes.map((one) => (
          <li key={one.at}>
            <div>
              <span className="row-list-title">{one.reason}</span>
              <p className="quiet">{`原来是${quoted(one.title)}，${timesOf(one)}，${one.place}`}</p>
            </div>
            <p className="row-list-due">{`${showTime(one.at)} ${one.personName}`}</p>
          </li>
        ))}
      </RowList>
    </Section>
  )
}

function Pictures({ event }: { event: EventDetail }) {
  return (
    <Section title={`公开的图片　${event.pictures.length}`} note="有家长或老师不同意公开的，立刻撤下。">
      {event.pictures.map((one, at) => (
        <PublicPicture key={one.fileId} picture={one} alt={`活动图片 ${at + 1} ${one.name}`} />
      ))}
    </Section>
  )
}

function HoldLater({ reasons }: { reasons: readonly { message: string }[] }) {
  return (
    <Section title="登记成果">
      {reasons.map((reason) => (
        <p key={reason.message} className="quiet">
          {reason.message}
        </p>
      ))}
    </Section>
  )
}

function Schools({ event, checking }: { event: EventDetail; checking: boolean }) {
  return (
    <RowList>
      {event.schools.map((one) => (
        <li key={one.schoolId}>
          <div>
            <span className="row-list-title">{one.schoolName}</span>
            <p className="quiet">{one.attendees.join('、')}</p>
          </div>
          <div className="row-list-due">
            <StateTag label={answers[one.state]} tone={answerTones[one.state]} />
            {one.outdated && <StateTag label="更改后未确认" tone="warn" />}
            {one.checkedInAt ? (
              <StateTag label="已到场" tone="ok" />
            ) : (
              checking && (
                <Act
                  label="登记到场"
                  apart
                  size="small"
                  run={() => call(checkInSchool, { params: { id: event.id }, body: { schoolId: one.schoolId } })}
                />
              )
            )}
          </div>
        </li>
      ))}
    </RowList>
  )
}

/** The school's own answer: asked for first, changed as long as it has not arrived. */
function Answer({ event, mine }: { event: EventDetail; mine: EventDetail['schools'][number] }) {
  const params = { id: event.id }
  const asked = mine.state === 'invited'
  const open = event.state === 'published' && mine.checkedInAt === null
  return (
    <Section title={asked && open ? '是否参加' : '本校参加情况'}>
      <p className="answer-line">
        <StateTag label={answers[mine.state]} tone={answerTones[mine.state]} />
        {mine.checkedInAt && <StateTag label="已到场" tone="ok" />}
        {mine.attendees.length > 0 && <span>{mine.attendees.join('、')}</span>}
      </p>
      {open && mine.outdated && <p>您回复以后安排有更改。仍参加的请再报一次参加人员，不能来的请选“不参加”。</p>}
      {open && (
        <div className="page-actions">
          <Act
            label={mine.state === 'registered' ? '修改参加人员' : '参加'}
            primary={asked}
            ask={{ label: '参加人员', hint: '多人用顿号或空格隔开。', initial: mine.attendees.join('、') }}
            done="已回复"
            run={(names) =>
              call(respondEvent, {
                params,
                body: {
                  join: true,
                  attendees: names.split(/[、，,\s]+/).filter((name) => name !== ''),
                  seen: event.updatedAt,
                },
              })
            }
          />
          {(mine.state !== 'declined' || mine.outdated) && (
            <Act
              label="不参加"
              done="已回复"
              run={() => call(respondEvent, { params, body: { join: false, seen: event.updatedAt } })}
            />
          )}
        </div>
      )}
    </Section>
  )
}
