import { Link, useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Facts, Figures } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { restoreSchool, retireSchools } from '#contract/schools/organization.ts'
import { roleLabels } from '#domain/base/actor.ts'
import { Breaches } from './Breaches.tsx'
import { headCounts, schoolFacts, type SchoolRecord } from './schoolFacts.tsx'
import { successorChoice } from './successor.ts'
import { useSchool } from '#console/house/queries.ts'

export default function SchoolPage() {
  const { id = '' } = useParams()
  const office = useHolds('office')
  const record = useSchool(id)
  const data = record.data
  return (
    <Page
      title={data?.school.name ?? '学校'}
      crumbs={[{ label: '学校名录', to: '/schools' }]}
      state={data?.school.retiredAt && <StateTag label="已撤并" tone="quiet" />}
      action={
        data &&
        data.moves['edit']?.length === 0 && (
          <LinkButton to={`/schools/${id}/edit`} primary>
            修改
          </LinkButton>
        )
      }
      more={data && office && <Leaving record={data} />}
    >
      <Loaded query={record}>
        {(one) => (
          <>
            {one.school.retiredAt && <Retired at={one.school.retiredAt} successor={one.successor} />}
            <Figures items={headCounts(one)} />
            <Section title="基本情况">
              <Facts items={schoolFacts(one)} />
            </Section>
            {office && <Breaches schoolId={id} />}
            {office && <Accounts record={one} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** Takes a school off the list, or puts it back. */
function Leaving({ record }: { record: SchoolRecord }) {
  const { school, moves } = record
  const { id } = school
  if (school.retiredAt)
    return (
      <Act
        label="恢复在册"
        reasons={moves['restore']}
        ask={{ label: '恢复的理由', hint: '已有记录照旧；联系分工要重新确定。' }}
        done="已恢复在册"
        run={(reason) => call(restoreSchool, { params: { id }, body: { reason } })}
      />
    )
  return (
    <Act
      label="撤并"
      danger
      reasons={moves['retire']}
      ask={{
        label: '撤并的理由',
        hint: '学校不再列入名录，联系股室随之结束，已有记录全部保留。撤并错了可以恢复。',
        choice: successorChoice([id]),
      }}
      done="已撤并"
      run={(reason, _day, { choice }) =>
        call(retireSchools, { body: { schoolIds: [id], reason, successorId: choice ?? null } })
      }
    />
  )
}

function Retired({ at, successor }: { at: string; successor: SchoolRecord['successor'] }) {
  return (
    <p className="answer-line">
      {showDate(at)}撤并
      {successor ? (
        <>
          ，并入<Link to={`/schools/${successor.id}`}>{successor.name}</Link>
          ；还没有答复的意见由这所学校或局党工委办答复。
        </>
      ) : (
        '；还没有答复的意见由局党工委办答复。'
      )}
    </p>
  )
}

function Accounts({ record }: { record: SchoolRecord }) {
  return (
    <Section title="账号" action={<LinkButton to={`/schools/slips?school=${record.school.id}`}>打印激活单</LinkButton>}>
      {record.accounts.length === 0 ? (
        <p className="quiet">还没有书记和党务干事账号。导入学校名单时勾选“建立账号”即可一并建立。</p>
      ) : (
        <Facts
          items={record.accounts.map((account) => ({
            label: account.role === 'secretary' ? roleLabels.secretary : roleLabels.clerk,
            value: (
              <>
                {account.name}　{account.loginName}　
                <StateTag label={account.activated ? '已激活' : '待激活'} tone={account.activated ? 'ok' : 'warn'} />
                {account.former && (
                  <p className="bad">
                    与名录里的书记（{record.school.secretaryName || '空缺'}
                    ）不是同一个人，不能签署。名录写错了请“修改”；换了人，请系统管理员停用这个账号，为新书记另建账号。
                  </p>
                )}
              </>
            ),
          }))}
        />
      )}
    </Section>
  )
}
