import { againstUnseen } from '#domain/base/refusal.ts'
import type { z } from 'zod'
import { isOffice, ownSchoolId } from '#domain/base/actor.ts'
import {
  type AdoptedLevel,
  againstDeletingArticle,
  againstMovingArticle,
  againstRaising,
  againstWritingArticle,
} from '#domain/showcase/exchange.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { type ArticleAction, type ArticleState, articleLife } from '#domain/showcase/articleLife.ts'
import { stampAfter } from '#domain/base/stamp.ts'
import type { correctArticle, createArticle, saveArticle } from '#contract/showcase/article.ts'
import { workingCycle } from '#server/year/cycle/queries.ts'
import { replaceEvidence } from '#server/records/file/actions.ts'
import { dropEvidence } from '#server/records/file/queries.ts'
import { changedOne, demand, refuse, unseen } from '#server/kernel/problem.ts'
import { dropFromSearch, indexForSearch } from '#server/kernel/search.ts'
import type { Work } from '#server/kernel/work.ts'
import { type Article, findArticle, listAttachments } from './queries.ts'

export async function draftArticle(
  work: Work,
  asked: z.infer<typeof createArticle.body>,
  year?: { id: string },
): Promise<{ id: string }> {
  const bureauId = work.actor.bureauId ?? ''
  const office = isOffice(work.actor, bureauId)
  const schoolId = office ? null : (ownSchoolId(work.actor) ?? null)
  if (!office && asked.kind !== 'experience')
    throw refuse('roleMissing', '学校报送经验；动态、公告和展示由局党工委办撰写。')
  const cycle = year ?? (await workingCycle(work.db, bureauId))
  if (!cycle) throw refuse('windowClosed', '本年度还没有开启，暂不能写文章。')
  const id = work.newId()
  await work.tx
    .insertInto('article')
    .values({
      id,
      bureauId,
      cycleId: cycle.id,
      schoolId,
      ...asked,
      coverFileId: null,
      state: articleLife.first,
      submittedAt: null,
      readAt: null,
      adoptedLevel: null,
      adoptedAt: null,
      publishedAt: null,
      returnReason: null,
      withdrawnReason: null,
      createdBy: work.actor.personId ?? '',
      createdAt: work.now,
      updatedAt: work.now,
    })
    .execute()
  work.record('article.drafted', 'article', id, schoolId ? { schoolId } : {})
  return { id }
}

export async function saveArticleText(
  work: Work,
  id: string,
  { updatedAt, fileIds, ...words }: z.infer<typeof saveArticle.body>,
): Promise<{ updatedAt: string }> {
  const article = await findArticle(work, id)
  demand([...againstWritingArticle(work.actor, article), ...againstUnseen(updatedAt, article.updatedAt, '保存')])
  changedOne(
    await work.tx
      .updateTable('article')
      .set({ ...words, updatedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', article.state)
      .where('updatedAt', '=', updatedAt)
      .executeTakeFirstOrThrow(),
  )
  await keepAttachments(work, article, fileIds)
  work.record('article.saved', 'article', id, article.schoolId ? { schoolId: article.schoolId } : {})
  return { updatedAt: work.now }
}

/** What the office publishes may carry files, which the public page offers; a school's experience is text. */
async function keepAttachments(work: Work, article: Article, fileIds: readonly string[] | undefined): Promise<void> {
  if (fileIds === undefined) return
  if (article.schoolId !== null && fileIds.length > 0)
    throw refuse('invalid', '报送的经验只有文字；材料请放进台账。', { field: 'fileIds' })
  await replaceEvidence(work, { schoolId: null, subjectType: 'article', subjectId: article.id, fileIds })
}

/** Throws away a draft that nobody but its author has seen. */
export async function deleteArticle(work: Work, id: string): Promise<{ ok: true }> {
  const article = await findArticle(work, id)
  demand(againstDeletingArticle(work.actor, article))
  await dropEvidence(work, { subjectType: 'article', subjectId: id, schoolId: article.schoolId })
  const gone = await work.tx.deleteFrom('article').where('id', '=', id).where('state', '=', 'draft').executeTakeFirst()
  changedOne({ numUpdatedRows: gone.numDeletedRows })
  const { title, schoolId } = article
  work.record('article.deleted', 'article', id, { title, ...(schoolId ? { schoolId } : {}) })
  return { ok: true }
}

/** A mistake in what the public reads is mended in place; what it said before stays, and the page says that it was corrected. */
export async function correctPublished(
  work: Work,
  id: string,
  { seen, reason, fileIds, ...words }: z.infer<typeof correctArticle.body>,
): Promise<{ ok: true }> {
  const article = await findArticle(work, id)
  demand([...againstMovingArticle(work.actor, article, 'correct'), ...againstUnseen(seen, article.updatedAt, '更正')])
  const { title, body, authorName, bureauId, schoolId } = article
  const before = await listAttachments(work.db, id)
  await work.tx
    .insertInto('articleChange')
    .values({
      id: work.newId(),
      articleId: id,
      before: JSON.stringify({
        title,
        body,
        authorName,
        files: before.map((one) => one.name),
        // By their ids the sweep knows that an earlier version still needs them.
        fileIds: before.map((one) => one.fileId),
      }),
      reason,
      personId: work.actor.personId ?? '',
      createdAt: work.now,
    })
    .execute()
  changedOne(
    await work.tx
      .updateTable('article')
      .set({ ...words, updatedAt: stampAfter(article.updatedAt, work.now) })
      .where('id', '=', id)
      .where('state', '=', article.state)
      .where('updatedAt', '=', article.updatedAt)
      .executeTakeFirstOrThrow(),
  )
  await keepAttachments(work, article, fileIds)
  const text = `${words.title}\n${words.authorName}\n${words.body}`
  await indexForSearch(work, { subjectType: 'article', subjectId: id, bureauId, text })
  work.record('article.correct', 'article', id, { reason, ...(schoolId ? { schoolId } : {}) })
  return { ok: true }
}

export async function raiseLevel(
  work: Work,
  id: string,
  asked: { level: AdoptedLevel; reason: string; seen: string },
): Promise<{ ok: true }> {
  demand(againstRaising((await findArticle(work, id)).adoptedLevel, asked.level))
  return moveArticle(work, id, 'raise', asked)
}

export interface ArticleMove {
  reason?: string
  level?: string
}

const actWords = { submit: '报送', return: '退回', adopt: '采用', publish: '发布', raise: '登记' } as const

export async function moveArticle(
  work: Work,
  id: string,
  action: ArticleAction,
  { seen, ...move }: ArticleMove & { seen?: string } = {},
): Promise<{ ok: true }> {
  const article = await findArticle(work, id)
  const act = actWords[action as keyof typeof actWords] ?? '处理'
  demand([...againstMovingArticle(work.actor, article, action), ...unseen(seen, article.updatedAt, act)])
  // The office's own text takes the steps before publishing at once, each with its own record.
  const before: ArticleAction[] = action === 'publish' && article.state === 'draft' ? ['submit', 'adopt'] : []
  let from: ArticleState = article.state
  for (const step of [...before, action]) from = await take(work, article, { from, step, move })
  if (action === 'publish') {
    const { bureauId, title, authorName, body } = article
    const text = `${title}\n${authorName}\n${body}`
    await indexForSearch(work, { subjectType: 'article', subjectId: id, bureauId, text })
  }
  if (action === 'withdraw') await dropFromSearch(work, { subjectType: 'article', subjectId: id })
  return { ok: true }
}

async function take(
  work: Work,
  article: Article,
  { from, step, move }: { from: ArticleState; step: ArticleAction; move: ArticleMove },
): Promise<ArticleState> {
  const to = nextState(articleLife, from, step) ?? from
  changedOne(
    await work.tx
      .updateTable('article')
      .set({ state: to, updatedAt: stampAfter(article.updatedAt, work.now), ...tracesOf(work, step, move) })
      .where('id', '=', article.id)
      .where('state', '=', from)
      .executeTakeFirstOrThrow(),
  )
  work.record(`article.${step}`, 'article', article.id, {
    ...(article.schoolId ? { schoolId: article.schoolId } : {}),
    from,
    to,
    ...move,
  })
  return to
}

function tracesOf(work: Work, step: ArticleAction, move: ArticleMove) {
  if (step === 'submit') return { submittedAt: work.now, returnReason: null }
  if (step === 'return') return { returnReason: move.reason ?? '', readAt: work.now }
  if (step === 'adopt') return { adoptedLevel: move.level ?? null, adoptedAt: work.now, readAt: work.now }
  if (step === 'raise') return { adoptedLevel: move.level ?? null }
  if (step === 'publish') return { publishedAt: work.now }
  return { withdrawnReason: move.reason ?? '' }
}
