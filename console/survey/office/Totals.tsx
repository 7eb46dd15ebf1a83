import { showPercent } from '#domain/base/score.ts'
import { useMemo } from 'react'
import { Chart } from '#console/house/Chart.tsx'
import { Section } from '#console/house/Page.tsx'
import { Table } from '#console/house/Table.tsx'
import { audienceLabels, choicesOf, labelOfChoice } from '#domain/survey/survey.ts'
import { spreadOption } from './spread.ts'
import { exact } from './words.ts'
import type { SurveyTotals } from '../queries.ts'

type AudienceTotal = SurveyTotals['audiences'][number]

const ROW = 44
const HEAD = 96

/** The district by audience: the table first, its drawing beside it. */
export function AudienceTotals({ total }: { total: AudienceTotal }) {
  const name = audienceLabels[total.audience]
  const option = useMemo(() => spreadOption(total.audience, total.items), [total])
  const note = [
    `${total.n} / ${total.issued} 份，回收率 ${showPercent(total.responseRate)}`,
    ...(total.hidden
      ? []
      : [
          `平均 ${total.mean === null ? '—' : exact(total.mean)}`,
          `满意率 ${showPercent(total.satisfied)}`,
          `不了解 ${showPercent(total.unknownShare)}`,
        ]),
  ].join('；')
  return (
    <Section title={`全区${name}`} note={`${note}。`}>
      {total.hidden ? (
        <p>
          {name}
          {total.why}。
        </p>
      ) : (
        <Chart label={`全区${name}各题的答案分布`} option={option} height={HEAD + ROW * total.items.length}>
          <Items total={total} />
        </Chart>
      )}
    </Section>
  )
}

function Items({ total }: { total: AudienceTotal }) {
  const choices = choicesOf(total.audience)
  const name = audienceLabels[total.audience]
  return (
    <Table
      label={`全区${name}各题`}
      rows={total.items}
      keyOf={(one) => one.item}
      columns={[
        {
          title: '题目',
          kind: 'sentence',
          render: (one) => (
            <>
              {total.items.indexOf(one) + 1}. {one.text}
              {one.unscored && <span className="quiet">（不计分）</span>}
            </>
          ),
        },
        { title: '平均', kind: 'number', render: (one) => (one.mean === null ? '—' : exact(one.mean)) },
        ...choices.map((choice) => ({
          title: labelOfChoice(total.audience, choice),
          kind: 'number' as const,
          render: (one: AudienceTotal['items'][number]) => one.counts[choice] ?? 0,
        })),
      ]}
    />
  )
}
