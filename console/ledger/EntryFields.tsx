import './ledger.css'
import { Checkbox, Form, Radio, Select } from 'antd'
import { NumberField } from '#console/house/NumberField.tsx'
import { Line, LongText } from '#console/house/texts.tsx'
import {
  entryTexts,
  participantKinds,
  participantLabelsOf,
  type EntryTag,
  tagLabels,
} from '#domain/ledger/entryContent.ts'
import { pillarLabels } from '#domain/base/pillar.ts'
import { DateField } from '#console/house/DateField.tsx'
import { FileField } from '#console/house/FileField.tsx'
import { byLabel } from '#console/house/searching.ts'
import type { LedgerDesk } from './queries.ts'
import type { EvidenceFile } from './values.ts'
import { quoted } from '#domain/base/text.ts'

const tagOptions = (Object.entries(tagLabels) as [EntryTag, string][]).map(([value, label]) => ({ value, label }))
const pillarOptions = Object.entries(pillarLabels).map(([value, label]) => ({ value, label }))

const underMore = ['place', 'feedback', 'link', 'taskId', 'tags']

/** Whether something to mend hides under “更多”. */
export const isUnderMore = (field: string | undefined): boolean =>
  field !== undefined && underMore.some((name) => field === name || field.startsWith(`${name}.`))

/** What one writes down: the five things that every entry has first, the rest folded away. */
export function EntryFields(props: {
  desk: LedgerDesk
  more: boolean
  onMore: (open: boolean) => void
  focus?: boolean
}) {
  const { desk } = props
  const labels = participantLabelsOf(desk.stage)
  return (
    <div className="entry-fields">
      <Form.Item name="title" label="事项" rules={[{ required: true, whitespace: true }]}>
        <Line
          most={80}
          label="事项"
          size="large"
          placeholder="如：“红船领航”主题党日"
          autoFocus={props.focus ?? false}
          enterKeyHint="next"
        />
      </Form.Item>
      <Form.Item name="happenedOn" label="活动日期" rules={[{ required: true }]}>
        <DateField max={desk.today} />
      </Form.Item>
      <Form.Item
        name="pillar"
        label="类别"
        className="entry-pillar"
        rules={[{ required: true, message: '请选择类别' }]}
      >
        <Radio.Group optionType="button" options={pillarOptions} />
      </Form.Item>
      <Form.Item name="formId" label="形式">
        <Radio.Group
          optionType="button"
          options={[...desk.forms.map(({ id, label }) => ({ value: id, label })), { value: '', label: '不选' }]}
        />
      </Form.Item>
      <fieldset className="plain">
        <legend>参加人数</legend>
        <div className="entry-counts">
          {participantKinds.map((kind) => (
            <Form.Item key={kind} name={kind} label={labels[kind]} rules={[{ required: false }]}>
              <NumberField label={labels[kind]} size="large" min={0} max={100_000} />
            </Form.Item>
          ))}
        </div>
      </fieldset>
      <Form.Item name="content" label="一句话说明做了什么、结果怎样">
        <LongText most={entryTexts.content.most} label="一句话说明做了什么、结果怎样" rows={3} />
      </Form.Item>
      <Form.Item name="files" label="照片和材料">
        <EvidenceField />
      </Form.Item>
      <details className="entry-more" open={props.more} onToggle={(event) => props.onMore(event.currentTarget.open)}>
        <summary>更多：地点、融合方向、对应任务、需求与反馈、专栏链接</summary>
        <Form.Item name="place" label="地点">
          <Line most={entryTexts.place.most} label="地点" />
        </Form.Item>
        <Form.Item name="tags" label="融合方向">
          <Checkbox.Group options={tagOptions} />
        </Form.Item>
        {desk.tasks.length > 0 && (
          <Form.Item name="taskId" label="对应方案任务">
            <Select
              allowClear
              showSearch={{ filterOption: byLabel }}
              placeholder="这件事落实了方案中的哪一项"
              options={desk.tasks.map(({ id, label, pillar }) => ({
                value: id,
                label: `${pillarLabels[pillar]} · ${label}`,
              }))}
            />
          </Form.Item>
        )}
        <Form.Item name="feedback" label="师生家长的需求与反馈">
          <LongText most={entryTexts.feedback.most} label="师生家长的需求与反馈" rows={3} />
        </Form.Item>
        <Form.Item name="link" label="媒体专栏链接">
          <Line most={entryTexts.link.most} label="媒体专栏链接" inputMode="url" placeholder="https://" />
        </Form.Item>
      </details>
    </div>
  )
}

function EvidenceField(props: { id?: string; value?: EvidenceFile[]; onChange?: (files: EvidenceFile[]) => void }) {
  const files = props.value ?? []
  const captionOf = (id: string) => files.find((one) => one.id === id)?.caption ?? ''
  return (
    <FileField
      {...(props.id ? { id: props.id } : {})}
      value={files}
      onChange={(next) => props.onChange?.(next)}
      max={20}
      camera
      hint="可以不传。照片、PDF、Word、Excel、PPT、视频都可以，最多 20 个。"
      renderBeside={(file) => (
        <div className="entry-caption">
          <Line
            most={60}
            aria-label={`${quoted(file.name)}的说明`}
            placeholder="说明（选填）"
            value={captionOf(file.id)}
            onChange={(event) =>
              props.onChange?.(files.map((one) => (one.id === file.id ? { ...one, caption: event.target.value } : one)))
            }
          />
        </div>
      )}
    />
  )
}
