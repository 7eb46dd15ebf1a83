import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form, Input, Radio } from 'antd'
import { Line, LongText } from '#console/house/texts.tsx'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { call } from '#console/api.ts'
import { namesOf } from '#console/house/Conflicts.tsx'
import { SchoolField, useSchoolChoices } from '#console/house/SchoolField.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { changeEvent, createEvent, type EventDetail, saveEvent } from '#contract/showcase/event.ts'
import { shanghaiTime } from '#domain/base/calendar.ts'
import { eventKinds } from '#domain/showcase/event.ts'
import { showcaseKeys, useEvent } from '../queries.ts'

interface Values {
  kind: (typeof eventKinds)[number]
  title: string
  startsAt: string
  endsAt: string
  place: string
  agenda?: string
  hostSchoolId?: string
  schoolIds?: string[]
  reason?: string
}

export default function EditEventPage() {
  const { id } = useParams()
  const [search] = useSearchParams()
  const from = search.get('from') ?? undefined
  const read = id ?? from
  const event = useEvent(read)
  return (
    <Page title={id ? '修改活动' : '筹备活动'} width="text" crumbs={[{ label: '活动', to: '/events' }]}>
      {read ? (
        <Loaded query={event}>{(data) => (id ? <Words event={data} /> : <Words copied={data} />)}</Loaded>
      ) : (
        <Words />
      )}
    </Page>
  )
}

function Words({ event, copied }: { event?: EventDetail; copied?: EventDetail }) {
  const published = event?.state === 'published'
  const go = useNavigate()
  const queries = useQueryClient()
  return (
    <Draft<Values>
      name={`event:${event?.id ?? 'new'}`}
      initial={event ? initialOf(event) : copied ? copyOf(copied) : { kind: '现场会' }}
      {...(event ? { seen: event.updatedAt } : {})}
      names={namesOf(useSchoolChoices())}
      saveLabel={published ? '更改并提醒学校' : '保存'}
      onSave={async ({ startsAt, endsAt, hostSchoolId, reason, ...values }, _form, { seen, id: once }) => {
        const body = {
          ...values,
          startsAt: toInstant(startsAt),
          endsAt: toInstant(endsAt),
          hostSchoolId: hostSchoolId ?? null,
        }
        const params = { id: event?.id ?? '' }
        const id = event
          ? published
            ? (await call(changeEvent, { params, body: { ...body, seen, reason: reason ?? '' } }), event.id)
            : (await call(saveEvent, { params, body: { ...body, seen } }), event.id)
          : (await call(createEvent, { body, once })).id
        await readAnew(queries, showcaseKeys.events)
        await go(`/events/${id}`)
      }}
    >
      <Form.Item name="kind" label="类型" rules={[{ required: true }]}>
        <Radio.Group optionType="button" options={eventKinds.map((kind) => ({ value: kind, label: kind }))} />
      </Form.Item>
      <Form.Item name="title" label="名称" rules={[{ required: true, whitespace: true }]}>
        <Line most={80} label="名称" />
      </Form.Item>
      <Form.Item name="startsAt" label="开始时间" rules={[{ required: true }]}>
        <Input type="datetime-local" />
      </Form.Item>
      <Form.Item name="endsAt" label="结束时间" rules={[{ required: true }]}>
        <Input type="datetime-local" />
      </Form.Item>
      <Form.Item name="place" label="地点" rules={[{ required: true, whitespace: true }]}>
        <Line most={100} label="地点" />
      </Form.Item>
      <Form.Item name="hostSchoolId" label="承办学校">
        <SchoolField />
      </Form.Item>
      <Form.Item name="schoolIds" label="邀请的学校">
        <SchoolField many />
      </Form.Item>
      <Form.Item name="agenda" label="议程">
        <LongText most={4000} label="议程" rows={5} />
      </Form.Item>
      {published && (
        <Form.Item
          name="reason"
          label="更改的理由"
          rules={[{ required: true, whitespace: true }]}
          extra="门户和学校的待办里会写明；原来的安排留存。"
        >
          <Line most={500} label="更改的理由" />
        </Form.Item>
      )}
    </Draft>
  )
}

const initialOf = (event: EventDetail): Partial<Values> => ({
  kind: eventKinds.find((kind) => kind === event.kind) ?? '现场会',
  title: event.title,
  startsAt: toLocal(event.startsAt),
  endsAt: toLocal(event.endsAt),
  place: event.place,
  agenda: event.agenda,
  ...(event.hostSchoolId ? { hostSchoolId: event.hostSchoolId } : {}),
  schoolIds: event.schools.map((one) => one.schoolId),
})

/** The same again on another day. */
const copyOf = (event: EventDetail): Partial<Values> => {
  const { startsAt: _from, endsAt: _to, ...words } = initialOf(event)
  return words
}

// The bureau's clock (UTC+8), wherever the browser stands.
const toInstant = (local: string): string => `${local}:00+08:00`
const toLocal = (instant: string): string => shanghaiTime(instant).replace(' ', 'T')
