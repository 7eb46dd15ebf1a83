import { useNavigate } from 'react-router'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { closeSurvey } from '#contract/survey/survey.ts'
import { type Survey, usePapers } from '../queries.ts'

/** Papers that nobody has typed twice alike are lost with the closing, so it names them and gives them up only with a reason. */
export function CloseSurvey({ survey, over }: { survey: Survey; over: boolean }) {
  const params = { id: survey.id }
  const open = usePapers(survey.id)
  const papers = (open.data ?? []).filter((one) => !one.used).length
  const lost = papers > 0 ? `还有 ${papers} 份纸质问卷没有两遍录成一样，截止就放弃了它们。要计入的，请先去录完。` : ''
  const early = over ? '' : `还没有过截止日期（${showDate(survey.closesOn)}），理由会记录在案。`
  const why = over ? '补充说明' : '为什么提前截止'
  return (
    <Act
      label="截止答题"
      primary={over}
      reasons={survey.moves['close']}
      confirm={`截止以后编码不能再用，也不能重新开始。${lost}`}
      ask={{
        label: papers > 0 ? `为什么放弃这 ${papers} 份${over ? '' : '，为什么提前截止'}` : why,
        hint: early,
        optional: over && papers === 0,
      }}
      done="已截止"
      run={(reason) => call(closeSurvey, { params, body: { reason, papersGivenUp: papers } })}
    />
  )
}

/** Leads to the page of the freezing, or says why it is too early. */
export function FreezeLink({ survey, primary }: { survey: Survey; primary: boolean }) {
  const go = useNavigate()
  return (
    <Act
      label="冻结题目和名额"
      primary={primary}
      reasons={survey.moves['freeze']}
      done=""
      refresh={[]}
      run={() => go(`/surveys/${survey.id}/freeze`)}
    />
  )
}

export function PaperForm({ survey }: { survey: Survey }) {
  return (
    <a className="button" href={`/surveys/${survey.id}/paper.pdf`} download>
      下载纸质问卷
    </a>
  )
}

export function PublicPage({ survey }: { survey: Survey }) {
  return (
    <a className="button" href={`/surveys/${survey.id}`}>
      打开公布的页面
    </a>
  )
}
