import './survey.css'
import type { ReactNode } from 'react'
import { Page } from '#console/house/Page.tsx'

/** A page of one survey; a rehearsal says on every one of them that it is one. */
export function SurveyFrame(props: {
  survey: { kind: 'real' | 'rehearsal'; title: string }
  /** Without it the page is the survey's own. */
  id?: string
  title?: string
  lead?: ReactNode
  state?: ReactNode
  action?: ReactNode
  more?: ReactNode
  children: ReactNode
}) {
  const crumbs = [{ label: '群众测评', to: '/surveys' }]
  if (props.id) crumbs.push({ label: props.survey.title, to: `/surveys/${props.id}` })
  return (
    <Page
      title={props.title ?? props.survey.title}
      lead={props.lead}
      state={props.state}
      action={props.action}
      more={props.more}
      crumbs={crumbs}
    >
      {props.survey.kind === 'rehearsal' && (
        <p className="poll-rehearsal" role="note">
          演练：不计入评审
        </p>
      )}
      {props.children}
    </Page>
  )
}
