import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import { Link, useParams } from 'react-router'
import { call, type Reply } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showPoints } from '#console/house/Timeline.tsx'
import { enterSurveyPoints, readReview, ruleDisagreement } from '#contract/review.ts'
import { parseScore } from '#domain/score.ts'
import type { ScoredMethod } from '#domain/sheet.ts'
import { Adjustments } from './Adjustments.tsx'
import { missingOf, type Reviewed } from './missing.ts'
import { methodLabel, sheetLabel, sheetTone } from './words.ts'
import './review.css'

type Review = Reply<typeof readReview>

export default function ReviewedPage() {
  const { id = '' } = useParams()
  const review = useQuery({ queryKey: ['review'], queryFn: ({ signal }) => call(readReview, {}, signal) })
  return (
    <Loaded query={review}>
      {(data) => {
        const application = data.applications.find((one) => one.applicationId === id)
        return application ? (
          <Shown key={id} review={data} application={application} />
        ) : (
          <Page title="没有找到这份申报" crumbs={[{ label: '评审进展', to: '/review' }]} />
        )
      }}
    </Loaded>
  )
}

function Shown({ review, application }: { review: Review; application: Reviewed }) {
  const missing = missingOf(application)
  const at = review.applications.indexOf(application)
  const waiting = [...review.applications.slice(at + 1), ...review.applications.slice(0, at)]
  const next = waiting.find((one) => missingOf(one).length > 0)
  const open = review.result === null || ['computed', 'moderated'].includes(review.result.state)
  return (
    <Page
      title={application.schoolName}
      crumbs={[{ label: '评审进展', to: '/review' }]}
      state={
        <StateTag
          label={missing.length > 0 ? `缺 ${missing.length} 项` : '已齐'}
          tone={missing.length > 0 ? 'warn' : 'ok'}
        />
      }
      lead={missing.length > 0 ? `${missing.join('；')}。` : application.stage}
      more={next && <LinkButton to={`/review/${next.applicationId}`}>下一所没齐的：{next.schoolName}</LinkButton>}
    >
      <Section title="评分表">
        <ul className="todo">
          {application.methods.map((one) => (
            <MethodRow key={one.method} application={application} one={one} open={open} />
          ))}
        </ul>
      </Section>
      <Survey review={review} application={application} open={open} />
      <Adjustments items={review.items} application={application} open={open} />
    </Page>
  )
}

function MethodRow(props: { application: Reviewed; one: Reviewed['methods'][number]; open: boolean }) {
  const { application, one } = props
  const { disagreement } = one
  return (
    <li>
      <div>
        <span className="todo-title">{methodLabel(one.method)}</span>
        {one.sheets.length === 0 && <p className="quiet">还没有评分表</p>}
        <ul>
          {one.sheets.map((sheet) => (
            <li key={sheet.id}>
              <Link to={`/sheets/${sheet.id}`}>{sheet.reviewerName}</Link>
              <span className="todo-due">
                {sheet.total !== null && <span className="number">{showPoints(sheet.total)} 分</span>}
                <StateTag label={sheetLabel(sheet.state)} tone={sheetTone(sheet.state)} />
              </span>
            </li>
          ))}
        </ul>
        {disagreement && (
          <div className="notice notice-warn">
            <p className="notice-title">
              最高与最低相差 {showPoints(disagreement.spread)} 分，超过 {showPoints(disagreement.allowed)} 分
            </p>
            <p>
              {disagreement.ruling ? `说明：${disagreement.ruling}` : '请写明采用的理由，或在评审组里增加一位专家。'}
            </p>
            {props.open && (
              <Act
                label={disagreement.ruling ? '修改说明' : '说明理由'}
                ask={{ label: '分歧的原因和采用的理由', initial: disagreement.ruling ?? '' }}
                run={(reason) =>
                  call(ruleDisagreement, {
                    params: { id: application.applicationId },
                    body: { method: one.method as ScoredMethod, reason },
                  })
                }
              />
            )}
          </div>
        )}
      </div>
    </li>
  )
}

function Survey({ review, application, open }: { review: Review; application: Reviewed; open: boolean }) {
  const queries = useQueryClient()
  const { survey, applicationId } = application
  const most = showPoints(review.surveyMaximum)
  if (!open)
    return (
      <Section title="群众测评得分">
        <p>{survey ? `${showPoints(survey.points)} 分（满分 ${most} 分），来源：${survey.source}` : '没有登记'}</p>
      </Section>
    )
  return (
    <Section title="群众测评得分" note="登记已经封存的测评结果。修改会留下记录。">
      <Draft<{ points: string; source: string }>
        key={`${survey?.points} ${survey?.source}`}
        name={`survey:${applicationId}`}
        initial={{ points: survey ? showPoints(survey.points) : '', source: survey?.source ?? '' }}
        saveLabel={survey ? '修改' : '登记'}
        done="已登记群众测评得分"
        onSave={async ({ points, source }) => {
          const body = { points: parseScore(points) ?? -1, source }
          await call(enterSurveyPoints, { params: { id: applicationId }, body })
          await queries.invalidateQueries({ queryKey: ['review'] })
        }}
      >
        <div className="adjust-fields">
          <Form.Item
            name="points"
            label={`得分（满分 ${most} 分）`}
            rules={[
              { required: true },
              {
                validator: async (_, value: string) => {
                  if (value && parseScore(value) === undefined) throw new Error('请填数字，最多两位小数')
                },
              },
            ]}
          >
            <Input inputMode="decimal" />
          </Form.Item>
          <Form.Item name="source" label="来源" extra="如：测评汇总表的日期和编号" rules={[{ required: true }]}>
            <Input maxLength={300} />
          </Form.Item>
        </div>
      </Draft>
    </Section>
  )
}
