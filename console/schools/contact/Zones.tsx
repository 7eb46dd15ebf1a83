import { Select } from 'antd'
import { call } from '#console/api.ts'
import { RemoveZone } from '#console/house/RemoveZone.tsx'
import { Reasons } from '#console/house/Loaded.tsx'
import { Section } from '#console/house/Page.tsx'
import { setZoneLeaders } from '#contract/schools/contact.ts'
import { calledAs, type Zone } from './ContactsPage.tsx'
import { useSaving } from './useSaving.ts'
import type { Duties } from '../queries.ts'

/** Each zone in one line: how many schools, how many of them without a department, who leads it. */
export function Zones({ data, editable }: { data: Duties; editable: boolean }) {
  const { refusals, save } = useSaving()
  return (
    <Section title={`片区　${data.zones.length}`}>
      <Reasons title="没有保存" reasons={refusals} />
      <ul className="duties">
        {data.zones.map((zone) => (
          <li key={zone.id}>
            <span className="duties-name">
              {zone.name}　<span className="quiet">{countsOf(zone)}</span>
            </span>
            {editable ? (
              <>
                <Select
                  mode="multiple"
                  className="duties-leaders"
                  aria-label={`${zone.name}的分包领导`}
                  placeholder={data.leaders.length === 0 ? '先由管理员添加分包领导账号' : '选择分包领导'}
                  value={zone.leaders.map((one) => one.personId)}
                  options={[...data.leaders, ...zone.leaders.filter((one) => one.gone)].map((one) => ({
                    value: one.personId,
                    label: calledAs(one),
                  }))}
                  optionFilterProp="label"
                  onChange={(personIds: string[]) =>
                    void save(call(setZoneLeaders, { params: { id: zone.id }, body: { personIds, seen: zone.stamp } }))
                  }
                />
                <RemoveZone zone={zone} others={data.zones.filter((one) => one.id !== zone.id)} />
              </>
            ) : (
              <span>分包领导：{zone.leaders.map(calledAs).join('、') || '未安排'}</span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function countsOf({ schools }: Zone): string {
  const open = schools.filter((one) => one.departmentId === null).length
  return open > 0 ? `${schools.length} 所，${open} 所没有联系股室` : `${schools.length} 所`
}
