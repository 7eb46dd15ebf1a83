import { Select } from 'antd'
import { useState } from 'react'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { setSchoolDepartment } from '#contract/schools/contact.ts'

/** Stays at the foot while schools are chosen, so that one department goes to many at once. */
export function BulkBar(props: {
  departments: { id: string; name: string }[]
  chosen: readonly string[]
  clear: () => void
}) {
  const [departmentId, setDepartmentId] = useState<string>()
  const { chosen } = props
  return (
    <div className="duties-bar" role="region" aria-label="批量安排">
      <span>已选 {chosen.length} 所</span>
      <Select
        aria-label="联系股室"
        placeholder="选择联系股室"
        className="duties-department"
        value={departmentId ?? null}
        options={props.departments.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(value: string | null) => setDepartmentId(value ?? undefined)}
      />
      <Act
        primary
        label="安排给这个股室"
        reasons={departmentId ? [] : ['请先选择联系股室。']}
        done={`已安排 ${chosen.length} 所学校`}
        run={async () => {
          await call(setSchoolDepartment, { body: { schoolIds: [...chosen], departmentId: departmentId ?? null } })
          props.clear()
        }}
      />
      <button type="button" className="link" onClick={props.clear}>
        取消选择
      </button>
    </div>
  )
}
