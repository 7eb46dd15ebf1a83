import { Button, Select } from 'antd'
import { Section } from '#console/house/Page.tsx'
import { byLabel } from '#console/house/searching.ts'
import type { ListReport } from '#contract/schools/schoolList.ts'
import { columnKeys, type ListColumn, titleOf } from '#domain/schools/listColumns.ts'
import { type ListDesk, placeOf } from './listDesk.ts'
import { quoted } from '#domain/base/text.ts'

/** Which sheets were read, what was passed over, and what each column of the file was taken for. */
export function ReadingParts({ desk, report }: { desk: ListDesk; report: ListReport }) {
  const { sheets, notes } = report
  const missing = report.mistakes.some((one) => one.kind === 'columnMissing' || one.kind === 'columnTwice')
  return (
    <>
      <p className="list-file">
        {sheets.map((one) => `${one.sheet === '' ? '' : `表${quoted(one.sheet)}`}读到 ${one.rows} 所学校`).join('，')}
        {sheets.length > 0 && '。'}
        {desk.choices.left.length > 0 && (
          <Button type="link" onClick={desk.takeBack}>
            已选择不导入 {desk.choices.left.length} 行，取消这些选择
          </Button>
        )}
      </p>
      {notes.length > 0 && (
        <details className="list-notes" open={notes.length <= 5}>
          <summary>没有照原样读的 {notes.length} 处</summary>
          <ul>
            {notes.map((one) => (
              <li key={`${one.sheet}!${one.row}-${one.message}`}>
                {placeOf(one)}：{one.message}
              </li>
            ))}
          </ul>
        </details>
      )}
      {sheets.length > 0 && (
        <details className="list-notes" open={missing}>
          <summary>各列当作什么读（不对的可以改）</summary>
          <Columns desk={desk} report={report} />
        </details>
      )}
    </>
  )
}

const meanings: { value: ListColumn | ''; label: string }[] = [
  { value: '', label: '不读这一列' },
  ...columnKeys.map((value) => ({ value, label: titleOf(value) })),
]

function Columns({ desk, report }: { desk: ListDesk; report: ListReport }) {
  const titles = new Map(report.sheets.flatMap((sheet) => sheet.columns.map((one) => [one.title, one.column] as const)))
  return (
    <Section title="文件里的列">
      <div className="list-columns">
        {[...titles].map(([title, column]) => (
          <label key={title}>
            <span>{title}</span>
            <Select<ListColumn | ''>
              aria-label={`“${title}”是`}
              value={column ?? ''}
              showSearch={{ filterOption: byLabel }}
              options={meanings}
              onChange={(value) => desk.map(title, value)}
            />
          </label>
        ))}
      </div>
    </Section>
  )
}
