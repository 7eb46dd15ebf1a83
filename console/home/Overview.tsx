import { Link } from 'react-router'
import { useYear } from '#console/house/year.tsx'
import { Figures } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Section } from '#console/house/Page.tsx'
import './home.css'
import { useOverview } from './queries.ts'

/** The year in a few figures, each leading to the list behind it. */
export function Overview() {
  const year = useYear()
  const overview = useOverview(year)
  return (
    <Loaded query={overview} rows={2}>
      {({ cycleTitle, figures }) =>
        cycleTitle === null ? null : (
          <Section title={`${cycleTitle}概况`}>
            <div className="overview">
              <Figures
                items={figures.map((figure) => ({
                  label: figure.label,
                  value: (
                    <Link className={figure.bad ? 'figure-bad' : undefined} to={figure.href.slice('/console'.length)}>
                      {figure.value}
                    </Link>
                  ),
                  note: figure.note,
                }))}
              />
            </div>
          </Section>
        )
      }
    </Loaded>
  )
}
