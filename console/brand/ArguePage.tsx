import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { useNavigate } from 'react-router'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { Page } from '#console/house/Page.tsx'
import { addArgumentation } from '#contract/brand/brand.ts'
import { ArgueFields, type ArgueValues, bodyOf } from './ArgueFields.tsx'
import { useOwnSchool } from './brand.ts'

export default function ArguePage() {
  const schoolId = useOwnSchool()
  const queries = useQueryClient()
  const navigate = useNavigate()

  async function save(values: ArgueValues, _form: unknown, held: { id: string }) {
    await call(addArgumentation, { params: { id: schoolId }, body: bodyOf(values), once: held.id })
    await readAnew(queries)
    void navigate('/brand')
  }

  return (
    <Page title="记一次论证" crumbs={[{ label: '党建文化品牌', to: '/brand' }]} width="text">
      <Draft<ArgueValues> name={`argue:${schoolId}`} initial={{}} onSave={save} saveLabel="保存论证记录">
        <ArgueFields />
      </Draft>
    </Page>
  )
}
