import { listAccounts } from '#contract/identity/account.ts'
import { ListTable } from '#console/house/ListTable.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { roleLabels } from '#domain/base/actor.ts'
import { passwordSentences } from '#domain/identity/password.ts'
import { standing, standings } from './states.ts'

export default function AccountsPage() {
  const isAdmin = useHolds('admin')
  const isSecurity = useHolds('security')
  return (
    <Page
      title="账号与岗位"
      lead={
        isAdmin
          ? '系统管理员管理账号：新增、停用、发放激活单。岗位由安全管理员授予。'
          : '安全管理员授予和撤销岗位、解除锁定，立即生效。账号由系统管理员管理。'
      }
      action={
        isAdmin && (
          <LinkButton to="/accounts/slips" primary>
            打印激活单
          </LinkButton>
        )
      }
      more={isAdmin && <LinkButton to="/accounts/new">新增账号</LinkButton>}
    >
      <ListTable
        label="账号"
        endpoint={listAccounts}
        search="姓名、登录名或单位"
        filters={[
          { key: 'state', label: '状态', options: standings },
          {
            key: 'role',
            label: '岗位',
            options: Object.entries(roleLabels).map(([value, label]) => ({ value, label })),
          },
        ]}
        columns={[
          { key: 'name', title: '姓名', sort: true, render: (row) => row.name },
          { key: 'loginName', title: '登录名', sort: true, render: (row) => row.loginName },
          {
            key: 'roles',
            title: '岗位',
            render: (row) => row.roles.join('、') || <span className="quiet">尚未授予</span>,
          },
          { key: 'state', title: '状态', render: (row) => <StateTag {...standing(row)} /> },
          {
            key: 'lastSignInAt',
            title: '最近登录',
            sort: true,
            wideOnly: true,
            render: (row) => (row.lastSignInAt ? showTime(row.lastSignInAt) : ''),
          },
        ]}
        rowKey={(row) => row.personId}
        rowHref={(row) => `/accounts/${row.personId}`}
        exportPath="/api/accounts-export"
        empty={{ title: '还没有账号', hint: '导入学校名单时会为书记和干事建立账号。' }}
      />
      {isSecurity && (
        <Section title="密码规定" note="按等级保护的要求设定，对所有人一样。">
          <ul>
            {passwordSentences().map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
            <li>
              使用满 180 天须更换；连续输错 5 次后，每次再试都要多等一会儿（10 秒起，最长约 5
              分钟）；以前登录过的电脑和手机不受别人影响。
            </li>
          </ul>
        </Section>
      )}
    </Page>
  )
}
