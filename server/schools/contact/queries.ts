import { sql } from 'kysely'
import { schoolScope } from '#domain/base/actor.ts'
import { stampOf } from '#domain/base/stamp.ts'
import { byName } from '#server/kernel/names.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

/** Everybody of the bureau who may take a zone. */
export async function listLeaders(db: ReadOnly, bureauId: string): Promise<{ personId: string; name: string }[]> {
  const rows = await db
    .selectFrom('roleGrant')
    .innerJoin('person', 'person.id', 'roleGrant.personId')
    .innerJoin('account', 'account.personId', 'person.id')
    .select(['person.id as personId', 'person.name'])
    .where('account.state', '=', 'active')
    .where('roleGrant.organizationId', '=', bureauId)
    .where('roleGrant.role', '=', 'leader')
    .where('roleGrant.endedAt', 'is', null)
    .orderBy('person.id')
    .execute()
  return rows.toSorted(byName)
}

/** Who leads a zone now. */
export const listContactsOfZone = (db: ReadOnly, zoneId: string) =>
  db
    .selectFrom('contact')
    .select(['id', 'personId'])
    .where('zoneId', '=', zoneId)
    .where('endedAt', 'is', null)
    .execute()

/** Which departments look after these schools now. */
export const listContactsOfSchools = (db: ReadOnly, schoolIds: readonly string[]) =>
  db
    .selectFrom('contact')
    .select(['id', 'schoolId', 'departmentId'])
    .where('schoolId', 'in', [...schoolIds])
    .where('endedAt', 'is', null)
    .execute()

/** Whom of the bureau somebody can still reach: an account that is not disabled and the role that the duty asks for. */
export async function readServing(db: ReadOnly, bureauId: string) {
  const rows = await db
    .selectFrom('roleGrant')
    .innerJoin('account', 'account.personId', 'roleGrant.personId')
    .select(['roleGrant.personId', 'roleGrant.departmentId', 'roleGrant.role'])
    .where('roleGrant.organizationId', '=', bureauId)
    .where('roleGrant.role', 'in', ['leader', 'department'])
    .where('roleGrant.endedAt', 'is', null)
    .where('account.state', '=', 'active')
    .execute()
  return {
    leaders: new Set(rows.filter((one) => one.role === 'leader').map((one) => one.personId)),
    departments: new Set(rows.filter((one) => one.role === 'department').map((one) => one.departmentId)),
  }
}

const liveContacts = (db: ReadOnly) =>
  db.selectFrom('contact').select('contact.id').where('contact.endedAt', 'is', null)

/** Schools of the register, and how many of them a department looks after that can act. */
async function countCovered(db: ReadOnly, bureauId: string, departments: readonly string[]) {
  const covering = liveContacts(db)
    .where('contact.schoolId', '=', sql.ref<string>('school.id'))
    .where('contact.departmentId', 'in', departments)
  const schools = await db
    .selectFrom('school')
    .select((eb) => [
      eb.fn.countAll<number>().as('total'),
      eb.fn
        .countAll<number>()
        .filterWhere((one) => one.exists(covering))
        .as('covered'),
    ])
    .where('school.bureauId', '=', bureauId)
    .where('school.retiredAt', 'is', null)
    .executeTakeFirstOrThrow()
  return { schools: Number(schools.total), covered: Number(schools.covered) }
}

/** Zones, and how many of them are led by somebody who can act. */
async function countLed(db: ReadOnly, bureauId: string, leaders: ReadonlySet<string>) {
  const leading = liveContacts(db)
    .where('contact.zoneId', '=', sql.ref<string>('zone.id'))
    .where('contact.personId', 'in', [...leaders])
  const zones = await db
    .selectFrom('zone')
    .select((eb) => [
      eb.fn.countAll<number>().as('total'),
      eb.fn
        .countAll<number>()
        .filterWhere((one) => one.exists(leading))
        .as('led'),
    ])
    .where('zone.bureauId', '=', bureauId)
    .where('zone.retiredAt', 'is', null)
    .executeTakeFirstOrThrow()
  return { zones: Number(zones.total), led: Number(zones.led) }
}

/** How much of the division of work is done: schools with a department that can act, zones with a leader who can. */
export async function readDutyCounts(look: Look, bureauId: string) {
  const serving = await readServing(look.db, bureauId)
  const departments = [...serving.departments].filter((id) => id !== null)
  return {
    ...(await countCovered(look.db, bureauId, departments)),
    ...(await countLed(look.db, bureauId, serving.leaders)),
  }
}

/** Who holds contact with the zones and with the schools in scope; each is found by its own index. */
export async function listContactsInSight(look: Look, bureauId: string) {
  const scope = schoolScope(look.actor)
  const live = look.db
    .selectFrom('contact')
    .leftJoin('person', 'person.id', 'contact.personId')
    .select(['contact.id', 'contact.zoneId', 'contact.schoolId', 'contact.departmentId', 'contact.personId'])
    .select('person.name')
    .where('contact.bureauId', '=', bureauId)
    .where('contact.endedAt', 'is', null)
  if ('bureauId' in scope) return live.orderBy('contact.id').execute()
  const zones = look.db.selectFrom('zone').select('zone.id').where('zone.bureauId', '=', bureauId)
  const rows = await live
    .where('contact.zoneId', 'in', zones)
    .unionAll(live.where('contact.schoolId', 'in', scope.schoolIds))
    .execute()
  return rows.toSorted((one, other) => (one.id < other.id ? -1 : 1))
}

/** The leaders of a zone as a page shows them, in whatever order. */
export const leadersStamp = (personIds: readonly string[]): string => stampOf(personIds.toSorted())
