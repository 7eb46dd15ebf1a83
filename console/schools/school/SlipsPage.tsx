import { Button, Select } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { LoadedPage } from '#console/house/LoadedPage.tsx'
import { useTree } from '../queries.ts'

export default function SlipsPage() {
  const tree = useTree()
  return (
    <LoadedPage
      query={tree}
      title="打印激活单"
      width="text"
      crumbs={[{ label: '学校名录', to: '/schools' }]}
      lead="每个还没有设过密码的账号一张，裁开后当面交给本人。激活码只在打开的那一页显示一次，72 小时内有效；重新打印会使旧的激活单失效。"
    >
      {(data) => <Chooser zones={data.zones} />}
    </LoadedPage>
  )
}

function Chooser({ zones }: { zones: { id: string; name: string; schools: { id: string; name: string }[] }[] }) {
  const [search] = useSearchParams()
  const everySchool = zones.flatMap((zone) => zone.schools)
  const [chosen, setChosen] = useState<string[]>(() =>
    search.getAll('school').filter((id) => everySchool.some((one) => one.id === id)),
  )
  return (
    <form method="post" action="/schools/slips" target="_blank" className="draft">
      <input type="hidden" name="schoolIds" value={chosen.join(',')} />
      <p>
        <label htmlFor="slip-schools">学校</label>
      </p>
      <Select
        id="slip-schools"
        mode="multiple"
        allowClear
        style={{ width: '100%' }}
        placeholder="选择学校，可以按校名查找"
        maxTagCount={8}
        value={chosen}
        onChange={setChosen}
        optionFilterProp="label"
        options={zones.map((zone) => ({
          label: zone.name,
          title: zone.name,
          options: zone.schools.map((school) => ({ value: school.id, label: school.name })),
        }))}
      />
      <p>
        <button type="button" className="link" onClick={() => setChosen(everySchool.map((one) => one.id))}>
          全部 {everySchool.length} 所
        </button>
        {zones.map((zone) => (
          <button
            key={zone.id}
            type="button"
            className="link"
            onClick={() => setChosen([...new Set([...chosen, ...zone.schools.map((one) => one.id)])])}
          >
            加上{zone.name}
          </button>
        ))}
      </p>
      <div className="draft-foot">
        <Button type="primary" htmlType="submit" disabled={chosen.length === 0}>
          {chosen.length === 0 ? '请先选择学校' : `打印 ${chosen.length} 所学校的激活单`}
        </Button>
      </div>
    </form>
  )
}
