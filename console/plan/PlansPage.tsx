import { ListTable } from '#console/house/ListTable.tsx'
import { Page } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { listPlans } from '#contract/plan/plan.ts'
import { planLife } from '#domain/plan/planLife.ts'
import { planTones } from './plan.ts'
import { useBrandCoverage } from '#console/house/queries.ts'

export default function PlansPage() {
  const facts = useBrandCoverage().data
  return (
    <Page years="one" title="各校方案" lead="每校最新一版。待审核的是“已签报”；“已公布”含正在修订、仍按公布版执行的。">
      <ListTable
        endpoint={listPlans}
        label="各校创建方案"
        rowKey={(row) => row.schoolId}
        rowHref={(row) => (row.planId ? `/plans/${row.planId}` : undefined)}
        search="学校"
        exportPath="/api/plans.xlsx"
        filters={[
          {
            key: 'state',
            label: '状态',
            options: [
              { value: 'missing', label: '未起草' },
              ...Object.entries(planLife.states).map(([value, label]) => ({ value, label })),
            ],
          },
          {
            key: 'zoneId',
            label: '片区',
            options: (facts?.zones ?? []).map((one) => ({ value: one.id, label: one.name })),
          },
          { key: 'stage', label: '学段', options: (facts?.stages ?? []).map((value) => ({ value, label: value })) },
        ]}
        columns={[
          { key: 'school', title: '学校', render: (row) => row.schoolName, sort: true },
          {
            key: 'state',
            title: '状态',
            sort: true,
            render: (row) =>
              row.state ? (
                <StateTag label={planLife.states[row.state]} tone={planTones[row.state]} />
              ) : (
                <StateTag label="未起草" tone="warn" />
              ),
          },
          { key: 'version', title: '版本', render: (row) => (row.version ? `第 ${row.version} 版` : '—') },
          {
            key: 'published',
            title: '正在执行',
            render: (row) => (row.publishedVersion ? `第 ${row.publishedVersion} 版` : '未公布'),
            wideOnly: true,
          },
          {
            key: 'missing',
            title: '还缺',
            render: (row) => (row.missing.length > 0 ? `${row.missing.length} 处：${row.missing[0]}` : '—'),
          },
          { key: 'zone', title: '片区', render: (row) => row.zoneName, wideOnly: true },
          {
            key: 'updatedAt',
            title: '最近修改',
            render: (row) => (row.updatedAt ? showTime(row.updatedAt) : '—'),
            sort: true,
            wideOnly: true,
          },
        ]}
        empty={{ title: '您负责的范围内还没有学校', hint: '学校名单由局党工委办导入。' }}
      />
    </Page>
  )
}
