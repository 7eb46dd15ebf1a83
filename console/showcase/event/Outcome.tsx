import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form } from 'antd'
import { Line, LongText } from '#console/house/texts.tsx'
import { call, type StoredFile } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { FileField } from '#console/house/FileField.tsx'
import { Section } from '#console/house/Page.tsx'
import { amendEvent, type EventDetail, holdEvent } from '#contract/showcase/event.ts'
import { showcaseKeys } from '../queries.ts'

interface Values {
  outcome: string
  files?: StoredFile[]
  pictures?: StoredFile[]
  reason?: string
}

/** What came of an event: written up once it has begun, and mended afterwards with a reason. */
export function Outcome({ event }: { event: EventDetail }) {
  const queries = useQueryClient()
  const mending = event.state === 'held'
  const params = { id: event.id }
  return (
    <Section
      title={mending ? '更正成果和图片' : '登记成果'}
      note="公开的图片会出现在门户的活动页上，发布前请确认照片里的孩子已经征得同意。"
    >
      <Draft<Values>
        name={`event-outcome:${event.id}:${mending ? 'mend' : 'new'}`}
        initial={mending ? initialOf(event) : {}}
        {...(mending ? { seen: event.updatedAt } : {})}
        saveLabel={mending ? '更正成果' : '登记成果'}
        onSave={async ({ outcome, files = [], pictures = [], reason = '' }, _form, { seen }) => {
          const publicIds = pictures.map((one) => one.id)
          const fileIds = [...files.map((one) => one.id), ...publicIds]
          const body = { outcome, fileIds, publicIds }
          if (mending) await call(amendEvent, { params, body: { ...body, reason, seen } })
          else await call(holdEvent, { params, body })
          await readAnew(queries, showcaseKeys.events)
        }}
      >
        <Form.Item name="outcome" label="成果" rules={[{ required: true, whitespace: true }]}>
          <LongText most={4000} label="成果" rows={5} />
        </Form.Item>
        <Form.Item name="files" label="材料（局内和受邀学校可见）">
          <FileField max={15} />
        </Form.Item>
        <Form.Item name="pictures" label="公开的图片">
          <FileField max={15} accept="image/*" />
        </Form.Item>
        {mending && (
          <Form.Item name="reason" label="更正的理由" rules={[{ required: true, whitespace: true }]}>
            <Line most={500} label="更正的理由" />
          </Form.Item>
        )}
      </Draft>
    </Section>
  )
}

function initialOf(event: EventDetail): Partial<Values> {
  const chosen = event.pictures.map((one) => one.fileId)
  const all = event.materials.map((one) => ({ id: one.fileId, name: one.name, kind: one.kind }))
  return {
    outcome: event.outcome,
    files: all.filter((one) => !chosen.includes(one.id)),
    pictures: all.filter((one) => chosen.includes(one.id)),
  }
}
