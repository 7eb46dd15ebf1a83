import { Button, Checkbox, Table } from 'antd'
import { Section } from '#console/house/Page.tsx'
import type { ListReport } from '#contract/schools/schoolList.ts'
import { type ListDesk, placeOf } from './listDesk.ts'

/** What may well be true: a person looks at each row and says so, or leaves the row out. */
export function DoubtTable({ desk, report }: { desk: ListDesk; report: ListReport }) {
  const { doubts } = report
  const open = doubts.filter((one) => !one.accepted)
  return (
    <Section
      title={open.length > 0 ? `${open.length} 处要您确认` : '疑点都已确认'}
      note="这些内容少见，但可能属实。属实就勾选“属实”，不是就在原文件里改，或者不导入这一行。"
      action={
        open.length > 1 && <Button onClick={() => desk.accept(open.map((one) => one.key))}>都看过了，全部属实</Button>
      }
    >
      <Table
        aria-label="要确认的疑点"
        size="small"
        rowKey={(one) => one.key}
        dataSource={doubts}
        pagination={doubts.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
        scroll={{ x: 720 }}
        columns={[
          { title: '位置', key: 'place', width: 130, render: (_, one) => placeOf(one) },
          { title: '学校', dataIndex: 'school', width: 180 },
          { title: '疑点', dataIndex: 'message' },
          {
            title: '确认',
            key: 'accept',
            width: 230,
            render: (_, one) => (
              <span className="list-mend">
                <Checkbox
                  aria-label={`${one.school}：${one.message}属实`}
                  checked={one.accepted}
                  onChange={(event) => (event.target.checked ? desk.accept([one.key]) : desk.reject(one.key))}
                >
                  属实
                </Checkbox>
                <Button type="link" onClick={() => desk.leave(one)}>
                  不导入这一行
                </Button>
              </span>
            ),
          },
        ]}
      />
    </Section>
  )
}
