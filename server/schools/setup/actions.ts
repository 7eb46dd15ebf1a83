import { againstSettingUp, isLeftOut, normalLoginName, type Setup, type SetupPerson } from '#domain/identity/account.ts'
import { type Actor, type Role, system } from '#domain/base/actor.ts'
import { addPerson, keepPassword, spendSetupLink } from '#server/identity/access/actions.ts'
import { addOrganization } from '#server/schools/organization/actions.ts'
import { hashPassword } from '#server/kernel/password.ts'
import { demand } from '#server/kernel/problem.ts'
import { type House, inWork, type Work } from '#server/kernel/work.ts'

/** Makes the bureau and its first people in one work, which spends the link. */
export async function setUp(house: House, token: string, setup: Setup): Promise<void> {
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
