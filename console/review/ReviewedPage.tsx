import { isResultOpen } from '#domain/review/resultLife.ts'
import { Link, useParams } from 'react-router'
import { useYear } from '#console/house/year.tsx'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { RowList } from '#console/house/RowList.tsx'
import { ruleDisagreement, ruleSurvey } from '#contract/review/review.ts'
import { showScore } from '#domain/base/score.ts'
import { RecuseSelf } from './RecuseSelf.tsx'
import { Adjustments } from './Adjustments.tsx'
import { missingOf } from './missing.ts'
import { methodLabel, sheetLabel, sheetTone } from './words.ts'
import './review.css'
import { type Review, type ReviewedApplication, useReview } from './queries.ts'

export default function ReviewedPage() {
  const { id = '' } = useParams()
  const year = useYear()
  const review = useReview(year)
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

function Shown({ review, application }: { review: Review; application: ReviewedApplication }) {
  const missing = missingOf(application)
  const at = review.applications.indexOf(application)
  const waiting = [...review.applications.slice(at + 1), ...review.applications.slice(0, at)]
  const next = waiting.find((one) => missingOf(one).length > 0)
  const open = isResultOpen(review.result?.state)
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
      more={
        <>
          <RecuseSelf applicationId={application.applicationId} />
          {next && <LinkButton to={`/review/${next.applicationId}`}>下一所没齐的：{next.schoolName}</LinkButton>}
        </>
      }
    >
      <Section title="评分表">
        <RowList>
          {application.methods.map((one) => (
            <MethodRow key={one.method} application={application} one={one} open={open} />
          ))}
        </RowList>
      </Section>
      <Survey review={review} application={application} open={open} />
      <Adjustments items={review.items} application={application} open={open} />
    </Page>
  )
}

function MethodRow(props: {
  application: ReviewedApplication
  one: ReviewedApplication['methods'][number]
  open: boolean
}) {
  const { application, one } = props
  const { disagreement } = one
  return (
    <li>
      <div>
        <span className="row-list-title">{methodLabel(one.method)}</span>
        {one.sheets.length === 0 && <p className="quiet">还没有评分表</p>}
        <ul>
          {one.sheets.map((sheet) => (
            <li key={sheet.id}>
              <Link to={`/sheets/${sheet.id}`}>{sheet.reviewerName}</Link>
              <span className="row-list-due">
                {sheet.total !== null && <span className="number">{showScore(sheet.total)} 分</span>}
                <StateTag label={sheetLabel(sheet.state)} tone={sheetTone(sheet.state)} />
              </span>
            </li>
          ))}
        </ul>
        {disagreement && (
          <div className="notice notice-warn">
            <p className="notice-title">
              最高与最低相差 {showScore(disagreement.spread)} 分，超过 {showScore(disagreement.allowed)} 分
            </p>
            <p>
              {disagreement.ruling ? `说明：${disagreement.ruling}` : '请写明采用的理由，或在评审组里增加一位专家。'}
            </p>
            {props.open && (
              <Act
                name={one.method}
                label={disagreement.ruling ? '修改说明' : '说明理由'}
                ask={{ label: '分歧的原因和采用的理由', initial: disagreement.ruling ?? '' }}
                run={(reason) =>
                  call(ruleDisagreement, {
                    params: { id: application.applicationId },
                    body: { method: one.method, reason },
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

/** Points come from the counted survey; only where too few answered does the office rule, with its reason. */
function Survey({ review, application, open }: { review: Review; application: ReviewedApplication; open: boolean }) {
  const { survey, surveyLack, surveyRuling, applicationId } = application
  const rule = application.surveyMoves['rule']
  return (
    <Section title="群众测评得分" note="由满意度测评计票得出，不能手工填写。">
      {survey ? (
        <p>
          {showScore(survey.points)} 分（满分 {showScore(review.surveyMaximum)} 分）。{survey.source}。
        </p>
      ) : (
        <p>
          {surveyLack}。{!rule && <Link to="/surveys">查看测评</Link>}
        </p>
      )}
      {open && rule && (
        <Act
          label={surveyRuling ? '修改裁定理由' : '裁定按访谈座谈得分率折算'}
          ask={{ label: '裁定的理由', initial: surveyRuling ?? '' }}
          run={(reason) => call(ruleSurvey, { params: { id: applicationId }, body: { reason } })}
        />
      )}
    </Section>
  )
}
