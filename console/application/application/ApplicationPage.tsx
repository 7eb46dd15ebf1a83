import { Form, Select } from 'antd'
import { LongText } from '#console/house/texts.tsx'
import { useParams } from 'react-router'
import {
  admitApplication,
  type ApplicationDetail,
  refuseApplication,
  reinstateApplication,
  returnApplication,
  saveApplication,
  submitApplication,
  withdrawApplication,
} from '#contract/application/application.ts'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { useHolds } from '#console/me.ts'
import { Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate, showTime } from '#console/house/Timeline.tsx'
import { ENTRIES_AT_MOST } from '#domain/application/application.ts'
import { applicationLife, type ApplicationState } from '#domain/application/applicationLife.ts'
import { type Pillar, pillarLabels } from '#domain/base/pillar.ts'
import { dateInWords } from '#domain/base/calendar.ts'
import { WholeDossier } from './Dossier.tsx'
import { useDossier } from '../queries.ts'
import { Eligibility } from './Eligibility.tsx'
import { toneOf } from './tone.ts'
import { useApplication, useOwnApplication } from '../queries.ts'

export default function ApplicationPage() {
  const { id = '' } = useParams()
  const application = useApplication(id)
  return <Loaded query={application}>{(data) => <Shown application={data} />}</Loaded>
}

function Shown({ application }: { application: ApplicationDetail }) {
  return (
    <Page
      title={`${application.schoolName}申报`}
      state={
        <StateTag
          label={applicationLife.states[application.state as ApplicationState]}
          tone={toneOf(application.state)}
        />
      }
      lead={application.cycleTitle}
      action={<MainMove application={application} />}
      more={<OtherMoves application={application} />}
    >
      {application.reason && (
        <div className="notice notice-warn">
          <p className="notice-title">办理说明</p>
          <p>{application.reason}</p>
          {application.completeUntil && <p>学校在{dateInWords(application.completeUntil)}以前可以补充后再提交。</p>}
        </div>
      )}
      {application.receiptNumber && <Receipt application={application} />}
      {application.state === 'draft' && (
        <Section title="申报条件" note="提交时由系统逐条核对。">
          <Eligibility points={application.eligibility} links={application.mayWrite} />
        </Section>
      )}
      <WholeDossier application={application} />
      <Section title="申报内容" note="品牌、方案、承诺、台账、总结由系统自动汇入，不用重填；只需写亮点、选台账。">
        {application.mayWrite ? <Words application={application} /> : <Read application={application} />}
      </Section>
    </Page>
  )
}

function MainMove({ application: { id, moves, updatedAt } }: { application: ApplicationDetail }) {
  const params = { id }
  const dossier = useDossier(id, Boolean(moves['submit']))
  const isOffice = useHolds('office')
  if (moves['submit'])
    return (
      <Act
        label="提交申报"
        primary
        reasons={moves['submit']}
        confirm="提交的就是“将要提交的全部材料”里的内容，提交后固定，选中的台账不能再更正。系统会给出带服务器时间的回执。"
        run={() =>
          call(submitApplication, { params, body: { seen: updatedAt, shown: dossier.data?.digest ?? undefined } })
        }
      />
    )
  if (isOffice && moves['admit'])
    return (
      <Act
        label="受理"
        primary
        confirm="受理后进入评审，学校会看到。"
        reasons={moves['admit']}
        run={() => call(admitApplication, { params, body: { seen: updatedAt } })}
      />
    )
  return null
}

function OtherMoves({ application }: { application: ApplicationDetail }) {
  const { id, moves, updatedAt: seen } = application
  const params = { id }
  const others = [
    ['refuse', '不予受理', '不予受理的理由', refuseApplication],
    ['withdraw', '撤回申报', '撤回的理由', withdrawApplication],
    ['reinstate', '恢复', '恢复的理由', reinstateApplication],
  ] as const
  return (
    <>
      {moves['return']?.length === 0 && (
        <Act
          label="退回补充"
          ask={{
            label: '要补充什么',
            day: {
              label: application.returnNeedsDay ? '补充材料的最后日期' : '补充材料的最后日期（选填）',
              hint: application.returnNeedsDay
                ? '申报已经截止：学校凭这个日期还能再提交，过期不能。日期和理由会记录在案。'
                : '不填的，学校按全区的截止日期提交；要宽限到截止以后的，在这里写明。',
            },
          }}
          run={(reason, until) => call(returnApplication, { params, body: { reason, until, seen } })}
        />
      )}
      {others.map(
        ([action, label, question, endpoint]) =>
          moves[action]?.length === 0 && (
            <Act
              key={action}
              label={label}
              danger={action === 'refuse'}
              ask={{ label: question }}
              run={(reason) => call(endpoint, { params, body: { reason, seen } })}
            />
          ),
      )}
    </>
  )
}

function Receipt({ application }: { application: ApplicationDetail }) {
  return (
    <Section title="回执">
      <Facts
        items={[
          { label: '回执编号', value: application.receiptNumber },
          { label: '提交时间（服务器）', value: application.submittedAt && showTime(application.submittedAt) },
          { label: '内容摘要（SHA-256）', value: <code className="digest">{application.digest}</code>, wide: true },
        ]}
      />
    </Section>
  )
}

function Words({ application }: { application: ApplicationDetail }) {
  const own = useOwnApplication()
  const candidates = own.data?.candidates ?? application.entries
  return (
    <Draft<{ highlights: string; entryIds: string[] }>
      name={`application:${application.id}`}
      initial={{ highlights: application.highlights, entryIds: application.entryIds }}
      seen={application.updatedAt}
      wordsOf={(field, value) =>
        field === 'entryIds'
          ? candidates.flatMap((one) => ([value].flat().includes(one.id) ? [one.title] : [])).join('；')
          : undefined
      }
      saveLabel="保存草稿"
      onSave={({ highlights, entryIds }, _form, { seen }) =>
        call(saveApplication, { params: { id: application.id }, body: { highlights, entryIds, updatedAt: seen } })
      }
    >
      <Form.Item name="highlights" required label="亮点说明" extra="最能打动人的两三点，50 字以上。">
        <LongText most={1500} label="亮点说明" rows={6} />
      </Form.Item>
      <Form.Item
        name="entryIds"
        required
        label={`佐证台账（最多 ${ENTRIES_AT_MOST} 条）`}
        extra="从已归档的台账里选，不用另外上传。"
      >
        <Select
          mode="multiple"
          maxCount={ENTRIES_AT_MOST}
          optionFilterProp="label"
          placeholder="点开选择，可输入标题查找"
          options={candidates.map((entry) => ({
            value: entry.id,
            label: `${showDate(entry.happenedOn)} ${entry.title}（${pillarLabels[entry.pillar as Pillar]}，材料 ${entry.evidenceCount} 件）`,
          }))}
        />
      </Form.Item>
    </Draft>
  )
}

function Read({ application }: { application: ApplicationDetail }) {
  return (
    <Facts
      items={[
        { label: '亮点说明', value: application.highlights, wide: true },
        {
          label: '佐证台账',
          wide: true,
          value: application.entries.length > 0 && (
            <ul className="plain-list">
              {application.entries.map((entry) => (
                <li key={entry.id}>
                  {showDate(entry.happenedOn)} {entry.title}（{pillarLabels[entry.pillar as Pillar]}，材料{' '}
                  {entry.evidenceCount} 件）
                </li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  )
}
