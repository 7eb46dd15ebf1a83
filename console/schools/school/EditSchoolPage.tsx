import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { useNavigate, useParams } from 'react-router'
import type { z } from 'zod'
import { call, type Reply } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { Loaded, Reasons } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { editSchool, readDivisions } from '#contract/schools/organization.ts'
import { ownerships, partyKinds, stages } from '#domain/schools/listColumns.ts'
import { CountFields, countsOf } from './CountFields.tsx'
import { SchoolFields } from './SchoolFields.tsx'
import type { SchoolRecord } from './schoolFacts.tsx'
import { useSchool } from '#console/house/queries.ts'
import { useDivisions } from '../queries.ts'

type Values = Omit<z.input<(typeof editSchool)['body']>, 'seen'>

const known = <T extends string>(values: readonly T[], text: string): T | undefined =>
  values.find((value) => value === text)

export default function EditSchoolPage() {
  const { id = '' } = useParams()
  const record = useSchool(id)
  const divisions = useDivisions()
  return (
    <Page title="修改学校" width="text" crumbs={[{ label: record.data?.school.name ?? '学校', to: `/schools/${id}` }]}>
      <Loaded query={record}>
        {(one) => (
          <Loaded query={divisions}>{(choice) => <SchoolForm id={id} record={one} divisions={choice} />}</Loaded>
        )}
      </Loaded>
    </Page>
  )
}

function SchoolForm(props: { id: string; record: SchoolRecord; divisions: Reply<typeof readDivisions> }) {
  const queries = useQueryClient()
  const go = useNavigate()
  const { id, record, divisions } = props
  const { school } = record
  const barred = record.moves['edit'] ?? []
  if (barred.length > 0) return <Reasons title="现在不能修改" reasons={barred.map((one) => one.message)} />
  const initial: Partial<Values> = {
    name: school.name,
    zoneId: school.zoneId,
    groupId: school.groupId,
    code: school.code,
    secretaryName: school.secretaryName,
    sortOrder: school.sortOrder,
    ...countsOf({ ...school, contactName: record.contactName, contactPhone: record.contactPhone }),
  }
  const stage = known(stages, school.stage)
  const ownership = known(ownerships, school.ownership)
  const partyKind = known(partyKinds, school.partyKind)
  return (
    <Draft<Values>
      name={`school-edit:${id}`}
      initial={{
        ...initial,
        ...(stage ? { stage } : {}),
        ...(ownership ? { ownership } : {}),
        ...(partyKind ? { partyKind } : {}),
      }}
      seen={record.updatedAt}
      wordsOf={(field, value) =>
        field === 'zoneId' || field === 'groupId'
          ? ([...divisions.zones, ...divisions.groups].find((one) => one.id === value)?.name ?? '')
          : undefined
      }
      onSave={async (values, _form, { seen }) => {
        const body = {
          seen,
          ...values,
          ...countsOf(values),
          code: values.code?.trim() || null,
          groupId: values.groupId ?? null,
          sortOrder: values.sortOrder ?? null,
        }
        await call(editSchool, { params: { id }, body })
        await readAnew(queries)
        await go(`/schools/${id}`)
      }}
    >
      <SchoolFields divisions={divisions} />
      <CountFields />
    </Draft>
  )
}
