import { Select } from 'antd'
import type { ReactNode } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useHolds } from '#console/me.ts'
import { addressNow } from './addressNow.ts'
import { useCycles } from './queries.ts'

/** The year that the address asks for; without one, each page is about the year that is open, else the newest that was. */
export function useYear(): number | undefined {
  const asked = useSearchParams()[0].get('year')
  return asked && /^\d{4}$/.test(asked) ? Number(asked) : undefined
}

/** Carries the chosen year over to another page, unless its address already says one. */
export function useKeptYear(): (to: string) => string {
  const year = useYear()
  return (to) => {
    if (year === undefined || /[?&]year=/.test(to)) return to
    const [path = '', anchor] = to.split('#')
    return `${path}${path.includes('?') ? '&' : '?'}year=${year}${anchor ? `#${anchor}` : ''}`
  }
}

/** A link that stays in the chosen year. */
export function YearLink(props: { to: string; className?: string | undefined; children: ReactNode }) {
  const keep = useKeptYear()
  return (
    <Link className={props.className} to={keep(props.to)}>
      {props.children}
    </Link>
  )
}

/**
 * Chooses the year that a page is about, in its address, so that it can be sent on and kept from page to page. `every` is for lists whose
 * rows outlive their year: there nothing is left out until a year is chosen.
 */
export function YearChooser(props: { every?: boolean }) {
  const [, setSearch] = useSearchParams()
  const prepares = useHolds('office')
  const year = useYear()
  const cycles = useCycles()
  // A year in preparation is the office's own affair, until it opens.
  const years = (cycles.data?.items ?? []).filter((one) => prepares || one.state !== 'draft')
  if (years.length < 2 && (years.length === 0 || year === undefined || year === years[0]?.year)) return null
  const standing = years.find((one) => one.state === 'open') ?? years.find((one) => one.state === 'closed') ?? years[0]
  const shown = year ?? (props.every ? 0 : standing?.year)
  const options = years.map((one) => ({ value: one.year, label: `${one.year} 年度（${one.stateLabel}）` }))
  return (
    <Select
      className="year-chooser"
      aria-label="年度"
      value={shown ?? null}
      options={[...(props.every ? [{ value: 0, label: '各年度' }] : []), ...options]}
      onChange={(chosen: number | null) => {
        const next = addressNow()
        next.delete('page')
        if (!chosen || (!props.every && chosen === standing?.year)) next.delete('year')
        else next.set('year', String(chosen))
        setSearch(next)
      }}
    />
  )
}
