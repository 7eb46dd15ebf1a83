import { sql } from 'kysely'
import type { Role } from '#domain/base/actor.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'
import { demand } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

/** A school in one year: what somebody recuses from (rule 9). */
export interface SchoolYear {
  cycleId: string
  schoolId: string
}

export async function isRecused(db: ReadOnly, personId: string, school: SchoolYear): Promise<boolean> {
  const row = await db
    .selectFrom('recusal')
    .select('id')
    .where('cycleId', '=', school.cycleId)
    .where('personId', '=', personId)
    .where('schoolId', '=', school.schoolId)
    .executeTakeFirst()
  return row !== undefined
}

export const isBarred = (look: Look, school: SchoolYear): Promise<boolean> =>
  isRecused(look.db, look.actor.personId, school)

/** Schools that the actor has recused from this year: nothing of their review is shown to them, in whatever role (rule 9). */
export async function barredSchools(look: Look, cycleId: string): Promise<Set<string>> {
  const rows = await look.db
    .selectFrom('recusal')
    .select('schoolId')
    .where('cycleId', '=', cycleId)
    .where('personId', '=', look.actor.personId)
    .execute()
  return new Set(rows.map((one) => one.schoolId))
}

/** For a list that is read with its columns for year and school: rows of schools that the actor has recused from are left out. */
export const notBarred = (look: Look, cycleId: string, schoolId: string) =>
  sql<boolean>`not exists (select 1 from ${sql.table('recusal')} where ${sql.ref('recusal.personId')} = ${look.actor.personId} and ${sql.ref('recusal.cycleId')} = ${sql.ref(cycleId)} and ${sql.ref('recusal.schoolId')} = ${sql.ref(schoolId)})`

const BY_ANOTHER = '请局党工委办的另一位同志办理；没有的，请安全管理员先给另一位同志岗位。'

/** Who has recused from a school of the year decides on nothing that the school is part of. */
export async function againstRecused(look: Look, cycleId: string): Promise<Refusal[]> {
  const barred = await barredSchools(look, cycleId)
  if (barred.size === 0) return []
  return [refusal('conflictOfInterest', `您对本年度参评的学校有回避，这一步${BY_ANOTHER}`)]
}

/** Who has recused from a school acts on nothing of its review, naming or recommendation in that year. */
export async function againstBarred(look: Look, school: SchoolYear): Promise<Refusal[]> {
  if (!(await isBarred(look, school))) return []
  return [refusal('conflictOfInterest', `您已回避这所学校，它的事${BY_ANOTHER}`)]
}

/**
 * People beside the actor who can sign in and give the second word: where there is one, it is theirs (rule 19). Who has recused from
 * the school, or for an act on the whole year from any of it, is none of them.
 */
export async function countOthers(
  look: Look,
  roles: readonly Role[],
  about: { cycleId: string; schoolId?: string },
): Promise<number> {
  const { cycleId, schoolId } = about
  const row = await look.db
    .selectFrom('roleGrant')
    .innerJoin('account', 'account.personId', 'roleGrant.personId')
    .select((eb) => eb.fn.count<number>('roleGrant.personId').distinct().as('count'))
    .where('roleGrant.role', 'in', roles)
    .where('roleGrant.organizationId', '=', look.actor.bureauId)
    .where('roleGrant.endedAt', 'is', null)
    .where('account.state', '=', 'active')
    .where('roleGrant.personId', '!=', look.actor.personId)
    .where('roleGrant.personId', 'not in', (eb) => {
      const recused = eb.selectFrom('recusal').select('recusal.personId').where('recusal.cycleId', '=', cycleId)
      return schoolId === undefined ? recused : recused.where('recusal.schoolId', '=', schoolId)
    })
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** Who scores a school neither returns colleagues' sheets of it nor rules on it, as long as somebody else of the office can. */
export async function againstScoringToo(look: Look, school: SchoolYear): Promise<Refusal[]> {
  const own = await look.db
    .selectFrom('scoreSheet')
    .select('id')
    .where('reviewerId', '=', look.actor.personId)
    .where('cycleId', '=', school.cycleId)
    .where('schoolId', '=', school.schoolId)
    .where('state', 'not in', ['recused', 'excluded'])
    .executeTakeFirst()
  if (!own || (await countOthers(look, ['office'], school)) === 0) return []
  return [
    refusal('conflictOfInterest', '您也给这所学校评分，它的加减分、裁定和别人的评分表由局党工委办的另一位同志办理。'),
  ]
}

/** What belongs to a school's review does not exist for who has recused from the school. */
export async function demandSight(look: Look, school: SchoolYear): Promise<void> {
  if (await isBarred(look, school)) demand([refusal('notFound')])
}
