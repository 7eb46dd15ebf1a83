import { z } from 'zod'
import { hasRole, ownSchoolId } from '#domain/base/actor.ts'
import { againstReadingArticle } from '#domain/showcase/article.ts'
import { articleLife } from '#domain/showcase/articleLife.ts'
import type { listArticles } from '#contract/showcase/article.ts'
import type { ArticleRow } from '#server/db/tables/supervision.ts'
import { chosenCycle } from '#server/year/cycle/queries.ts'
import { demand, found } from '#server/kernel/problem.ts'
import { subjectsMatching } from '#server/kernel/search.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'

export const ARTICLES_ON_A_PAGE = 20

export async function findArticle(look: Look, id: string): Promise<ArticleRow> {
  const row = found(await look.db.selectFrom('article').selectAll().where('id', '=', id).executeTakeFirst())
  demand(againstReadingArticle(look.actor, row))
  return row
}

/** Own ones, those that the office must judge, and what is published: the same rule as for reading one. */
export async function listArticlesOf(look: Look, query: z.infer<typeof listArticles.query>) {
  const bureauId = look.actor.bureauId
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
  return { items, total: Number(total) }
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

/** The steps of an article as the log holds them. */
export async function listArticleSteps(look: Look, id: string) {
  const events = Object.keys(articleLife.actions).map((action) => `article.${action}`)
  const rows = await look.db
    .selectFrom('auditRow')
    .select(['seq', 'at', 'event', 'actorName', 'detail'])
    .where('subjectType', '=', 'article')
    .where('subjectId', '=', id)
    .where('event', 'in', events)
    .orderBy('seq')
    .execute()
  return rows.map(({ detail, ...row }) => ({ ...row, trace: traceShape.parse(JSON.parse(detail)) }))
}

/** The name of the school that wrote an article; the office's own have none. */
export async function readAuthorSchool(look: Look, schoolId: string | null): Promise<string | null> {
  const school = await look.db
    .selectFrom('school')
    .select('name')
    .where('id', '=', schoolId ?? '')
    .executeTakeFirst()
  return school?.name ?? null
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

const MOST_TODOS = 200

/** Articles that wait for their school to mend them or for the office to judge or publish them. */
export function listWaitingArticles(look: Look, { own, office }: { own: string | undefined; office: boolean }) {
  return look.db
    .selectFrom('article')
    .leftJoin('school', 'school.id', 'article.schoolId')
    .select(['article.id', 'article.title', 'article.state', 'article.returnReason', 'school.name as schoolName'])
    .where('article.bureauId', '=', look.actor.bureauId)
    .where((eb) =>
      eb.or([
        ...(own ? [eb.and([eb('article.schoolId', '=', own), eb('article.state', '=', 'returned')])] : []),
        ...(office ? [eb('article.state', 'in', ['submitted', 'adopted'])] : []),
      ]),
    )
    .orderBy('article.updatedAt')
    .limit(MOST_TODOS)
    .execute()
}
