import { Checkbox, Pagination } from 'antd'
import { useState } from 'react'
import { useNarrow } from '#console/house/narrow.ts'
import { Table } from '#console/house/Table.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { tallyOf } from '#domain/supervision/inspection.ts'
import { OneSchool } from './OneSchool.tsx'
import type { Inspection } from './queries.ts'

const ON_A_PAGE = 20
type School = Inspection['schools'][number]

/** The schools of a round in a table, with what was written for each item of the list counted; one school opens below its row. */
export function InspectedSchools({ inspection }: { inspection: Inspection }) {
  const narrow = useNarrow(640)
  const { schools } = inspection
  const [openId, setOpenId] = useState<string | undefined>(schools.length === 1 ? schools[0]?.schoolId : undefined)
  const [waitingOnly, setWaitingOnly] = useState(false)
  const [page, setPage] = useState(1)
  const waiting = schools.filter((one) => one.inspectedOn === null)
  const rows = waitingOnly ? waiting : schools
  const at = Math.min(page, Math.max(1, Math.ceil(rows.length / ON_A_PAGE)))
  const open = schools.find((one) => one.schoolId === openId)
  const found = (schoolId: string) =>
    inspection.findings.filter((one) => one.schoolId === schoolId && one.state !== 'withdrawn').length
  if (schools.length === 0) return null
  return (
    <>
      {schools.length - waiting.length > 1 && <Tally inspection={inspection} />}
      {waiting.length > 0 && waiting.length < schools.length && (
        <Checkbox
          checked={waitingOnly}
          onChange={(event) => {
            setWaitingOnly(event.target.checked)
            setPage(1)
          }}
        >
          只看还没有检查的 {waiting.length} 所
        </Checkbox>
      )}
      <Table<School>
        label="受检学校"
        rows={rows.slice((at - 1) * ON_A_PAGE, at * ON_A_PAGE)}
        keyOf={(one) => one.schoolId}
        columns={[
          { title: '学校', kind: 'sentence', render: (one) => one.schoolName },
          { title: '检查日期', render: (one) => (one.inspectedOn ? showDate(one.inspectedOn) : '还没有检查') },
          { title: '检查人', wideOnly: true, render: (one) => one.inspectorName ?? '' },
          { title: '问题', kind: 'number', render: (one) => found(one.schoolId) },
          {
            title: '办理',
            render: (one) => (
              <button
                type="button"
                className="link"
                aria-expanded={one.schoolId === openId}
                aria-label={`${one.schoolId === openId ? '收起' : '打开'}${one.schoolName}`}
                onClick={() => setOpenId(one.schoolId === openId ? undefined : one.schoolId)}
              >
                {one.schoolId === openId ? '收起' : '打开'}
              </button>
            ),
          },
        ]}
      />
      {rows.length > ON_A_PAGE && (
        <Pagination
          className="list-pages"
          current={at}
          pageSize={ON_A_PAGE}
          total={rows.length}
          showSizeChanger={false}
          simple={narrow}
          onChange={setPage}
        />
      )}
      {open && <OneSchool key={open.schoolId} inspection={inspection} school={open} />}
    </>
  )
}

function Tally({ inspection }: { inspection: Inspection }) {
  const rows = tallyOf(inspection.checklist, inspection.schools)
  return (
    <Table
      label="各检查项目的情况"
      rows={rows}
      keyOf={(one) => one.item}
      columns={[
        { title: '检查项目', kind: 'sentence', render: (one) => one.item },
        { title: '已填写', kind: 'number', render: (one) => one.written },
        {
          title: '填写的情况',
          kind: 'sentence',
          render: (one) =>
            one.answers.map(({ answer, count }) => `${answer} ${count} 所`).join('，') +
            (one.others > 0 ? `${one.answers.length > 0 ? '，' : ''}其他 ${one.others} 所` : ''),
        },
      ]}
    />
  )
}
