import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Pagination, Segmented } from 'antd'
import { useRef, useState } from 'react'
import { useParams } from 'react-router'
import { call, sentences } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { NoRows } from '#console/house/NoRows.tsx'
import { Loaded, Reasons } from '#console/house/Loaded.tsx'
import { announce } from '#console/house/announce.ts'
import { StateTag } from '#console/house/StateTag.tsx'
import { judgeRemark } from '#contract/survey/surveyReport.ts'
import { audienceLabels } from '#domain/survey/survey.ts'
import { SurveyFrame } from './Frame.tsx'
import { type Remark, type Survey, surveyKeys, useSurvey } from '../queries.ts'
import { useRemarks } from '../queries.ts'

type State = Remark['state']
type Verdict = 'released' | 'held'

const SIZE = 20
const states = [
  { value: 'waiting', label: '待筛选' },
  { value: 'released', label: '已放行' },
  { value: 'held', label: '已保留' },
] as const

export default function RemarksPage() {
  const { id = '' } = useParams()
  return <Loaded query={useSurvey(id)}>{(survey) => <Remarks survey={survey} />}</Loaded>
}

function Remarks({ survey }: { survey: Survey }) {
  const [state, setState] = useState<State>('waiting')
  const [page, setPage] = useState(1)
  const { list, errors, judging } = useJudging(survey.id)
  const query = { state, page, size: SIZE }
  const remarks = useRemarks(survey.id, query)
  return (
    <SurveyFrame
      survey={survey}
      id={survey.id}
      title="筛选留言"
      lead="放行的留言学校看得到；写了人名、班级，或者认得出是谁写的、写的是谁，应当保留，学校看不到。次序是打乱的，不知道是谁、哪个班、什么时候写的。"
    >
      <Segmented
        className="poll-tabs"
        aria-label="哪一些留言"
        value={state}
        options={[...states]}
        onChange={(value) => {
          setState(value)
          setPage(1)
        }}
      />
      <p className="quiet poll-hint">
        {remarks.data && remarks.data.total > 0 && `共 ${remarks.data.total} 条。`}键盘：J、K 上下移动，1 放行，2 保留。
      </p>
      <Reasons title="没有完成" reasons={errors} />
      <Loaded query={remarks}>
        {({ items, total }) =>
          items.length === 0 ? (
            <NoRows
              asked={{ page, size: SIZE, total, conditions: [] }}
              empty={{
                title: state === 'waiting' ? '没有待筛选的留言' : '这里没有留言',
                hint: '一所学校的一类对象满 10 份答卷，留言才会出现。',
              }}
              clear={() => setState('waiting')}
              go={setPage}
            />
          ) : (
            <>
              {state === 'waiting' && <ReleaseRest remarks={items} />}
              <ul ref={list} className="cards" aria-label="留言">
                {items.map((one, at) => (
                  <RemarkRow
                    key={one.id}
                    remark={one}
                    onJudge={(next) => void judging.judge(one, at, next)}
                    onKeyDown={(event) => judging.press(event, one, at)}
                  />
                ))}
              </ul>
              {total > SIZE && (
                <Pagination
                  className="list-pages"
                  current={page}
                  pageSize={SIZE}
                  total={total}
                  showSizeChanger={false}
                  onChange={setPage}
                />
              )}
            </>
          )
        }
      </Loaded>
    </SurveyFrame>
  )
}

/** Judging from the keyboard: whoever has hundreds to read never takes a hand off it. */
function useJudging(surveyId: string) {
  const queries = useQueryClient()
  const [errors, setErrors] = useState<string[]>([])
  const list = useRef<HTMLUListElement>(null)
  const focus = (at: number) => {
    const rows = list.current?.children
    ;(rows?.[Math.min(at, rows.length - 1)] as HTMLElement | undefined)?.focus()
  }

  async function judge(remark: Remark, at: number, next: Verdict) {
    if (remark.state === next) return
    setErrors([])
    try {
      await call(judgeRemark, { params: { id: remark.id }, body: { state: next } })
      announce(next === 'released' ? '已放行' : '已保留')
      await readAnew(queries, surveyKeys.remarks(surveyId))
      requestAnimationFrame(() => focus(at))
    } catch (error) {
      setErrors(sentences(error))
    }
  }

  function press(event: React.KeyboardEvent, remark: Remark, at: number) {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const key = event.key.toLowerCase()
    if (key === 'j' || key === 'arrowdown') focus(at + 1)
    else if (key === 'k' || key === 'arrowup') focus(Math.max(0, at - 1))
    else if (key === '1') void judge(remark, at, 'released')
    else if (key === '2') void judge(remark, at, 'held')
    else return
    event.preventDefault()
  }

  return { list, errors, judging: { judge, press } }
}

function RemarkRow(props: {
  remark: Remark
  onJudge: (next: Verdict) => void
  onKeyDown: (event: React.KeyboardEvent) => void
}) {
  const { remark: one, onJudge } = props
  return (
    <li
      className="poll-remark"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onKeyDown={props.onKeyDown}
    >
      <div>
        <p className="poll-words">{one.body}</p>
        <p className="quiet">
          {one.schoolName}　{audienceLabels[one.audience]}{' '}
          {one.doubts.map((doubt) => (
            <span key={doubt}>
              <StateTag label={doubt} tone="warn" />{' '}
            </span>
          ))}
        </p>
      </div>
      <div className="poll-acts">
        {one.state !== 'released' && (
          <button type="button" className="button" onClick={() => onJudge('released')}>
            放行
          </button>
        )}
        {one.state !== 'held' && (
          <button type="button" className="button" onClick={() => onJudge('held')}>
            保留
          </button>
        )}
      </div>
    </li>
  )
}

/** Most remarks name nobody: who has read the page lets those without a mark go at once, the marked ones stay to be judged. */
function ReleaseRest({ remarks }: { remarks: readonly Remark[] }) {
  const plain = remarks.filter((one) => one.doubts.length === 0)
  if (plain.length < 2) return null
  return (
    <Act
      label={`放行这一页没有标记的 ${plain.length} 条`}
      confirm="请先把这一页看完：标记只是机器找出来的，没有标记的也可能认得出人。有标记的留下来逐条定。"
      done="已放行"
      run={async () => {
        for (const { id } of plain) await call(judgeRemark, { params: { id }, body: { state: 'released' } })
      }}
    />
  )
}
