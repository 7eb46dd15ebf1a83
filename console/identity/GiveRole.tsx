import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form, Select } from 'antd'
import { useRef, useState } from 'react'
import { giveRole } from '#contract/identity/account.ts'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Section } from '#console/house/Page.tsx'
import { Line } from '#console/house/texts.tsx'
import { isCrown } from '#domain/identity/accountRequest.ts'
import { type Role, roleLabels } from '#domain/base/actor.ts'
import { identityKeys, usePlaces } from './queries.ts'

interface Typed {
  role: Role
  organizationId: string
  departmentId?: string
  reason?: string
}

const roleOptions = Object.entries(roleLabels).map(([value, label]) => ({ value, label }))

/** Gives one role; the place offered follows from the role. */
export function GiveRole(props: { personId: string; name: string; reasons: readonly { message: string }[] }) {
  const queries = useQueryClient()
  const [role, setRole] = useState<Role>()
  const [q, setQ] = useState('')
  // A role that rules over others is only asked for.
  const waits = useRef(false)
  const places = usePlaces(q)
  if (props.reasons.length > 0)
    return (
      <Section title="授予岗位">
        <Act label="授予岗位" reasons={props.reasons} run={() => undefined} />
      </Section>
    )
  const forSchool = role === 'secretary' || role === 'clerk'
  const organizations = forSchool ? (places.data?.schools ?? []) : places.data ? [places.data.bureau] : []
  return (
    <Section title="授予岗位">
      <Draft<Typed>
        name={`grant:${props.personId}`}
        initial={{}}
        saveLabel="授予"
        done={() => (waits.current ? '已申请，等另一位管理员放行后生效' : '已授予岗位')}
        onSave={async (values, form, { id: once }) => {
          const answer = await call(giveRole, {
            once,
            params: { id: props.personId },
            body: { ...values, departmentId: values.role === 'department' ? (values.departmentId ?? '') : '' },
          })
          waits.current = answer.waits
          form.resetFields()
          setRole(undefined)
          await readAnew(queries, identityKeys.account(props.personId))
        }}
      >
        <Form.Item name="role" label="岗位" rules={[{ required: true }]}>
          <Select options={roleOptions} onChange={(value: Role) => setRole(value)} />
        </Form.Item>
        <Form.Item
          name="organizationId"
          label={forSchool ? '学校' : '单位'}
          rules={[{ required: true }]}
          extra={forSchool ? '输入学校名称中的字查找。' : undefined}
        >
          <Select
            showSearch={{ filterOption: false, onSearch: setQ }}
            options={organizations.map((one) => ({ value: one.id, label: one.name }))}
            disabled={!role}
          />
        </Form.Item>
        {role && isCrown(role) && (
          <Form.Item
            name="reason"
            label="授予的理由"
            rules={[{ required: true }]}
            extra="党工委办、系统管理员、安全管理员、审计员的岗位须由另一位管理员放行后才生效。"
          >
            <Line most={200} label="授予的理由" />
          </Form.Item>
        )}
        {role === 'department' && (
          <Form.Item name="departmentId" label="股室" rules={[{ required: true }]}>
            <Select options={(places.data?.departments ?? []).map((one) => ({ value: one.id, label: one.name }))} />
          </Form.Item>
        )}
      </Draft>
    </Section>
  )
}
