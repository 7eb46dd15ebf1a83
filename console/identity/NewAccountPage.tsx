import { Form } from 'antd'
import { Line } from '#console/house/texts.tsx'
import { useNavigate } from 'react-router'
import { addAccount } from '#contract/identity/account.ts'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { Page } from '#console/house/Page.tsx'

interface Typed {
  name: string
  loginName: string
  phone?: string
  title?: string
}

export default function NewAccountPage() {
  const navigate = useNavigate()
  return (
    <Page
      title="新增账号"
      width="text"
      crumbs={[{ label: '账号与岗位', to: '/accounts' }]}
      lead="建立后，请安全管理员授予岗位，再打印激活单交给本人。学校的书记和干事请用学校名单成批导入。"
    >
      <Draft<Typed>
        name="account:new"
        initial={{}}
        saveLabel="建立账号"
        done="账号已建立"
        onSave={async (values, _form, held) => {
          const { id } = await call(addAccount, { body: values, once: held.id })
          await navigate(`/accounts/${id}`)
        }}
      >
        <Form.Item name="name" label="姓名" rules={[{ required: true }]}>
          <Line most={30} label="姓名" autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="loginName"
          label="登录名"
          rules={[{ required: true }]}
          extra="字母、数字或汉字，2–32 个字符，不分大小写。"
        >
          <Line most={32} label="登录名" autoComplete="off" />
        </Form.Item>
        <Form.Item name="title" label="职务">
          <Line most={40} label="职务" />
        </Form.Item>
        <Form.Item name="phone" label="电话">
          <Line most={30} label="电话" type="tel" />
        </Form.Item>
      </Draft>
    </Page>
  )
}
