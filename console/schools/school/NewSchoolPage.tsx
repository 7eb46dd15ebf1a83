import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Checkbox, Form } from 'antd'
import { useNavigate } from 'react-router'
import type { z } from 'zod'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { LoadedPage } from '#console/house/LoadedPage.tsx'
import { createSchool } from '#contract/schools/organization.ts'
import { CountFields, countsOf } from './CountFields.tsx'
import { SchoolFields } from './SchoolFields.tsx'
import { useDivisions } from '../queries.ts'

type Values = z.input<(typeof createSchool)['body']>

/** One new school, without a list. */
export default function NewSchoolPage() {
  const queries = useQueryClient()
  const go = useNavigate()
  const divisions = useDivisions()
  return (
    <LoadedPage
      query={divisions}
      title="登记新学校"
      width="text"
      crumbs={[{ label: '学校名录', to: '/schools' }]}
      lead="只有一两所新学校时在这里登记；多所学校请导入名单。"
    >
      {(choice) => (
        <Draft<Values>
          name="school-new"
          initial={{ accounts: true, secretaryName: '' }}
          saveLabel="登记"
          done="已登记"
          onSave={async (values, _form, held) => {
            const body = {
              ...values,
              ...countsOf(values),
              secretaryName: values.secretaryName ?? '',
              code: values.code?.trim() || null,
              groupId: values.groupId ?? null,
              sortOrder: values.sortOrder ?? null,
            }
            const { id } = await call(createSchool, { body, once: held.id })
            await readAnew(queries)
            await go(`/schools/${id}`)
          }}
        >
          <SchoolFields divisions={choice} />
          <CountFields />
          <Form.Item name="accounts" valuePropName="checked" rules={[{ required: false }]}>
            <Checkbox>同时建立书记和党务干事账号（登录名用学校标识码）</Checkbox>
          </Form.Item>
        </Draft>
      )}
    </LoadedPage>
  )
}
