import type { TargetLevel } from '#domain/award/recommendationLife.ts'
import { chosenCycle } from '#server/year/cycle/queries.ts'
import { notBarred } from '#server/identity/recusal/queries.ts'
import { found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

/** The bundle of a recommendation that has been packaged; before that there is none. */
export function findPackage(look: Look, id: string) {
  return look.db
    .selectFrom('recommendation')
    .innerJoin('school', 'school.id', 'recommendation.schoolId')
    .select(['recommendation.id', 'recommendation.schoolId'])
    .select(['recommendation.package', 'recommendation.digest', 'school.name as schoolName'])
    .where('recommendation.id', '=', id)
    .where('recommendation.bureauId', '=', look.actor.bureauId)
    .where('recommendation.digest', 'is not', null)
    .where(notBarred(look, 'recommendation.cycleId', 'recommendation.schoolId'))
    .executeTakeFirst()
}

/** Recommendations of a year, or of all, without schools that the reader has recused from. */
export async function listRecommendations(look: Look, year?: number) {
  const cycle = await chosenCycle(look, year)
  return look.db
    .selectFrom('recommendation')
    .innerJoin('school', 'school.id', 'recommendation.schoolId')
    .innerJoin('award', 'award.id', 'recommendation.awardId')
    .leftJoin('brand', 'brand.schoolId', 'recommendation.schoolId')
    .selectAll('recommendation')
    .select(['award.state as awardState', 'school.name as schoolName', 'brand.name as brandName'])
    .where('recommendation.bureauId', '=', look.actor.bureauId)
    .where(notBarred(look, 'recommendation.cycleId', 'recommendation.schoolId'))
    .$if(cycle !== undefined, (eb) => eb.where('recommendation.cycleId', '=', cycle?.id ?? ''))
    .orderBy('recommendation.createdAt', 'desc')
    .limit(500)
    .execute()
}

export const findRecommendation = async (look: Look, id: string) =>
  found(
    await look.db
      .selectFrom('recommendation')
      .innerJoin('award', 'award.id', 'recommendation.awardId')
      .selectAll('recommendation')
      .select('award.state as awardState')
      .where('recommendation.id', '=', id)
      .where('recommendation.bureauId', '=', look.actor.bureauId)
      .executeTakeFirst(),
  )

/** How many of a year go to one level: what was withdrawn, or whose award was taken back, leaves its place to another. */
export async function countSelected(db: ReadOnly, cycleId: string, targetLevel: TargetLevel): Promise<number> {
  const row = await db
    .selectFrom('recommendation')
    .innerJoin('award', 'award.id', 'recommendation.awardId')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('recommendation.cycleId', '=', cycleId)
    .where('targetLevel', '=', targetLevel)
    .where('recommendation.state', '!=', 'withdrawn')
    .where('award.state', '=', 'conferred')
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** What is sent upward: the certificate and the frozen application, each with its digest. */
export const readBundle = async (db: ReadOnly, awardId: string) =>
  found(
    await db
      .selectFrom('award')
      .innerJoin('application', 'application.id', 'award.applicationId')
      .select([
        'award.certificate',
        'award.certificateDigest',
        'application.receiptNumber',
        'application.frozen as application',
        'application.digest as applicationDigest',
      ])
      .where('award.id', '=', awardId)
      .executeTakeFirst(),
  )
