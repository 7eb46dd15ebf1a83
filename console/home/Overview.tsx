import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useYear } from '#console/house/year.tsx'
import { call } from '#console/api.ts'
import { Figures } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Section } from '#console/house/Page.tsx'
import { readOverview } from '#contract/home/todo.ts'
import './home.css'

/** The year in a few figures, each leading to the list behind it. */
export function Overview() {
  const year = useYear()
  const overview = useQuery({
    queryKey: ['overview', year],
    queryFn: ({ signal }) => call(readOverview, { query: { year } }, signal),
  })
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
