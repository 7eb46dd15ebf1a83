import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { ListTable } from '#console/house/ListTable.tsx'
import { Page } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate, showTime } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { answerComment, correctAnswer, listComments, reportComment } from '#contract/plan/comment.ts'
import type { z } from 'zod'
import { commentLife } from '#domain/plan/commentLife.ts'
import { Judging } from './Judging.tsx'

const tones = {
  judging: 'warn',
  received: 'warn',
  answered: 'ok',
  hidden: 'quiet',
  junk: 'quiet',
  withdrawn: 'quiet',
} as const

type Row = z.output<typeof listComments.reply>['items'][number]

const states = [
  { value: 'overdue', label: '已逾期' },
  { value: 'closed', label: '撤并学校待答复' },
  ...Object.entries(commentLife.states).map(([value, label]) => ({ value, label })),
]

const judgeMany = (rows: Row[], done: () => void) => <Judging rows={rows} done={done} many />

export default function CommentsPage() {
  const atSchool = useHolds('secretary', 'clerk')
  const isOffice = useHolds('office')
  return (
    <Page
      years="every"
      title="意见建议"
      lead={
        atSchool
          ? '师生、家长和社会对本校方案的意见。答复后，意见和答复一起公开。'
          : '待审核的意见公开以后学校才能答复；答复期限从公开当天算起。审核期间和灌水的意见不计逾期。'
      }
    >
      <ListTable
        endpoint={listComments}
        label="意见建议"
        rowKey={(row) => row.id}
        bulk={isOffice ? judgeMany : undefined}
        search={atSchool ? '意见内容' : '学校或意见内容'}
        filters={[{ key: 'state', label: '状态', options: states }]}
        columns={[
          {
            key: 'content',
            title: '意见',
            width: 360,
            render: (row) => <Comment row={row} />,
          },
          ...(atSchool
            ? []
            : [
                {
                  key: 'school',
                  title: '学校',
                  render: (row: Row) => (row.closed ? `${row.schoolName}（已撤并）` : row.schoolName),
                },
              ]),
          {
            key: 'state',
            title: '状态',
            render: (row) =>
              row.overdue ? (
                <StateTag label="已逾期" tone="bad" />
              ) : (
                <StateTag label={row.stateLabel} tone={tones[row.state]} />
              ),
          },
          { key: 'dueOn', title: '答复期限', render: (row) => (row.dueOn ? showDate(row.dueOn) : '—'), sort: true },
          {
            key: 'do',
            title: '办理',
            render: (row) => <Acts row={row} />,
          },
        ]}
        empty={{ title: '还没有收到意见', hint: '方案公布以后，师生和家长可以在门户的方案页面提意见，不用登录。' }}
      />
    </Page>
  )
}

/** What somebody wrote, and what has been said to it. */
function Comment({ row }: { row: Row }) {
  return (
    <div className="plan-comment">
      <p>{row.content}</p>
      <p className="quiet">
        {row.nickname ? `${row.nickname}（${row.relationLabel}）` : row.relationLabel}，{showTime(row.receivedAt)}
      </p>
      {row.heldFor && row.state === 'judging' && <p>请留意：{row.heldFor}</p>}
      {row.answer && <p>学校答复：{row.answer}</p>}
      {row.earlier.length > 0 && (
        <details>
          <summary>更正前的答复（{row.earlier.length}）</summary>
          {row.earlier.map((one) => (
            <p key={one.replacedAt} className="quiet">
              {showTime(one.answeredAt)}：{one.answer}
            </p>
          ))}
        </details>
      )}
      {row.hiddenReason && <p className="quiet">理由：{row.hiddenReason}</p>}
    </div>
  )
}

/** The school answers; the office judges, and answers for schools that are closed. */
function Acts({ row }: { row: Row }) {
  const atSchool = useHolds('secretary', 'clerk')
  const isOffice = useHolds('office')
  if (atSchool) return <SchoolActs row={row} />
  if (!isOffice) return '—'
  return (
    <>
      {row.closed && <SchoolActs row={row} />}
      <Judging rows={[row]} />
    </>
  )
}

/** What a school does with a comment: answer it, mend the answer, or ask the office to look at it. */
function SchoolActs({ row }: { row: Row }) {
  const params = { id: row.id }
  const { answer, correct, report } = row.moves
  if (!answer && !correct && !report) return '—'
  return (
    <>
      {answer && (
        <Act
          name={row.id}
          size="small"
          label="答复"
          reasons={answer}
          ask={{ label: '答复内容', hint: '会和意见一起公开显示。' }}
          run={(text) => call(answerComment, { params, body: { answer: text } })}
        />
      )}
      {correct && <Correct row={row} />}
      {report && (
        <Act
          name={row.id}
          size="small"
          label="请局里审核"
          reasons={report}
          ask={{ label: '请求审核的理由', hint: '审核期间不公开、不计答复期限；批评意见不属于应当隐藏的内容。' }}
          run={(reason) => call(reportComment, { params, body: { reason } })}
        />
      )}
    </>
  )
}

function Correct({ row }: { row: Row }) {
  const seen = row.correctedAt ?? row.answeredAt
  return (
    <Act
      name={row.id}
      size="small"
      key={seen}
      label="更正答复"
      reasons={row.moves.correct}
      ask={{
        label: '更正后的答复',
        hint: '公开显示更正后的答复和日期，原来的答复留存。',
        initial: row.answer ?? '',
      }}
      run={(text) => call(correctAnswer, { params: { id: row.id }, body: { answer: text, seen: seen ?? '' } })}
    />
  )
}
