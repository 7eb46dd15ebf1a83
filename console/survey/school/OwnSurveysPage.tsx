import './schoolSurvey.css'
import { useYear } from '#console/house/year.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { surveyLife } from '#domain/survey/surveyLife.ts'
import { surveyTone } from './words.ts'
import { type ListedSurvey, useSurveys } from '../queries.ts'

export default function OwnSurveysPage() {
  const signs = useHolds('secretary')
  const year = useYear()
  const surveys = useSurveys(year)
  return (
    <Page
      years="one"
      title="群众测评"
      lead="请教师、家长和三年级以上学生不记名地说说学校做得怎么样。题目、抽样和计票都由局党工委办负责，学校配合发放。"
    >
      <Loaded query={surveys}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="本年度还没有测评" hint="局党工委办发起测评以后，这里会请学校填报教师人数和各班人数。" />
          ) : (
            items
              .toSorted((a, b) => Number(nextStep(b, signs).primary) - Number(nextStep(a, signs).primary))
              .map((one) => <OneSurvey key={one.id} survey={one} signs={signs} />)
          )
        }
      </Loaded>
    </Page>
  )
}

function OneSurvey({ survey, signs }: { survey: ListedSurvey; signs: boolean }) {
  const { own } = survey
  const next = nextStep(survey, signs)
  return (
    <Section
      title={survey.title}
      action={
        own && (
          <LinkButton to={`/surveys/${survey.id}/schools/${own.schoolId}`} primary={next.primary}>
            {next.label}
          </LinkButton>
        )
      }
    >
      <p>
        <StateTag label={surveyLife.states[survey.state]} tone={surveyTone[survey.state]} />{' '}
        {survey.kind === 'rehearsal' && <StateTag label="演练，不计入结果" tone="warn" />}
      </p>
      <p className="quiet">
        <span className="survey-date">{showDate(survey.opensOn)}</span>至
        <span className="survey-date">{showDate(survey.closesOn)}</span>答题
      </p>
      <p>{next.words}</p>
    </Section>
  )
}

/** Classes that are filled wait for the secretary; to the clerk that is no work any more. */
function nextStep({ state, own }: ListedSurvey, signs: boolean): { label: string; words: string; primary: boolean } {
  if (own?.roster === 'leftOut') return { label: '查看', words: '本校这次不参加。', primary: false }
  if (state === 'draft') {
    if (own?.roster === 'confirmed')
      return { label: '查看班级人数', words: '班级人数已由书记确认，等局党工委办抽取班级。', primary: false }
    if (own?.roster === 'draft')
      return signs
        ? { label: '核对并确认', words: '班级人数已经填好，请书记核对后确认。', primary: true }
        : { label: '查看班级人数', words: '班级人数已经填好，等书记登录核对并确认。', primary: false }
    return { label: '填报班级人数', words: '请填教师人数和各班人数，再由书记确认。', primary: true }
  }
  if (state === 'frozen' || state === 'issued')
    return { label: '查看抽中的班级', words: '班级已经抽定，等局党工委办送来分班装好的纸条。', primary: false }
  if (state === 'open')
    return { label: '发放和进度', words: '正在答题。请按五步发放纸条，留意各班的进度。', primary: true }
  if (state === 'closed') return { label: '查看', words: '已经截止，等局党工委办计票。', primary: false }
  if (state === 'voided') return { label: '查看', words: '局党工委办已作废这次测评，不算数。', primary: false }
  return { label: '查看本校结果', words: '已经计票，可以看本校的结果。', primary: false }
}
