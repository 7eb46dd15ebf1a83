import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form } from 'antd'
import { useNavigate } from 'react-router'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { Page } from '#console/house/Page.tsx'
import { SchoolField } from '#console/house/SchoolField.tsx'
import { useHolds, useMe } from '#console/me.ts'
import { createVisit } from '#contract/supervision/visit.ts'
import { today, VisitFields, type VisitValues, visitBody } from './VisitFields.tsx'
import { supervisionKeys } from './queries.ts'

interface Values extends VisitValues {
  schoolId: string
}

export default function NewVisitPage() {
  const go = useNavigate()
  const queries = useQueryClient()
  const office = useHolds('office')
  const me = useMe().data
  return (
    <Page title="记一次走访" width="text" crumbs={[{ label: '走访', to: '/visits' }]} lead="学校能看到这里写的内容。">
      <Draft<Values>
        name="visit:new"
        initial={{ kind: '到校', visitedOn: today(), ...(office && me ? { visitorId: me.personId } : {}) }}
        saveLabel="保存走访"
        onSave={async ({ schoolId, ...values }, _form, held) => {
          const { id } = await call(createVisit, { body: { schoolId, ...visitBody(values) }, once: held.id })
          await readAnew(queries, supervisionKeys.visits)
          await go(`/visits/${id}`)
        }}
      >
        <Form.Item name="schoolId" label="学校" rules={[{ required: true }]}>
          <SchoolField />
        </Form.Item>
        <VisitFields />
      </Draft>
    </Page>
  )
}
