import type { z } from 'zod'
import { hasRole, ownSchoolId } from '#domain/actor.ts'
import {
  againstMovingArticle,
  againstReadingArticle,
  againstWritingArticle,
  type articleKinds,
} from '#domain/exchange.ts'
import { movesFrom } from '#domain/lifecycle.ts'
import { type ArticleState, articleLife } from '#domain/lifecycles/article.ts'
import type { ArticleDetail, listArticles } from '#contract/article.ts'
import type { ArticleRow } from '#server/db/tables/supervision.ts'
import type { Todo } from '#contract/todo.ts'
import { chosenCycle } from '#server/features/cycle/store.ts'
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
    moves: Object.fromEntries(actions.map((action) => [action, againstMovingArticle(look.actor, article, action)])),
  }
}

/** What everybody may read: published ones, newest first; the search goes through the index. */
export async function listPublicArticles(db: ReadOnly, asked: { q: string; page: number }) {
  let rows = db
    .selectFrom('article')
    .leftJoin('school', 'school.id', 'article.schoolId')
    .where('article.state', '=', 'published')
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
