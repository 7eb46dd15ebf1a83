import { Checkbox } from 'antd'
import { LongText } from '#console/house/texts.tsx'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Figures } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Section } from '#console/house/Page.tsx'
import { Table } from '#console/house/Table.tsx'
import { freezeSurvey } from '#contract/survey/survey.ts'
import { sum } from '#domain/base/score.ts'
import { audienceLabels, audiences } from '#domain/survey/survey.ts'
import { SurveyFrame } from './Frame.tsx'
import { type ListedRoster, type Survey, useSurvey } from '../queries.ts'
import { rosterLabels } from './words.ts'
import { useAllRosters } from '../queries.ts'

export default function FreezePage() {
  const { id = '' } = useParams()
  const rosters = useAllRosters(id)
  return (
    <Loaded query={useSurvey(id)}>
      {(survey) => <Loaded query={rosters}>{(rows) => <Freeze survey={survey} rows={rows} />}</Loaded>}
    </Loaded>
  )
}

function Freeze({ survey, rows }: { survey: Survey; rows: readonly ListedRoster[] }) {
  const go = useNavigate()
  const confirmed = rows.filter((one) => one.roster === 'confirmed')
  const missing = rows.filter((one) => one.roster !== 'confirmed')
  const leavingOut = useLeavingOut(missing)
  const { leaveOut, open, reason } = leavingOut
  const reasons = [
    ...(survey.moves['freeze'] ?? [{ message: '题目和名额已经冻结。' }]).map((one) => one.message),
    ...(open > 0 ? [`还有 ${open} 所学校没有确认，请催报，或在下面勾选为这次不参加。`] : []),
    ...(leaveOut.length > 0 && reason.trim() === '' ? ['有学校不参加，请写明理由。'] : []),
  ]
  return (
    <SurveyFrame
      survey={survey}
      id={survey.id}
      title="冻结题目和名额"
      lead="冻结的时候由系统随机抽取班级，随机数公开留存，谁都可以照样再抽一遍。冻结以后题目、名额和参加的学校都不能再改。"
      more={missing.length > 0 && <LinkButton to={`/surveys/${survey.id}/schools`}>去催报</LinkButton>}
      action={
        <Act
          label="冻结"
          primary
          reasons={reasons}
          confirm={`${confirmed.length} 所学校参加${leaveOut.length > 0 ? `，${leaveOut.length} 所不参加` : ''}。冻结以后不能恢复，请再核对一遍题目和日期。`}
          done="题目和名额已冻结"
          run={async () => {
            await call(freezeSurvey, {
              params: { id: survey.id },
              body: { leaveOut, reason: reason.trim(), seen: survey.stamp },
            })
            await go(`/surveys/${survey.id}`)
          }}
        />
      }
    >
      {reasons.length > 0 && <NotYet reasons={reasons} />}
      <Codes confirmed={confirmed} />
      {missing.length > 0 && <Missing missing={missing} leavingOut={leavingOut} />}
      {confirmed.length > 0 && <CodesBySchool confirmed={confirmed} />}
    </SurveyFrame>
  )
}

/** The schools that do not take part this time, ticked one by one, and why. */
function useLeavingOut(missing: readonly ListedRoster[]) {
  const [out, setOut] = useState<string[]>([])
  const [reason, setReason] = useState('')
  const leaveOut = missing.filter((one) => out.includes(one.schoolId)).map((one) => one.schoolId)
  return { out, setOut, reason, setReason, leaveOut, open: missing.length - leaveOut.length }
}

function NotYet({ reasons }: { reasons: readonly string[] }) {
  return (
    <div className="notice" role="status">
      <p className="notice-title">还不能冻结</p>
      <ul>
        {reasons.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </div>
  )
}

function Codes({ confirmed }: { confirmed: readonly ListedRoster[] }) {
  return (
    <Figures
      items={[
        { label: '参加的学校', value: confirmed.length, note: '所' },
        ...audiences.map((audience) => ({
          label: `发给${audienceLabels[audience]}的编码`,
          value: sum(confirmed.map((one) => one.sample[audience])),
          note: '个',
        })),
      ]}
    />
  )
}

function Missing(props: { missing: readonly ListedRoster[]; leavingOut: ReturnType<typeof useLeavingOut> }) {
  const { missing, leavingOut } = props
  const { out, setOut, reason, setReason, leaveOut, open } = leavingOut
  return (
    <Section
      title={`没有确认的学校（${missing.length} 所）`}
      note="请先催报。确实不参加的，在这里勾选；不参加的学校没有满意度指数，评审时须另行裁定。"
      action={
        <button
          type="button"
          className="button"
          onClick={() => setOut(open > 0 ? missing.map((one) => one.schoolId) : [])}
        >
          {open > 0 ? '全部勾选为不参加' : '全部取消'}
        </button>
      }
    >
      <div className="poll-choices poll-schools">
        <Checkbox.Group
          aria-label="这次不参加的学校"
          value={out}
          onChange={setOut}
          options={missing.map((one) => ({
            value: one.schoolId,
            label: (
              <>
                {one.schoolName} <span className="quiet">{rosterLabels[one.roster]}</span>
              </>
            ),
          }))}
        />
      </div>
      {leaveOut.length > 0 && (
        <div className="poll-field poll-after">
          <label htmlFor="leave-out-reason">不参加的理由</label>
          <LongText
            most={300}
            id="leave-out-reason"
            rows={2}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      )}
    </Section>
  )
}

function CodesBySchool({ confirmed }: { confirmed: readonly ListedRoster[] }) {
  return (
    <Section title="按规则发出的编码" note="教师最多 60 人；家长和学生按人数的十分之一，至少 30、最多 120。">
      <Table
        label="各校编码数"
        rows={confirmed}
        keyOf={(one) => one.schoolId}
        columns={[
          { title: '学校', kind: 'sentence', render: (one) => one.schoolName },
          {
            title: '班级',
            wideOnly: true,
            render: (one) => `${one.classes} 个班，${one.pupils} 名学生，${one.teachers} 名教师`,
          },
          ...audiences.map((audience) => ({
            title: audienceLabels[audience],
            kind: 'number' as const,
            render: (one: ListedRoster) => one.sample[audience],
          })),
        ]}
      />
    </Section>
  )
}
