import './ledger.css'
import { Link, useSearchParams } from 'react-router'
import { pillarLabels } from '#domain/base/pillar.ts'
import { useYear } from '#console/house/year.tsx'
import { Figures } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { Bar, Table, type TableColumn } from '#console/house/Table.tsx'
import { SchoolField } from '#console/house/SchoolField.tsx'
import { useMe } from '#console/me.ts'
import { type LedgerFigures, useDesk } from './queries.ts'
import { useFigures } from './queries.ts'

export default function FiguresPage() {
  const desk = useDesk()
  const me = useMe().data
  const [search, setSearch] = useSearchParams()
  const schoolId = search.get('schoolId') ?? ''
  const year = useYear()
  const figures = useFigures(schoolId, year)
  const schools = desk.data?.schools ?? []
  return (
    <Page
      years="one"
      title="台账四类情况"
      lead={desk.data?.cycle?.title}
      crumbs={[{ label: '台账', to: '/ledger' }]}
      explain={me?.explain.join('')}
    >
      {schools.length > 0 && (
        <div className="range">
          <SchoolField
            label="学校"
            placeholder="全部学校"
            value={schoolId || null}
            onChange={(value: string | null | undefined) =>
              setSearch(value ? { schoolId: value } : {}, { replace: true })
            }
          />
        </div>
      )}
      <Loaded query={figures} rows={8}>
        {(data) => <FiguresSheet figures={data} schoolId={schoolId} />}
      </Loaded>
    </Page>
  )
}

function FiguresSheet({ figures, schoolId }: { figures: LedgerFigures; schoolId: string }) {
  const most = Math.max(1, ...figures.pillars.map((one) => one.filed))
  const often = Math.max(1, ...figures.forms.map((one) => one.filed))
  const several = figures.schools > 1
  return (
    <>
      <Figures
        items={[
          { label: '已归档', value: figures.filed, note: '条' },
          { label: '其中逾期归档', value: figures.late, note: '条' },
          { label: '用过的形式', value: figures.forms.length, note: '种' },
          ...(several ? [{ label: '学校', value: figures.schools, note: '所' }] : []),
        ]}
      />
      <Section title="四类">
        <Table
          rows={figures.pillars}
          keyOf={(one) => one.pillar}
          columns={[
            {
              title: '类别',
              render: (one) => (
                <Link to={`/ledger?pillar=${one.pillar}${schoolId ? `&schoolId=${schoolId}` : ''}`}>
                  {pillarLabels[one.pillar]}
                </Link>
              ),
            },
            { title: '比较', kind: 'bar', render: (one) => <Bar share={one.filed / most} /> },
            { title: '条数', kind: 'number', render: (one) => one.filed },
            { title: '形式', kind: 'number', render: (one) => one.forms },
            { title: '任务有记录', kind: 'number', render: (one) => `${one.tasksWithEntry} / ${one.tasks}` },
            ...(several ? [without] : []),
          ]}
        />
      </Section>
      <Section title="参加情况" note="人次按每条台账所填相加；人数为学校名册上的人数。同一人参加多次，计多次。">
        <Table
          rows={figures.participants}
          keyOf={(one) => one.kind}
          columns={[
            { title: '对象', render: (one) => one.label },
            { title: '参加人次', kind: 'number', render: (one) => one.attended.toLocaleString('zh-CN') },
            { title: '名册人数', kind: 'number', render: (one) => one.heads?.toLocaleString('zh-CN') ?? '—' },
            {
              title: '人均次数',
              kind: 'number',
              render: (one) => (one.heads ? (one.attended / one.heads).toFixed(1) : '—'),
            },
          ]}
        />
      </Section>
      {figures.forms.length > 0 && (
        <Section title="形式">
          <Table
            rows={figures.forms}
            keyOf={(one) => one.label}
            columns={[
              { title: '形式', render: (one) => one.label },
              { title: '比较', kind: 'bar', render: (one) => <Bar share={one.filed / often} /> },
              { title: '条数', kind: 'number', render: (one) => one.filed },
            ]}
          />
        </Section>
      )}
    </>
  )
}

const without: TableColumn<LedgerFigures['pillars'][number]> = {
  title: '尚无记录的学校',
  kind: 'number',
  render: (one) => one.schoolsWithout,
}
