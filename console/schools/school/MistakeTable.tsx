import { Button, Input, Select, Table } from 'antd'
import { useState } from 'react'
import { Section } from '#console/house/Page.tsx'
import type { ListReport } from '#contract/schools/schoolList.ts'
import { mistakeKinds } from '#domain/schools/listMistakes.ts'
import { columnOf, type ListDesk, placeOf } from './listDesk.ts'

type Mistake = ListReport['mistakes'][number]

/** Every mistake with its place in the file; one cell can be mended here, one row left out. */
export function MistakeTable({ desk, report }: { desk: ListDesk; report: ListReport }) {
  const { mistakes } = report
  const [kind, setKind] = useState<Mistake['kind']>()
  const rows = new Set(mistakes.map((one) => `${one.sheet}!${one.row}`)).size
  const kinds = [...new Set(mistakes.map((one) => one.kind))]
  const shown = kind ? mistakes.filter((one) => one.kind === kind) : mistakes
  return (
    <Section
      title={`名单有 ${mistakes.length} 处要改`}
      note={`读到 ${report.rows} 行，${rows} 行有问题，什么也没有写入。少的可以在这里直接改；多的请在原文件里改好，再选一次文件。`}
      action={<Button onClick={() => download(mistakes)}>下载问题清单</Button>}
    >
      {kinds.length > 1 && (
        <p className="list-file">
          <Select
            allowClear
            aria-label="只看一类问题"
            placeholder="只看一类问题"
            className="list-kind"
            value={kind}
            onChange={setKind}
            options={kinds.map((value) => ({
              value,
              label: `${mistakeKinds[value]}　${mistakes.filter((one) => one.kind === value).length}`,
            }))}
          />
        </p>
      )}
      <Table
        aria-label="名单里的错误"
        size="small"
        rowKey={(one) => `${one.sheet}!${one.row}-${one.column}-${one.kind}`}
        dataSource={shown}
        pagination={shown.length > 100 ? { pageSize: 100, showSizeChanger: false } : false}
        scroll={{ x: 720 }}
        columns={[
          { title: '位置', key: 'place', width: 130, render: (_, one) => placeOf(one) },
          { title: '学校', dataIndex: 'school', width: 180 },
          { title: '列', dataIndex: 'column', width: 110 },
          { title: '怎样改', dataIndex: 'message' },
          { title: '在这里改', key: 'mend', width: 250, render: (_, one) => <Mend desk={desk} mistake={one} /> },
        ]}
      />
    </Section>
  )
}

function Mend({ desk, mistake }: { desk: ListDesk; mistake: Mistake }) {
  const [value, setValue] = useState('')
  if (mistake.school === '' && mistake.kind !== 'nameMissing') return null
  const canMend = columnOf(mistake.column) !== undefined
  return (
    <span className="list-mend">
      {canMend && (
        <Input
          aria-label={`${placeOf(mistake)}${mistake.column}改成`}
          placeholder="改成"
          value={value}
          onChange={(event) => setValue(event.target.value)}
          onPressEnter={() => value.trim() !== '' && desk.mend(mistake, mistake.column, value)}
          onBlur={() => value.trim() !== '' && desk.mend(mistake, mistake.column, value)}
        />
      )}
      <Button type="link" onClick={() => desk.leave(mistake)}>
        不导入这一行
      </Button>
    </span>
  )
}

/** The list of mistakes as a sheet, to be handed to whoever keeps the file. */
function download(mistakes: readonly Mistake[]): void {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
  const lines = [
    ['表', '行', '学校', '列', '怎样改'],
    ...mistakes.map((one) => [
      one.sheet,
      String(one.row),
      one.school.replace(/^[=+\-@]/, "'$&"),
      one.column,
      one.message,
    ]),
  ]
  const blob = new Blob([`\ufeff${lines.map((line) => line.map(cell).join(',')).join('\r\n')}`], { type: 'text/csv' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = '学校名单问题清单.csv'
  link.click()
  URL.revokeObjectURL(link.href)
}
