import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { ListTable } from '#console/house/ListTable.tsx'
import { Page } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate, showTime } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { answerComment, hideComment, listComments } from '#contract/comment.ts'
import { commentLife } from '#domain/lifecycles/comment.ts'

const tones = { received: 'warn', answered: 'ok', hidden: 'quiet' } as const

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
          : '各校收到的意见和答复；逾期没有答复的排在前面。'
      }
    >
      <ListTable
        endpoint={listComments}
        label="意见建议"
        rowKey={(row) => row.id}
        search={atSchool ? '意见内容' : '学校或意见内容'}
        filters={[
          {
            key: 'state',
            label: '状态',
            options: [
              { value: 'overdue', label: '已逾期' },
              ...Object.entries(commentLife.states).map(([value, label]) => ({ value, label })),
            ],
          },
        ]}
        columns={[
          {
            key: 'content',
            title: '意见',
            width: 360,
            render: (row) => (
              <div className="plan-comment">
                <p>{row.content}</p>
                <p className="quiet">
                  {row.nickname ? `${row.nickname}（${row.relationLabel}）` : row.relationLabel}，
                  {showTime(row.receivedAt)}
                </p>
                {row.answer && <p>学校答复：{row.answer}</p>}
                {row.hiddenReason && <p className="quiet">隐藏理由：{row.hiddenReason}</p>}
              </div>
            ),
          },
          ...(atSchool
            ? []
            : [{ key: 'school', title: '学校', render: (row: { schoolName: string }) => row.schoolName }]),
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
          { key: 'dueOn', title: '答复期限', render: (row) => showDate(row.dueOn), sort: true },
          {
            key: 'do',
            title: '办理',
            render: (row) => (
              <>
                {atSchool && row.moves.answer && (
                  <Act
                    label="答复"
                    size="small"
                    reasons={row.moves.answer}
                    ask={{ label: '答复内容', hint: '会和意见一起公开显示。' }}
                    run={(answer) => call(answerComment, { params: { id: row.id }, body: { answer } })}
                  />
                )}
                {isOffice && row.moves.hide && (
                  <Act
                    label="隐藏"
                    size="small"
                    reasons={row.moves.hide}
                    ask={{ label: '隐藏的理由', hint: '只隐藏违法违规、人身攻击或泄露隐私的内容；批评意见不隐藏。' }}
                    run={(reason) => call(hideComment, { params: { id: row.id }, body: { reason } })}
                  />
                )}
                {!row.moves.answer && '—'}
              </>
            ),
          },
        ]}
        empty={{ title: '还没有收到意见', hint: '方案公布以后，师生和家长可以在门户的方案页面提意见，不用登录。' }}
      />
    </Page>
  )
}
