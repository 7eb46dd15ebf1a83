import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Button, Form, Input } from 'antd'
import { NumberField } from '#console/house/NumberField.tsx'
import { useState } from 'react'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Facts, Figures } from '#console/house/Facts.tsx'
import { Section } from '#console/house/Page.tsx'
import { Table } from '#console/house/Table.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { confirmRoster, saveRoster } from '#contract/survey/surveySchool.ts'
import type { RosterClass } from '#domain/survey/sampling.ts'
import { pupilsWord } from '#domain/base/pupils.ts'
import { sum } from '#domain/base/score.ts'
import { audienceLabels, audiences } from '#domain/survey/survey.ts'
import { asText, readPasted } from './pasted.ts'
import { quoted } from '#domain/base/text.ts'
import { type Roster, surveyKeys } from '../queries.ts'

const paramsOf = ({ surveyId, schoolId }: Roster) => ({ id: surveyId, schoolId })

function ConfirmRoster({ roster }: { roster: Roster }) {
  if (roster.roster === 'confirmed' || roster.roster === 'none') return null
  return (
    <Act
      primary
      label="确认班级人数"
      reasons={roster.moves['confirm']}
      confirm={`确认教师 ${roster.teachers} 人、${roster.classes.length} 个班、${pupilsWord(roster.stage)} ${sum(roster.classes.map((one) => one.pupils))} 人与实际相符。抽样名额按这些人数计算。`}
      done="已确认"
      run={() => call(confirmRoster, { params: paramsOf(roster), body: { seen: roster.updatedAt } })}
    />
  )
}

export function RosterPart({ roster }: { roster: Roster }) {
  const [editing, setEditing] = useState(roster.roster === 'none')
  const open = 'save' in roster.moves
  const mayConfirm = roster.moves['confirm']?.length === 0
  return (
    <>
      {roster.roster === 'confirmed' && (
        <p className="notice">
          {roster.confirmedByName}已于 {roster.confirmedAt && showTime(roster.confirmedAt)} 确认。
          {open && !editing && '还可以修改，改动后请书记再确认一次。'}
        </p>
      )}
      {roster.roster === 'draft' && open && !editing && (
        <p className="notice">
          {mayConfirm
            ? '人数已经填好，还没有确认。请核对后按“确认班级人数”。'
            : '人数已经填好，请书记登录核对并确认。确认以后才算报齐。'}
        </p>
      )}
      {open && editing ? (
        <RosterForm roster={roster} onSaved={() => setEditing(false)} />
      ) : (
        <Section
          title="班级人数"
          action={
            open && (
              <div className="page-actions">
                <Button onClick={() => setEditing(true)}>修改</Button>
                <ConfirmRoster roster={roster} />
              </div>
            )
          }
        >
          <Counts teachers={roster.teachers} classes={roster.classes} pupils={pupilsWord(roster.stage)} />
          <GradeTable classes={roster.classes} grades={roster.grades} />
        </Section>
      )}
      <Next roster={roster} />
    </>
  )
}

interface Values {
  teachers: number
  list: string
}

function RosterForm({ roster, onSaved }: { roster: Roster; onSaved: () => void }) {
  const queries = useQueryClient()
  return (
    <Draft<Values>
      name={`roster:${roster.surveyId}:${roster.schoolId}`}
      initial={{ ...(roster.teachers > 0 ? { teachers: roster.teachers } : {}), list: asText(roster.classes) }}
      seen={roster.updatedAt}
      saveLabel="保存人数"
      onSave={async ({ teachers, list }, _form, { seen }) => {
        const { classes } = readPasted(list, roster.grades)
        await call(saveRoster, { params: paramsOf(roster), body: { teachers, classes, updatedAt: seen } })
        await readAnew(queries, surveyKeys.surveys)
        onSaved()
      }}
    >
      <TakeOver roster={roster} />
      <Form.Item
        name="teachers"
        label="教师人数"
        rules={[{ required: true }]}
        extra="在岗的教职工，书记、校长也算在内。"
      >
        <NumberField label="教师人数" min={1} max={2000} />
      </Form.Item>
      <Form.Item
        name="list"
        label="各班人数"
        extra="每行一个班：年级、班级、人数。可以从 Excel 选中这三列，复制后粘贴到这里；合并的年级格、表头和合计行不用处理。"
        rules={[
          { required: true },
          {
            validator: (_, text: string) => {
              const wrong = readPasted(text ?? '', roster.grades).mistakes.length
              return wrong === 0 ? Promise.resolve() : Promise.reject(new Error(`各班人数有 ${wrong} 处要改，见清单`))
            },
          },
        ]}
      >
        <Input.TextArea rows={12} spellCheck={false} placeholder={`${roster.grades[0]}\t1班\t45`} />
      </Form.Item>
      <Form.Item noStyle dependencies={['list', 'teachers']}>
        {(form) => (
          <ReadBack
            text={String(form.getFieldValue('list') ?? '')}
            teachers={Number(form.getFieldValue('teachers') ?? 0)}
            grades={roster.grades}
            stage={roster.stage}
          />
        )}
      </Form.Item>
    </Draft>
  )
}

/** The list of an earlier survey or rehearsal, put into the form to be mended. */
function TakeOver({ roster }: { roster: Roster }) {
  const form = Form.useFormInstance()
  const { previous } = roster
  if (!previous) return null
  return (
    <p className="take-over">
      <Button onClick={() => form.setFieldsValue({ teachers: previous.teachers, list: asText(previous.classes) })}>
        带入上一次的人数
      </Button>
      <span className="quiet beside">
        {quoted(previous.title)}填过 {previous.classes.length} 个班，带入后请按现在的人数改好再保存。
      </span>
    </p>
  )
}

/** What was understood and what was not, while one types. */
function ReadBack(props: { text: string; teachers: number; grades: readonly string[]; stage: string }) {
  const { text, teachers, grades, stage } = props
  const { classes, mistakes } = readPasted(text, grades)
  if (text.trim() === '') return null
  return (
    <div className="read-back" role="status">
      {mistakes.length > 0 && (
        <div className="notice notice-bad">
          <p className="notice-title">有 {mistakes.length} 处要改</p>
          <ul>
            {mistakes.map((one) => (
              <li key={`${one.line} ${one.message}`}>
                第 {one.line} 行：{one.message}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Counts teachers={teachers} classes={classes} pupils={pupilsWord(stage)} />
      <GradeTable classes={classes} grades={grades} />
    </div>
  )
}

function Counts(props: { teachers: number; classes: readonly RosterClass[]; pupils: string }) {
  const { teachers, classes, pupils } = props
  return (
    <Figures
      items={[
        { label: '教师', value: teachers, note: '人' },
        { label: '班级', value: classes.length, note: '个' },
        { label: pupils, value: sum(classes.map((one) => one.pupils)), note: '人' },
      ]}
    />
  )
}

function GradeTable({ classes, grades }: { classes: readonly RosterClass[]; grades: readonly string[] }) {
  if (classes.length === 0) return null
  const shown = grades.filter((grade) => classes.some((one) => one.grade === grade))
  const ofGrade = (grade: string) => classes.filter((one) => one.grade === grade)
  return (
    <Table
      caption="各年级的班级"
      rows={shown}
      keyOf={(grade) => grade}
      columns={[
        { title: '年级', kind: 'whole', render: (grade) => grade },
        {
          title: '班级和人数',
          render: (grade) =>
            ofGrade(grade)
              .map((one) => `${one.name}\u00a0${one.pupils}`)
              .join('、'),
        },
        { title: '合计', kind: 'number', render: (grade) => sum(ofGrade(grade).map((one) => one.pupils)) },
      ]}
    />
  )
}

function Next({ roster }: { roster: Roster }) {
  const codes = sum(audiences.map((one) => roster.sample[one]))
  return (
    <Section title="接下来会怎样">
      <ol className="plain-list">
        <li>党务干事填好人数，书记核对后确认。确认以后发现不对，冻结以前都可以改，改后再确认。</li>
        <li>局党工委办冻结名额，由系统按公开的规则抽取班级，学校不能挑选班级，也不能挑选人。</li>
        <li>局党工委办按班打印纸条并装袋送到学校，学校当着全班由每人自己抽一张。</li>
        <li>答题期间学校只看得到各班收回多少份；结果在截止、计票以后才看得到。</li>
      </ol>
      {codes > 0 && (
        <div className="next-sample">
          <Facts
            items={audiences
              .filter((one) => roster.sample[one] > 0)
              .map((one) => ({
                label: `${audienceLabels[one]}名额（按现在的人数）`,
                value: `${roster.sample[one]} 张有码的纸条`,
              }))}
          />
        </div>
      )}
    </Section>
  )
}
