import { listApplications } from '#contract/application/application.ts'
import { ListTable } from '#console/house/ListTable.tsx'
import { Page } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { applicationLife, type ApplicationState } from '#domain/application/applicationLife.ts'
import { toneOf } from './tone.ts'

export default function ApplicationsPage() {
  return (
    <Page years="one" title="申报受理" lead="学校书记提交后在这里受理；退回补充的，学校改好后重新提交。">
      <ListTable
        label="本年度申报"
        endpoint={listApplications}
        search="学校名称"
        filters={[
          {
            key: 'state',
            label: '状态',
            options: [
              { value: 'sent', label: '已提交（各阶段，不含撤回）' },
              ...Object.entries(applicationLife.states).map(([value, label]) => ({ value, label })),
            ],
          },
        ]}
        columns={[
          { key: 'school', title: '学校', render: (row) => row.schoolName },
          { key: 'brand', title: '品牌', render: (row) => row.brandName },
          { key: 'stage', title: '学段', render: (row) => row.stage, wideOnly: true },
          { key: 'zone', title: '片区', render: (row) => row.zoneName, wideOnly: true },
          {
            key: 'state',
            title: '状态',
            render: (row) => (
              <StateTag label={applicationLife.states[row.state as ApplicationState]} tone={toneOf(row.state)} />
            ),
          },
          { key: 'receipt', title: '回执编号', render: (row) => row.receiptNumber ?? '', wideOnly: true },
          {
            key: 'submittedAt',
            title: '提交时间',
            render: (row) => (row.submittedAt ? showTime(row.submittedAt) : ''),
          },
        ]}
        rowKey={(row) => row.id}
        rowHref={(row) => `/applications/${row.id}`}
        empty={{ title: '还没有申报', hint: '申报在年度设置的窗口内由学校书记提交。' }}
      />
    </Page>
  )
}
