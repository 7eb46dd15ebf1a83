import './contacts.css'
import { useState } from 'react'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Figures } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page } from '#console/house/Page.tsx'
import { useHolds, useMe } from '#console/me.ts'
import { addDivision } from '#contract/schools/organization.ts'
import { BulkBar } from './BulkBar.tsx'
import { Schools } from './Schools.tsx'
import { Zones } from './Zones.tsx'
import { type Duties, useDuties } from '../queries.ts'

export type Zone = Duties['zones'][number]

export default function ContactsPage() {
  const office = useHolds('office')
  const me = useMe().data
  const duties = useDuties()
  return (
    <Page
      title="联系点分工"
      lead="每个片区由一位或几位领导分包，每所学校由一个股室联系。"
      explain={me?.explain[0]}
      more={
        <a className="button" href="/api/contacts.xlsx" download>
          导出表格
        </a>
      }
    >
      <Loaded query={duties}>
        {(data) =>
          data.schoolTotal === 0 ? (
            <Empty
              title="还没有学校"
              hint="导入学校名单后，在这里安排分包领导和联系股室。"
              action={office && <LinkButton to="/schools/import">导入学校名单</LinkButton>}
            />
          ) : (
            <Board data={data} editable={office} />
          )
        }
      </Loaded>
    </Page>
  )
}

export const calledAs = (one: { name: string; gone?: boolean }) => (one.gone ? `${one.name}（已停用）` : one.name)

/** Whoever left the post still stands in the plan until the office names another; until then nobody looks after those. */
function Gone({ data }: { data: Duties }) {
  const leaders = data.zones.flatMap((zone) =>
    zone.leaders.filter((one) => one.gone).map((one) => `${zone.name}的${one.name}`),
  )
  const departments = [
    ...new Set(
      data.zones.flatMap((zone) => zone.schools.flatMap((one) => (one.departmentGone ? [one.departmentName] : []))),
    ),
  ]
  if (leaders.length + departments.length === 0) return null
  return (
    <div className="notice notice-warn">
      <p className="notice-title">有人已停用或不在岗位，下面的数字不把他们算在内</p>
      {leaders.length > 0 && <p>分包领导：{leaders.join('、')}。请改选在岗的领导。</p>}
      {departments.length > 0 && (
        <p>联系股室没有在用的账号：{departments.join('、')}。请系统管理员为股室现在的人建账号，或改由别的股室联系。</p>
      )}
    </div>
  )
}

function Board({ data, editable }: { data: Duties; editable: boolean }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const open = data.schoolTotal - data.coveredTotal
  const led = data.zones.filter((zone) => zone.leaders.some((one) => !one.gone)).length
  const choose = (ids: readonly string[], on: boolean) => {
    const next = new Set(chosen)
    for (const id of ids)
      if (on) next.add(id)
      else next.delete(id)
    setChosen(next)
  }
  return (
    <>
      <Figures
        items={[
          { label: '有联系股室的学校', value: `${data.coveredTotal} / ${data.schoolTotal}` },
          { label: '有分包领导的片区', value: `${led} / ${data.zones.length}` },
        ]}
      />
      <Gone data={data} />
      {editable && data.departments.length === 0 && (
        <div className="notice notice-warn">
          <p className="notice-title">还没有股室</p>
          <p>先把局里的股室建好，再给学校安排。</p>
        </div>
      )}
      {editable && (
        <div className="list-tools">
          {open > 0 && (
            <button
              type="button"
              className="button"
              onClick={() =>
                setChosen(
                  new Set(
                    data.zones.flatMap((zone) => zone.schools.flatMap((one) => (one.departmentId ? [] : [one.id]))),
                  ),
                )
              }
            >
              选中没有安排的 {open} 所
            </button>
          )}
          <Act
            label="新增股室"
            ask={{ label: '股室名称' }}
            done="已新增"
            run={(name, _day, held) =>
              call(addDivision, { params: { kind: 'departments' }, body: { name }, once: held.id })
            }
          />
        </div>
      )}
      <Zones data={data} editable={editable} />
      <Schools data={data} editable={editable} chosen={chosen} choose={choose} />
      {editable && chosen.size > 0 && (
        <BulkBar departments={data.departments} chosen={[...chosen]} clear={() => setChosen(new Set())} />
      )}
    </>
  )
}
