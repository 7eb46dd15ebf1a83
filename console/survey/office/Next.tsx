import { LinkButton } from '#console/house/Page.tsx'
import { useHolds } from '#console/me.ts'
import { surveyLife } from '#domain/survey/surveyLife.ts'
import type { Survey } from '../queries.ts'
import { advice } from './advice.tsx'
import { PublicPage } from './SurveySteps.tsx'

/** What is to do now, by whom, and the buttons for it; one of them is the main one. */
export function Next({ survey }: { survey: Survey }) {
  const office = useHolds('office')
  const reader = useHolds('leader', 'department') && survey.state === 'published'
  const { title, who, acts } = advice[survey.state](survey, office)
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
