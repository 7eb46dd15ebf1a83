import { showPercent } from '#domain/score.ts'
import type { Reply } from '#console/api.ts'
import { Section } from '#console/house/Page.tsx'
import type { readSchoolResult } from '#contract/surveyReport.ts'
import { audienceLabels, choicesOf, labelOfChoice } from '#domain/survey.ts'
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
      <table className="survey-table items">
        <caption>各题得分（满分 100）</caption>
        <thead>
          <tr>
            <th scope="col">题目</th>
            <th scope="col" className="number">
              得分
            </th>
            <th scope="col" className="number">
              不了解
            </th>
          </tr>
        </thead>
        <tbody>
          {result.items.map((one) => (
            <tr key={one.item}>
              <th scope="row">
                {one.text}
                {one.unscored && <span className="quiet">（不计分）</span>}
                <span className="survey-track" aria-hidden="true">
                  <span className="survey-bar" style={{ width: `${(one.mean ?? 0) / 100}%` }} />
                </span>
              </th>
              <td className="number">{one.mean === null ? '—' : exact(one.mean)}</td>
              <td className="number">{showPercent(one.unknownShare)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <details className="answer-counts">
        <summary>各题选了什么（份数）</summary>
        <div className="survey-scroll" role="region" aria-label="各题选了什么" tabIndex={0}>
          <table className="survey-table">
            <thead>
              <tr>
                <th scope="col">题目</th>
                {choices.map((choice) => (
                  <th key={choice} scope="col" className="number">
                    {labelOfChoice(result.audience, choice)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {result.items.map((one) => (
                <tr key={one.item}>
                  <th scope="row">{one.text}</th>
                  {choices.map((choice) => (
                    <td key={choice} className="number">
                      {one.counts[choice] ?? 0}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  )
}
