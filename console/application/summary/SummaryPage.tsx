import { Form } from 'antd'
import { LongText } from '#console/house/texts.tsx'
import { useParams } from 'react-router'
import {
  acceptSummary,
  amendSummary,
  returnSummary,
  saveSummary,
  signSummary,
  type SummaryDetail,
} from '#contract/application/summary.ts'
import { call } from '#console/api.ts'
import { useHolds } from '#console/me.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { summaryLife } from '#domain/application/summaryLife.ts'
import { YearFactsView } from './YearFactsView.tsx'
import { useSummary } from '../queries.ts'

export default function SummaryPage() {
  const { id = '' } = useParams()
  const summary = useSummary(id)
  return <Loaded query={summary}>{(data) => <Shown summary={data} />}</Loaded>
}

function Shown({ summary }: { summary: SummaryDetail }) {
  return (
    <Page
      title={`${summary.schoolName}年度总结`}
      state={
        <StateTag
          label={summaryLife.states[summary.state as keyof typeof summaryLife.states]}
          tone={summary.state === 'accepted' ? 'ok' : summary.state === 'submitted' ? 'warn' : 'info'}
        />
      }
      lead={summary.cycleTitle}
      action={<NextActs summary={summary} />}
      more={<SendBack summary={summary} />}
    >
      {summary.returnReason && (
        <div className="notice notice-warn">
          <p className="notice-title">已退回修改</p>
          <p>{summary.returnReason}</p>
        </div>
      )}
      <Section
        title="这一年的记录"
        note={
          summary.signedAt
            ? `截至书记签报时（${showTime(summary.signedAt)}）；以后新增的记录不在内。`
            : '由方案、台账、意见、整改自动汇总，不用再填。'
        }
      >
        <YearFactsView facts={summary.facts} stage={summary.stage} />
      </Section>
      <Section title="总结正文">{summary.mayWrite ? <Words summary={summary} /> : <Read summary={summary} />}</Section>
      {summary.versions.map((one) => (
        <EarlierDraft key={one.version} version={one} />
      ))}
    </Page>
  )
}

/** The one next step of this state for this person. */
function NextActs({ summary }: { summary: SummaryDetail }) {
  const params = { id: summary.id }
  const { moves } = summary
  const isOffice = useHolds('office')
  return (
    <>
      {moves['sign'] && (
        <Act
          label="签报总结"
          primary
          reasons={moves['sign']}
          confirm="签报后内容不能再改，由局党工委办审核。"
          run={() => call(signSummary, { params, body: { seen: summary.updatedAt } })}
        />
      )}
      {isOffice && moves['accept'] && (
        <Act
          label="审核通过"
          primary
          reasons={moves['accept']}
          confirm="通过后学校不能再改这份总结，可以用来申报。"
          run={() => call(acceptSummary, { params, body: { seen: summary.updatedAt } })}
        />
      )}
    </>
  )
}

function SendBack({ summary }: { summary: SummaryDetail }) {
  const params = { id: summary.id }
  const { moves } = summary
  const isOffice = useHolds('office')
  if (isOffice && moves['amend'])
    return (
      <Act
        label="退回更正"
        reasons={moves['amend']}
        ask={{ label: '退回理由', hint: '通过以后发现有误时用。学校改好后重新签报；原来的文字留在本页。' }}
        run={(reason) => call(amendSummary, { params, body: { reason, seen: summary.updatedAt } })}
      />
    )
  if (isOffice && moves['return'])
    return (
      <Act
        label="退回修改"
        reasons={moves['return']}
        ask={{ label: '退回理由', hint: '写清楚要改哪里，学校会看到。' }}
        run={(reason) => call(returnSummary, { params, body: { reason, seen: summary.updatedAt } })}
      />
    )
  return null
}

function EarlierDraft({ version: one }: { version: SummaryDetail['versions'][number] }) {
  return (
    <details>
      <summary>{`${showTime(one.signedAt)}签报的第 ${one.version} 稿，后来退回`}</summary>
      <Facts
        items={[
          { label: '退回理由', value: one.returned, wide: true },
          { label: '主要做法与成效', value: one.achievements, wide: true },
          { label: '存在的问题', value: one.problems, wide: true },
          { label: '下一步打算', value: one.nextSteps, wide: true },
          { label: '摘要（SHA-256）', value: <code className="digest">{one.digest}</code>, wide: true },
        ]}
      />
    </details>
  )
}

function Words({ summary }: { summary: SummaryDetail }) {
  const { achievements, problems, nextSteps } = summary
  return (
    <Draft<{ achievements: string; problems: string; nextSteps: string }>
      name={`summary:${summary.id}`}
      initial={{ achievements, problems, nextSteps }}
      seen={summary.updatedAt}
      saveLabel="保存草稿"
      onSave={(values, _form, { seen }) =>
        call(saveSummary, { params: { id: summary.id }, body: { ...values, updatedAt: seen } })
      }
    >
      <Form.Item
        name="achievements"
        label="主要做法与成效"
        required
        extra="写数字说不清的：怎么做的、变化在哪里。1500 字左右即可。"
      >
        <LongText most={6000} label="主要做法与成效" rows={8} />
      </Form.Item>
      <Form.Item name="problems" required label="存在的问题">
        <LongText most={3000} label="存在的问题" rows={4} />
      </Form.Item>
      <Form.Item name="nextSteps" required label="下一步打算">
        <LongText most={3000} label="下一步打算" rows={4} />
      </Form.Item>
    </Draft>
  )
}

function Read({ summary }: { summary: SummaryDetail }) {
  return (
    <Facts
      items={[
        { label: '主要做法与成效', value: summary.achievements, wide: true },
        { label: '存在的问题', value: summary.problems, wide: true },
        { label: '下一步打算', value: summary.nextSteps, wide: true },
        { label: '签报时间', value: summary.signedAt && showTime(summary.signedAt) },
        { label: '审核通过', value: summary.acceptedAt && showTime(summary.acceptedAt) },
        { label: '摘要（SHA-256）', value: summary.digest, wide: true },
      ]}
    />
  )
}
