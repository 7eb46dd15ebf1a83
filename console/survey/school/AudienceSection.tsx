import { showPercent } from '#domain/base/score.ts'
import type { Reply } from '#console/api.ts'
import { Section } from '#console/house/Page.tsx'
import { Table } from '#console/house/Table.tsx'
import type { readSchoolResult } from '#contract/survey/surveyReport.ts'
import { audienceLabels, choicesOf, labelOfChoice } from '#domain/survey/survey.ts'
import { BandChart } from './BandChart.tsx'
import { exact } from './words.ts'

type AudienceResult = Reply<typeof readSchoolResult>['audiences'][number]

export function AudienceSection({ result }: { result: AudienceResult }) {
  const name = audienceLabels[result.audience]
  if (result.hidden)
    return (
      <Section title={name}>
        <p>{name}收回的答卷太少，或者显示出来就能推算出很少几份的答案，所以不列出得分和各题情况。</p>
      </Section>
    )
  if (result.items.length === 0 && result.n > 0)
    return (
      <Section title={name} note="不足 10 份，只列总的得分，不列各题和份数，免得认出人来。">
        <p>{result.mean === null ? '没有得分。' : `得分 ${exact(result.mean)}（满分 100）。`}</p>
      </Section>
    )
  if (result.items.length === 0)
    return (
      <Section title={name}>
        <p>没有{name}的答卷。</p>
      </Section>
    )
  return (
    <Section
      title={name}
      note={result.short ? '回收份数没有达到最低要求（样本不足），下面的数只供参考，不用来计算指数。' : undefined}
    >
      <Items result={result} />
      {result.band && result.mean !== null && <BandChart band={result.band} own={result.mean} label={`${name}得分`} />}
    </Section>
  )
}

function Items({ result }: { result: AudienceResult }) {
  const choices = choicesOf(result.audience)
  return (
    <>
      <Table
        caption="各题得分（满分 100）"
        rows={result.items}
        keyOf={(one) => one.item}
        columns={[
          {
            title: '题目',
            render: (one) => (
              <>
                {one.text}
                {one.unscored && <span className="quiet">（不计分）</span>}
                <span className="survey-track" aria-hidden="true">
                  <span className="survey-bar" style={{ width: `${(one.mean ?? 0) / 100}%` }} />
                </span>
              </>
            ),
          },
          { title: '得分', kind: 'number', render: (one) => (one.mean === null ? '—' : exact(one.mean)) },
          { title: '不了解', kind: 'number', render: (one) => showPercent(one.unknownShare) },
        ]}
      />
      <details className="answer-counts">
        <summary>各题选了什么（份数）</summary>
        <p className="quiet">有一个选项只有一两份的题，各选项的份数都不列，写“—”。</p>
        <Table
          label="各题选了什么"
          rows={result.items}
          keyOf={(one) => one.item}
          columns={[
            { title: '题目', kind: 'sentence', render: (one) => one.text },
            ...choices.map((choice) => ({
              title: labelOfChoice(result.audience, choice),
              kind: 'number' as const,
              render: (one: AudienceResult['items'][number]) =>
                one.counts[choice] ?? (Object.keys(one.counts).length === 0 ? '—' : 0),
            })),
          ]}
        />
      </details>
    </>
  )
}
