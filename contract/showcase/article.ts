import { z } from 'zod'
import { adoptedLevels, articleKinds } from '#domain/showcase/article.ts'
import { articleLife } from '#domain/showcase/articleLife.ts'
import {
  endpoint,
  filled,
  id,
  idParams,
  inYear,
  movesShape,
  pageOf,
  pageQuery,
  seen,
  stateOf,
  stepsAt,
  text,
} from '#contract/endpoint.ts'
import { attached } from '#contract/records/file.ts'

const writers = ['office', 'secretary', 'clerk'] as const
const readers = [...writers, 'leader', 'department'] as const
const step = stepsAt('/api/articles')

const attachments = z.array(id).max(10, '附件最多 10 个').optional()

const listed = {
  id: z.string(),
  kind: z.enum(articleKinds),
  title: z.string(),
  schoolName: z.string().nullable(),
  state: stateOf(articleLife),
  adoptedLevel: z.string().nullable(),
  publishedAt: z.string().nullable(),
  updatedAt: z.string(),
} as const

export const articleDetail = z.strictObject({
  ...listed,
  body: z.string(),
  authorName: z.string(),
  returnReason: z.string().nullable(),
  withdrawnReason: z.string().nullable(),
  mayWrite: z.boolean(),
  mayDelete: z.boolean(),
  attachments: z.array(attached),
  /** What it said before each correction, the latest first. */
  corrections: z.array(
    z.strictObject({
      id: z.string(),
      at: z.string(),
      reason: z.string(),
      personName: z.string(),
      title: z.string(),
      body: z.string(),
      authorName: z.string(),
      files: z.array(z.string()),
    }),
  ),
  history: z.array(
    z.strictObject({ id: z.string(), at: z.string(), who: z.string(), title: z.string(), detail: z.string() }),
  ),
  moves: movesShape,
})
export type ArticleDetail = z.infer<typeof articleDetail>

export const createArticle = endpoint({
  name: 'createArticle',
  once: true,
  method: 'POST',
  path: '/api/articles',
  summary: '起草文章：学校写经验，局党工委办写动态、公告、展示',
  access: writers,
  body: z.strictObject({
    kind: z.enum(articleKinds, '请选择文章类别'),
    title: filled(60),
    body: text(20_000).default(''),
    authorName: filled(40),
  }),
  reply: z.strictObject({ id: z.string() }),
})

export const saveArticle = endpoint({
  name: 'saveArticle',
  method: 'PUT',
  path: '/api/articles/:id',
  summary: '保存文章',
  access: writers,
  params: idParams,
  body: z.strictObject({
    title: filled(60),
    body: text(20_000),
    authorName: filled(40),
    /** Files of the office that the page offers; left out, they stay as they are. */
    fileIds: attachments,
    updatedAt: z.string().max(40),
  }),
  reply: z.strictObject({ updatedAt: z.string() }),
})

export const listArticles = endpoint({
  name: 'listArticles',
  method: 'GET',
  path: '/api/articles',
  summary: '文章：本单位的和已发布的；局党工委办看到全部报送',
  access: readers,
  query: z.strictObject({ ...pageQuery, ...inYear, state: stateOf(articleLife, '').default('') }),
  reply: pageOf(z.strictObject(listed)),
})

export const readArticle = endpoint({
  name: 'readArticle',
  method: 'GET',
  path: '/api/articles/:id',
  summary: '一篇文章',
  access: readers,
  params: idParams,
  reply: articleDetail,
})

export const submitArticle = step('submitArticle', 'submit', {
  summary: '报送文章',
  access: ['secretary', 'clerk'],
})

export const returnArticle = step('returnArticle', 'return', {
  summary: '退回文章，写明理由',
  access: ['office'],
  words: { reason: filled(500) },
})

export const adoptArticle = step('adoptArticle', 'adopt', {
  summary: '采用文章，登记采用级别',
  access: ['office'],
  words: { level: z.enum(adoptedLevels, '请选择采用级别') },
})

export const publishArticle = step('publishArticle', 'publish', {
  summary: '发布到门户',
  access: ['office'],
})

export const withdrawArticle = endpoint({
  name: 'withdrawArticle',
  method: 'POST',
  path: '/api/articles/:id/withdraw',
  summary: '从门户撤下，写明理由；标题留存',
  access: ['office'],
  params: idParams,
  body: z.strictObject({ reason: filled(500) }),
})

export const deleteArticle = endpoint({
  name: 'deleteArticle',
  method: 'DELETE',
  path: '/api/articles/:id',
  summary: '删除没有报送过的草稿',
  access: writers,
  params: idParams,
})

export const correctArticle = endpoint({
  name: 'correctArticle',
  method: 'POST',
  path: '/api/articles/:id/correct',
  summary: '更正已发布的文章，写明理由；更正前的内容留存，门户上注明更正',
  access: ['office'],
  params: idParams,
  body: z.strictObject({
    title: filled(60),
    body: filled(20_000),
    authorName: filled(40),
    fileIds: attachments,
    reason: filled(500),
    seen,
  }),
})

export const raiseArticleLevel = step('raiseArticleLevel', 'level', {
  summary: '登记更高一级的采用，经过留存',
  access: ['office'],
  words: { level: z.enum(adoptedLevels, '请选择采用级别'), reason: filled(500) },
})
