import './ledger.css'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { pillarLabels } from '#domain/pillar.ts'
import { call, type Reply } from '#console/api.ts'
import { Figures } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { useMe } from '#console/me.ts'
import { readLedgerFigures } from '#contract/ledger.ts'
import { useDesk } from './desk.ts'

export default function FiguresPage() {
  const desk = useDesk()
  const me = useMe().data
  const [search, setSearch] = useSearchParams()
  const schoolId = search.get('schoolId') ?? ''
  const figures = useQuery({
    queryKey: ['ledger', 'figures', schoolId],
    queryFn: ({ signal }) => call(readLedgerFigures, { query: { schoolId } }, signal),
  })
  const schools = desk.data?.schools ?? []
  return (
    <Page
      title="台账四类情况"
      lead={desk.data?.cycle?.title}
      crumbs={[{ label: '台账', to: '/ledger' }]}
      explain={me?.explain.join('')}
    >
      {schools.length > 0 && (
        <div className="range">
          <Select
            aria-label="学校"
            className="list-filter"
            placeholder="全部学校"
            allowClear
            showSearch
            optionFilterProp="label"
            value={schoolId || null}
            options={schools.map((one) => ({ value: one.id, label: one.label }))}
            onChange={(value: string | null) => setSearch(value ? { schoolId: value } : {}, { replace: true })}
          />
        </div>
      )}
      <Loaded query={figures} rows={8}>
        {(data) => <FiguresSheet figures={data} schoolId={schoolId} />}
      </Loaded>
    </Page>
  )
}

function FiguresSheet({ figures, schoolId }: { figures: Reply<typeof readLedgerFigures>; schoolId: string }) {
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
        <table className="bars">
          <thead>
            <tr>
              <th scope="col">类别</th>
              <th scope="col" className="bar-cell">
                比较
              </th>
              <th scope="col" className="number">
                条数
              </th>
              <th scope="col" className="number">
                形式
              </th>
              <th scope="col" className="number">
                任务有记录
              </th>
              {several && (
                <th scope="col" className="number">
                  尚无记录的学校
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {figures.pillars.map((one) => (
              <tr key={one.pillar}>
                <th scope="row">
                  <Link to={`/ledger?pillar=${one.pillar}${schoolId ? `&schoolId=${schoolId}` : ''}`}>
                    {pillarLabels[one.pillar]}
                  </Link>
                </th>
                <Bar share={one.filed / most} />
                <td className="number">{one.filed}</td>
                <td className="number">{one.forms}</td>
                <td className="number">
                  {one.tasksWithEntry} / {one.tasks}
                </td>
                {several && <td className="number">{one.schoolsWithout}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Section title="参加情况" note="人次按每条台账所填相加；人数为学校名册上的人数。同一人参加多次，计多次。">
        <table className="bars">
          <thead>
            <tr>
              <th scope="col">对象</th>
              <th scope="col" className="number">
                参加人次
              </th>
              <th scope="col" className="number">
                名册人数
              </th>
              <th scope="col" className="number">
                人均次数
              </th>
            </tr>
          </thead>
          <tbody>
            {figures.participants.map((one) => (
              <tr key={one.kind}>
                <th scope="row">{one.label}</th>
                <td className="number">{one.attended.toLocaleString('zh-CN')}</td>
                <td className="number">{one.heads?.toLocaleString('zh-CN') ?? '—'}</td>
                <td className="number">{one.heads ? (one.attended / one.heads).toFixed(1) : '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      {figures.forms.length > 0 && (
        <Section title="形式">
          <table className="bars">
            <thead>
              <tr>
                <th scope="col">形式</th>
                <th scope="col" className="bar-cell">
                  比较
                </th>
                <th scope="col" className="number">
                  条数
                </th>
              </tr>
            </thead>
            <tbody>
              {figures.forms.map((one) => (
                <tr key={one.label}>
                  <th scope="row">{one.label}</th>
                  <Bar share={one.filed / often} />
                  <td className="number">{one.filed}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
    </>
  )
}

function Bar({ share }: { share: number }) {
  return (
    <td className="bar-cell">
      <span className={share > 0 ? 'bar' : 'bar bar-none'} style={{ width: `${Math.round(share * 100)}%` }} />
    </td>
  )
}
