import { ListTable } from '#console/house/ListTable.tsx'
import { LinkButton, Page } from '#console/house/Page.tsx'
import { useHolds, useMe } from '#console/me.ts'
import { listSchools } from '#contract/schools/organization.ts'
import { ownerships, stages } from '#domain/schools/listColumns.ts'
import { useDivisions } from '../queries.ts'

const options = (values: readonly string[]) => values.map((value) => ({ value, label: value }))

export default function SchoolsPage() {
  const office = useHolds('office')
  const me = useMe().data
  const divisions = useDivisions().data
  const named = (all: { id: string; name: string }[] | undefined) =>
    (all ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Page
      title="学校名录"
      explain={me?.explain[0]}
      action={
        office && (
          <LinkButton to="/schools/import" primary>
            导入学校名单
          </LinkButton>
        )
      }
      more={
        office && (
          <>
            <LinkButton to="/schools/new">登记新学校</LinkButton>
            <LinkButton to="/schools/slips">打印激活单</LinkButton>
          </>
        )
      }
    >
      <ListTable
        endpoint={listSchools}
        label="学校名录"
        rowKey={(row) => row.id}
        rowHref={(row) => `/schools/${row.id}`}
        search="校名、标识码、书记姓名"
        exportPath="/api/schools.xlsx"
        filters={[
          { key: 'stage', label: '学段', options: options(stages) },
          { key: 'ownership', label: '办学性质', options: options(ownerships) },
          { key: 'zoneId', label: '片区', options: named(divisions?.zones) },
          { key: 'groupId', label: '教育集团', options: named(divisions?.groups) },
          {
            key: 'only',
            label: '情况',
            options: [
              { value: 'uncovered', label: '没有联系股室' },
              { value: 'unconfirmed', label: '人数未经学校核对' },
              { value: 'inactive', label: '账号还没有都激活' },
              { value: 'retired', label: '已撤并' },
            ],
          },
        ]}
        columns={[
          { key: 'name', title: '学校', render: (row) => row.name, sort: true },
          { key: 'stage', title: '学段', render: (row) => row.stage, sort: true, width: 104 },
          { key: 'zone', title: '片区', render: (row) => row.zoneName, sort: true, width: 110 },
          { key: 'secretary', title: '书记', render: (row) => row.secretaryName, width: 120 },
          {
            key: 'memberCount',
            title: '党员',
            render: (row) => row.memberCount,
            sort: true,
            number: true,
            width: 84,
            wideOnly: true,
          },
          {
            key: 'staffCount',
            title: '教职工',
            render: (row) => row.staffCount,
            sort: true,
            number: true,
            width: 96,
            wideOnly: true,
          },
          {
            key: 'studentCount',
            title: '学生',
            render: (row) => row.studentCount,
            sort: true,
            number: true,
            width: 92,
            wideOnly: true,
          },
          {
            key: 'department',
            title: '联系股室',
            render: (row) => row.departmentName ?? <span className="quiet">未安排</span>,
            width: 120,
          },
        ]}
        empty={{
          title: '还没有学校',
          hint: '先导入学校名单：Excel、WPS 表格和 CSV 都可以，片区会一并建好。',
          action: office && <LinkButton to="/schools/import">导入学校名单</LinkButton>,
        }}
      />
    </Page>
  )
}
