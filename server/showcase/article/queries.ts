import { z } from 'zod'
import { hasRole, ownSchoolId } from '#domain/base/actor.ts'
import {
  againstDeletingArticle,
  againstMovingArticle,
  againstReadingArticle,
  againstWritingArticle,
  type articleKinds,
} from '#domain/showcase/exchange.ts'
import { movesFrom } from '#domain/base/lifecycle.ts'
import { type ArticleState, articleLife } from '#domain/showcase/articleLife.ts'
import type { ArticleDetail, listArticles } from '#contract/showcase/article.ts'
import type { ArticleRow } from '#server/db/tables/supervision.ts'
import type { Todo } from '#contract/home/todo.ts'
import { chosenCycle } from '#server/year/cycle/queries.ts'
import { demand, found } from '#server/kernel/problem.ts'
import { subjectsMatching } from '#server/kernel/search.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'

export const ARTICLES_ON_A_PAGE = 20
type Kind = (typeof articleKinds)[number]
export type Article = ArticleRow & { state: ArticleState }

export async function findArticle(look: Look, id: string): Promise<Article> {
  const row = found(await look.db.selectFrom('article').selectAll().where('id', '=', id).executeTakeFirst())
  const article = { ...row, state: row.state as ArticleState }
  demand(againstReadingArticle(look.actor, article))
  return article
}

/** Own ones, those that the office must judge, and what is published: the same rule as for reading one. */
export async function listArticlesOf(look: Look, query: z.infer<typeof listArticles.query>) {
  const bureauId = look.actor.bureauId ?? ''
  const own = ownSchoolId(look.actor) ?? ''
  const office = hasRole(look.actor, 'office')
  let rows = look.db
    .selectFrom('article')
    .leftJoin('school', 'school.id', 'article.schoolId')
    .where('article.bureauId', '=', bureauId)
    .where((eb) =>
      eb.or([
        eb('article.schoolId', '=', own),
        eb('article.state', 'in', ['published', 'withdrawn']),
        ...(office ? [eb('article.state', '!=', 'draft'), eb('article.schoolId', 'is', null)] : []),
      ]),
    )
  const cycle = await chosenCycle(look, query.year)
  if (cycle) rows = rows.where('article.cycleId', '=', cycle.id)
  if (query.state) rows = rows.where('article.state', '=', query.state)
  if (query.q) rows = rows.where(contains(look.db, ['article.title'], query.q))
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await rows
    .select([
      'article.id',
      'article.kind',
      'article.title',
      'school.name as schoolName',
      'article.state',
      'article.adoptedLevel',
      'article.publishedAt',
      'article.updatedAt',
    ])
    .orderBy('article.updatedAt', 'desc')
    .orderBy('article.id', 'desc')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return {
    items: items.map((row) => ({ ...row, kind: row.kind as Kind, state: row.state as ArticleState })),
    total: Number(total),
  }
}

export async function readArticleDetail(look: Look, id: string): Promise<ArticleDetail> {
  const article = await findArticle(look, id)
  const school = await look.db
    .selectFrom('school')
    .select('name')
    .where('id', '=', article.schoolId ?? '')
    .executeTakeFirst()
  const actions = movesFrom(articleLife, article.state)
  if (article.schoolId === null && article.state === 'draft') actions.splice(0, actions.length, 'publish')
  const { title, body, authorName, adoptedLevel, publishedAt, updatedAt, returnReason, withdrawnReason } = article
  return {
    id,
    title,
    body,
    authorName,
    adoptedLevel,
    publishedAt,
    updatedAt,
    returnReason,
    withdrawnReason,
    kind: article.kind as Kind,
    state: article.state,
    schoolName: school?.name ?? null,
    mayWrite: againstWritingArticle(look.actor, article).length === 0,
    mayDelete: againstDeletingArticle(look.actor, article).length === 0,
    attachments: await listAttachments(look.db, id),
    corrections: await listCorrections(look.db, id),
    history: await historyOf(look, article),
    moves: Object.fromEntries(actions.map((action) => [action, againstMovingArticle(look.actor, article, action)])),
  }
}

/** The files that an article carries, in their order. */
export const listAttachments = (db: ReadOnly, id: string) =>
  db
    .selectFrom('evidence')
    .innerJoin('file', 'file.id', 'evidence.fileId')
    .select(['evidence.fileId', 'file.name', 'file.kind'])
    .where('evidence.subjectType', '=', 'article')
    .where('evidence.subjectId', '=', id)
    .where('file.withheldAt', 'is', null)
    .orderBy('evidence.sortOrder')
    .execute()

/** A file that a published article offers; with the article it goes too (rule 17). */
export async function findPublicAttachment(db: ReadOnly, articleId: string, fileId: string) {
  return found(
    await db
      .selectFrom('evidence')
      .innerJoin('article', 'article.id', 'evidence.subjectId')
      .innerJoin('file', 'file.id', 'evidence.fileId')
      .selectAll('file')
      .where('evidence.subjectType', '=', 'article')
      .where('evidence.fileId', '=', fileId)
      .where('article.id', '=', articleId)
      .where('article.state', '=', 'published')
      .where('file.withheldAt', 'is', null)
      .executeTakeFirst(),
  )
}

/** What a published article said before each correction, the latest first. */
export async function listCorrections(db: ReadOnly, id: string) {
  const rows = await db
    .selectFrom('articleChange')
    .innerJoin('person', 'person.id', 'articleChange.personId')
    .select(['articleChange.id', 'articleChange.before', 'articleChange.reason', 'articleChange.createdAt'])
    .select('person.name as personName')
    .where('articleId', '=', id)
    .orderBy('articleChange.createdAt', 'desc')
    .orderBy('articleChange.id', 'desc')
    .execute()
  return rows.map(({ before, createdAt, ...row }) => ({
    ...row,
    at: createdAt,
    ...wordsBefore.parse(JSON.parse(before)),
  }))
}

const wordsBefore = z.object({
  title: z.string(),
  body: z.string(),
  authorName: z.string(),
  files: z.array(z.string()),
})
const traceShape = z.object({ reason: z.string().optional(), level: z.string().optional() })

/** How the article went from hand to hand, and by which level it was taken up when; for its authors and the office. */
async function historyOf(look: Look, article: Article): Promise<ArticleDetail['history']> {
  const own = article.schoolId !== null && ownSchoolId(look.actor) === article.schoolId
  if (!own && !hasRole(look.actor, 'office')) return []
  const actions: Record<string, string> = articleLife.actions
  const rows = await look.db
    .selectFrom('auditRow')
    .select(['seq', 'at', 'event', 'actorName', 'detail'])
    .where('subjectType', '=', 'article')
    .where('subjectId', '=', article.id)
    .where(
      'event',
      'in',
      Object.keys(actions).map((action) => `article.${action}`),
    )
    .orderBy('seq')
    .execute()
  return rows.map((row) => {
    const { reason, level } = traceShape.parse(JSON.parse(row.detail))
    return {
      id: String(row.seq),
      at: row.at,
      who: row.actorName,
      title: `${actions[row.event.split('.')[1] ?? ''] ?? ''}${level ? `（${level}级）` : ''}`,
      detail: reason ?? '',
    }
  })
}

/** What everybody may read: published ones, newest first; the search goes through the index. */
export async function listPublicArticles(db: ReadOnly, asked: { q: string; page: number; announcements?: boolean }) {
  let rows = db
    .selectFrom('article')
    .leftJoin('school', 'school.id', 'article.schoolId')
    .where('article.state', '=', 'published')
    .where('article.kind', asked.announcements ? '=' : '!=', 'announcement')
  if (asked.q) rows = rows.where('article.id', 'in', subjectsMatching(db, 'article', asked.q))
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await rows
    .select(['article.id', 'article.title', 'article.publishedAt', 'school.name as schoolName'])
    .orderBy('article.publishedAt', 'desc')
    .orderBy('article.id', 'desc')
    .limit(ARTICLES_ON_A_PAGE)
    .offset((asked.page - 1) * ARTICLES_ON_A_PAGE)
    .execute()
  return { items, total: Number(total) }
}

export async function readPublicArticle(db: ReadOnly, id: string) {
  return found(
    await db
      .selectFrom('article')
      .leftJoin('school', 'school.id', 'article.schoolId')
      .leftJoin('brand', (join) =>
        join.onRef('brand.schoolId', '=', 'article.schoolId').on('brand.publishedAt', 'is not', null),
      )
      .selectAll('article')
      .select(['school.name as schoolName', 'brand.id as brandId', 'brand.name as brandName'])
      .where('article.id', '=', id)
      .where('article.state', 'in', ['published', 'withdrawn'])
      .executeTakeFirst(),
  )
}

export async function listArticleTodos(look: Look): Promise<Todo[]> {
  const own = ownSchoolId(look.actor)
  const office = hasRole(look.actor, 'office')
  if (!own && !office) return []
  const rows = await look.db
    .selectFrom('article')
    .leftJoin('school', 'school.id', 'article.schoolId')
    .select(['article.id', 'article.title', 'article.state', 'article.returnReason', 'school.name as schoolName'])
    .where('article.bureauId', '=', look.actor.bureauId ?? '')
    .where((eb) =>
      eb.or([
        ...(own ? [eb.and([eb('article.schoolId', '=', own), eb('article.state', '=', 'returned')])] : []),
        ...(office ? [eb('article.state', 'in', ['submitted', 'adopted'])] : []),
      ]),
    )
    .orderBy('article.updatedAt')
    .limit(200)
    .execute()
  const titles: Record<string, string> = {
    returned: '经验文章被退回，请修改',
    submitted: '经验文章待审阅',
    adopted: '已采用的文章待发布',
  }
  return rows.map((row) => ({
    id: `article:${row.id}`,
    kind: 'article',
    title: titles[row.state] ?? '',
    detail:
      row.state === 'returned' ? `${row.title}：${row.returnReason ?? ''}` : `${row.schoolName ?? ''} ${row.title}`,
    href: `/console/articles/${row.id}`,
  }))
}
