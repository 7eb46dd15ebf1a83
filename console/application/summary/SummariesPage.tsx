import { listSummaries } from '#contract/application/summary.ts'
import { ListTable } from '#console/house/ListTable.tsx'
import { Page } from '#console/house/Page.tsx'
import { StateTag, type Tone } from '#console/house/StateTag.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { summaryLife } from '#domain/application/summaryLife.ts'

const labels: Record<string, string> = { none: '未起草', ...summaryLife.states }
const tones: Record<string, Tone> = { none: 'quiet', draft: 'info', submitted: 'warn', accepted: 'ok' }

export default function SummariesPage() {
  return (
    <Page years="one" title="各校总结" lead="每校每年一份，签报后由局党工委办审核；审核通过是申报的条件之一。">
      <ListTable
        label="各校年度总结"
        endpoint={listSummaries}
        search="学校名称"
        filters={[
          { key: 'state', label: '状态', options: Object.entries(labels).map(([value, label]) => ({ value, label })) },
        ]}
        columns={[
          { key: 'school', title: '学校', render: (row) => row.schoolName },
          { key: 'stage', title: '学段', render: (row) => row.stage, wideOnly: true },
          { key: 'zone', title: '片区', render: (row) => row.zoneName, wideOnly: true },
          {
            key: 'state',
            title: '状态',
            render: (row) => <StateTag label={labels[row.state] ?? row.state} tone={tones[row.state] ?? 'quiet'} />,
          },
          { key: 'signedAt', title: '签报日期', render: (row) => (row.signedAt ? showDate(row.signedAt) : '') },
        ]}
        rowKey={(row) => row.schoolId}
        rowHref={(row) => (row.summaryId ? `/summaries/${row.summaryId}` : undefined)}
        empty={{ title: '没有符合条件的总结', hint: '放宽筛选条件，或等学校签报后再来看。' }}
      />
    </Page>
  )
}
