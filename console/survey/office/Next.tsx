import { noWayBack } from '#domain/base/wayBack.ts'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { LinkButton, Section } from '#console/house/Page.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { closeSurvey, eraseSurvey, issueSurvey, openSurvey, tallySurvey, voidSurvey } from '#contract/survey/survey.ts'
import { surveyLife } from '#domain/survey/surveyLife.ts'
import type { Survey } from '../queries.ts'
import { usePapers } from '../queries.ts'

/** What is to do now, by whom, and the buttons for it; one of them is the main one. */
export function Next({ survey }: { survey: Survey }) {
  const office = useHolds('office')
  const reader = useHolds('leader', 'department') && survey.state === 'published'
  const { title, who, acts } = adviceOf(survey, office)
  return (
    <section className="poll-next" aria-label="现在要做">
      <h2>{title}</h2>
      <p>{who}</p>
      {office && <div className="poll-acts">{acts}</div>}
      {!office && reader && (
        <div className="poll-acts">
          <LinkButton to={`/surveys/${survey.id}/results`} primary>
            查看结果
          </LinkButton>
          <PublicPage survey={survey} />
        </div>
      )}
      {office && <Barred survey={survey} />}
    </section>
  )
}

/** Kept apart from the next step, so that nobody presses it in passing. */
export function Erase({ survey }: { survey: Survey }) {
  const go = useNavigate()
  const erase = survey.moves['erase']
  if (!erase) return null
  return (
    <Section title="清除演练" note="演练用完以后清除。名称、人数、编码、答卷和结果一起删除，不能恢复。">
      <Act
        label="清除演练"
        danger
        reasons={erase}
        confirm="这次演练和它的全部答卷、编码一起删除，不能恢复。"
        run={async () => {
          await call(eraseSurvey, { params: { id: survey.id } })
          await go('/surveys')
        }}
      />
    </Section>
  )
}

/** Shown only where the box says so: without the key nothing that was answered can ever be read. */
export function Lost({ survey }: { survey: Survey }) {
  const lost = survey.moves['void']
  if (!lost) return null
  return (
    <Section
      title="密钥丢失，不能计票"
      note="票箱里没有这次测评的密钥，没有它谁也读不出答卷。请先让管理员找密钥文件夹的备份（另存在保险柜里的那一份），放回原处以后可以照常截止和计票。确实找不回来的，作废这一次，再新建一次。"
    >
      <Act
        label="作废这次测评"
        danger
        reasons={lost}
        confirm={`编码全部失效，答过的内容永久删除。${noWayBack.survey.void}作废和理由记录在案，学校看得到。`}
        ask={{ label: '密钥怎么丢的，为什么作废', hint: '' }}
        done="已作废，可以新建测评"
        run={(reason) => call(voidSurvey, { params: { id: survey.id }, body: { reason } })}
      />
    </Section>
  )
}

/** Why the step that comes next cannot be taken yet, without pressing the grey button first. */
function Barred({ survey }: { survey: Survey }) {
  for (const action of ['freeze', 'issue', 'open', 'close', 'tally'] as const) {
    const reasons = survey.moves[action] ?? []
    if (reasons.length > 0)
      return (
        <div className="poll-why">
          <p>还不能{surveyLife.actions[action]}：</p>
          <ul className="plain-list">
            {reasons.map((one) => (
              <li key={one.message}>{one.message}</li>
            ))}
          </ul>
        </div>
      )
  }
  return null
}

interface Advice {
  title: string
  who: string
  acts?: ReactNode
}

const today = (): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())

function adviceOf(survey: Survey, office: boolean): Advice {
  const base = `/surveys/${survey.id}`
  const params = { id: survey.id }
  const { moves, kits } = survey
  switch (survey.state) {
    case 'draft': {
      const unset =
        survey.impactReference.trim() === '' && survey.questionnaires.some((one) => one.audience === 'pupil')
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
    case 'frozen':
      return {
        title: '开始制发编码',
        who: '局党工委办办理。题目和抽中的班级不再改动；制发编码以后就可以逐校打印纸条。',
        acts: (
          <>
            <Act
              label="制发编码"
              primary
              reasons={moves['issue']}
              confirm="此后可以逐校打印纸条。每打印一次都会生成新的编码。"
              done="可以打印纸条了"
              run={() => call(issueSurvey, { params })}
            />
            <LinkButton to={`${base}/schools?roster=confirmed`}>抽中的学校</LinkButton>
          </>
        ),
      }
    case 'issued':
      return {
        title: `逐校打印纸条，再开始答题（已打印 ${kits.printed} / ${kits.schools} 所）`,
        who: '局党工委办打印并分班装袋，送到学校；学校当众请每人抽一张。各校都打印了才能开始答题。',
        acts: (
          <>
            {kits.printed < kits.schools && (
              <LinkButton to={`${base}/schools?roster=confirmed&sort=kit`} primary>
                打印纸条
              </LinkButton>
            )}
            <Act
              label="开始答题"
              primary={kits.printed >= kits.schools}
              reasons={moves['open']}
              confirm={`编码从现在起可以使用，答题到${showDate(survey.closesOn)}。`}
              done="已开始答题"
              run={() => call(openSurvey, { params })}
            />
            {kits.printed >= kits.schools && (
              <LinkButton to={`${base}/schools?roster=confirmed`}>纸条打印情况</LinkButton>
            )}
            <Paper survey={survey} />
          </>
        ),
      }
    case 'open': {
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
            <Close survey={survey} over={over} />
            <LinkButton to={`${base}/papers`}>录入纸质问卷</LinkButton>
            <LinkButton to={`${base}/schools?roster=confirmed`}>补印纸条</LinkButton>
            <Paper survey={survey} />
          </>
        ),
      }
    }
    case 'closed': {
      const barred = (moves['tally'] ?? []).length > 0
      return {
        title: '处理完异常班级，然后计票',
        who: '局党工委办办理。要作废的班须在计票前由两个人办完；计票以后编码、答卷和密钥永久销毁。',
        acts: (
          <>
            <Act
              label="计票"
              primary={!barred}
              reasons={moves['tally']}
              confirm="计票只做一次，算出各校结果并签名；随后编码、单份答卷和密钥永久销毁，不能再作废任何班。"
              done="已计票"
              run={() => call(tallySurvey, { params })}
            />
            <LinkButton to={`${base}/progress`} primary={barred}>
              回收情况和异常班级
            </LinkButton>
          </>
        ),
      }
    }
    case 'tallied':
      return {
        title: survey.kind === 'rehearsal' ? '看看结果，演练到此结束' : '看结果，筛留言，公布全区汇总',
        who:
          survey.kind === 'rehearsal'
            ? '演练不公布，也不进入评审。看完可以清除。'
            : '局党工委办办理。各校现在已能看到自己的结果；评审直接取用满意度指数。',
        acts: (
          <>
            <LinkButton to={`${base}/results`} primary={survey.kind === 'rehearsal'}>
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
    case 'voided':
      return {
        title: '已经作废',
        who: `密钥丢失，不能计票。理由：${survey.voidReason ?? ''}${office ? '。本年度可以另办一次。' : ''}`,
        acts: (
          <LinkButton to="/surveys" primary>
            回到测评列表
          </LinkButton>
        ),
      }
    case 'published':
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
}

/** Papers that nobody has typed twice alike are lost with the closing, so it names them and gives them up only with a reason. */
function Close({ survey, over }: { survey: Survey; over: boolean }) {
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

function FreezeLink({ survey, primary }: { survey: Survey; primary: boolean }) {
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

function Paper({ survey }: { survey: Survey }) {
  return (
    <a className="button" href={`/surveys/${survey.id}/paper.pdf`} download>
      下载纸质问卷
    </a>
  )
}

function PublicPage({ survey }: { survey: Survey }) {
  return (
    <a className="button" href={`/surveys/${survey.id}`}>
      打开公布的页面
    </a>
  )
}
