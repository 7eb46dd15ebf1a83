import { ListTable } from '#console/house/ListTable.tsx'
import { Page } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { listRectifications } from '#contract/supervision/rectification.ts'
import { rectificationLife } from '#domain/supervision/rectificationLife.ts'

export default function RectificationsPage() {
  return (
    <Page years="every" title="整改" lead="签收、定措施、报结果，由另一个人核验后销号；逾期未改的不能申报。">
      <ListTable
        label="整改台账"
        endpoint={listRectifications}
        search="学校或要求"
        exportPath="/api/rectifications.xlsx"
        filters={[
          {
            key: 'state',
            label: '状态',
            options: Object.entries(rectificationLife.states).map(([value, label]) => ({ value, label })),
          },
          { key: 'overdue', label: '逾期', options: [{ value: 'yes', label: '只看逾期' }] },
        ]}
        columns={[
          { key: 'school', title: '学校', render: (row) => row.schoolName },
          { key: 'requirement', title: '整改要求', render: (row) => row.requirement },
          {
            key: 'dueOn',
            title: '期限',
            render: (row) => (
              <>
                {showDate(row.dueOn)} {row.overdue && <StateTag label="已逾期" tone="bad" />}
              </>
            ),
          },
          {
            key: 'state',
            title: '状态',
            render: (row) => (
              <StateTag label={rectificationLife.states[row.state]} tone={row.state === 'closed' ? 'ok' : 'warn'} />
            ),
          },
          { key: 'round', title: '第几轮', number: true, render: (row) => row.round, wideOnly: true },
        ]}
        rowKey={(row) => row.id}
        rowHref={(row) => `/rectifications/${row.id}`}
        empty={{ title: '没有整改通知', hint: '督查意见出具后下达的整改会出现在这里。' }}
      />
    </Page>
  )
}
