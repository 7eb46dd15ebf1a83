import type { TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { system } from '#domain/base/actor.ts'
import { keepPassword } from '#server/identity/access/actions.ts'
import { hashPassword } from '#server/kernel/password.ts'
import { type House, inWork } from '#server/kernel/work.ts'
import { furnish } from '#tests/world/furnish.ts'
import { PASSWORD, signIn } from './form.ts'
import { type Stage, stage } from './fixture.ts'

/** The people of the world, with one password for those who act. */
export async function furnished(house: House) {
  const hash = await hashPassword(PASSWORD)
  return inWork(house, system, async (work) => {
    const { people, schoolIds } = await furnish(work)
    const loginOf = async (key: string) => {
      const id = people.get(key) ?? ''
      await keepPassword(work, id, hash)
      return (
        await work.tx.selectFrom('account').select('loginName').where('personId', '=', id).executeTakeFirstOrThrow()
      ).loginName
    }
    return {
      clerk: await loginOf(`clerk:${schoolIds[0]}`),
      secretary: await loginOf(`secretary:${schoolIds[0]}`),
      office: await loginOf('office'),
    }
  })
}

/** A school's clerk, signed in on a phone. */
export async function clerkOnThePhone(t: TestContext): Promise<{ s: Stage; clerk: Page }> {
  let loginName = ''
  const s = await stage(t, '2026-05-11T02:00:00.000Z', async (house) => {
    loginName = (await furnished(house)).clerk
  })
  const clerk = await s.phone()
  await signIn(clerk, s.url, loginName)
  return { s, clerk }
}
