import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoStage, faultsOf, pushedAside } from './pages.ts'

test('every page of a school is without accessibility faults and fits the screen', async (t) => {
  const s = await demoStage(t)
  const faults: string[] = []
  for (const person of ['2141503001s', '2141503001c']) faults.push(...(await faultsOf(s, person)))
  const standard = await s.house.database.reader.selectFrom('standard').select('id').executeTakeFirstOrThrow()
  const award = await s.house.database.reader
    .selectFrom('award')
    .innerJoin('account', (join) => join.on('account.loginName', '=', '2141503001s'))
    .innerJoin('roleGrant', 'roleGrant.personId', 'account.personId')
    .select('award.certificateNumber')
    .whereRef('award.schoolId', '=', 'roleGrant.organizationId')
    .where('award.certificateNumber', 'is not', null)
    .executeTakeFirst()
  const papers = [`/console/standards/${standard.id}`, ...(award ? [`/certificates/${award.certificateNumber}`] : [])]
  faults.push(...(await pushedAside(s, '2141503001s', papers)))
  assert.deepEqual(faults, [])
})
