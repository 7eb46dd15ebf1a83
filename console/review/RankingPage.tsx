import { Link } from 'react-router'
import { useYear } from '#console/house/year.tsx'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { useNarrow } from '#console/house/narrow.ts'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { Table } from '#console/house/Table.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { RowList } from '#console/house/RowList.tsx'
import { useHolds } from '#console/me.ts'
import { correctResult, moderateResult, sealResult } from '#contract/review/review.ts'
import { resultLife, type ResultState, isResultOpen } from '#domain/review/resultLife.ts'
import { methodLabels, scoredMethods } from '#domain/year/standard.ts'
import { showFixed } from '#domain/base/score.ts'
import './review.css'
import { type Ranking, useRanking } from './queries.ts'

type Place = Ranking['places'][number]

export default function RankingPage() {
  const year = useYear()
  const ranking = useRanking(year)
  return <Loaded query={ranking}>{(data) => <Shown ranking={data} />}</Loaded>
}

/** What set a place apart where the totals are equal (rule 8). */
const decided: Record<string, string> = {
  survey: '同分，按群众测评',
  dimension: '同分，按“效果显著、师生满意”',
  documents: '同分，按查阅资料',
  same: '并列',
}

function Shown({ ranking }: { ranking: Ranking }) {
  const office = useHolds('office')
  const { resultId, state } = ranking
  if (!resultId || !state)
    return (
      <Page years="one" title="评审结果">
        <Empty
          title={ranking.corrected ? '结果正在更正' : office ? '还没有计算结果' : '评审结果尚未封存'}
          hint={office ? '评分表和测评得分齐了以后，在评审进展里计算。' : '封存以后在这里查看。'}
          action={office && <LinkButton to="/review">去评审进展</LinkButton>}
        />
        <Corrected ranking={ranking} />
      </Page>
    )
  return (
    <Page
      years="one"
      title="评审结果"
      state={<StateTag label={resultLife.states[state]} tone={isResultOpen(state) ? 'warn' : 'ok'} />}
      lead="只供内部评议，不对外公布，也不向学校公布；公示时按学段列名单。"
      more={
        office && (
          <>
            {state === 'sealed' && (
              <Act
                label="更正结果"
                ask={{
                  label: '更正的理由',
                  hint: '封存的结果原样留存。评分、加减分重新打开，改好后重新计算、复核、封存，新结果指向原结果。',
                }}
                done="可以改评分了，改好后重新计算"
                run={(reason) =>
                  call(correctResult, { params: { id: resultId }, body: { reason, seen: ranking.digest } })
                }
              />
            )}
            <a className="button" href={`/results/${resultId}/ranking.xlsx`} download>
              导出表格
            </a>
          </>
        )
      }
      action={office && <Next resultId={resultId} state={state} seen={ranking.digest} alone={ranking.alone} />}
    >
      <Places ranking={ranking} resultId={resultId} />
      <Corrected ranking={ranking} />
      <Seal ranking={ranking} resultId={resultId} office={office} />
    </Page>
  )
}

/** The sealed result that was set aside stays at hand with the reason. */
function Corrected({ ranking: { corrected } }: { ranking: Ranking }) {
  if (!corrected) return null
  return (
    <Section
      title="更正前的结果"
      note={`${showTime(corrected.at)}更正，原结果留存，不再作为审定的依据。`}
      action={
        <a className="button" href={`/results/${corrected.id}/sealed.json`} download>
          下载原封存文件
        </a>
      }
    >
      <Facts
        items={[
          { label: '更正的理由', value: corrected.reason, wide: true },
          { label: '原结果摘要（SHA-256）', value: <code className="digest">{corrected.digest}</code>, wide: true },
        ]}
      />
    </Section>
  )
}

function Next(props: { resultId: string; state: ResultState | null; seen: string; alone: boolean }) {
  const { resultId, state, seen } = props
  const params = { id: resultId }
  const alone = props.alone
    ? '局党工委办现在只有您一人能办理：计算、复核、封存都由您一人完成，会记录在案。最好请安全管理员先给另一位同志岗位。'
    : ''
  if (state === 'computed')
    return (
      <Act
        label="登记复核意见"
        primary
        ask={{ label: '复核意见', hint: `谁复核的，核对了什么，有没有要说明的。${alone}` }}
        run={(remark) => call(moderateResult, { params, body: { remark, seen } })}
      />
    )
  if (state === 'moderated')
    return (
      <Act
        label="封存结果"
        primary
        confirm={`封存后评分、测评得分和加减分都不能再改，分包领导可以查看。发现有误，在审定之前可以写明理由更正。${alone}`}
        run={() => call(sealResult, { params, body: { seen } })}
      />
    )
  return state === 'sealed' ? (
    <LinkButton to="/naming" primary>
      登记审定决定
    </LinkButton>
  ) : null
}

function Places({ ranking, resultId }: { ranking: Ranking; resultId: string }) {
  const narrow = useNarrow(768)
  const placed = ranking.places.some((one) => one.place !== null)
  if (narrow) return <PlaceCards ranking={ranking} resultId={resultId} />
  return (
    <div className="table-scroll">
      <Table
        caption="点总分，逐项展开到每张评分表"
        rows={ranking.places}
        keyOf={(one) => one.applicationId}
        names={1}
        columns={[
          ...(placed ? [{ title: '名次', render: (one: Place) => one.place }] : []),
          { title: '学校', render: (one) => <Named place={one} /> },
          ...scoredMethods.map((method) => ({
            title: methodLabels[method],
            kind: 'number' as const,
            render: (one: Place) => showFixed(one.methods[method] ?? 0),
          })),
          { title: '群众测评', kind: 'number', render: (one) => showFixed(one.survey) },
          { title: '加分', kind: 'number', render: (one) => showFixed(one.bonus) },
          { title: '减分', kind: 'number', render: (one) => showFixed(one.deduction) },
          {
            title: '总分',
            kind: 'number',
            render: (one) => (
              <Link to={`/results/${resultId}/applications/${one.applicationId}`}>{showFixed(one.total)}</Link>
            ),
          },
        ]}
      />
    </div>
  )
}

function Named({ place }: { place: Place }) {
  return (
    <>
      {place.schoolName}
      <span className="quiet">
        {`　${place.stage}`}
        {decided[place.decidedBy] && `，${decided[place.decidedBy]}`}
      </span>
    </>
  )
}

function PlaceCards({ ranking, resultId }: { ranking: Ranking; resultId: string }) {
  return (
    <RowList>
      {ranking.places.map((one) => (
        <li key={one.applicationId}>
          <div>
            <Link className="row-list-title" to={`/results/${resultId}/applications/${one.applicationId}`}>
              {[one.place, one.schoolName].filter(Boolean).join('　')}
            </Link>
            <p className="quiet">
              {[one.stage, decided[one.decidedBy]].filter(Boolean).join('，')}；
              {scoredMethods
                .map((method) => `${methodLabels[method]} ${showFixed(one.methods[method] ?? 0)}`)
                .join('，')}
              ，群众测评 {showFixed(one.survey)}，加分 {showFixed(one.bonus)}，减分 {showFixed(one.deduction)}
            </p>
          </div>
          <strong className="number">{showFixed(one.total)} 分</strong>
        </li>
      ))}
    </RowList>
  )
}

function Seal({ ranking, resultId, office }: { ranking: Ranking; resultId: string; office: boolean }) {
  return (
    <Section
      title="封存凭据"
      note="摘要由全部评分、规则版本和结果算出。下载封存文件，用任何 SHA-256 工具都能算出同样的摘要。"
      action={
        office && (
          <a className="button" href={`/results/${resultId}/sealed.json`} download>
            下载封存文件
          </a>
        )
      }
    >
      <Facts
        items={[
          { label: '计算时间', value: showTime(ranking.computedAt) },
          { label: '封存时间', value: ranking.sealedAt ? showTime(ranking.sealedAt) : '尚未封存' },
          { label: '规则版本', value: ranking.ruleVersion },
          { label: '复核意见', value: ranking.moderation, wide: true },
          { label: '结果摘要（SHA-256）', value: <code className="digest">{ranking.digest}</code>, wide: true },
          { label: '输入摘要（SHA-256）', value: <code className="digest">{ranking.inputsDigest}</code>, wide: true },
        ]}
      />
    </Section>
  )
}
