import type { ReactNode } from 'react'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { LinkButton } from '#console/house/Page.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { issueSurvey, openSurvey, tallySurvey } from '#contract/survey/survey.ts'
import type { Survey } from '../queries.ts'
import { CloseSurvey, FreezeLink, PaperForm, PublicPage } from './SurveySteps.tsx'

interface Advice {
  title: string
  who: string
  acts: ReactNode
}

/** What is to do in each state, by whom, and the buttons for it. */
export const advice: Record<Survey['state'], (survey: Survey, office: boolean) => Advice> = {
  draft,
  frozen,
  issued,
  open,
  closed,
  tallied,
  voided,
  published,
}

const today = (): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
const pageOf = ({ id }: Survey): string => `/surveys/${id}`

function draft(survey: Survey): Advice {
  const base = pageOf(survey)
  const asksPupils = survey.questionnaires.some((one) => one.audience === 'pupil')
  const unset = survey.impactReference.trim() === '' && asksPupils
  const waiting = survey.confirmed < survey.schools
  return {
    title: '定好题目和日期，收齐班级人数，然后冻结',
    who: `局党工委办定题目和日期；各校党务干事填报教师人数和各班人数，书记确认。现在 ${survey.schools} 所学校里有 ${survey.confirmed} 所已确认。`,
    acts: (
      <>
        <LinkButton to={`${base}/edit`} primary={unset}>
          修改设置和问卷
        </LinkButton>
        <LinkButton to={`${base}/schools`} primary={!unset && waiting}>
          各校班级人数
        </LinkButton>
        <FreezeLink survey={survey} primary={!unset && !waiting} />
      </>
    ),
  }
}

function frozen(survey: Survey): Advice {
  return {
    title: '开始制发编码',
    who: '局党工委办办理。题目和抽中的班级不再改动；制发编码以后就可以逐校打印纸条。',
    acts: (
      <>
        <Act
          label="制发编码"
          primary
          reasons={survey.moves['issue']}
          confirm="此后可以逐校打印纸条。每打印一次都会生成新的编码。"
          done="可以打印纸条了"
          run={() => call(issueSurvey, { params: { id: survey.id } })}
        />
        <LinkButton to={`${pageOf(survey)}/schools?roster=confirmed`}>抽中的学校</LinkButton>
      </>
    ),
  }
}

function issued(survey: Survey): Advice {
  const base = pageOf(survey)
  const { printed, schools } = survey.kits
  return {
    title: `逐校打印纸条，再开始答题（已打印 ${printed} / ${schools} 所）`,
    who: '局党工委办打印并分班装袋，送到学校；学校当众请每人抽一张。各校都打印了才能开始答题。',
    acts: (
      <>
        {printed < schools && (
          <LinkButton to={`${base}/schools?roster=confirmed&sort=kit`} primary>
            打印纸条
          </LinkButton>
        )}
        <Act
          label="开始答题"
          primary={printed >= schools}
          reasons={survey.moves['open']}
          confirm={`编码从现在起可以使用，答题到${showDate(survey.closesOn)}。`}
          done="已开始答题"
          run={() => call(openSurvey, { params: { id: survey.id } })}
        />
        {printed >= schools && <LinkButton to={`${base}/schools?roster=confirmed`}>纸条打印情况</LinkButton>}
        <PaperForm survey={survey} />
      </>
    ),
  }
}

function open(survey: Survey): Advice {
  const base = pageOf(survey)
  const over = today() > survey.closesOn
  return {
    title: over ? '截止日期已过，请截止答题' : '看进度，提醒答得少的班',
    who: over
      ? '截止日期过后网上已经不能再答。纸质问卷录完以后由局党工委办截止，接着计票。'
      : `师生和家长在作答，到${showDate(survey.closesOn)}为止。只看得到份数，看不到任何答案。`,
    acts: (
      <>
        <LinkButton to={`${base}/progress`} primary={!over}>
          答题进度
        </LinkButton>
        <CloseSurvey survey={survey} over={over} />
        <LinkButton to={`${base}/papers`}>录入纸质问卷</LinkButton>
        <LinkButton to={`${base}/schools?roster=confirmed`}>补印纸条</LinkButton>
        <PaperForm survey={survey} />
      </>
    ),
  }
}

function closed(survey: Survey): Advice {
  const barred = (survey.moves['tally'] ?? []).length > 0
  return {
    title: '处理完异常班级，然后计票',
    who: '局党工委办办理。要作废的班须在计票前由两个人办完；计票以后编码、答卷和密钥永久销毁。',
    acts: (
      <>
        <Act
          label="计票"
          primary={!barred}
          reasons={survey.moves['tally']}
          confirm="计票只做一次，算出各校结果并签名；随后编码、单份答卷和密钥永久销毁，不能再作废任何班。"
          done="已计票"
          run={() => call(tallySurvey, { params: { id: survey.id } })}
        />
        <LinkButton to={`${pageOf(survey)}/progress`} primary={barred}>
          回收情况和异常班级
        </LinkButton>
      </>
    ),
  }
}

function tallied(survey: Survey): Advice {
  const base = pageOf(survey)
  const rehearsal = survey.kind === 'rehearsal'
  return {
    title: rehearsal ? '看看结果，演练到此结束' : '看结果，筛留言，公布全区汇总',
    who: rehearsal
      ? '演练不公布，也不进入评审。看完可以清除。'
      : '局党工委办办理。各校现在已能看到自己的结果；评审直接取用满意度指数。',
    acts: (
      <>
        <LinkButton to={`${base}/results`} primary={rehearsal}>
          查看结果
        </LinkButton>
        <LinkButton to={`${base}/remarks`}>筛选留言</LinkButton>
        {survey.kind === 'real' && (
          <LinkButton to={`${base}/publish`} primary>
            公布结果
          </LinkButton>
        )}
      </>
    ),
  }
}

function voided(survey: Survey, office: boolean): Advice {
  return {
    title: '已经作废',
    who: `密钥丢失，不能计票。理由：${survey.voidReason ?? ''}${office ? '。本年度可以另办一次。' : ''}`,
    acts: (
      <LinkButton to="/surveys" primary>
        回到测评列表
      </LinkButton>
    ),
  }
}

function published(survey: Survey, office: boolean): Advice {
  const base = pageOf(survey)
  return {
    title: '已经公布，全部完成',
    who: `门户上可以看到全区汇总，不列学校。${office ? '还没有筛完的留言可以接着筛。' : ''}`,
    acts: (
      <>
        <LinkButton to={`${base}/results`} primary>
          查看结果
        </LinkButton>
        <LinkButton to={`${base}/remarks`}>筛选留言</LinkButton>
        <PublicPage survey={survey} />
      </>
    ),
  }
}
