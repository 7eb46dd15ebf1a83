import { randomBytes } from 'node:crypto'
import { againstSettingUp, isLeftOut, normalLoginName, type Setup, type SetupPerson } from '#domain/identity/account.ts'
import { type Actor, type Role, system } from '#domain/base/actor.ts'
import { addPerson, keepPassword } from '#server/identity/access/actions.ts'
import { addOrganization } from '#server/schools/organization/actions.ts'
import { hashPassword } from '#server/kernel/password.ts'
import { demand, refuse } from '#server/kernel/problem.ts'
import { type House, inWork, sha256, type Work } from '#server/kernel/work.ts'
import { hasAccounts, isSetupLink, SETUP_KEY } from './queries.ts'
import { removeSetting, replaceSetting } from './writes.ts'

/** While nobody has an account: a link whose secret is kept hashed, made anew at each start. */
export async function firstVisitLink(house: House): Promise<string | undefined> {
  if (await hasAccounts(house.database.reader)) return undefined
  const token = randomBytes(16).toString('base64url')
  await inWork(house, system, async (work) => {
    await replaceSetting(work, { key: SETUP_KEY, value: sha256(token), updatedAt: work.now })
    work.record('setup.linkMade', 'setting', SETUP_KEY)
  })
  return `${house.settings.publicUrl}/setup?token=${token}`
}

/** Takes the link out of use in the work that uses it; of two who try, one wins. */
async function spendSetupLink(work: Work<Actor>, token: string): Promise<void> {
  const spent = (await isSetupLink(work, token)) && (await removeSetting(work, SETUP_KEY))
  if (!spent) throw refuse('linkSpent', '初始化地址已经用过或已过期。')
}

/** Makes the bureau and its first people in one work, which spends the link. */
export async function setUpBureau(house: House, token: string, setup: Setup): Promise<void> {
  demand(againstSettingUp(setup))
  const people = setup.people.filter((person) => !isLeftOut(person))
  const hashed = new Map<SetupPerson, string>()
  for (const person of people) hashed.set(person, await hashPassword(person.password))
  await inWork(house, system, async (work) => {
    await spendSetupLink(work, token)
    const bureauId = await addBureau(work, setup)
    const merged = !people.some((person) => person.key === 'security')
    for (const person of people) {
      const roles: Role[] = person.key === 'admin' && merged ? ['admin', 'security'] : [person.key]
      const personId = await addPerson(work, {
        bureauId,
        name: person.name.trim(),
        loginName: normalLoginName(person.loginName),
        grants: roles.map((role) => ({ role, organizationId: bureauId })),
      })
      await keepPassword(work, personId, hashed.get(person) ?? '')
    }
    work.record('setup.done', 'organization', bureauId, { people: people.length, adminIsSecurity: merged })
  })
}

async function addBureau(work: Work<Actor>, setup: Setup): Promise<string> {
  const { provinceName, cityName } = setup
  let parentId: string | null = null
  if (provinceName.trim()) parentId = await addOrganization(work, { level: 'province', name: provinceName.trim() })
  if (cityName.trim()) parentId = await addOrganization(work, { level: 'city', name: cityName.trim(), parentId })
  return addOrganization(work, {
    level: 'district',
    name: setup.bureauName.trim(),
    shortName: setup.shortName.trim(),
    parentId,
  })
}
