import { hasRole, ownSchoolId } from '#domain/base/actor.ts'
import {
  againstDeletingArticle,
  againstMovingArticle,
  againstWritingArticle,
  articleMovesFrom,
} from '#domain/showcase/article.ts'
import { articleLife, type ArticleState } from '#domain/showcase/articleLife.ts'
import type { ArticleDetail } from '#contract/showcase/article.ts'
import type { Todo } from '#contract/home/todo.ts'
import type { ArticleRow } from '#server/db/tables/supervision.ts'
import type { Look } from '#server/kernel/work.ts'
import {
  findArticle,
  listArticleSteps,
  listAttachments,
  listCorrections,
  listWaitingArticles,
  readAuthorSchool,
} from './queries.ts'

export async function readArticleDetail(look: Look, id: string): Promise<ArticleDetail> {
  const article = await findArticle(look, id)
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
    kind: article.kind,
    state: article.state,
    schoolName: await readAuthorSchool(look, article.schoolId),
    mayWrite: againstWritingArticle(look.actor, article).length === 0,
    mayDelete: againstDeletingArticle(look.actor, article).length === 0,
    attachments: await listAttachments(look.db, id),
    corrections: await listCorrections(look.db, id),
    history: await readHistory(look, article),
    moves: Object.fromEntries(
      articleMovesFrom(article).map((action) => [action, againstMovingArticle(look.actor, article, action)]),
    ),
  }
}

const stepTitles = new Map<string, string>(Object.entries(articleLife.actions))

/** How the article went from hand to hand, and by which level it was taken up when; for its authors and the office. */
async function readHistory(look: Look, article: ArticleRow): Promise<ArticleDetail['history']> {
  const own = article.schoolId !== null && ownSchoolId(look.actor) === article.schoolId
  if (!own && !hasRole(look.actor, 'office')) return []
  const steps = await listArticleSteps(look, article.id)
  return steps.map(({ seq, at, event, actorName, trace: { reason, level } }) => ({
    id: String(seq),
    at,
    who: actorName,
    title: `${stepTitles.get(event.split('.')[1] ?? '') ?? ''}${level ? `（${level}级）` : ''}`,
    detail: reason ?? '',
  }))
}

const waiting: Partial<Record<ArticleState, string>> = {
  returned: '经验文章被退回，请修改',
  submitted: '经验文章待审阅',
  adopted: '已采用的文章待发布',
}

/** What a school has to mend, and what the office has to judge or publish. */
export async function listArticleTodos(look: Look): Promise<Todo[]> {
  const own = ownSchoolId(look.actor)
  const office = hasRole(look.actor, 'office')
  if (!own && !office) return []
  return (await listWaitingArticles(look, { own, office })).map((row) => ({
    id: `article:${row.id}`,
    kind: 'article',
    title: waiting[row.state] ?? '',
    detail:
      row.state === 'returned' ? `${row.title}：${row.returnReason ?? ''}` : `${row.schoolName ?? ''} ${row.title}`,
    href: `/console/articles/${row.id}`,
  }))
}
