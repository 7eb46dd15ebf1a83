import { useParams } from 'react-router'
import { askSlips } from '#contract/identity/accountRequest.ts'
import { disableAccount, enableAccount, renamePerson, takeRole, unlockAccount } from '#contract/identity/account.ts'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { GiveRole } from './GiveRole.tsx'
import { standing } from './states.ts'
import { type Account, useAccount } from './queries.ts'

export default function AccountPage() {
  const { id = '' } = useParams()
  const account = useAccount(id)
  return <Loaded query={account}>{(data) => <Shown account={data} />}</Loaded>
}

function Shown({ account }: { account: Account }) {
  const { moves } = account
  return (
    <Page
      title={account.name}
      state={<StateTag {...standing(account)} />}
      crumbs={[{ label: '账号与岗位', to: '/accounts' }]}
      action={
        moves['unlock'] && (
          <Act
            label="解除锁定"
            primary
            done="已解除锁定"
            run={() => call(unlockAccount, { params: { id: account.personId } })}
            reasons={moves['unlock']}
          />
        )
      }
      more={<MoreActs account={account} />}
    >
      <Facts
        items={[
          { label: '登录名', value: account.loginName },
          { label: '职务', value: account.title },
          { label: '电话', value: account.phone },
          { label: '建立时间', value: showTime(account.createdAt) },
          { label: '最近登录', value: account.lastSignInAt ? showTime(account.lastSignInAt) : '从未登录' },
        ]}
      />
      <Section title="岗位" note="授予和撤销都立即生效，并记入审计日志。">
        {account.grants.length === 0 && <Empty title="还没有岗位" hint="没有岗位的人登录后什么也看不到。" />}
        <Grants account={account} />
      </Section>
      {moves['giveRole'] && <GiveRole personId={account.personId} name={account.name} reasons={moves['giveRole']} />}
    </Page>
  )
}

function MoreActs({ account }: { account: Account }) {
  const params = { id: account.personId }
  const { moves } = account
  return (
    <>
      {moves['issueActivation'] && !moves['askSlip'] && (
        <PrintSlip account={account} reasons={moves['issueActivation']} />
      )}
      {moves['askSlip'] && (
        <Act
          label="申请重设密码"
          reasons={moves['askSlip']}
          done="已申请，等另一位管理员放行"
          ask={{ label: '重设密码的理由', hint: '例如本人忘记密码。另一位管理员核实并放行后，您再打印激活单。' }}
          run={(reason) => call(askSlips, { body: { personIds: [account.personId], reason } })}
        />
      )}
      {moves['rename'] && (
        <Act
          label="更正姓名"
          reasons={moves['rename']}
          done="已更正"
          ask={{
            label: '正确的姓名',
            hint: '只用来改错字、补真实姓名。换了人请停用这个账号，为新人另建账号，以前办的事才分得清是谁。',
          }}
          run={(name) => call(renamePerson, { params, body: { name, seen: account.name } })}
        />
      )}
      {moves['disable'] && (
        <Act
          label="停用账号"
          danger
          reasons={moves['disable']}
          ask={{ label: '停用的理由', hint: '例如调离、退休。这个人正在进行的登录会立即结束，已做的工作都保留。' }}
          run={(reason) => call(disableAccount, { params, body: { reason } })}
        />
      )}
      {moves['enable'] && (
        <Act label="恢复账号" reasons={moves['enable']} run={() => call(enableAccount, { params })} />
      )}
    </>
  )
}

function Grants({ account }: { account: Account }) {
  const params = { id: account.personId }
  const { moves } = account
  return (
    <ul className="cards">
      {account.grants.map((grant) => (
        <li key={grant.id} className="card">
          <p className="card-title">{grant.roleLabel}</p>
          <p>
            {grant.organizationName}
            {grant.departmentName && `　${grant.departmentName}`}
            <span className="quiet">　{showTime(grant.createdAt)} 授予</span>
          </p>
          {moves['takeRole'] && (
            <Act
              label="撤销"
              size="small"
              danger
              done="已撤销"
              reasons={moves['takeRole']}
              confirm={`撤销${account.name}在${grant.organizationName}的“${grant.roleLabel}”岗位，立即生效。`}
              run={() => call(takeRole, { params: { ...params, grantId: grant.id } })}
            />
          )}
        </li>
      ))}
    </ul>
  )
}

/** A plain form, since the sheet with the code is a page of its own that is shown once. */
function PrintSlip({ account, reasons }: { account: Account; reasons: readonly { message: string }[] }) {
  if (reasons.length > 0) return <Act label="打印激活单" reasons={reasons} run={() => undefined} />
  return (
    <form method="post" action="/accounts/slips" target="_blank">
      <input type="hidden" name="id" value={account.personId} />
      <button type="submit" className="button">
        {account.waiting ? '打印激活单' : '重置密码（打印激活单）'}
      </button>
    </form>
  )
}
