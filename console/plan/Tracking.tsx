import { Button, Form, Input } from 'antd'
import { NumberField } from '#console/house/NumberField.tsx'
import { LongText } from '#console/house/texts.tsx'
import { useState } from 'react'
import { Link } from 'react-router'
import { call, Refused } from '#console/api.ts'
import type { Held } from '#console/house/useDraft.ts'
import { Empty } from '#console/house/Empty.tsx'
import { DateField } from '#console/house/DateField.tsx'
import { FormDialogue } from '#console/house/FormDialogue.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate, showYuan } from '#console/house/Timeline.tsx'
import { updateSpending, updateTask } from '#contract/plan/plan.ts'
import { pillarLabels } from '#domain/base/pillar.ts'
import { fenOf } from '#domain/plan/plan.ts'
import { stampOf } from '#domain/base/stamp.ts'
import type { PlanView } from './queries.ts'

const amountWrong = () =>
  new Refused(422, { code: 'invalid', message: '请写金额，如 1200 或 1200.50。', reasons: [], requestId: '' })

export const mayTrack = (view: PlanView): boolean => view.moves['track']?.length === 0

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

  async function save(
    values: { progress: number; progressNote?: string; doneOn?: string | null },
    _form: unknown,
    { seen }: Held,
  ) {
    const { progress, progressNote = '', doneOn } = values
    await call(updateTask, { params: { id: task.id }, body: { seen, progress, progressNote, doneOn: doneOn || null } })
  }

  return (
    <FormDialogue
      title={`登记进度：${task.content}`}
      onClose={props.onClose}
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
    </FormDialogue>
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

  async function save({ yuan }: { yuan: string }, _form: unknown, { seen }: Held) {
    const spentFen = fenOf(yuan)
    if (spentFen === undefined) throw amountWrong()
    await call(updateSpending, { params: { id: line.id }, body: { spentFen, seen } })
  }

  return (
    <FormDialogue
      title={`登记支出：${line.item}`}
      onClose={props.onClose}
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
    </FormDialogue>
  )
}
