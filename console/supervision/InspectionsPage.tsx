import { ListTable } from '#console/house/ListTable.tsx'
import { LinkButton, Page } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { listInspections } from '#contract/supervision/inspection.ts'
import { inspectionLife } from '#domain/supervision/inspectionLife.ts'

export default function InspectionsPage() {
  const office = useHolds('office')
  return (
    <Page
      years="every"
      title="督查"
      lead="先建立督查和检查项目，再抽取或选定学校；到校后逐校记录，发现问题单独立项。"
      action={
        office && (
          <LinkButton to="/inspections/new" primary>
            建立督查
          </LinkButton>
        )
      }
    >
      <ListTable
        label="督查列表"
        endpoint={listInspections}
        search="督查名称"
        columns={[
          { key: 'title', title: '督查', render: (row) => row.title },
          { key: 'dates', title: '时间', render: (row) => `${showDate(row.startsOn)} 至 ${showDate(row.endsOn)}` },
          {
            key: 'state',
            title: '状态',
            render: (row) => (
              <StateTag label={inspectionLife.states[row.state]} tone={row.state === 'running' ? 'info' : 'quiet'} />
            ),
          },
          {
            key: 'schools',
            title: '已查学校',
            number: true,
            render: (row) => `${row.inspectedCount}/${row.schoolCount}`,
          },
        ]}
        rowKey={(row) => row.id}
        rowHref={(row) => `/inspections/${row.id}`}
        empty={{ title: '还没有督查', hint: '不定期督查，督促问效：建立一次后抽取学校。' }}
      />
    </Page>
  )
}
