import { Table } from 'antd'
import { Section } from '#console/house/Page.tsx'
import type { ListReport } from '#contract/schools/schoolList.ts'
import { placeOf } from './listDesk.ts'

const paging = (length: number) => (length > 50 ? { pageSize: 50, showSizeChanger: false } : false)

/** What the list would do: changes first, since they touch what is there. */
export function PlanTables({ report }: { report: ListReport }) {
  const { added, changed, missing, newZones } = report
  return (
    <>
      {newZones.length > 0 && <p>将新建片区：{newZones.join('、')}。</p>}
      {changed.length > 0 && (
        <Section title={`改动　${changed.length}`}>
          <Table
            aria-label="将要改动的学校"
            size="small"
            rowKey={(one) => one.schoolId}
            dataSource={changed}
            pagination={paging(changed.length)}
            scroll={{ x: 480 }}
            columns={[
              { title: '行', dataIndex: 'row', width: 64, align: 'right' },
              { title: '学校', dataIndex: 'name', width: 260 },
              {
                title: '改动',
                key: 'changes',
                render: (_, one) => (
                  <ul className="plain-list">
                    {one.changes.map((change) => (
                      <li key={change.label}>
                        {change.label}：<del>{change.from || '空'}</del> → <ins>{change.to || '空'}</ins>
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]}
          />
        </Section>
      )}
      {added.length > 0 && (
        <Section title={`新增　${added.length}`}>
          <Table
            aria-label="将要新增的学校"
            size="small"
            rowKey={(one) => `${one.sheet}!${one.row}`}
            dataSource={added}
            pagination={paging(added.length)}
            scroll={{ x: 1080 }}
            columns={[
              { title: '行', key: 'row', width: 96, render: (_, one) => placeOf(one) },
              { title: '学校', dataIndex: 'name', width: 200 },
              { title: '学段', dataIndex: 'stage', width: 100 },
              { title: '性质', dataIndex: 'ownership', width: 72 },
              { title: '片区', dataIndex: 'zone', width: 110 },
              { title: '标识码', dataIndex: 'code', width: 120 },
              { title: '党组织', dataIndex: 'partyKind', width: 104 },
              { title: '书记', key: 'secretary', width: 100, render: (_, one) => one.secretaryName || '空缺' },
              { title: '党员', dataIndex: 'memberCount', width: 72, align: 'right' },
              { title: '教职工', dataIndex: 'staffCount', width: 80, align: 'right' },
              { title: '学生', dataIndex: 'studentCount', width: 80, align: 'right' },
            ]}
          />
        </Section>
      )}
      {missing.length > 0 && (
        <Section title={`名单里没有　${missing.length}`} note="这些学校保留在名录里，导入后再决定是否撤并。">
          <ul className="plain-list">
            {missing.map((one) => (
              <li key={one.schoolId}>{one.name}</li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
