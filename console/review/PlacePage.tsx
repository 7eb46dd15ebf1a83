import type { ReactNode } from 'react'
import { useParams } from 'react-router'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { Table } from '#console/house/Table.tsx'
import { showScore } from '#domain/base/score.ts'
import { RecuseSelf } from './RecuseSelf.tsx'
import './review.css'
import { type Place, usePlace } from './queries.ts'

export default function PlacePage() {
  const { id = '', applicationId = '' } = useParams()
  const told = usePlace(id, applicationId)
  return <Loaded query={told}>{(data) => <Shown told={data} applicationId={applicationId} />}</Loaded>
}

const dropped: Record<string, string> = { lowest: '去掉的最低分', highest: '去掉的最高分' }

function Shown({ told, applicationId }: { told: Place; applicationId: string }) {
  return (
    <Page
      title={`${told.schoolName}　${showScore(told.total)} 分`}
      crumbs={[{ label: '评审结果', to: '/ranking' }]}
      lead={told.formula}
      more={<RecuseSelf applicationId={applicationId} />}
    >
      {told.methods.map((method) => (
        <Part
          key={method.method}
          title={method.label}
          value={`${showScore(method.score)} / ${showScore(method.maximum)}`}
        >
          <p className="quiet">{meanOf(method.sheets)}</p>
          {method.sheets.map((sheet) => (
            <Part
              key={sheet.id}
              title={`${sheet.reviewerName}${sheet.dropped ? `（${dropped[sheet.dropped]}）` : ''}`}
              value={showScore(sheet.total)}
            >
              <Lines caption={`${sheet.reviewerName}的评分`} lines={sheet.scores} />
            </Part>
          ))}
        </Part>
      ))}
      <Part title="群众测评" value={`${showScore(told.survey.points)} / ${showScore(told.survey.maximum)}`}>
        <p className="quiet">来源：{told.survey.source ?? '没有'}。按指标分值比例分到各指标。</p>
        <Lines caption="群众测评分到各指标" lines={told.survey.parts} />
      </Part>
      <Adjusted title="加分" part={told.bonus} />
      <Adjusted title="减分" part={told.deduction} />
    </Page>
  )
}

function meanOf(sheets: Place['methods'][number]['sheets']): string {
  const counted = sheets.filter((sheet) => sheet.dropped === null)
  const rest = sheets.length - counted.length
  return `${counted.length} 张评分表的平均分${rest > 0 ? `，另去掉最高、最低各一张` : ''}，四舍五入到 0.01 分。`
}

function Part(props: { title: string; value: string; children: ReactNode }) {
  return (
    <details className="place-part">
      <summary>
        <span>{props.title}</span>
        <span className="number">{props.value} 分</span>
      </summary>
      {props.children}
    </details>
  )
}

function Lines({ caption, lines }: { caption: string; lines: Place['survey']['parts'] }) {
  return (
    <Table
      caption={caption}
      rows={lines}
      keyOf={(line) => line.code}
      columns={[
        { title: '指标', render: (line) => `${line.code}　${line.title}` },
        { title: '得分', kind: 'number', render: (line) => showScore(line.score) },
        { title: '满分', kind: 'number', render: (line) => showScore(line.maximum) },
      ]}
    />
  )
}

function Adjusted({ title, part }: { title: string; part: Place['bonus'] }) {
  return (
    <Part title={title} value={showScore(part.counted)}>
      <p className="quiet">上限 {showScore(part.cap)} 分。</p>
      {part.items.length === 0 && <p>没有登记。</p>}
      {part.items.map((item) => (
        <p key={`${item.code} ${item.reason}`}>
          {item.title}：{showScore(item.points)} 分，{item.reason}
        </p>
      ))}
    </Part>
  )
}
