import { useParams } from 'react-router'
import type { Reply } from '#console/api.ts'
import { Figures } from '#console/house/Facts.tsx'
import { ListTable } from '#console/house/ListTable.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { listResults, readTotals } from '#contract/survey/surveyReport.ts'
import { divideHalfUp, sum, showPercent } from '#domain/base/score.ts'
import { audienceLabels } from '#domain/survey/survey.ts'
import { SurveyFrame } from './Frame.tsx'
import { AudienceTotals } from './Totals.tsx'
import { exact, shownOr } from './words.ts'
import { useTotals } from '../queries.ts'

type Row = Reply<typeof listResults>['items'][number]

export default function ResultsPage() {
  const { id = '' } = useParams()
  const totals = useTotals(id)
  return <Loaded query={totals}>{(data) => <Shown id={id} totals={data} />}</Loaded>
}

function Shown({ id, totals }: { id: string; totals: Reply<typeof readTotals> }) {
  const office = useHolds('office')
  return (
    <SurveyFrame
      survey={totals}
      id={id}
      title="测评结果"
      lead={`${showTime(totals.talliedAt)}计票。编码和单份答卷已经销毁，只剩下面这些合计数。`}
      more={office && <LinkButton to={`/surveys/${id}/remarks`}>筛选留言</LinkButton>}
    >
      <Figures
        items={[
          { label: '计票的学校', value: totals.schools, note: '所' },
          { label: '有满意度指数', value: totals.withIndex, note: '所' },
          { label: '样本不足', value: totals.schools - totals.withIndex, note: '所' },
          { label: '计入合计的答卷', value: sum(totals.audiences.map((one) => one.n)), note: '份' },
        ]}
      />
      {totals.audiences.length === 0 && <p>各校每类对象的答卷都少于 5 票，不显示合计。</p>}
      {totals.audiences.map((one) => (
        <AudienceTotals key={one.audience} total={one} />
      ))}
      {office && <Schools id={id} />}
    </SurveyFrame>
  )
}

function Schools({ id }: { id: string }) {
  return (
    <Section title="各校结果" note="供工作使用，不对外、不排名。少于 5 票的，和能由合计倒推出来的，都不显示。">
      <ListTable
        endpoint={listResults}
        params={{ id }}
        label="各校测评结果"
        search="查找学校"
        filters={[{ key: 'without', label: '样本', options: [{ value: 'true', label: '只看样本不足的' }] }]}
        rowKey={(one) => one.schoolId}
        rowHref={(one) => `/surveys/${id}/schools/${one.schoolId}`}
        exportPath={`/surveys/${id}/results.xlsx`}
        columns={[
          { key: 'name', title: '学校', sort: true, render: (one) => one.schoolName },
          { key: 'stage', title: '学段', wideOnly: true, render: (one) => one.stage },
          {
            key: 'index',
            title: '满意度指数',
            sort: true,
            number: true,
            render: (one) => (one.index === null ? <StateTag label="样本不足" tone="warn" /> : exact(one.index)),
          },
          { key: 'n', title: '答卷', sort: true, number: true, render: (one) => one.n },
          { key: 'rate', title: '回收率', number: true, render: rateOf },
          {
            key: 'audiences',
            title: '得分',
            render: (one) => each(one, (part) => shownOr(part, part.mean === null ? '—' : exact(part.mean))),
          },
          {
            key: 'unknown',
            title: '不了解',
            render: (one) => each(one, (part) => shownOr(part, showPercent(part.unknownShare))),
          },
          { key: 'without', title: '说明', render: (one) => one.without || '—' },
        ]}
        empty={{ title: '没有参加的学校' }}
      />
    </Section>
  )
}

function rateOf(one: Row): string {
  const issued = sum(one.audiences.map((part) => part.issued))
  return showPercent(issued === 0 ? null : divideHalfUp(one.n * 10_000, issued))
}

const each = (one: Row, shown: (part: Row['audiences'][number]) => string) => (
  <ul>
    {one.audiences.map((part) => (
      <li key={part.audience}>
        {audienceLabels[part.audience]} {shown(part)}
      </li>
    ))}
  </ul>
)
