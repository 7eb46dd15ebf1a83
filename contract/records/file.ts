import { z } from 'zod'
import { endpoint, filled, id, idParams, refusalShape } from '#contract/endpoint.ts'

export const fileShape = z.strictObject({
  id,
  name: z.string(),
  kind: z.enum(['jpg', 'png', 'webp', 'pdf', 'docx', 'xlsx', 'pptx', 'mp4']),
  mime: z.string(),
  size: z.int(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** The camera's own wall clock, without a zone. */
  takenAt: z.string().nullable(),
})
export type FileFacts = z.infer<typeof fileShape>

/** A file as the record shows it that it hangs on. */
export const attached = z.strictObject({ fileId: z.string(), name: z.string(), kind: z.string() })

/** A picture that a public page shows, or showed until it was taken down. */
export const publicPicture = z.strictObject({
  fileId: z.string(),
  name: z.string(),
  isPublic: z.boolean(),
  withheldReason: z.string().nullable(),
  moves: z.strictObject({ withhold: z.array(refusalShape), restore: z.array(refusalShape) }),
})
export type PublicPicture = z.infer<typeof publicPicture>

export const renditionQuery = z.strictObject({ size: z.enum(['320', '1280']).default('320') })

export const uploadFile = endpoint({
  name: 'uploadFile',
  method: 'POST',
  path: '/api/files',
  summary: '上传一个文件（multipart/form-data，字段 file）',
  access: 'signedIn',
  query: z.strictObject({ schoolId: id.optional() }),
  body: z.custom<FormData>(),
  reply: fileShape,
})

export const downloadFile = endpoint({
  name: 'downloadFile',
  method: 'GET',
  path: '/api/files/:id',
  summary: '下载文件原件',
  access: 'signedIn',
  params: idParams,
  reply: z.unknown(),
})

export const showThumbnail = endpoint({
  name: 'showThumbnail',
  method: 'GET',
  path: '/api/files/:id/thumbnail',
  summary: '查看图片的缩略图（webp）',
  access: 'signedIn',
  params: idParams,
  query: renditionQuery,
  reply: z.unknown(),
})

const reasoned = z.strictObject({ reason: filled(500) })

export const withholdPicture = endpoint({
  name: 'withholdPicture',
  method: 'POST',
  path: '/api/files/:id/withhold',
  summary: '撤下一张公开的图片，写明理由；公开页面和图片地址立刻看不到',
  access: ['office', 'secretary', 'clerk'],
  params: idParams,
  body: reasoned,
})

export const restorePicture = endpoint({
  name: 'restorePicture',
  method: 'POST',
  path: '/api/files/:id/restore',
  summary: '恢复公开一张撤下的图片，写明理由',
  access: ['office', 'secretary', 'clerk'],
  params: idParams,
  body: reasoned,
})
