import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { askVoid, confirmVoid, dropVoid, remindClasses } from '#contract/survey/surveySchool.ts'
import { placeName, reminderFor } from '#console/survey/school/words.ts'
import { CopyText } from './CopyText.tsx'
import { flagWords } from './words.ts'
import { quoted } from '#domain/base/text.ts'
import type { SurveyProgress } from '../queries.ts'

export type BatchProgress = SurveyProgress['batches'][number]

export function Bar({ cast, issued, label }: { cast: number; issued: number; label: string }) {
  const share = issued === 0 ? 0 : Math.min(100, Math.round((cast * 100) / issued))
  return (
    <span className="poll-bar" role="img" aria-label={`${label} ${share}%`}>
      <span style={{ width: `${share}%` }} />
    </span>
  )
}

/** What the marks on these classes mean, said once. */
export function FlagMeanings({ batches }: { batches: readonly Pick<BatchProgress, 'flags'>[] }) {
  const flags = [...new Set(batches.flatMap((one) => one.flags))]
  if (flags.length === 0) return null
  return (
    <ul className="poll-flags">
      {flags.map((flag) => (
        <li key={flag}>
          <StateTag label={flagWords[flag].label} tone="warn" /> {flagWords[flag].meaning}
        </li>
      ))}
    </ul>
  )
}

/** One class: how many are in, what looks odd, and taking it out of the count by two people. */
export function BatchRow(props: {
  batch: BatchProgress
  surveyId: string
  /** Names the school too. */
  school?: boolean
  /** While answers are taken: until when. */
  closesOn: string
}) {
  const { batch, surveyId, school, closesOn } = props
  const name = `${school ? batch.schoolName : ''}${placeName(batch)}`
  const { asked } = batch
  return (
    <li className="poll-batch">
      <div>
        <h3>
          {name}
          <span className="poll-count">
            {batch.cast} / {batch.issued}
          </span>
          {batch.void && <StateTag label="已作废" tone="bad" />}
          {asked && <StateTag label="作废待确认" tone="warn" />}
          {batch.flags.map((flag) => (
            <span key={flag}>
              <StateTag label={flagWords[flag].label} tone="warn" />{' '}
            </span>
          ))}
        </h3>
        <Bar cast={batch.cast} issued={batch.issued} label={name} />
        {batch.void && <p>作废理由：{batch.voidReason}</p>}
        {asked && (
          <p>
            {asked.byName}于{showTime(asked.at)}申请作废，理由：{asked.reason}
          </p>
        )}
        {batch.remindedAt && <p className="quiet">{showTime(batch.remindedAt)}提醒过学校</p>}
        {closesOn && !batch.void && !isFull(batch) && (
          <details>
            <summary>发给班级群的提醒文字</summary>
            <CopyText text={reminderFor(batch, closesOn)} label="复制" />
          </details>
        )}
      </div>
      <div className="poll-acts">
        <Remind batch={batch} surveyId={surveyId} name={name} />
        <Voiding batch={batch} name={name} />
      </div>
    </li>
  )
}

/** Of a class that is complete nobody needs to be reminded. */
const isFull = ({ cast, issued }: BatchProgress): boolean => cast >= issued

function Remind({ batch, surveyId, name }: { batch: BatchProgress; surveyId: string; name: string }) {
  const { moves } = batch
  if (!moves['remind'] || isFull(batch)) return null
  return (
    <Act
      label="提醒学校"
      size="small"
      reasons={moves['remind']}
      confirm={`学校的待办里会出现“${name} ${batch.cast}/${batch.issued}”。只到班，不到人。`}
      done="已提醒"
      run={() => call(remindClasses, { params: { id: surveyId }, body: { batchIds: [batch.id] } })}
    />
  )
}

/** Taking a class out of the count: one asks, another confirms. */
function Voiding({ batch, name }: { batch: BatchProgress; name: string }) {
  const params = { id: batch.id }
  const { moves, asked } = batch
  return (
    <>
      {moves['askVoid'] && (
        <Act
          name={batch.id}
          label="申请作废"
          size="small"
          reasons={moves['askVoid']}
          confirm={`作废以后${quoted(name)}的 ${batch.cast} 份答卷全部不计，没有用过的编码也不能再用，不能恢复。要由另一人确认才生效。`}
          ask={{ label: '理由', hint: '写明看到了什么、怎样核实的。异常标记本身不是证据。' }}
          done="已申请，等另一人确认"
          run={(reason) => call(askVoid, { params, body: { reason } })}
        />
      )}
      {moves['confirmVoid'] && (
        <Act
          label="确认作废"
          size="small"
          danger
          reasons={moves['confirmVoid']}
          confirm={`${asked?.byName ?? ''}的理由：${quoted(asked?.reason ?? '')}确认以后${quoted(name)}的 ${batch.cast} 份答卷全部不计，不能恢复。`}
          done="已作废"
          run={() => call(confirmVoid, { params })}
        />
      )}
      {moves['dropVoid'] && (
        <Act
          name={batch.id}
          label="不作废"
          size="small"
          reasons={moves['dropVoid']}
          ask={{ label: '为什么不作废' }}
          done="申请已撤销"
          run={(reason) => call(dropVoid, { params, body: { reason } })}
        />
      )}
    </>
  )
}
