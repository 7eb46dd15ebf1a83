import { useYear } from '#console/house/year.tsx'
import { Figures } from '#console/house/Facts.tsx'
import { ListTable } from '#console/house/ListTable.tsx'
import { LinkButton, Page } from '#console/house/Page.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { listVisits } from '#contract/supervision/visit.ts'
import { useVisitCoverage } from './queries.ts'

export default function VisitsPage() {
  const bureau = useHolds('office', 'leader', 'department')
  return (
    <Page
      years="every"
      title="走访"
      lead={
        bureau ? '联系领导和联系股室到校看到什么、建议什么，当天在手机上记下。' : '联系领导和联系股室到本校走访的记录。'
      }
      action={
        bureau && (
          <LinkButton to="/visits/new" primary>
            记一次走访
          </LinkButton>
        )
      }
    >
      {bureau && <Coverage />}
      <ListTable
        label="走访记录"
        endpoint={listVisits}
        search="学校或内容"
        columns={[
          { key: 'school', title: '学校', render: (row) => row.schoolName },
          { key: 'visitedOn', title: '日期', render: (row) => showDate(row.visitedOn) },
          { key: 'person', title: '走访人', render: (row) => row.personName },
          { key: 'kind', title: '形式', render: (row) => row.kind },
          { key: 'saw', title: '看到的情况', render: (row) => shortened(row.saw), wideOnly: true },
        ]}
        rowKey={(row) => row.id}
        rowHref={(row) => `/visits/${row.id}`}
        empty={{
          title: '还没有走访记录',
          hint: bureau ? '到校回来，用“记一次走访”写下来。' : '走访后，记录会出现在这里。',
        }}
      />
    </Page>
  )
}

const shortened = (text: string): string => ([...text].length > 40 ? `${[...text].slice(0, 40).join('')}…` : text)

function Coverage() {
  const year = useYear()
  const coverage = useVisitCoverage(year)
  if (!coverage.data || coverage.data.rows.length === 0) return null
  return (
    <Figures
      items={coverage.data.rows.map((row) => ({
        label: row.name,
        value: `${row.visited}/${row.assigned}`,
        note: '所已走访',
      }))}
    />
  )
}
