import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form, Input } from 'antd'
import { useNavigate, useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { saveCalendarYear } from '#contract/year/cycle.ts'
import { daysOfNotice } from '#domain/year/noticeDays.ts'
import { useCalendar } from '../queries.ts'

interface Values {
  source: string
  holidays: string
  makeUpDays?: string
}

/** Says of a field what of it could not be read as days. */
const readable = (year: string) => ({
  validator: async (_: unknown, text?: string) => {
    const { mistakes } = daysOfNotice(text ?? '', Number(year))
    if (mistakes.length > 0)
      throw new Error(`看不懂“${mistakes.join('”“')}”，请写成“10月1日至7日”或“${year}-10-01至${year}-10-07”。`)
  },
})

export default function CalendarYearPage() {
  const { year = '' } = useParams()
  const go = useNavigate()
  const queries = useQueryClient()
  const calendar = useCalendar()
  return (
    <Page
      title={`${year} 年节假日安排`}
      width="text"
      crumbs={[{ label: '工作日历', to: '/calendar' }]}
      lead="照国务院办公厅的放假通知录入。连续几天可以写成一段。"
    >
      <Loaded query={calendar}>
        {({ items }) => {
          const known = items.find((one) => String(one.year) === year)
          return (
            <Draft<Values>
              name={`calendar:${year}`}
              initial={{
                source: known?.source ?? `国务院办公厅关于 ${year} 年部分节假日安排的通知`,
                holidays: known?.holidays.join('\n') ?? '',
                makeUpDays: known?.makeUpDays.join('\n') ?? '',
              }}
              {...(known ? { seen: known.stamp } : {})}
              onSave={async ({ source, holidays, makeUpDays = '' }, _form, { seen }) => {
                const days = (text: string) => daysOfNotice(text, Number(year)).days
                const body = { source, holidays: days(holidays), makeUpDays: days(makeUpDays), seen }
                await call(saveCalendarYear, { params: { year: Number(year) }, body })
                await readAnew(queries)
                await go('/calendar')
              }}
            >
              <Form.Item name="source" label="依据" rules={[{ required: true, whitespace: true, max: 120 }]}>
                <Input />
              </Form.Item>
              <Form.Item
                name="holidays"
                label="放假的日子"
                extra={`每行一天或一段，可照通知粘贴，例如 10月1日至7日；上一年 12 月的日子写全年份`}
                rules={[{ required: true, whitespace: true }, readable(year)]}
              >
                <Input.TextArea autoSize={{ minRows: 6, maxRows: 16 }} />
              </Form.Item>
              <Form.Item name="makeUpDays" label="调休上班的周末" rules={[{ required: false }, readable(year)]}>
                <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} />
              </Form.Item>
            </Draft>
          )
        }}
      </Loaded>
    </Page>
  )
}
