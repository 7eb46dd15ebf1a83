import { Button, Form, Input, Modal } from 'antd'
import { NumberField } from '#console/house/NumberField.tsx'
import { LongText } from '#console/house/texts.tsx'
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from 'react-router'
import { call, Refused, type StoredFile } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft, type Held } from '#console/house/Draft.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { DateField, FileField } from '#console/house/fields.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate, showYuan } from '#console/house/Timeline.tsx'
import { changePromise, keepPromise, missPromise, updateSpending, updateTask } from '#contract/plan.ts'
import { pillarLabels } from '#domain/pillar.ts'
import { fenOf } from '#domain/plan.ts'
import { stampOf } from '#domain/stamp.ts'
import type { PlanView } from './plan.ts'

const amountWrong = () =>
  new Refused(422, { code: 'invalid', message: '请写金额，如 1200 或 1200.50。', reasons: [], requestId: '' })

const mayTrack = (view: PlanView): boolean => view.moves['track']?.length === 0

export function TaskList({ view }: { view: PlanView }) {
  const [open, setOpen] = useState<PlanView['tasks'][number]>()
  if (view.tasks.length === 0) return <Empty title="还没有任务" hint="制度、活动、阵地、媒介，每一类至少一项。" />
  return (
    <>
      {view.tasks.map((task) => (
        <div key={task.id} className="plan-row">
          <div className="plan-row-head">
            <h3>
              {task.content || '（没有写内容）'} <StateTag label={pillarLabels[task.pillar]} />
            </h3>
            <span>
              <progress value={task.progress} max={100} aria-label={`${task.content}的进度`} /> {task.progress}%{' '}
              {mayTrack(view) && (
                <Button size="small" onClick={() => setOpen(task)} aria-label={`登记进度：${task.content}`}>
                  登记进度
                </Button>
              )}
            </span>
          </div>
          <p className="plan-text">{task.measure}</p>
          <p className="quiet">
            {[
              task.ownerName,
              [task.startsOn, task.dueOn]
                .filter(Boolean)
                .map((date) => showDate(date))
                .join('至'),
              task.expectedResult,
            ]
              .filter(Boolean)
              .join('；')}
          </p>
          {task.progressNote && <p className="plan-text">进展：{task.progressNote}</p>}
          {task.entries > 0 && (
            <p>
              <Link to={`/ledger?taskId=${task.id}`}>台账记录 {task.entries} 条</Link>
            </p>
          )}
          {task.doneOn && <p className="quiet">{showDate(task.doneOn)} 完成</p>}
        </div>
      ))}
      {open && <TaskProgress task={open} onClose={() => setOpen(undefined)} />}
    </>
  )
}

function TaskProgress(props: { task: PlanView['tasks'][number]; onClose: () => void }) {
  const { task } = props
  const queries = useQueryClient()

  async function save(
    values: { progress: number; progressNote?: string; doneOn?: string | null },
    _form: unknown,
    { seen }: Held,
  ) {
    const { progress, progressNote = '', doneOn } = values
    await call(updateTask, { params: { id: task.id }, body: { seen, progress, progressNote, doneOn: doneOn || null } })
    await queries.invalidateQueries()
    props.onClose()
  }

  return (
    <Modal
      open
      className="plan-dialog"
      title={`登记进度：${task.content}`}
      footer={null}
      onCancel={props.onClose}
      destroyOnHidden
    >
      <Draft
        name={`task:${task.id}`}
        seen={stampOf([task.progress, task.progressNote, task.doneOn])}
        initial={{ progress: task.progress, progressNote: task.progressNote, doneOn: task.doneOn }}
        onSave={save}
        saveLabel="保存进度"
      >
        <Form.Item name="progress" label="进度（0–100）" rules={[{ required: true }]}>
          <NumberField label="进度（0–100）" min={0} max={100} />
        </Form.Item>
        <Form.Item name="progressNote" label="进展">
          <LongText most={500} label="进展" rows={3} />
        </Form.Item>
        <Form.Item name="doneOn" label="完成日期" extra="做完了再填。">
          <DateField />
        </Form.Item>
      </Draft>
    </Modal>
  )
}

export function SpendingList({ view }: { view: PlanView }) {
  const [open, setOpen] = useState<PlanView['budgetLines'][number]>()
  if (view.budgetLines.length === 0)
    return <p>{view.noBudgetReason ? `不列预算：${view.noBudgetReason}` : '还没有填写。'}</p>
  return (
    <>
      {view.budgetLines.map((line) => (
        <div key={line.id} className="plan-row plan-row-head">
          <div>
            <h3>{line.item}</h3>
            <p className="quiet">{[line.subject, line.note].filter(Boolean).join('；')}</p>
          </div>
          <div>
            <p>
              预算 {showYuan(line.amountFen)} 元，已支出 {showYuan(line.spentFen)} 元
            </p>
            {mayTrack(view) && (
              <Button size="small" onClick={() => setOpen(line)} aria-label={`登记支出：${line.item}`}>
                登记支出
              </Button>
            )}
          </div>
        </div>
      ))}
      {open && <Spending line={open} onClose={() => setOpen(undefined)} />}
    </>
  )
}

function Spending(props: { line: PlanView['budgetLines'][number]; onClose: () => void }) {
  const { line } = props
  const queries = useQueryClient()

  async function save({ yuan }: { yuan: string }, _form: unknown, { seen }: Held) {
    const spentFen = fenOf(yuan)
    if (spentFen === undefined) throw amountWrong()
    await call(updateSpending, { params: { id: line.id }, body: { spentFen, seen } })
    await queries.invalidateQueries()
    props.onClose()
  }

  return (
    <Modal
      open
      className="plan-dialog"
      title={`登记支出：${line.item}`}
      footer={null}
      onCancel={props.onClose}
      destroyOnHidden
    >
      <Draft
        name={`spent:${line.id}`}
        seen={stampOf(line.spentFen)}
        initial={{ yuan: String(line.spentFen / 100) }}
        onSave={save}
        saveLabel="保存支出"
        done="已登记"
      >
        <Form.Item
          name="yuan"
          label="累计已支出（元）"
          rules={[{ required: true }]}
          extra={`预算 ${showYuan(line.amountFen)} 元。`}
        >
          <Input inputMode="decimal" />
        </Form.Item>
      </Draft>
    </Modal>
  )
}

const promiseTones = { open: 'info', kept: 'ok', changed: 'warn', missed: 'bad' } as const

export function PromiseList({ view }: { view: PlanView }) {
  const [open, setOpen] = useState<PlanView['promises'][number]>()
  if (view.promises.length === 0) return <Empty title="还没有承诺" hint="向师生公开承诺，接受监督。" />
  return (
    <>
      {view.promises.map((promise) => (
        <div key={promise.id} className="plan-row">
          <p>
            {promise.content} <StateTag label={promise.stateLabel} tone={promiseTones[promise.state]} />
          </p>
          {promise.explanation && <p className="quiet">{promise.explanation}</p>}
          {promise.file && (
            <a href={`/api/files/${promise.file.id}`} download>
              {promise.file.name}
            </a>
          )}
          {mayTrack(view) && promise.state === 'open' && (
            <div className="page-actions">
              <Button size="small" onClick={() => setOpen(promise)}>
                已兑现
              </Button>
              <Act
                label="调整"
                name={promise.id}
                size="small"
                ask={{ label: '调整的理由', hint: '会随方案公开。' }}
                run={(reason) => call(changePromise, { params: { id: promise.id }, body: { reason } })}
              />
              <Act
                label="未兑现"
                name={promise.id}
                size="small"
                ask={{ label: '原因说明', hint: '会随方案公开；不写也可以提交。', optional: true }}
                run={(explanation) => call(missPromise, { params: { id: promise.id }, body: { explanation } })}
                done="已登记"
              />
            </div>
          )}
        </div>
      ))}
      {open && <Keep promise={open} onClose={() => setOpen(undefined)} />}
    </>
  )
}

function Keep(props: { promise: PlanView['promises'][number]; onClose: () => void }) {
  const { promise } = props
  const queries = useQueryClient()

  async function save({ files = [], explanation = '' }: { files?: StoredFile[]; explanation?: string }) {
    await call(keepPromise, { params: { id: promise.id }, body: { fileId: files[0]?.id ?? null, explanation } })
    await queries.invalidateQueries()
    props.onClose()
  }

  return (
    <Modal open title="承诺已兑现" footer={null} onCancel={props.onClose} destroyOnHidden>
      <p>{promise.content}</p>
      <Draft name={`promise:${promise.id}`} initial={{}} onSave={save} saveLabel="确认已兑现">
        <Form.Item name="files" label="佐证文件" rules={[{ required: true, message: '请附上佐证文件' }]}>
          <FileField max={1} camera />
        </Form.Item>
        <Form.Item name="explanation" label="说明">
          <LongText most={500} label="说明" rows={3} />
        </Form.Item>
      </Draft>
    </Modal>
  )
}
