import { Button, Form } from 'antd'
import { useState } from 'react'
import { call, type StoredFile } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { FileField } from '#console/house/FileField.tsx'
import { FormDialogue } from '#console/house/FormDialogue.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { LongText } from '#console/house/texts.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { changePromise, keepPromise, missPromise, reopenPromise } from '#contract/plan/plan.ts'
import type { PlanView } from './queries.ts'
import { mayTrack } from './Tracking.tsx'

type PromiseShown = PlanView['promises'][number]

const promiseTones = { open: 'info', kept: 'ok', changed: 'warn', missed: 'bad' } as const

export function PromiseList({ view }: { view: PlanView }) {
  const [open, setOpen] = useState<PromiseShown>()
  if (view.promises.length === 0) return <Empty title="还没有承诺" hint="向师生公开承诺，接受监督。" />
  return (
    <>
      {view.promises.map((promise) => (
        <div key={promise.id} className="plan-row">
          <p>
            {promise.content} <StateTag label={promise.stateLabel} tone={promiseTones[promise.state]} />
          </p>
          {promise.explanation && <p className="quiet plan-text">{promise.explanation}</p>}
          <Proof file={promise.file} />
          {promise.before.map((was) => (
            <div key={was.id} className="quiet">
              <p className="plan-text">
                {showDate(was.takenBackAt)} {was.takenBackByName}撤回登记：{was.reason}
              </p>
              <p className="plan-text">
                原来登记为“{was.stateLabel}”{was.explanation && `：${was.explanation}`}
              </p>
              <Proof file={was.file} />
            </div>
          ))}
          {mayTrack(view) && <Register promise={promise} onKeep={() => setOpen(promise)} />}
        </div>
      ))}
      {open && <Keep promise={open} onClose={() => setOpen(undefined)} />}
    </>
  )
}

function Proof({ file }: { file: PromiseShown['file'] }) {
  return (
    file && (
      <a href={`/api/files/${file.id}`} download>
        {file.name}
      </a>
    )
  )
}

/** How it went is said once, and taken back with a reason when it was said wrongly. */
function Register({ promise, onKeep }: { promise: PromiseShown; onKeep: () => void }) {
  const params = { id: promise.id }
  if (promise.state !== 'open')
    return (
      <Act
        label="撤回登记"
        name={promise.id}
        size="small"
        ask={{ label: '撤回的理由', hint: '登记有误时用，撤回后重新登记。原来的登记和理由留存，随方案公开。' }}
        run={(reason) => call(reopenPromise, { params, body: { reason, seen: promise.decidedAt ?? '' } })}
        done="已撤回，请重新登记"
      />
    )
  return (
    <div className="page-actions">
      <Button size="small" onClick={onKeep}>
        已兑现
      </Button>
      <Act
        label="调整"
        name={promise.id}
        size="small"
        ask={{ label: '调整的理由', hint: '会随方案公开。' }}
        run={(reason) => call(changePromise, { params, body: { reason } })}
      />
      <Act
        label="未兑现"
        name={promise.id}
        size="small"
        ask={{ label: '原因说明', hint: '会随方案公开；不写也可以提交。', optional: true }}
        run={(explanation) => call(missPromise, { params, body: { explanation } })}
        done="已登记"
      />
    </div>
  )
}

function Keep({ promise, onClose }: { promise: PromiseShown; onClose: () => void }) {
  return (
    <FormDialogue<{ files?: StoredFile[]; explanation?: string }>
      title={`承诺已兑现：${promise.content}`}
      onClose={onClose}
      name={`promise:${promise.id}`}
      initial={{}}
      onSave={({ files = [], explanation = '' }) =>
        call(keepPromise, { params: { id: promise.id }, body: { fileId: files[0]?.id ?? null, explanation } })
      }
      saveLabel="确认已兑现"
    >
      <Form.Item name="files" label="佐证文件" rules={[{ required: true, message: '请附上佐证文件' }]}>
        <FileField max={1} camera />
      </Form.Item>
      <Form.Item name="explanation" label="说明">
        <LongText most={500} label="说明" rows={3} />
      </Form.Item>
    </FormDialogue>
  )
}
