import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Role, roleLabels, system } from '#domain/base/actor.ts'
import { keepPassword } from '#server/identity/access/actions.ts'
import { hashPassword } from '#server/kernel/password.ts'
import { type House, inWork } from '#server/kernel/work.ts'
import { furnish } from '#tests/world/furnish.ts'
import { adopt, hold, invite } from './exchange.ts'
import { PASSWORD, signIn } from './form.ts'
import { type Cast, inspect, mend, overdue, visit } from './oversight.ts'
import { stage } from './fixture.ts'

test('schools are visited, inspected, set right and brought together, and what they learnt is published, through the screens only', async (t) => {
  let logins: Logins | undefined
  const s = await stage(t, '2026-05-11T02:00:00.000Z', async (house) => {
    logins = await furnished(house)
  })
  assert.ok(logins)
  const known = logins
  const cast: Cast = {
    office: await s.desktop(),
    leader: await s.phone({ viewport: { width: 390, height: 844 } }),
    department: await s.desktop(),
    secretary: await s.desktop(),
    clerk: await s.desktop(),
    late: await s.desktop(),
    stranger: await s.desktop(),
  }
  const arrive = async (...who: (keyof Cast)[]) => {
    for (const one of who) await signIn(cast[one], s.url, known[one])
  }
  await arrive('office', 'leader', 'department', 'secretary', 'clerk', 'late', 'stranger')
  await visit(s, cast)
  await inspect(s, cast)
  await mend(s, cast)
  await invite(s, cast)
  await s.setTime('2026-05-12T02:00:00.000Z')
  await arrive('office', 'leader', 'clerk', 'stranger')
  await hold(s, cast)
  await adopt(s, cast)
  // Sixty days after the order, far more than two weeks after its date.
  await s.setTime('2026-07-10T02:00:00.000Z')
  await arrive('office', 'leader', 'late')
  await overdue(s, cast)
})

type Logins = Record<keyof Cast, string>

/** The people and schools of the world, with one password for all, and the login names of those who act. */
async function furnished(house: House): Promise<Logins> {
  const hash = await hashPassword(PASSWORD)
  return inWork(house, system, async (work) => {
    const { people, schoolIds } = await furnish(work)
    const names = new Map<string, string>()
    for (const [key, personId] of people) {
      const [role = ''] = key.split(':')
      const name = `演示${roleLabels[role as Role]}`
      await work.tx.updateTable('person').set({ name }).where('id', '=', personId).execute()
      await keepPassword(work, personId, hash)
      const account = await work.tx
        .selectFrom('account')
        .select('loginName')
        .where('personId', '=', personId)
        .executeTakeFirstOrThrow()
      names.set(key, account.loginName)
    }
    const login = (key: string): string => names.get(key) ?? assert.fail(`nobody is ${key}`)
    const [first, second, third] = schoolIds
    return {
      office: login('office'),
      leader: login('leader'),
      department: login('department'),
      secretary: login(`secretary:${second}`),
      clerk: login(`clerk:${second}`),
      stranger: login(`clerk:${third}`),
      late: login(`clerk:${first}`),
    }
  })
}
