import { useParams } from 'react-router'
import { address } from '#console/api.ts'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate, showTime } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { surveyLife } from '#domain/survey/surveyLife.ts'
import { audienceLabels, audiences } from '#domain/survey/survey.ts'
import { SurveyFrame } from './Frame.tsx'
import { Next } from './Next.tsx'
import { Erase, Lost } from './SurveyEnds.tsx'
import { Questions } from './Questions.tsx'
import { type Survey, useSurvey } from '../queries.ts'
import { stateTone, steps } from './words.ts'

export default function SurveyPage() {
  const { id = '' } = useParams()
  return <Loaded query={useSurvey(id)}>{(survey) => <Shown survey={survey} />}</Loaded>
}

function Shown({ survey }: { survey: Survey }) {
  const office = useHolds('office')
  const counted = survey.state === 'tallied' || survey.state === 'published'
  const mayVerify = useHolds('office', 'auditor') && counted
  return (
    <SurveyFrame
      survey={survey}
      state={<StateTag label={surveyLife.states[survey.state]} tone={stateTone[survey.state]} />}
      lead={`${showDate(survey.opensOn)}至${showDate(survey.closesOn)}答题`}
    >
      <Steps survey={survey} />
      <Next survey={survey} />
      <Section title="设置">
        <Facts
          items={[
            {
              label: '参加的学校',
              value:
                survey.state === 'draft'
                  ? `全区 ${survey.schools} 所，已确认 ${survey.confirmed} 所`
                  : `${survey.confirmed} 所${survey.leftOut > 0 ? `，另有 ${survey.leftOut} 所不参加` : ''}`,
            },
            { label: '个人信息保护影响评估', value: survey.impactReference },
            {
              label: '最低回收',
              value: `${audiences.map((one) => `${audienceLabels[one]} ${survey.minimum.share[one]}%`).join('，')}，每类至少 ${survey.minimum.ballots} 份`,
            },
            {
              label: '打印纸条的学校',
              value: survey.kits.schools > 0 && `${survey.kits.printed} / ${survey.kits.schools} 所`,
            },
            { label: '编码', value: survey.kits.codes > 0 && `${survey.kits.codes} 个` },
            { label: '公布说明', value: survey.publishedText, wide: true },
          ].filter((one) => one.value !== false && (one.label !== '公布说明' || one.value !== ''))}
        />
      </Section>
      <Section title="问卷" note={survey.fingerprint ? '题目已经冻结，和各人答题时看到的一字不差。' : undefined}>
        {survey.questionnaires.map((one) => (
          <details key={one.audience}>
            <summary>
              {audienceLabels[one.audience]}问卷，{one.questions.length} 题，题库 {one.version} 版
            </summary>
            <Questions questionnaire={one} />
          </details>
        ))}
      </Section>
      {survey.fingerprint && (
        <Section
          title="摘要和封签"
          note="冻结、开始和计票时留下的凭据。事后有人改动一个字，摘要就对不上。"
          action={
            mayVerify && (
              <a className="button" href={address('/surveys/:id/audit.json', { params: { id: survey.id } })} download>
                下载核验文件
              </a>
            )
          }
        >
          <Facts items={sealsOf(survey)} />
          {mayVerify && (
            <p className="section-note poll-after">
              核验文件里没有单份答卷。请会技术的同志运行 npm run verify-ballots，可以从头重算每一个数并核对封签。
            </p>
          )}
        </Section>
      )}
      {office && <Lost survey={survey} />}
      {office && <Erase survey={survey} />}
    </SurveyFrame>
  )
}

function sealsOf(survey: Survey) {
  const code = (value: string | null | undefined) => value && <span className="digest">{value}</span>
  return [
    { label: '问卷摘要', value: code(survey.fingerprint), wide: true },
    { label: '名额摘要', value: code(survey.rosterDigest), wide: true },
    { label: '抽班用的随机数', value: code(survey.drawSeed), wide: true },
    { label: '开始时的摘要', value: code(survey.openingSeal?.digest), wide: true },
    { label: '计票摘要', value: code(survey.closingSeal?.digest), wide: true },
    { label: '计票签名', value: code(survey.closingSeal?.signature), wide: true },
    { label: '签名公钥', value: code((survey.closingSeal ?? survey.openingSeal)?.publicKey), wide: true },
  ].filter((one) => one.value)
}

function Steps({ survey }: { survey: Survey }) {
  const at = steps.findIndex((one) => one.state === survey.state)
  // What is published is over: nothing is left that the red would call for.
  const over = survey.state === 'published'
  const shown = survey.kind === 'rehearsal' ? steps.filter((one) => one.state !== 'published') : steps
  const when: Partial<Record<Survey['state'], string | null>> = {
    open: survey.openedAt,
    closed: survey.closedAt,
    tallied: survey.talliedAt,
    published: survey.publishedAt,
  }
  return (
    <ol className="poll-steps" aria-label="进行到哪一步">
      {shown.map(({ state, label }, index) => {
        const instant = when[state]
        return (
          <li
            key={state}
            className={index < at || over ? 'poll-done' : index === at ? 'poll-now' : ''}
            aria-current={index === at ? 'step' : undefined}
          >
            {label}
            {instant && <small>{showTime(instant).replace(/^\d+年/, '')}</small>}
          </li>
        )
      })}
    </ol>
  )
}
