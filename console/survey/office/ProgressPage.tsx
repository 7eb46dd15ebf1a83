import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { Figures } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { Table } from '#console/house/Table.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { surveyLife } from '#domain/survey/surveyLife.ts'
import { divideHalfUp, showPercent } from '#domain/base/score.ts'
import { audienceLabels, audiences } from '#domain/survey/survey.ts'
import { Bar, BatchRow, FlagMeanings, type BatchProgress } from './Batch.tsx'
import { SurveyFrame } from './Frame.tsx'
import { stateTone } from './words.ts'
import { type SurveyProgress, useProgress } from '../queries.ts'

/** A district has hundreds of classes; the table of schools must stay in reach below those to look at. */
const FIRST = 10
const EVERY_MS = 30_000

export default function ProgressPage() {
  const { id = '' } = useParams()
  const progress = useProgress(id, EVERY_MS)
  return <Loaded query={progress}>{(data) => <Shown id={id} progress={data} />}</Loaded>
}

function Shown({ id, progress }: { id: string; progress: SurveyProgress }) {
  const { issued, cast, batches, schools } = progress
  return (
    <SurveyFrame
      survey={progress}
      id={id}
      title={progress.state === 'open' ? '答题进度' : '回收情况'}
      state={<StateTag label={surveyLife.states[progress.state]} tone={stateTone[progress.state]} />}
      lead="只数份数，没有任何答案：结果在截止并计票以后才有。"
    >
      <Figures
        items={[
          { label: '已收回', value: `${cast} / ${issued}`, note: '份' },
          { label: '回收率', value: showPercent(issued === 0 ? null : divideHalfUp(cast * 10_000, issued)) },
          { label: '截止日期', value: showDate(progress.closesOn).replace(/^\d+年/, '') },
          { label: '要看一看的班', value: batches.length, note: '个' },
        ]}
      />
      <Section
        title="要看一看的班"
        note="有异常标记、有人申请作废或已经作废的。标记只说样子少见，不是作弊的证据，请先向学校了解。"
      >
        <Odd id={id} progress={progress} />
      </Section>
      <Section title="各校进度" note="收回最少的排在前面。点学校看各班，可以提醒到班。">
        <ProgressTable id={id} schools={schools} />
      </Section>
    </SurveyFrame>
  )
}

// What somebody must decide first, then what looks oddest, and what is settled last.
const rank = (one: BatchProgress): number => (one.asked ? 10 : one.void ? -1 : one.flags.length)

/** The classes that somebody should look at, the first of them until more are asked for. */
function Odd({ id, progress }: { id: string; progress: SurveyProgress }) {
  const open = progress.state === 'open'
  const [all, setAll] = useState(false)
  const batches = progress.batches.toSorted((a, b) => rank(b) - rank(a))
  if (batches.length === 0) return <p>现在没有。有异常时会标在这里{open && '，这一页每半分钟更新一次'}。</p>
  return (
    <>
      <FlagMeanings batches={progress.batches} />
      <ul className="cards">
        {batches.slice(0, all ? batches.length : FIRST).map((one) => (
          <BatchRow key={one.id} batch={one} surveyId={id} school closesOn={open ? progress.closesOn : ''} />
        ))}
      </ul>
      {!all && batches.length > FIRST && (
        <button type="button" className="button poll-more" onClick={() => setAll(true)}>
          再看其余 {batches.length - FIRST} 个班
        </button>
      )}
    </>
  )
}

function ProgressTable({ id, schools }: { id: string; schools: SurveyProgress['schools'] }) {
  return (
    <Table
      label="各校进度表"
      rows={schools.toSorted((a, b) => shareOf(a) - shareOf(b))}
      keyOf={(one) => one.schoolId}
      columns={[
        {
          title: '学校',
          kind: 'sentence',
          render: (one) => <Link to={`/surveys/${id}/progress/${one.schoolId}`}>{one.schoolName}</Link>,
        },
        {
          title: '已收回',
          render: (one) => (
            <>
              <span className="number">
                {one.cast} / {one.issued}
              </span>
              <Bar cast={one.cast} issued={one.issued} label={one.schoolName} />
            </>
          ),
        },
        ...audiences.map((audience) => ({
          title: audienceLabels[audience],
          kind: 'number' as const,
          wideOnly: true,
          render: ({ byAudience }: SurveyProgress['schools'][number]) => {
            const { cast, issued } = byAudience[audience]
            return issued === 0 ? '—' : `${cast} / ${issued}`
          },
        })),
        {
          title: '异常',
          render: (one) =>
            [
              ...(one.flagged > 0 ? [`${one.flagged} 个班有标记`] : []),
              ...(one.voided > 0 ? [`${one.voided} 个班已作废`] : []),
            ].join('，') || '—',
        },
      ]}
    />
  )
}

const shareOf = (one: { cast: number; issued: number }): number => (one.issued === 0 ? 1 : one.cast / one.issued)
