import type { ReactNode } from 'react'
import { dayInWords } from '#domain/base/calendar.ts'
import type { Tone } from './StateTag.tsx'
import './Timeline.css'

export interface Moment {
  id: string
  at: string
  title: ReactNode
  detail?: ReactNode
  who?: string
  tone?: Tone
}

/** What happened, in order. */
export function Timeline(props: { moments: readonly Moment[] }) {
  return (
    <ol className="timeline">
      {props.moments.map((moment) => (
        <li key={moment.id} className={`moment moment-${moment.tone ?? 'quiet'}`}>
          <p className="moment-title">{moment.title}</p>
          <p className="quiet">
            <time dateTime={moment.at}>{showTime(moment.at)}</time>
            {moment.who && `　${moment.who}`}
          </p>
          {moment.detail && <div className="moment-detail">{moment.detail}</div>}
        </li>
      ))}
    </ol>
  )
}

const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** An instant as office people write it; a bare date stays a date. */
export function showTime(at: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(at)) return showDate(at)
  const parts = Object.fromEntries(clock.formatToParts(new Date(at)).map((part) => [part.type, part.value]))
  return `${Number(parts['year'])}年${Number(parts['month'])}月${Number(parts['day'])}日 ${parts['hour']}:${parts['minute']}`
}

/** `2026-09-01`, or the day of an instant in Shanghai, as 2026年9月1日. */
export const showDate = (date: string | null | undefined): string => dayInWords(date ?? '')

/** Fen as yuan with separators. */
export function showYuan(fen: number): string {
  return (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
}
