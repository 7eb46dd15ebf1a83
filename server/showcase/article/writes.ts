import { articleLife } from '#domain/showcase/articleLife.ts'
import type { ArticleChangeRow, ArticleRow } from '#server/db/tables/supervision.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

type Drafted = Pick<
  ArticleRow,
  'id' | 'bureauId' | 'cycleId' | 'schoolId' | 'kind' | 'title' | 'body' | 'authorName' | 'createdBy'
>

export const addArticle = (work: Work, drafted: Drafted) =>
  work.tx
    .insertInto('article')
    .values({
      ...drafted,
      coverFileId: null,
      state: articleLife.first,
      submittedAt: null,
      readAt: null,
      adoptedLevel: null,
      adoptedAt: null,
      publishedAt: null,
      returnReason: null,
      withdrawnReason: null,
      createdAt: work.now,
      updatedAt: work.now,
    })
    .execute()

/** Writes over the article as it was read: in its state, after its last save. */
export async function changeArticle(
  work: Work,
  { id, state, updatedAt }: Pick<ArticleRow, 'id' | 'state' | 'updatedAt'>,
  change: Partial<ArticleRow>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('article')
      .set(change)
      .where('id', '=', id)
      .where('state', '=', state)
      .where('updatedAt', '=', updatedAt)
      .executeTakeFirstOrThrow(),
  )
}

export async function moveArticleState(
  work: Work,
  { id, state }: Pick<ArticleRow, 'id' | 'state'>,
  change: Partial<ArticleRow>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('article')
      .set(change)
      .where('id', '=', id)
      .where('state', '=', state)
      .executeTakeFirstOrThrow(),
  )
}

/** Only what was never sent goes away. */
export async function removeArticleDraft(work: Work, id: string): Promise<void> {
  const gone = await work.tx.deleteFrom('article').where('id', '=', id).where('state', '=', 'draft').executeTakeFirst()
  changedOne({ numUpdatedRows: gone.numDeletedRows })
}

export const addArticleChange = (work: Work, change: Omit<ArticleChangeRow, 'id' | 'createdAt'>) =>
  work.tx
    .insertInto('articleChange')
    .values({ id: work.newId(), ...change, createdAt: work.now })
    .execute()
