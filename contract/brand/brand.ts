import { z } from 'zod'
import { recordOf } from '#domain/base/record.ts'
import { argumentationKinds } from '#domain/brand/brand.ts'
import { brandTextKeys, brandTexts } from '#domain/brand/brandContent.ts'
import {
  count,
  date,
  endpoint,
  filled,
  id,
  idParams,
  instant,
  pageOf,
  pageQuery,
  refusalShape,
  text,
  version,
} from '#contract/endpoint.ts'
import { publicPicture } from '#contract/records/file.ts'

const readers = ['office', 'leader', 'department', 'secretary', 'clerk'] as const

export const argumentationKind = z.enum(Object.keys(argumentationKinds) as [keyof typeof argumentationKinds], {
  error: '请选择论证方式',
})

export const brandQuery = z.strictObject({
  ...pageQuery,
  state: z.enum(['missing', 'made', 'draft', 'published']).optional(),
  category: text(40).optional(),
  zoneId: id.optional(),
  stage: text(20).optional(),
})

export const listBrands = endpoint({
  name: 'listBrands',
  method: 'GET',
  path: '/api/brands',
  summary: '各校品牌：已创建的和还没有创建的',
  access: readers,
  query: brandQuery,
  reply: pageOf(
    z.strictObject({
      schoolId: id,
      schoolName: z.string(),
      stage: z.string(),
      zoneName: z.string(),
      brandId: id.nullable(),
      name: z.string().nullable(),
      category: z.string().nullable(),
      state: z.enum(['missing', 'draft', 'published']),
      argumentations: count,
      updatedAt: instant.nullable(),
    }),
  ),
})

export const readBrandCoverage = endpoint({
  name: 'readBrandCoverage',
  method: 'GET',
  path: '/api/brands/coverage',
  summary: '品牌创建覆盖：已创建／应创建，以及筛选用的类别和片区',
  access: readers,
  reply: z.strictObject({
    made: count,
    published: count,
    due: count,
    categories: z.array(z.string()),
    zones: z.array(z.strictObject({ id, name: z.string() })),
    stages: z.array(z.string()),
  }),
})

export const findSimilarBrands = endpoint({
  name: 'findSimilarBrands',
  method: 'GET',
  path: '/api/brands/similar',
  summary: '名称或理念与本区其他学校相近的品牌',
  access: ['secretary', 'clerk', 'office'],
  query: z.strictObject({ name: text(200).default(''), concept: text(1000).default('') }),
  reply: z.strictObject({
    items: z.array(z.strictObject({ schoolName: z.string(), name: z.string() })),
    /** The brand of a school that has not published it yet is near as well; to schools it is not named. */
    draftNear: z.boolean(),
  }),
})

const fileBrief = z.strictObject({ id, name: z.string() })

export const brandShape = z.strictObject({
  id,
  version: z.int(),
  ...recordOf(brandTextKeys, () => z.string()),
  category: z.string().nullable(),
  localResources: z.array(z.string()),
  logo: fileBrief.nullable(),
  /** The same picture as everybody sees it, or no longer does. */
  logoPicture: publicPicture.nullable(),
  renamedFrom: z.string().nullable(),
  renamedAt: instant.nullable(),
  renameReason: z.string().nullable(),
  publishedAt: instant.nullable(),
  updatedAt: instant,
})

export const readBrand = endpoint({
  name: 'readBrand',
  method: 'GET',
  path: '/api/schools/:id/brand',
  summary: '一所学校的品牌、论证记录和历次保存的版本',
  access: readers,
  params: idParams,
  reply: z.strictObject({
    schoolId: id,
    schoolName: z.string(),
    brand: brandShape.nullable(),
    argumentations: z.array(
      z.strictObject({
        id,
        heldOn: z.string(),
        kind: argumentationKind,
        kindLabel: z.string(),
        participants: z.string(),
        opinions: z.string(),
        outcome: z.string(),
        files: z.array(z.strictObject({ id, name: z.string(), kind: z.string() })),
        version: z.int(),
        voidReason: z.string().nullable(),
        versions: z.array(
          z.strictObject({
            version: z.int(),
            reason: z.string(),
            personName: z.string(),
            at: instant,
            differences: z.array(z.strictObject({ label: z.string(), before: z.string(), after: z.string() })),
          }),
        ),
      }),
    ),
    versions: z.array(
      z.strictObject({
        version: z.int(),
        name: z.string(),
        concept: z.string(),
        reason: z.string().nullable(),
        personName: z.string(),
        at: instant,
      }),
    ),
    categories: z.array(z.string()),
    gaps: z.array(refusalShape),
    moves: z.strictObject({ save: z.array(refusalShape).optional() }),
  }),
})

export const brandBody = z.strictObject({
  /** The version that was read; 0 for a new brand. An older one loses to whoever saved first. */
  version,
  ...recordOf(brandTextKeys, (key) => text(brandTexts[key])),
  name: filled(brandTexts.name),
  category: text(40).nullable(),
  localResources: z.array(filled(30)).max(12, '最多写 12 项本地资源'),
  logoFileId: id.nullable(),
  /** Why a published brand gets another name; not asked otherwise. */
  renameReason: text(200).default(''),
})
export type BrandBody = z.infer<typeof brandBody>

export const saveBrand = endpoint({
  name: 'saveBrand',
  method: 'PUT',
  path: '/api/schools/:id/brand',
  summary: '建立或修改本校的品牌；每次保存都留版本',
  access: ['secretary', 'clerk'],
  params: idParams,
  body: brandBody,
  reply: z.strictObject({ id, version: z.int() }),
})

export const argumentationBody = z.strictObject({
  heldOn: date,
  kind: argumentationKind,
  participants: filled(500),
  opinions: filled(3000),
  outcome: filled(1000),
  /** The minutes, often photographed page by page. */
  fileIds: z.array(id).max(20, '会议记录最多 20 个文件').default([]),
})
export type ArgumentationBody = z.infer<typeof argumentationBody>

export const addArgumentation = endpoint({
  name: 'addArgumentation',
  once: true,
  method: 'POST',
  path: '/api/schools/:id/brand/argumentations',
  summary: '记一次品牌论证',
  access: ['secretary', 'clerk'],
  params: idParams,
  body: argumentationBody,
  reply: z.strictObject({ id }),
})

export const correctArgumentation = endpoint({
  name: 'correctArgumentation',
  method: 'POST',
  path: '/api/argumentations/:id/correct',
  summary: '更正论证记录，原来的内容留存可查',
  access: ['secretary', 'clerk'],
  params: idParams,
  body: z.strictObject({ ...argumentationBody.shape, reason: filled(200), version: version.min(1) }),
})

export const voidArgumentation = endpoint({
  name: 'voidArgumentation',
  method: 'POST',
  path: '/api/argumentations/:id/void',
  summary: '作废论证记录：不再计入，仍可查看',
  access: ['secretary', 'clerk'],
  params: idParams,
  body: z.strictObject({ reason: filled(200), version: version.min(1) }),
})

export const addBrandCategory = endpoint({
  name: 'addBrandCategory',
  once: true,
  method: 'POST',
  path: '/api/brand-categories',
  summary: '在七个类别之外增加品牌类别',
  access: ['office'],
  body: z.strictObject({ label: filled(20) }),
  reply: z.strictObject({ id }),
})
