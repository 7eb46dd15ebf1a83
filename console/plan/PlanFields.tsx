import { Button, Form, Input, Select } from 'antd'
import { Line, LongText } from '#console/house/texts.tsx'
import { DateField } from '#console/house/DateField.tsx'
import { Section } from '#console/house/Page.tsx'
import { diagnosisAreas, missingOfPlan } from '#domain/plan/completeness.ts'
import { pillarLabels } from '#domain/base/pillar.ts'
import { fenOf } from '#domain/plan/plan.ts'
import { bodyOf, type PlanValues } from './values.ts'

const pillarOptions = Object.entries(pillarLabels).map(([value, label]) => ({ value, label }))

/** Every part of the plan in the order in which one thinks it through, each saying what it still lacks. */
export function PlanFields() {
  const form = Form.useFormInstance<PlanValues>()
  const typed = Form.useWatch([], form) as Partial<PlanValues> | undefined
  const missing = missingOfPlan(bodyOf({ ...form.getFieldsValue(true), ...typed }))
  const note = (...starts: string[]) => {
    const lacks = missing.filter((one) => starts.some((start) => one.field.startsWith(start)))
    if (lacks.length === 0) return '已填齐。'
    return `还缺 ${lacks.length} 处：${lacks.map((one) => one.message).join('')}`
  }
  return (
    <>
      <p role="status">
        {missing.length === 0 ? '内容已经填齐，保存后可以请书记签报。' : `全文还缺 ${missing.length} 处。`}
      </p>
      <Section title="一、现状分析" note={note('diagnosis')}>
        {Object.entries(diagnosisAreas).map(([area, label]) => (
          <div key={area} className="plan-row">
            <h3>{label}</h3>
            <Form.Item name={['diagnosis', area, 'highlights']} required label={`${label}的亮点`}>
              <LongText most={1500} label={`${label}的亮点`} rows={2} />
            </Form.Item>
            <Form.Item name={['diagnosis', area, 'weakPoints']} required label={`${label}的薄弱环节`}>
              <LongText most={1500} label={`${label}的薄弱环节`} rows={2} />
            </Form.Item>
          </div>
        ))}
      </Section>
      <Section title="二、切入点和目标" note={note('entryPoint', 'goals')}>
        <Form.Item name="entryPoint" required label="切入点" extra="从哪里入手，为什么。">
          <LongText most={1500} label="切入点" rows={3} />
        </Form.Item>
        <Form.Item name="goals" required label="年度工作目标" extra="一行一条，写可以检验的结果。">
          <LongText most={3000} label="年度工作目标" rows={4} />
        </Form.Item>
      </Section>
      <Section title="三、任务和措施" note={note('tasks')}>
        <TaskFields />
      </Section>
      <Section title="四、经费预算" note={note('budgetLines')}>
        <BudgetFields />
        <Form.Item name="noBudgetReason" label="不列预算的理由" extra="确实不需要经费的才填。">
          <LongText most={500} label="不列预算的理由" rows={2} />
        </Form.Item>
      </Section>
      <Section title="五、向师生的承诺" note={note('promises')}>
        <PromiseFields />
        <Form.Item name="commitment" label="承诺书" extra="由书记签报时一并签署，随方案公布。">
          <LongText most={1500} label="承诺书" rows={3} />
        </Form.Item>
      </Section>
    </>
  )
}

/** The head of a row: which one it is, and moving or removing it. */
function RowHead(props: {
  title: string
  index: number
  move?: (from: number, to: number) => void
  remove: () => void
  /** Why this row cannot go. */
  stays?: string | false | undefined
}) {
  const { index, move } = props
  return (
    <div className="plan-row-head">
      <h3>{props.title}</h3>
      <span>
        {move && index > 0 && (
          <Button type="link" size="small" onClick={() => move(index, index - 1)} aria-label={`${props.title}上移`}>
            上移
          </Button>
        )}
        {props.stays ? (
          <span className="quiet">{props.stays}</span>
        ) : (
          <Button type="link" size="small" onClick={props.remove} aria-label={`移除${props.title}`}>
            移除
          </Button>
        )}
      </span>
    </div>
  )
}

function TaskFields() {
  return (
    <Form.List name="tasks">
      {(rows, { add, remove, move }) => (
        <>
          {rows.map(({ key, name }) => (
            <div key={key} className="plan-row">
              <RowHead title={`任务 ${name + 1}`} index={name} move={move} remove={() => remove(name)} />
              <div className="plan-grid">
                <Form.Item name={[name, 'pillar']} required label="类别">
                  <Select options={pillarOptions} />
                </Form.Item>
                <Form.Item name={[name, 'ownerName']} required label="责任人">
                  <Line most={30} label="责任人" />
                </Form.Item>
                <Form.Item name={[name, 'startsOn']} label="开始日期">
                  <DateField />
                </Form.Item>
                <Form.Item name={[name, 'dueOn']} required label="完成时限">
                  <DateField />
                </Form.Item>
              </div>
              <Form.Item name={[name, 'content']} required label="工作内容">
                <Line most={200} label="工作内容" />
              </Form.Item>
              <Form.Item name={[name, 'measure']} required label="具体措施">
                <LongText most={1000} label="具体措施" rows={2} />
              </Form.Item>
              <Form.Item name={[name, 'expectedResult']} required label="预期成果">
                <Line most={500} label="预期成果" />
              </Form.Item>
            </div>
          ))}
          <div className="plan-row plan-adding">
            {pillarOptions.map((one) => (
              <Button key={one.value} onClick={() => add({ pillar: one.value })}>
                加一项{one.label}任务
              </Button>
            ))}
          </div>
        </>
      )}
    </Form.List>
  )
}

function BudgetFields() {
  const form = Form.useFormInstance<PlanValues>()
  return (
    <Form.List name="budgetLines">
      {(rows, { add, remove }) => (
        <>
          {rows.map(({ key, name }) => (
            <div key={key} className="plan-row">
              <RowHead
                title={`预算 ${name + 1}`}
                index={name}
                remove={() => remove(name)}
                stays={form.getFieldValue(['budgetLines', name, 'onRecord']) === true && '已有支出，不能移除'}
              />
              <div className="plan-grid">
                <Form.Item
                  name={[name, 'item']}
                  label="用途"
                  rules={[{ required: true, whitespace: true, message: '请写用途，不用这一行就移除' }]}
                >
                  <Line most={100} label="用途" />
                </Form.Item>
                <Form.Item name={[name, 'subject']} label="预算科目">
                  <Line most={100} label="预算科目" placeholder="如 办公费、培训费" />
                </Form.Item>
                <Form.Item
                  name={[name, 'yuan']}
                  required
                  label="金额（元）"
                  rules={[
                    {
                      validator: async (_rule, value: string | undefined) => {
                        if (fenOf(value ?? '') === undefined) throw new Error('请写金额，如 1200 或 1200.50')
                      },
                    },
                  ]}
                >
                  <Input inputMode="decimal" />
                </Form.Item>
                <Form.Item name={[name, 'note']} label="说明">
                  <Line most={200} label="说明" />
                </Form.Item>
              </div>
            </div>
          ))}
          <div className="plan-row">
            <Button onClick={() => add({})}>加一行预算</Button>
          </div>
        </>
      )}
    </Form.List>
  )
}

function PromiseFields() {
  const form = Form.useFormInstance<PlanValues>()
  return (
    <Form.List name="promises">
      {(rows, { add, remove }) => (
        <>
          {rows.map(({ key, name }) => (
            <div key={key} className="plan-row">
              <RowHead
                title={`承诺 ${name + 1}`}
                index={name}
                remove={() => remove(name)}
                stays={form.getFieldValue(['promises', name, 'onRecord']) === true && '已登记办理结果，不能移除'}
              />
              <Form.Item
                name={[name, 'content']}
                required
                label="承诺内容"
                rules={[{ required: true, whitespace: true, message: '请写承诺内容，不用这一条就移除' }]}
              >
                <LongText most={300} label="承诺内容" rows={2} />
              </Form.Item>
            </div>
          ))}
          <div className="plan-row">
            <Button onClick={() => add({})}>加一条承诺</Button>
          </div>
        </>
      )}
    </Form.List>
  )
}
