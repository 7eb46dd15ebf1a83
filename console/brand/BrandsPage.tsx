import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Figures } from '#console/house/Facts.tsx'
import { ListTable } from '#console/house/ListTable.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { addBrandCategory, listBrands } from '#contract/brand/brand.ts'
import { useBrandCoverage } from '#console/house/queries.ts'

const states = {
  missing: { label: '未创建', tone: 'warn' },
  draft: { label: '未公布', tone: 'info' },
  published: { label: '已公布', tone: 'ok' },
} as const

export default function BrandsPage() {
  const isOffice = useHolds('office')
  const coverage = useBrandCoverage()
  const facts = coverage.data
  return (
    <Page
      title="各校品牌"
      lead="一校一品：每所学校一个党建文化品牌。"
      more={
        isOffice && (
          <Act
            label="增加类别"
            ask={{ label: '类别名称', hint: '现有七个类别之外的，例如“家校共育类”。' }}
            run={(label, _day, held) => call(addBrandCategory, { body: { label }, once: held.id })}
            done="已增加"
          />
        )
      }
    >
      {facts && (
        <Figures
          items={[
            { label: '已创建／应创建', value: `${facts.made}／${facts.due}` },
            { label: '已公布', value: facts.published },
            { label: '还没有创建', value: facts.due - facts.made },
          ]}
        />
      )}
      <Section title="各校情况">
        <ListTable
          endpoint={listBrands}
          label="各校品牌"
          rowKey={(row) => row.schoolId}
          rowHref={(row) => `/brands/${row.schoolId}`}
          search="学校或品牌名称"
          exportPath="/api/brands.xlsx"
          filters={[
            {
              key: 'state',
              label: '状态',
              options: [
                { value: 'made', label: '已创建（不论是否公布）' },
                ...Object.entries(states).map(([value, { label }]) => ({ value, label })),
              ],
            },
            {
              key: 'category',
              label: '类别',
              options: (facts?.categories ?? []).map((value) => ({ value, label: value })),
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
            { key: 'name', title: '品牌', render: (row) => row.name ?? '—', sort: true },
            { key: 'category', title: '类别', render: (row) => row.category ?? '—' },
            { key: 'state', title: '状态', render: (row) => <StateTag {...states[row.state]} /> },
            { key: 'zone', title: '片区', render: (row) => row.zoneName, wideOnly: true },
            { key: 'argued', title: '论证次数', render: (row) => row.argumentations, number: true },
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
      </Section>
    </Page>
  )
}
