import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { daysBetween } from '#domain/base/calendar.ts'
import { useCalendar } from '../queries.ts'

// The year stands in the heading, so a day is told by month and day alone.
const day = (date: string): string => `${Number(date.slice(5, 7))} 月 ${Number(date.slice(8))} 日`

/** Neighbouring days as one span, as the notice writes them. */
function spans(days: readonly string[]): string {
  const parts: [string, string][] = []
  for (const date of days) {
    const last = parts.at(-1)
    if (last && daysBetween(last[1], date) === 1) last[1] = date
    else parts.push([date, date])
  }
  return parts.map(([from, until]) => (from === until ? day(from) : `${day(from)} 至 ${day(until)}`)).join('、')
}

export default function CalendarPage() {
  const calendar = useCalendar()
  const next = (calendar.data?.items[0]?.year ?? 2026) + 1
  return (
    <Page
      title="工作日历"
      lead="公示和答复的期限按它数工作日。没有录入的年份，系统不猜，会停下来提示。"
      action={
        calendar.data && (
          <LinkButton to={`/calendar/${next}`} primary>
            录入 {next} 年
          </LinkButton>
        )
      }
    >
      <Loaded query={calendar}>
        {({ items }) => (
          <>
            {items.map((year) => (
              <Section
                key={year.year}
                title={`${year.year} 年`}
                note={year.source}
                action={<LinkButton to={`/calendar/${year.year}`}>更正</LinkButton>}
              >
                <Facts
                  items={[
                    { label: '放假', value: spans(year.holidays), wide: true },
                    { label: '调休上班', value: spans(year.makeUpDays) || '没有', wide: true },
                  ]}
                />
              </Section>
            ))}
          </>
        )}
      </Loaded>
    </Page>
  )
}
