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

/** The schools of the chosen zone, or those that wait for a department, fifty at a time: the page stays short however many there are. */
export function Schools(props: {
  data: Duties
  editable: boolean
  chosen: ReadonlySet<string>
  choose: (ids: readonly string[], on: boolean) => void
}) {
  const { data, editable, chosen, choose } = props
  const { refusals, save } = useSaving()
  const narrow = useNarrow(640)
  const [zoneId, setZoneId] = useState<string>()
  const [openOnly, setOpenOnly] = useState(false)
  const [words, setWords] = useState('')
  const [page, setPage] = useState(1)
  const key = searchKey(words)
  const found = data.zones
    .filter((zone) => zoneId === undefined || zone.id === zoneId)
    .flatMap((zone) => zone.schools.map((school) => ({ ...school, zoneName: zone.name })))
    .filter((school) => (!openOnly || school.departmentId === null) && searchKey(school.name).includes(key))
  const at = Math.min(page, Math.max(1, Math.ceil(found.length / ON_A_PAGE)))
  const shown = found.slice((at - 1) * ON_A_PAGE, at * ON_A_PAGE)
  const ids = found.map((one) => one.id)
  const picked = ids.filter((id) => chosen.has(id)).length
  const narrowTo = (change: () => void) => {
    change()
    setPage(1)
  }
  return (
    <Section title={`学校　${found.length} 所`}>
      <div className="list-tools">
        <Select
          className="list-filter"
          aria-label="片区"
          placeholder="全部片区"
          allowClear
          value={zoneId ?? null}
          options={data.zones.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value: string | null) => narrowTo(() => setZoneId(value ?? undefined))}
        />
        <Input
          className="duties-search"
          aria-label="校名"
          placeholder="校名"
          allowClear
          value={words}
          onChange={(event) => narrowTo(() => setWords(event.target.value))}
        />
        <Checkbox checked={openOnly} onChange={(event) => narrowTo(() => setOpenOnly(event.target.checked))}>
          只看没有联系股室的
        </Checkbox>
      </div>
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
          <li key={school.id}>
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
