import './schoolSurvey.css'
import { useParams } from 'react-router'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { useHolds } from '#console/me.ts'
import { surveyLife } from '#domain/survey/surveyLife.ts'
import { DayPart } from './DayPart.tsx'
import { ResultPart } from './ResultPart.tsx'
import { RosterPart } from './RosterPart.tsx'
import { surveyTone } from './words.ts'
import { type Roster, useRoster } from '../queries.ts'

/** One school's part in a survey; what it shows follows the state: its classes, the survey days, the result. */
export default function SchoolSurveyPage() {
  const { id = '', schoolId = '' } = useParams()
  const roster = useRoster(id, schoolId)
  return (
    <Loaded query={roster} rows={8}>
      {(data) => <SchoolSurvey roster={data} />}
    </Loaded>
  )
}

function SchoolSurvey({ roster }: { roster: Roster }) {
  const office = useHolds('office')
  const { surveyState: state } = roster
  return (
    <Page
      title={office ? roster.schoolName : roster.surveyTitle}
      lead={roster.kind === 'rehearsal' ? '这是演练：做法和正式测评一样，答卷不计入任何结果。' : undefined}
      crumbs={
        office
          ? [
              { label: '群众测评', to: '/surveys' },
              { label: roster.surveyTitle, to: `/surveys/${roster.surveyId}` },
            ]
          : [{ label: '群众测评', to: '/own-surveys' }]
      }
      state={<StateTag label={surveyLife.states[state]} tone={surveyTone[state]} />}
    >
      {roster.roster === 'leftOut' ? (
        <p>这所学校这次不参加测评。原因：{roster.leftOutReason}</p>
      ) : (
        <>
          {state === 'draft' && <RosterPart roster={roster} />}
          {(state === 'frozen' || state === 'issued' || state === 'open' || state === 'closed') && (
            <DayPart roster={roster} />
          )}
          {state === 'voided' && <p>这次测评的密钥丢失，不能计票，局党工委办已经作废。答过的内容谁也读不出来。</p>}
          {(state === 'tallied' || state === 'published') && <ResultPart roster={roster} />}
        </>
      )}
    </Page>
  )
}
