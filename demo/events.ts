import { type DemoSchool, plusDays, type Story } from '#demo/story.ts'
import {
  answerInvitation,
  cancelEvent,
  checkInSchool,
  draftEvent,
  holdEvent,
  publishEvent,
} from '#server/showcase/event/actions.ts'

const meetings = [
  { kind: '现场会', title: '春季品牌创建现场会（演示）', on: '2026-05-27', course: 'held' },
  { kind: '交流会', title: '“小切口”经验交流会（演示）', on: '2026-06-24', course: 'cancelled' },
  { kind: '观摩', title: '红色长廊观摩（演示）', on: '2026-09-23', course: 'held' },
  { kind: '成果展示会', title: '年度品牌成果展示会（演示）', on: '2026-12-10', course: 'published' },
] as const

/** Plans the year's meetings: two held, one called off, one that schools are still answering; a draft waits beside them. */
export function tellEvents(story: Story, schools: readonly DemoSchool[], officeId: string): void {
  for (const [at, meeting] of meetings.entries()) tellMeeting(story, { meeting, officeId, schools, host: schools[at] })
  story.on('2026-11-17', '15:00', async () => {
    await story.as(officeId, (work) =>
      draftEvent(work, wordsOf('2026-12-18', '交流会', '片区交流会（筹备中，演示）', schools, schools[0])),
    )
  })
}

interface Meeting {
  meeting: (typeof meetings)[number]
  officeId: string
  schools: readonly DemoSchool[]
  host: DemoSchool | undefined
}

function tellMeeting(story: Story, { meeting, officeId, schools, host }: Meeting): void {
  const invited = schools.slice(0, 12)
  story.on(plusDays(meeting.on, -24), '09:00', async () => {
    const { id } = await story.as(officeId, (work) =>
      draftEvent(work, wordsOf(meeting.on, meeting.kind, meeting.title, invited, host)),
    )
    await story.as(officeId, (work) => publishEvent(work, id))
    for (const [at, school] of invited.entries()) {
      if (at % 5 === 4) continue
      const answer = { join: at % 5 !== 3, attendees: at % 5 === 3 ? [] : ['演示教师甲', '演示教师乙'] }
      await story.as(school.clerkId, (work) => answerInvitation(work, id, answer))
    }
    if (meeting.course === 'cancelled')
      story.on(plusDays(meeting.on, -2), '09:00', async () => {
        await story.as(officeId, (work) => cancelEvent(work, id, '因天气原因取消。（演示）'))
      })
    if (meeting.course !== 'held') return
    story.on(meeting.on, '09:30', async () => {
      for (const [at, school] of invited.entries())
        if (at % 5 < 3) await story.as(officeId, (work) => checkInSchool(work, id, school.id))
    })
    story.on(plusDays(meeting.on, 1), '15:00', async () => {
      const outcome = '与会学校看了展示，听了介绍，约定各校年内至少学用一项做法。（演示）'
      await story.as(officeId, (work) => holdEvent(work, id, { outcome, fileIds: [], publicIds: [] }))
    })
  })
}

const wordsOf = (
  on: string,
  kind: (typeof meetings)[number]['kind'],
  title: string,
  invited: readonly DemoSchool[],
  host: DemoSchool | undefined,
) => ({
  kind,
  title,
  startsAt: `${on}T01:00:00.000Z`,
  endsAt: `${on}T03:30:00.000Z`,
  place: '承办学校报告厅（演示）',
  agenda: '承办学校介绍做法\n实地查看\n交流发言\n小结',
  hostSchoolId: host?.id ?? null,
  schoolIds: invited.map((one) => one.id),
})
