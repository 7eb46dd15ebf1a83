import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Select } from 'antd'
import { Line, LongText } from '#console/house/texts.tsx'
import { Link, useNavigate } from 'react-router'
import { conferAwards, decideResult, draftNotice, readNaming, revokeAward } from '#contract/award.ts'
import { useYear } from '#console/house/year.tsx'
import { call, type Reply } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Figures } from '#console/house/Facts.tsx'
import { DateField } from '#console/house/fields.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { awardLife } from '#domain/lifecycles/award.ts'
import { noticeLife } from '#domain/lifecycles/notice.ts'
import { resultLife } from '#domain/lifecycles/result.ts'

type Naming = Reply<typeof readNaming>

export default function NamingPage() {
  const year = useYear()
  const naming = useQuery({
    queryKey: ['naming', year],
    queryFn: ({ signal }) => call(readNaming, { query: { year } }, signal),
  })
  return <Loaded query={naming}>{(data) => <Shown naming={data} />}</Loaded>
}

function Shown({ naming }: { naming: Naming }) {
  const year = useYear()
  const go = useNavigate()
  const { result, notice } = naming
  return (
    <Page
      years="one"
      title="命名表彰"
      lead={`${naming.cycleTitle}：${naming.awardTitle}`}
      action={
        notice ? (
          <LinkButton to={`/notices/${notice.id}`} primary={notice.state !== 'ended'}>
            {notice.state === 'draft' ? '核对并发布公示' : '查看公示'}
          </LinkButton>
        ) : (
          result?.state === 'decided' && (
            <Act
              label="起草公示"
              primary
              reasons={naming.noticeReasons}
              run={async () => {
                const { id } = await call(draftNotice, { query: { year } })
                await go(`/notices/${id}`)
              }}
            />
          )
        )
      }
    >
      <Figures
        items={[
          {
            label: '评审结果',
            value: result ? resultLife.states[result.state as keyof typeof resultLife.states] : '尚未计算',
          },
          { label: '拟命名', value: naming.awards.length, note: `至多 ${naming.quota.most} 所` },
          {
            label: '公示',
            value: notice ? noticeLife.states[notice.state as keyof typeof noticeLife.states] : '未起草',
            note: notice?.endsOn && `至 ${showDate(notice.endsOn)}`,
          },
        ]}
      />
      {naming.awards.length > 0 && <Names naming={naming} />}
      {result?.state === 'sealed' && <Decide naming={naming} resultId={result.id} />}
      {naming.awards.some((award) => award.state === 'publicised') && <Confer naming={naming} />}
      {!result && <Empty title="还没有评审结果" hint="评分表全部提交、结果封存后，在这里登记审定会议的决定。" />}
    </Page>
  )
}

function Names({ naming }: { naming: Naming }) {
  return (
    <Section title="名单" note="按学段和校名排列，不排名次。">
      <ul className="todo">
        {naming.awards.map((award) => (
          <li key={award.id}>
            <div>
              <span className="todo-title">{award.schoolName}</span>
              <p className="quiet">
                {award.brandName}，{award.grade}
                {award.certificateNumber && (
                  <>
                    ，证书 <a href={`/certificates/${award.certificateNumber}`}>{award.certificateNumber}</a>
                  </>
                )}
                {award.revokedReason && `，撤销理由：${award.revokedReason}`}
              </p>
            </div>
            <div className="todo-due">
              <StateTag
                label={awardLife.states[award.state as keyof typeof awardLife.states]}
                tone={award.state === 'conferred' ? 'ok' : award.state === 'revoked' ? 'bad' : 'info'}
              />
              {award.moves['revoke']?.length === 0 && (
                <Act
                  label="撤销"
                  danger
                  size="small"
                  ask={{ label: '撤销理由', hint: '理由会显示在证书查验页上。' }}
                  run={(reason) => call(revokeAward, { params: { id: award.id }, body: { reason } })}
                />
              )}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}

interface DecisionForm {
  heldOn: string
  attendees: string
  minutes: string
  chosen: Record<string, string[]>
}

function Decide({ naming, resultId }: { naming: Naming; resultId: string }) {
  const queries = useQueryClient()
  return (
    <Section
      title="登记审定决定"
      note={
        <>
          名额：{naming.quota.reason}名次和得分见<Link to="/ranking">评审结果</Link>。
        </>
      }
    >
      <Draft<DecisionForm>
        name={`decide:${resultId}`}
        initial={{ chosen: {} }}
        saveLabel="登记决定"
        done="已登记审定决定"
        onSave={async ({ chosen, ...minutes }) => {
          const grades = Object.entries(chosen ?? {}).flatMap(([grade, ids]) =>
            (ids ?? []).map((applicationId) => ({ applicationId, grade })),
          )
          await call(decideResult, { params: { id: resultId }, body: { ...minutes, grades } })
          await queries.invalidateQueries()
        }}
      >
        <Form.Item name="heldOn" label="会议日期" rules={[{ required: true }]}>
          <DateField />
        </Form.Item>
        <Form.Item name="attendees" label="参会人员" rules={[{ required: true }]}>
          <Line most={500} label="参会人员" />
        </Form.Item>
        <Form.Item name="minutes" label="会议纪要" rules={[{ required: true }]}>
          <LongText most={3000} label="会议纪要" rows={4} />
        </Form.Item>
        {naming.grades.map((grade) => (
          <Form.Item key={grade} name={['chosen', grade]} label={`拟授予“${grade}”的学校`}>
            <Select
              mode="multiple"
              optionFilterProp="label"
              placeholder="点开选择，可输入校名查找"
              options={naming.candidates.map((one) => ({
                value: one.applicationId,
                label: `${one.schoolName}（${one.stage}）${one.brandName}`,
              }))}
            />
          </Form.Item>
        ))}
      </Draft>
    </Section>
  )
}

function Confer({ naming }: { naming: Naming }) {
  const year = useYear()
  const queries = useQueryClient()
  if (naming.conferReasons.length > 0)
    return (
      <Section title="授予">
        <ul className="plain-list">
          {naming.conferReasons.map((reason) => (
            <li key={reason.message}>{reason.message}</li>
          ))}
        </ul>
      </Section>
    )
  return (
    <Section title="授予" note="登记表彰决定的发文字号，系统为每所学校生成证书编号和查验二维码。">
      <Draft<{ documentNumber: string; conferredOn: string }>
        name={`confer:${naming.cycleId}`}
        initial={{}}
        saveLabel="授予"
        done="已授予，证书已生成"
        onSave={async (values) => {
          await call(conferAwards, { body: values, query: { year } })
          await queries.invalidateQueries()
        }}
      >
        <Form.Item name="documentNumber" label="发文字号" rules={[{ required: true }]} extra="例如：演教党〔2026〕12号">
          <Line most={60} label="发文字号" />
        </Form.Item>
        <Form.Item name="conferredOn" label="授予日期" rules={[{ required: true }]}>
          <DateField />
        </Form.Item>
      </Draft>
    </Section>
  )
}
