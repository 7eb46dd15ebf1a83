import { ListTable } from '#console/house/ListTable.tsx'
import { LinkButton, Page } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { listEvents } from '#contract/showcase/event.ts'
import { eventLife } from '#domain/showcase/eventLife.ts'

export default function EventsPage() {
  const office = useHolds('office')
  return (
    <Page
      years="every"
      title="活动"
      lead={
        office
          ? '现场会、观摩、交流会、成果展示会：发布后学校报名，到场登记，办完写成果。'
          : '受邀参加的活动，请及时回复是否参加。'
      }
      action={
        office && (
          <LinkButton to="/events/new" primary>
            筹备活动
          </LinkButton>
        )
      }
    >
      <ListTable
        label="活动列表"
        endpoint={listEvents}
        search="活动名称"
        filters={[
          {
            key: 'state',
            label: '状态',
            options: Object.entries(eventLife.states).map(([value, label]) => ({ value, label })),
          },
        ]}
        columns={[
          { key: 'title', title: '活动', render: (row) => row.title },
          { key: 'kind', title: '类型', render: (row) => row.kind, wideOnly: true },
          { key: 'startsAt', title: '时间', render: (row) => showTime(row.startsAt) },
          { key: 'place', title: '地点', render: (row) => row.place },
          {
            key: 'state',
            title: '状态',
            render: (row) => (
              <StateTag label={eventLife.states[row.state]} tone={row.state === 'published' ? 'info' : 'quiet'} />
            ),
          },
          { key: 'registered', title: '报名', number: true, render: (row) => `${row.registered}/${row.invited}` },
        ]}
        rowKey={(row) => row.id}
        rowHref={(row) => `/events/${row.id}`}
        empty={{ title: '还没有活动', hint: '典型引路：办一次现场会，把好做法推出去。' }}
      />
    </Page>
  )
}
