import { type ReactNode, useEffect } from 'react'
import { useKeptYear, YearChooser, YearLink } from './year.tsx'
import { Link } from 'react-router'
import './Page.css'

/** The frame of every page: where I am, what this is, the one thing to do here, and why I see it. */
export function Page(props: {
  title: string
  /** The page's single main action: an <Act primary> or a <LinkButton>. */
  action?: ReactNode
  /** Further, quieter actions beside it. */
  more?: ReactNode
  /** Beside the title: usually a StateTag. */
  state?: ReactNode
  /** One line under the title. */
  lead?: ReactNode
  /** “您看到这些，是因为…” */
  explain?: string | undefined
  crumbs?: { label: string; to: string }[]
  width?: 'text' | 'wide'
  /** Offers the years: of a page about one year (`one`), or of a list that shows them all until one is chosen (`every`). */
  years?: 'one' | 'every'
  children?: ReactNode
}) {
  const { title } = props
  useEffect(() => {
    document.title = `${title} - 一校一品`
  }, [title])
  return (
    <article className={props.width === 'text' ? 'page page-text' : 'page'}>
      {props.crumbs && (
        <nav className="crumbs" aria-label="所在位置">
          <ol>
            {props.crumbs.map((crumb) => (
              <li key={crumb.to}>
                <YearLink to={crumb.to}>{crumb.label}</YearLink>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <header className="page-head">
        <div className="page-title">
          <h1 tabIndex={-1}>{title}</h1>
          {props.state}
          {props.years && <YearChooser every={props.years === 'every'} />}
        </div>
        {(props.action || props.more) && (
          <div className="page-actions">
            {props.more}
            {props.action}
          </div>
        )}
      </header>
      {props.lead && <p className="page-lead">{props.lead}</p>}
      {props.children}
      {props.explain && <p className="explain">{props.explain}</p>}
    </article>
  )
}

/** A titled part of a page. */
export function Section(props: { title: string; note?: ReactNode; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="section" aria-label={props.title}>
      <header className="section-head">
        <h2>{props.title}</h2>
        {props.action}
      </header>
      {props.note && <p className="section-note">{props.note}</p>}
      {props.children}
    </section>
  )
}

/** A link that looks like a button, for going to the page where the thing is done. */
export function LinkButton(props: { to: string; primary?: boolean; children: ReactNode }) {
  const keep = useKeptYear()
  return (
    <Link className={props.primary ? 'button button-main' : 'button'} to={keep(props.to)}>
      {props.children}
    </Link>
  )
}
