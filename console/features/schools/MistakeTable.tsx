import { Table } from 'antd'
import { Section } from '#console/house/Page.tsx'
import type { ListReport } from '#contract/schoolList.ts'

/** Every mistake with its place in the sheet, in the order in which one goes through it. */
export function MistakeTable(props: { mistakes: ListReport['mistakes']; rows: number }) {
  const { mistakes } = props
  const rows = new Set(mistakes.map((one) => one.row)).size
  return (
    <Section
      title={`名单有 ${mistakes.length} 处要改`}
      note={`读了 ${props.rows} 行，${rows} 行有问题，什么也没有写入。请在原文件里改好后重新选择。`}
    >
      <Table
        aria-label="名单里的错误"
        size="small"
        rowKey={(one) => `${one.row}-${one.column}-${one.kind}-${one.message}`}
        dataSource={mistakes}
        pagination={mistakes.length > 100 ? { pageSize: 100, showSizeChanger: false } : false}
        scroll={{ x: 480 }}
        columns={[
          { title: '行', dataIndex: 'row', width: 64, align: 'right' },
          { title: '列', dataIndex: 'column', width: 130 },
          { title: '怎样改', dataIndex: 'message' },
        ]}
      />
    </Section>
  )
}
