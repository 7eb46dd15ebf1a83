import { z } from 'zod'
import { recordOf } from '#domain/base/record.ts'
import { schoolCountKeys } from '#domain/schools/school.ts'
import { levels } from '#domain/schools/organization.ts'
import { ownerships, partyKinds, PHONE, stages } from '#domain/schools/listColumns.ts'
import {
  count,
  endpoint,
  filled,
  id,
  idParams,
  pageOf,
  pageQuery,
  refusalShape,
  text,
  seen,
} from '#contract/endpoint.ts'

const optional = (max: number) => text(max).nullable()
const head = z.int('请填写整数').min(0, '不能小于 0').max(100_000, '人数太大，请核对')
const counts = recordOf(schoolCountKeys, () => head)
const contact = {
  contactName: optional(30),
  contactPhone: text(40)
    .refine((value) => value === '' || PHONE.test(value), '电话只能有数字、括号和横线')
    .nullable(),
}
const facts = {
  name: filled(60),
  stage: z.enum(stages),
  ownership: z.enum(ownerships),
  zoneId: id,
  groupId: id.nullable(),
  code: z
    .string()
    .trim()
    .regex(/^\d{10}$/, '学校标识码应为 10 位数字')
    .nullable(),
  partyKind: z.enum(partyKinds),
  /** Empty while the post is vacant. */
  secretaryName: text(30),
  /** Left out: as it was. */
  sortOrder: z.int('请填写整数').min(1, '应是 1 或更大的数').max(100_000, '数字太大，请核对').nullable().optional(),
}

export const schoolItemShape = z.strictObject({
  id,
  code: z.string().nullable(),
  name: z.string(),
  stage: z.string(),
  ownership: z.string(),
  zoneId: id,
  zoneName: z.string(),
  groupId: id.nullable(),
  groupName: z.string().nullable(),
  partyKind: z.string(),
  secretaryName: z.string(),
  ...recordOf(schoolCountKeys, () => count),
  departmentName: z.string().nullable(),
  confirmedAt: z.string().nullable(),
  retiredAt: z.string().nullable(),
  sortOrder: z.int().nullable(),
})
export type SchoolItem = z.infer<typeof schoolItemShape>

export const schoolQuery = z.strictObject({
  ...pageQuery,
  stage: z.enum(stages).optional(),
  ownership: z.enum(ownerships).optional(),
  zoneId: id.optional(),
  groupId: id.optional(),
  /** Only schools that have no department yet, whose people have not all activated their accounts, or only retired ones. */
  only: z.enum(['uncovered', 'unconfirmed', 'inactive', 'retired']).optional(),
})
export type SchoolQuery = z.infer<typeof schoolQuery>

export const inBureau = ['office', 'leader', 'department', 'secretary', 'clerk'] as const

export const listSchools = endpoint({
  name: 'listSchools',
  method: 'GET',
  path: '/api/schools',
  summary: '学校名录：查找、筛选、排序、翻页',
  access: inBureau,
  query: schoolQuery,
  reply: pageOf(schoolItemShape),
})

export const readSchool = endpoint({
  name: 'readSchool',
  method: 'GET',
  path: '/api/schools/:id',
  summary: '一所学校的基本情况、联系人、账号',
  access: inBureau,
  params: idParams,
  reply: z.strictObject({
    school: schoolItemShape,
    updatedAt: z.string(),
    contactName: z.string().nullable(),
    contactPhone: z.string().nullable(),
    /** The school that a closed one was merged into. */
    successor: z.strictObject({ id, name: z.string() }).nullable(),
    leaders: z.array(z.string()),
    accounts: z.array(
      z.strictObject({
        personId: id,
        name: z.string(),
        role: z.string(),
        loginName: z.string(),
        activated: z.boolean(),
        /** A secretary whom the register does not name. */
        former: z.boolean(),
      }),
    ),
    moves: z.record(z.string(), z.array(refusalShape)),
  }),
})

export const createSchool = endpoint({
  name: 'createSchool',
  once: true,
  method: 'POST',
  path: '/api/schools',
  summary: '登记一所新学校（幼儿园）；可同时建立书记和党务干事账号',
  access: ['office'],
  body: z.strictObject({ ...facts, ...counts, ...contact, accounts: z.boolean() }),
  reply: z.strictObject({ id }),
})

export const editSchool = endpoint({
  name: 'editSchool',
  method: 'PUT',
  path: '/api/schools/:id',
  summary: '修改一所学校的基本情况',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ seen, ...facts, ...counts, ...contact }),
})

export const confirmSchool = endpoint({
  name: 'confirmSchool',
  method: 'PUT',
  path: '/api/schools/:id/counts',
  summary: '学校核对本校人数和联系人',
  access: ['secretary', 'clerk', 'office'],
  params: idParams,
  body: z.strictObject({ seen, ...counts, ...contact }),
})

export const restoreSchool = endpoint({
  name: 'restoreSchool',
  method: 'POST',
  path: '/api/schools/:id/restore',
  summary: '恢复误撤并的学校，写明理由；已有记录照旧，联系分工要重新确定',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ reason: filled(500) }),
})

export const retireSchools = endpoint({
  name: 'retireSchools',
  method: 'POST',
  path: '/api/schools/retire',
  summary: '撤并学校：不再列入名录，已有记录全部保留',
  access: ['office'],
  body: z.strictObject({
    schoolIds: z.array(id).min(1, '请选择学校').max(2000, '一次不超过 2000 所'),
    reason: text(200),
    /** Which school goes on for them and answers what is still open; nobody is the office. */
    successorId: id.nullable().default(null),
  }),
})

export const readTree = endpoint({
  name: 'readTree',
  method: 'GET',
  path: '/api/organizations',
  summary: '单位树：省、市、区、片区、学校',
  access: inBureau,
  reply: z.strictObject({
    above: z.array(z.strictObject({ id, level: z.enum(levels), name: z.string() })),
    zones: z.array(
      z.strictObject({
        id,
        name: z.string(),
        schools: z.array(z.strictObject({ id, name: z.string(), stage: z.string(), groupName: z.string().nullable() })),
      }),
    ),
  }),
})

const named = z.strictObject({ id, name: z.string() })

/** What the filters and pickers of many pages need, in one call. */
export const readDivisions = endpoint({
  name: 'readDivisions',
  method: 'GET',
  path: '/api/divisions',
  summary: '片区、股室、教育集团',
  access: 'signedIn',
  reply: z.strictObject({ zones: z.array(named), departments: z.array(named), groups: z.array(named) }),
})

const division = z.enum(['zones', 'departments'])

export const addDivision = endpoint({
  name: 'addDivision',
  once: true,
  method: 'POST',
  path: '/api/divisions/:kind',
  summary: '新增片区或股室',
  access: ['office'],
  params: z.strictObject({ kind: division }),
  body: z.strictObject({ name: filled(30) }),
  reply: z.strictObject({ id }),
})

export const renameDivision = endpoint({
  name: 'renameDivision',
  method: 'PUT',
  path: '/api/divisions/:kind/:id',
  summary: '片区或股室改名',
  access: ['office'],
  params: z.strictObject({ kind: division, id }),
  body: z.strictObject({ name: filled(30) }),
})

export const removeZone = endpoint({
  name: 'removeZone',
  method: 'POST',
  path: '/api/zones/:id/remove',
  summary: '撤销片区，写明理由：有学校的并入另一个片区，空的直接撤销',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ intoId: id.nullable().default(null), reason: filled(200) }),
})

export const listGroups = endpoint({
  name: 'listGroups',
  method: 'GET',
  path: '/api/school-groups',
  summary: '教育集团和成员学校',
  access: inBureau,
  reply: z.strictObject({
    items: z.array(z.strictObject({ id, name: z.string(), schools: z.array(named) })),
  }),
})

const groupBody = z.strictObject({ name: filled(40), schoolIds: z.array(id).max(500, '成员学校太多') })

export const addGroup = endpoint({
  name: 'addGroup',
  once: true,
  method: 'POST',
  path: '/api/school-groups',
  summary: '新建教育集团',
  access: ['office'],
  body: groupBody,
  reply: z.strictObject({ id }),
})

export const editGroup = endpoint({
  name: 'editGroup',
  method: 'PUT',
  path: '/api/school-groups/:id',
  summary: '修改教育集团的名称和成员学校',
  access: ['office'],
  params: idParams,
  body: groupBody.extend({ seen }),
})

export const listPeople = endpoint({
  name: 'listPeople',
  method: 'GET',
  path: '/api/people',
  summary: '局里按岗位找人',
  access: ['office'],
  query: z.strictObject({ role: z.enum(['office', 'leader', 'department', 'reviewer']), q: text(30).default('') }),
  reply: z.strictObject({
    items: z.array(
      z.strictObject({ personId: id, name: z.string(), title: z.string().nullable(), departmentId: id.nullable() }),
    ),
  }),
})
