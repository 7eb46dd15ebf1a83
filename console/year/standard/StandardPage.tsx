import { Table } from 'antd'
import { useParams } from 'react-router'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { useNarrow } from '#console/house/narrow.ts'
import { Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { maximumOf, methodLabels, methods } from '#domain/year/standard.ts'
import { type StandardBody, useStandard } from '../queries.ts'

export default function StandardPage() {
  const { id = '' } = useParams()
  const standard = useStandard(id)
  const data = standard.data
  return (
    <Page
      title={data?.title ?? '评估标准'}
      crumbs={[{ label: '评估标准', to: '/standards' }]}
      state={data && <StateTag label={`第 ${data.version} 版`} />}
      lead={data && `总分 ${data.body.totalPoints} 分，每项指标的分值分到几种评审方式。`}
      more={
        <a className="button" href={`/standards/${id}/print`} target="_blank" rel="noreferrer">
          打印
        </a>
      }
    >
      <Loaded query={standard} rows={12}>
        {({ body, digest }) => (
          <>
            <Facts
              items={[
                ...methods.map((method) => ({
                  label: methodLabels[method],
                  value: `${maximumOf(body, method) / 100} 分`,
                })),
                { label: '内容摘要', value: digest.slice(0, 16) },
              ]}
            />
            {body.dimensions.map((dimension) => (
              <Section key={dimension.code} title={`${dimension.code}　${dimension.title}　${dimension.points} 分`}>
                <DimensionTable dimension={dimension} />
              </Section>
            ))}
            <Points title={`加分项　合计不超过 ${body.bonus.cap} 分`} items={body.bonus.items} />
            <Points title={`减分项　合计不超过 ${body.deduction.cap} 分`} items={body.deduction.items} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

type Indicator = StandardBody['dimensions'][number]['indicators'][number]

const methodsOf = (one: Indicator) =>
  methods
    .flatMap((method) => (one.methods[method] ? [`${methodLabels[method]} ${one.methods[method]}`] : []))
    .join('、')

function DimensionTable({ dimension }: { dimension: StandardBody['dimensions'][number] }) {
  // A phone has no room for five columns: the points would stand where one has to push the table aside.
  if (useNarrow(769)) return dimension.indicators.map((one) => <IndicatorCard key={one.code} one={one} />)
  return (
    <Table
      aria-label={dimension.title}
      size="small"
      rowKey="code"
      pagination={false}
      dataSource={dimension.indicators}
      columns={[
        { title: '编号', dataIndex: 'code', width: 64 },
        { title: '指标', dataIndex: 'title', width: 280 },
        { title: '分值', dataIndex: 'points', width: 64, align: 'right' },
        { title: '评审方式', key: 'methods', width: 190, render: (_, one) => methodsOf(one) },
        { title: '佐证材料', dataIndex: 'evidence' },
      ]}
    />
  )
}

function IndicatorCard({ one }: { one: Indicator }) {
  return (
    <div className="card">
      <h3 className="card-title">
        {one.code}　{one.title}　{one.points} 分
      </h3>
      <dl>
        <div>
          <dt>评审方式</dt>
          <dd>{methodsOf(one)}</dd>
        </div>
        <div>
          <dt>佐证材料</dt>
          <dd>{one.evidence}</dd>
        </div>
      </dl>
    </div>
  )
}

function Points({ title, items }: { title: string; items: StandardBody['bonus']['items'] }) {
  if (items.length === 0) return null
  return (
    <Section title={title}>
      <ul className="plain-list">
        {items.map((one) => (
          <li key={one.code}>
            {one.code}　{one.title}　{one.points} 分
          </li>
        ))}
      </ul>
    </Section>
  )
}
