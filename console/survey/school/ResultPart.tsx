import { address } from '#console/api.ts'
import { Figures } from '#console/house/Facts.tsx'
import { ListTable } from '#console/house/ListTable.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Section } from '#console/house/Page.tsx'
import { Table } from '#console/house/Table.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { listRemarks } from '#contract/survey/surveyReport.ts'
import { divideHalfUp, showPercent, sum } from '#domain/base/score.ts'
import { audienceLabels } from '#domain/survey/survey.ts'
import { AudienceSection } from './AudienceSection.tsx'
import { BandChart } from './BandChart.tsx'
import { CheckCodes } from './CheckCodes.tsx'
import { exact } from './words.ts'
import { type Roster, type SchoolResult, useSchoolResult } from '../queries.ts'

export function ResultPart({ roster }: { roster: Roster }) {
  const { surveyId: id, schoolId } = roster
  const result = useSchoolResult(id, schoolId)
  return (
    <>
      <Loaded query={result} rows={8}>
        {(data) => <Shown result={data} surveyId={id} />}
      </Loaded>
      <Section
        title="留言"
        note="局党工委办看过、不涉及个人的留言。次序是打乱的，看不出是谁、什么时候写的，请不要去猜。"
      >
        <ListTable
          endpoint={listRemarks}
          params={{ id }}
          fixed={{ schoolId, state: 'released' }}
          label="测评留言"
          rowKey={(one) => one.id}
          columns={[
            { key: 'body', title: '留言', render: (one) => <span className="remark">{one.body}</span> },
            { key: 'audience', title: '来自', width: 90, render: (one) => audienceLabels[one.audience] },
          ]}
          empty={{ title: '没有可以看的留言', hint: '同一对象满 10 份答卷、局党工委办放行以后，留言才会出现在这里。' }}
        />
      </Section>
      <CheckCodes surveyId={id} schoolId={schoolId} />
    </>
  )
}

function Shown({ result, surveyId }: { result: SchoolResult; surveyId: string }) {
  const issued = sum(result.audiences.map((one) => one.issued))
  return (
    <>
      <Section
        title="满意度指数"
        action={
          <a
            className="button"
            href={address('/surveys/:id/schools/:schoolId/result.xlsx', {
              params: { id: surveyId, schoolId: result.schoolId },
            })}
          >
            导出表格
          </a>
        }
      >
        {result.index === null ? (
          <Without result={result} />
        ) : (
          <Figures
            items={[
              { label: '满意度指数', value: exact(result.index), note: '满分 100' },
              { label: '收回答卷', value: `${result.n} / ${issued}`, note: '份' },
              { label: '回收率', value: showPercent(issued === 0 ? null : divideHalfUp(result.n * 10_000, issued)) },
            ]}
          />
        )}
        <Calculation result={result} />
      </Section>
      <Section
        title={`${result.stage}的分布`}
        note="只列出同类学校的最低、四分位、中位和最高数，不列其他学校的名字，也不排名。"
      >
        {result.band ? (
          <BandChart band={result.band} own={result.index} label="满意度指数" />
        ) : (
          <p>同类学校里有指数的不到 5 所，不给出分布，免得认出是哪一所。</p>
        )}
      </Section>
      {result.audiences.map((one) => (
        <AudienceSection key={one.audience} result={one} />
      ))}
      <p className="quiet survey-digest">
        {showTime(result.talliedAt)}计票，答卷和编码已经销毁。计票摘要 <span className="digest">{result.digest}</span>
      </p>
    </>
  )
}

function Without({ result }: { result: SchoolResult }) {
  return (
    <div className="notice notice-warn">
      <p className="notice-title">{result.without}</p>
      <p>
        只要有一类对象答得太少，就不计算指数，也不用其他对象的答案代替；下面的数只供参考。
        申报命名的，群众测评这一项由局党工委办裁定按访谈座谈的得分率折算，并写明理由。请不要补发纸条或者补答。
      </p>
    </div>
  )
}

/** Rule 7 with this school's own figures, so that anybody can work it out again. */
function Calculation({ result }: { result: SchoolResult }) {
  return (
    <>
      <p className="survey-caption">指数怎样算出来：各对象的得分乘以权重，再相加。</p>
      <Table
        label="指数怎样算出来"
        rows={result.audiences}
        keyOf={(one) => one.audience}
        columns={[
          { title: '对象', kind: 'whole', render: (one) => audienceLabels[one.audience] },
          {
            title: '得分',
            kind: 'number',
            render: (one) => (one.mean === null ? (one.hidden ? '不显示' : '—') : exact(one.mean)),
          },
          { title: '权重', kind: 'number', render: (one) => `${one.weight}%` },
          {
            title: '折算',
            kind: 'number',
            render: (one) =>
              one.mean === null || result.index === null ? '—' : ((one.mean * one.weight) / 10_000).toFixed(3),
          },
          { title: '答卷', kind: 'number', render: (one) => `${one.n} / ${one.issued}` },
          { title: '回收率', kind: 'number', render: (one) => showPercent(one.responseRate) },
          { title: '满意率', kind: 'number', render: (one) => showPercent(one.satisfied) },
          { title: '不了解', kind: 'number', render: (one) => showPercent(one.unknownShare) },
        ]}
        {...(result.index === null
          ? {}
          : { foot: ['相加，取两位小数', '', '', exact(result.index), result.n, '', '', ''] })}
      />
    </>
  )
}
