import { isResultOpen } from '#domain/review/resultLife.ts'
import { Checkbox } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useYear } from '#console/house/year.tsx'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Figures } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { RowList } from '#console/house/RowList.tsx'
import { computeResult } from '#contract/review/review.ts'
import { missingOf } from './missing.ts'
import { type Review, useReview } from './queries.ts'

export default function ReviewPage() {
  const year = useYear()
  const review = useReview(year)
  return <Loaded query={review}>{(data) => <Shown review={data} />}</Loaded>
}

const SHOWN = 12

/** The first reasons and how many more there are; all of them stand beside their schools below. */
function briefly(reasons: readonly { message: string }[]): string[] {
  const first = reasons.slice(0, SHOWN).map((one) => one.message)
  return reasons.length > SHOWN ? [...first, `还有 ${reasons.length - SHOWN} 条，见下面各校。`] : first
}

function Shown({ review }: { review: Review }) {
  const sealed = !isResultOpen(review.result?.state)
  return (
    <Page
      years="one"
      title="评审进展"
      lead={review.cycleTitle}
      more={
        <>
          <LinkButton to="/panels">评审组</LinkButton>
          {review.result && <LinkButton to="/ranking">评审结果</LinkButton>}
        </>
      }
      action={!sealed && review.applications.length > 0 && <Compute review={review} />}
    >
      <ReviewFigures review={review} />
      {review.hidden > 0 && (
        <p className="notice">您回避的 {review.hidden} 所学校不在这里显示，由局党工委办的另一位同志办理。</p>
      )}
      {review.applications.length === 0 ? (
        <Empty
          title="还没有进入评审的申报"
          hint="先受理申报，再在评审组里分配评分表。"
          action={<LinkButton to="/panels">去评审组</LinkButton>}
        />
      ) : (
        <SchoolRows review={review} />
      )}
    </Page>
  )
}

function Compute({ review }: { review: Review }) {
  const year = useYear()
  const go = useNavigate()
  return (
    <Act
      label={review.result ? '重新计算结果' : '计算结果'}
      primary
      reasons={briefly(review.computeReasons)}
      confirm={review.result ? '会得到一份新的结果并指向原来的结果；原来的保留备查。' : '按评估标准和规则计算总分。'}
      done="结果已计算"
      run={async () => {
        await call(computeResult, { query: { year } })
        await go('/ranking')
      }}
    />
  )
}

function ReviewFigures({ review }: { review: Review }) {
  const { applications } = review
  const sheets = applications.flatMap((one) =>
    one.methods.flatMap((method) => method.sheets.filter((sheet) => sheet.state !== 'excluded')),
  )
  return (
    <Figures
      items={[
        { label: '参评学校', value: applications.length, note: '所' },
        {
          label: '评分表已提交',
          value: `${sheets.filter((sheet) => sheet.state === 'submitted').length}/${sheets.length}`,
        },
        {
          label: '群众测评有得分',
          value: `${applications.filter((one) => one.survey).length}/${applications.length}`,
        },
        {
          label: '待说明的分歧',
          value: applications
            .flatMap((one) => one.methods)
            .filter((one) => one.disagreement && one.disagreement.ruling === null).length,
        },
      ]}
    />
  )
}

/** School for school, what is still missing before the result can be computed. */
function SchoolRows({ review }: { review: Review }) {
  const [onlyOpen, setOnlyOpen] = useState(false)
  const rows = review.applications.map((application) => ({ application, missing: missingOf(application) }))
  const shown = onlyOpen ? rows.filter((row) => row.missing.length > 0) : rows
  return (
    <Section
      title="各校"
      action={
        <Checkbox checked={onlyOpen} onChange={(event) => setOnlyOpen(event.target.checked)}>
          只看没齐的
        </Checkbox>
      }
    >
      <RowList>
        {shown.map(({ application, missing }) => (
          <li key={application.applicationId}>
            <div>
              <Link className="row-list-title" to={`/review/${application.applicationId}`}>
                {application.schoolName}
              </Link>
              <p className="quiet">{missing.length > 0 ? missing.join('；') : '评分表、测评得分都已齐备'}</p>
            </div>
            <div className="row-list-due">
              <StateTag
                label={missing.length > 0 ? `缺 ${missing.length} 项` : '已齐'}
                tone={missing.length > 0 ? 'warn' : 'ok'}
              />
            </div>
          </li>
        ))}
      </RowList>
    </Section>
  )
}
