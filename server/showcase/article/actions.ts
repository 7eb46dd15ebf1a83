import type { z } from 'zod'
import { againstUnseen } from '#domain/base/refusal.ts'
import { isOffice, ownSchoolId } from '#domain/base/actor.ts'
import {
  type AdoptedLevel,
  againstArticleKind,
  againstAttaching,
  againstDeletingArticle,
  againstMovingArticle,
  againstRaising,
  againstWritingArticle,
} from '#domain/showcase/article.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { type ArticleAction, articleLife, type ArticleState } from '#domain/showcase/articleLife.ts'
import { stampAfter } from '#domain/base/stamp.ts'
import type * as contract from '#contract/showcase/article.ts'
import { workingCycle } from '#server/year/cycle/queries.ts'
import { detachEvidence, replaceEvidence } from '#server/records/file/actions.ts'
import { demand, refuse, unseen } from '#server/kernel/problem.ts'
import { dropFromSearch, indexForSearch } from '#server/kernel/search.ts'
import type { Work } from '#server/kernel/work.ts'
import type { ArticleRow } from '#server/db/tables/supervision.ts'
import { findArticle, listAttachments } from './queries.ts'
import { addArticle, addArticleChange, changeArticle, moveArticleState, removeArticleDraft } from './writes.ts'

export async function draftArticle(
  work: Work,
  asked: z.infer<typeof contract.createArticle.body>,
  year?: { id: string },
): Promise<{ id: string }> {
  const bureauId = work.actor.bureauId
  const office = isOffice(work.actor, bureauId)
  const schoolId = office ? null : (ownSchoolId(work.actor) ?? null)
  demand(againstArticleKind(office, asked.kind))
  const cycle = year ?? (await workingCycle(work.db, bureauId))
  if (!cycle) throw refuse('windowClosed', '本年度还没有开启，暂不能写文章。')
  const id = work.newId()
  const createdBy = work.actor.personId
  await addArticle(work, { id, bureauId, cycleId: cycle.id, schoolId, ...asked, createdBy })
  work.record('article.drafted', 'article', id, schoolId ? { schoolId } : {})
  return { id }
}

export async function saveArticleText(
  work: Work,
  id: string,
  { updatedAt, fileIds, ...words }: z.infer<typeof contract.saveArticle.body>,
): Promise<{ updatedAt: string }> {
  const article = await findArticle(work, id)
  demand([...againstWritingArticle(work.actor, article), ...againstUnseen(updatedAt, article.updatedAt, '保存')])
  await changeArticle(work, article, { ...words, updatedAt: work.now })
  await keepAttachments(work, article, fileIds)
  work.record('article.saved', 'article', id, article.schoolId ? { schoolId: article.schoolId } : {})
  return { updatedAt: work.now }
}

/** Makes exactly these files what the article carries; left out, they stay as they are. */
async function keepAttachments(work: Work, article: ArticleRow, fileIds: readonly string[] | undefined): Promise<void> {
  if (fileIds === undefined) return
  demand(againstAttaching(article, fileIds.length))
  await replaceEvidence(work, { schoolId: null, subjectType: 'article', subjectId: article.id, fileIds })
}

/** Throws away a draft that nobody but its author has seen. */
export async function deleteArticle(work: Work, id: string): Promise<{ ok: true }> {
  const article = await findArticle(work, id)
  demand(againstDeletingArticle(work.actor, article))
  await detachEvidence(work, { subjectType: 'article', subjectId: id, schoolId: article.schoolId })
  await removeArticleDraft(work, id)
  const { title, schoolId } = article
  work.record('article.deleted', 'article', id, { title, ...(schoolId ? { schoolId } : {}) })
  return { ok: true }
}

/** A mistake in what the public reads is mended in place; what it said before stays, and the page says that it was corrected. */
export async function correctArticle(
  work: Work,
  id: string,
  { seen, reason, fileIds, ...words }: z.infer<typeof contract.correctArticle.body>,
): Promise<{ ok: true }> {
  const article = await findArticle(work, id)
  demand([...againstMovingArticle(work.actor, article, 'correct'), ...againstUnseen(seen, article.updatedAt, '更正')])
  const { title, body, authorName, bureauId, schoolId } = article
  const before = await listAttachments(work.db, id)
  await addArticleChange(work, {
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
    personId: work.actor.personId,
  })
  await changeArticle(work, article, { ...words, updatedAt: stampAfter(article.updatedAt, work.now) })
  await keepAttachments(work, article, fileIds)
  const text = `${words.title}\n${words.authorName}\n${words.body}`
  await indexForSearch(work, { subjectType: 'article', subjectId: id, bureauId, text })
  work.record('article.correct', 'article', id, { reason, ...(schoolId ? { schoolId } : {}) })
  return { ok: true }
}

export async function raiseArticleLevel(
  work: Work,
  id: string,
  asked: { level: AdoptedLevel; reason: string; seen: string },
): Promise<{ ok: true }> {
  demand(againstRaising((await findArticle(work, id)).adoptedLevel, asked.level))
  return moveArticle(work, id, 'raise', asked)
}

export interface ArticleMove {
  reason?: string
  level?: AdoptedLevel
}

/** What an unseen change is refused with, in the words of the buttons. */
const actWords: Partial<Record<ArticleAction, string>> = {
  submit: '报送',
  return: '退回',
  adopt: '采用',
  publish: '发布',
  raise: '登记',
}

export async function moveArticle(
  work: Work,
  id: string,
  action: ArticleAction,
  { seen, ...move }: ArticleMove & { seen?: string } = {},
): Promise<{ ok: true }> {
  const article = await findArticle(work, id)
  const act = actWords[action] ?? '处理'
  demand([...againstMovingArticle(work.actor, article, action), ...unseen(seen, article.updatedAt, act)])
  // The office's own text takes the steps before publishing at once, each with its own record.
  const before: ArticleAction[] = action === 'publish' && article.state === 'draft' ? ['submit', 'adopt'] : []
  let from: ArticleState = article.state
  for (const step of [...before, action]) from = await takeStep(work, article, { from, step, move })
  if (action === 'publish') {
    const { bureauId, title, authorName, body } = article
    const text = `${title}\n${authorName}\n${body}`
    await indexForSearch(work, { subjectType: 'article', subjectId: id, bureauId, text })
  }
  if (action === 'withdraw') await dropFromSearch(work, { subjectType: 'article', subjectId: id })
  return { ok: true }
}

async function takeStep(
  work: Work,
  article: ArticleRow,
  { from, step, move }: { from: ArticleState; step: ArticleAction; move: ArticleMove },
): Promise<ArticleState> {
  const to = nextState(articleLife, from, step) ?? from
  const updatedAt = stampAfter(article.updatedAt, work.now)
  await moveArticleState(work, { id: article.id, state: from }, { state: to, updatedAt, ...tracesOf(work, step, move) })
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
