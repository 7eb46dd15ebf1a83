import './schools.css'
import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { RemoveZone } from '#console/house/RemoveZone.tsx'
import { useHolds } from '#console/me.ts'
import { addDivision, addGroup, editGroup, renameDivision } from '#contract/schools/organization.ts'
import { stampOf } from '#domain/base/stamp.ts'
import { quoted } from '#domain/base/text.ts'
import { type SchoolGroup, type SchoolTree, useGroups, useTree } from '../queries.ts'

interface GroupValues {
  name: string
  schoolIds?: string[]
}

export default function TreePage() {
  const office = useHolds('office')
  const tree = useTree()
  const groups = useGroups()
  const [editing, setEditing] = useState<SchoolGroup | 'new'>()
  const schools = (tree.data?.zones ?? []).flatMap((zone) => zone.schools)
  return (
    <Page
      title="单位与集团"
      lead="省、市、区、片区、学校的隶属关系，以及教育集团。"
      action={
        office && (
          <Button type="primary" onClick={() => setEditing('new')}>
            新建教育集团
          </Button>
        )
      }
    >
      <Section title="教育集团">
        <Loaded query={groups}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title="还没有教育集团" hint="成员学校之间评审时要回避，建好集团系统会自动计算。" />
            ) : (
              <GroupList groups={items} {...(office ? { onEdit: setEditing } : {})} />
            )
          }
        </Loaded>
      </Section>
      <Section title="隶属关系" action={office && <NewZone />}>
        <Loaded query={tree}>
          {({ above, zones }) => (
            <div className="tree">
              <p>{above.map((one) => one.name).join(' › ')}</p>
              {zones.map((zone) => (
                <ZoneTree key={zone.id} zone={zone} zones={zones} office={office} />
              ))}
            </div>
          )}
        </Loaded>
      </Section>
      {editing && <GroupDialog group={editing} schools={schools} close={() => setEditing(undefined)} />}
    </Page>
  )
}

function GroupList({ groups, onEdit }: { groups: SchoolGroup[]; onEdit?: (group: SchoolGroup) => void }) {
  return (
    <ul className="plain-list">
      {groups.map((group) => (
        <li key={group.id}>
          <strong>{group.name}</strong>　
          <span className="quiet">{group.schools.map((one) => one.name).join('、') || '没有成员学校'}</span>
          {onEdit && (
            <button type="button" className="link" aria-label={`修改${group.name}`} onClick={() => onEdit(group)}>
              修改
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

function NewZone() {
  return (
    <Act
      label="新增片区"
      ask={{ label: '片区名称' }}
      done="已新增"
      run={(name, _day, held) => call(addDivision, { params: { kind: 'zones' }, body: { name }, once: held.id })}
    />
  )
}

type Zone = SchoolTree['zones'][number]

function ZoneTree({ zone, zones, office }: { zone: Zone; zones: readonly Zone[]; office: boolean }) {
  return (
    <details open={zones.length < 3}>
      <summary>
        {zone.name}（{zone.schools.length} 所）
      </summary>
      {office && <RemoveZone zone={zone} others={zones.filter((one) => one.id !== zone.id)} />}
      {office && (
        <Act
          size="small"
          label="改名"
          name={zone.id}
          ask={{ label: `${quoted(zone.name)}改为`, initial: zone.name }}
          done="已改名"
          run={(name) => call(renameDivision, { params: { kind: 'zones', id: zone.id }, body: { name } })}
        />
      )}
      <ul className="plain-list">
        {zone.schools.map((school) => (
          <li key={school.id}>
            <Link to={`/schools/${school.id}`}>{school.name}</Link>　
            <span className="quiet">
              {school.stage}
              {school.groupName ? ` · ${school.groupName}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function GroupDialog(props: {
  group: SchoolGroup | 'new'
  schools: { id: string; name: string }[]
  close: () => void
}) {
  const queries = useQueryClient()
  const group = props.group === 'new' ? undefined : props.group
  return (
    <Modal open title={group ? '修改教育集团' : '新建教育集团'} footer={null} onCancel={props.close} destroyOnHidden>
      <Draft<GroupValues>
        name={`group:${group?.id ?? 'new'}`}
        initial={{ name: group?.name ?? '', schoolIds: group?.schools.map((one) => one.id) ?? [] }}
        {...(group ? { seen: stampOf([group.name, group.schools.map((one) => one.id).toSorted()]) } : {})}
        wordsOf={(field, value) =>
          field === 'schoolIds' && Array.isArray(value)
            ? props.schools.flatMap((one) => (value.includes(one.id) ? [one.name] : [])).join('、') || '（空）'
            : undefined
        }
        onSave={async ({ name, schoolIds = [] }, _form, held) => {
          if (group) await call(editGroup, { params: { id: group.id }, body: { name, schoolIds, seen: held.seen } })
          else await call(addGroup, { body: { name, schoolIds }, once: held.id })
          await readAnew(queries)
          props.close()
        }}
      >
        <Form.Item name="name" label="集团名称" rules={[{ required: true, whitespace: true, max: 40 }]}>
          <Input />
        </Form.Item>
        <Form.Item name="schoolIds" label="成员学校" rules={[{ required: false }]}>
          <Select
            mode="multiple"
            optionFilterProp="label"
            placeholder="按校名查找"
            options={props.schools.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      </Draft>
    </Modal>
  )
}
