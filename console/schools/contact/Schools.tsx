import { Checkbox, Input, Pagination, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { call } from '#console/api.ts'
import { Reasons } from '#console/house/Loaded.tsx'
import { useNarrow } from '#console/house/narrow.ts'
import { Section } from '#console/house/Page.tsx'
import { setSchoolDepartment } from '#contract/schools/contact.ts'
import { searchKey } from '#domain/base/text.ts'
import { useSaving } from './useSaving.ts'
import type { Duties } from '../queries.ts'

const ON_A_PAGE = 50

interface Asked {
  zoneId: string | undefined
  openOnly: boolean
  words: string
}

function foundIn(data: Duties, { zoneId, openOnly, words }: Asked) {
  const key = searchKey(words)
  return data.zones
    .filter((zone) => zoneId === undefined || zone.id === zoneId)
    .flatMap((zone) => zone.schools.map((school) => ({ ...school, zoneName: zone.name })))
    .filter((school) => (!openOnly || school.departmentId === null) && searchKey(school.name).includes(key))
}

interface SchoolsProps {
  data: Duties
  editable: boolean
  chosen: ReadonlySet<string>
  choose: (ids: readonly string[], on: boolean) => void
}

/** The schools of the chosen zone, or those that wait for a department, fifty at a time: the page stays short however many there are. */
export function Schools(props: SchoolsProps) {
  const { data, editable, chosen, choose } = props
  const { refusals, save } = useSaving()
  const narrow = useNarrow(640)
  const [asked, setAsked] = useState<Asked>({ zoneId: undefined, openOnly: false, words: '' })
  const [page, setPage] = useState(1)
  const found = foundIn(data, asked)
  const at = Math.min(page, Math.max(1, Math.ceil(found.length / ON_A_PAGE)))
  const shown = found.slice((at - 1) * ON_A_PAGE, at * ON_A_PAGE)
  const ids = found.map((one) => one.id)
  const picked = ids.filter((id) => chosen.has(id)).length
  const ask = (change: Partial<Asked>) => {
    setAsked({ ...asked, ...change })
    setPage(1)
  }
  return (
    <Section title={`学校　${found.length} 所`}>
      <Narrowing zones={data.zones} asked={asked} ask={ask} />
      <Reasons title="没有保存" reasons={refusals} />
      {editable && found.length > 0 && (
        <Checkbox
          checked={picked === ids.length}
          indeterminate={picked > 0 && picked < ids.length}
          onChange={(event) => choose(ids, event.target.checked)}
        >
          全选这 {ids.length} 所
        </Checkbox>
      )}
      {found.length === 0 && <p className="quiet">没有符合条件的学校。</p>}
      <ul className="duties">
        {shown.map((school) => (
          <SchoolRow key={school.id} {...props} school={school} save={save} />
        ))}
      </ul>
      {found.length > ON_A_PAGE && (
        <Pagination
          className="list-pages"
          current={at}
          pageSize={ON_A_PAGE}
          total={found.length}
          showSizeChanger={false}
          simple={narrow}
          onChange={setPage}
        />
      )}
    </Section>
  )
}

function Narrowing(props: { zones: Duties['zones']; asked: Asked; ask: (change: Partial<Asked>) => void }) {
  const { zones, asked, ask } = props
  return (
    <div className="list-tools">
      <Select
        className="list-filter"
        aria-label="片区"
        placeholder="全部片区"
        allowClear
        value={asked.zoneId ?? null}
        options={zones.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(value: string | null) => ask({ zoneId: value ?? undefined })}
      />
      <Input
        className="duties-search"
        aria-label="校名"
        placeholder="校名"
        allowClear
        value={asked.words}
        onChange={(event) => ask({ words: event.target.value })}
      />
      <Checkbox checked={asked.openOnly} onChange={(event) => ask({ openOnly: event.target.checked })}>
        只看没有联系股室的
      </Checkbox>
    </div>
  )
}

function SchoolRow(
  props: SchoolsProps & {
    school: ReturnType<typeof foundIn>[number]
    save: ReturnType<typeof useSaving>['save']
  },
) {
  const { data, editable, chosen, choose, school, save } = props
  return (
    <li>
      {editable && (
        <Checkbox
          aria-label={`选择${school.name}`}
          checked={chosen.has(school.id)}
          onChange={(event) => choose([school.id], event.target.checked)}
        />
      )}
      <span className="duties-name">
        <Link to={`/schools/${school.id}`}>{school.name}</Link>{' '}
        <span className="quiet">
          {school.stage}　{school.zoneName}
        </span>
      </span>
      {editable ? (
        <Select
          allowClear
          className="duties-department"
          aria-label={`${school.name}的联系股室`}
          placeholder="未安排"
          value={school.departmentId}
          options={data.departments.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(departmentId: string | undefined) =>
            void save(
              call(setSchoolDepartment, { body: { schoolIds: [school.id], departmentId: departmentId ?? null } }),
            )
          }
        />
      ) : (
        <span>{school.departmentName ?? <span className="quiet">未安排</span>}</span>
      )}
    </li>
  )
}
