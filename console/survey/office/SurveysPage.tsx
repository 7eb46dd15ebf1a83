import { Link } from 'react-router'
import { useYear } from '#console/house/year.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { surveyLife } from '#domain/survey/surveyLife.ts'
import { stateTone } from './words.ts'
import { type ListedSurvey, useSurveys } from '../queries.ts'

export default function SurveysPage() {
  const office = useHolds('office')
  const year = useYear()
  const surveys = useSurveys(year)
  const mayReal = office && surveys.data?.create.real.length === 0
  const mayRehearse = office && surveys.data?.create.rehearsal.length === 0
  return (
    <Page
      years="one"
      title="群众测评"
      lead="每年一次，请教师、家长和三年级以上学生不记名作答。由局里抽样、发卡、计票，结果折算 19 分。"
      more={
        mayRehearse && (
          <LinkButton to="/surveys/new?kind=rehearsal" primary={!mayReal}>
            新建演练
          </LinkButton>
        )
      }
      action={
        mayReal && (
          <LinkButton to="/surveys/new" primary>
            新建测评
          </LinkButton>
        )
      }
    >
      <Loaded query={surveys}>
        {(data) => {
          const barred = office ? data.create.rehearsal : []
          if (data.items.length === 0)
            return (
              <Empty
                title="本年度还没有测评"
                hint={
                  barred.length > 0
                    ? barred.map((one) => one.message).join('')
                    : office
                      ? '先新建测评，定下日期和题目，再请各校填报班级人数。第一次用，可以先新建演练走一遍。'
                      : '局党工委办新建以后会列在这里。'
                }
              />
            )
          return <List items={data.items} />
        }}
      </Loaded>
    </Page>
  )
}

function List({ items }: { items: readonly ListedSurvey[] }) {
  const groups = [
    { title: '正式测评', all: items.filter((one) => one.kind === 'real') },
    { title: '演练', all: items.filter((one) => one.kind === 'rehearsal'), note: '演练不计入评审，用完可以清除。' },
  ]
  return groups.map(
    ({ title, all, note }) =>
      all.length > 0 && (
        <Section key={title} title={title} note={note}>
          <ul className="cards">
            {all.map((one) => (
              <li key={one.id} className="card">
                <p className="card-title">
                  <Link to={`/surveys/${one.id}`}>{one.title}</Link>{' '}
                  <StateTag label={surveyLife.states[one.state]} tone={stateTone[one.state]} />
                </p>
                <p className="quiet">
                  {showDate(one.opensOn)}至{showDate(one.closesOn)}答题。
                  {one.state === 'draft'
                    ? `全区 ${one.schools} 所学校，${one.confirmed} 所已确认班级人数。`
                    : `${one.confirmed} 所学校参加${one.leftOut > 0 ? `，${one.leftOut} 所不参加` : ''}。`}
                </p>
              </li>
            ))}
          </ul>
        </Section>
      ),
  )
}
