import assert from 'node:assert/strict'
import { test } from 'node:test'
import { againstSigning, system } from '#domain/base/actor.ts'
import { addPerson } from '#server/identity/access/actions.ts'
import { claimTry, FREE_TRIES } from '#server/kernel/attempts.ts'
import { type World, world } from '#tests/world/world.ts'

interface Item {
  personId: string
  loginName: string
  roles: string[]
  locked: boolean
  waiting: boolean
}

const addMany = (w: World, names: string[]) =>
  w.work(system, async (work) => {
    for (const name of names)
      await addPerson(work, {
        bureauId: w.bureauId,
        name,
        loginName: name,
        grants: [{ role: 'reviewer', organizationId: w.bureauId }],
      })
  })

const eventsOf = (w: World, subjectId: string) =>
  w.house.database.reader
    .selectFrom('auditRow')
    .select('event')
    .where('subjectId', '=', subjectId)
    .orderBy('seq')
    .execute()
    .then((rows) => rows.map((row) => row.event))

test('S5 the next request of a disabled person is refused', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const admin = await w.as('admin')
  assert.equal((await clerk.get('/api/me')).status, 200)
  assert.equal((await admin.post(`/api/accounts/${clerk.personId}/disable`, { reason: '调离' })).status, 200)
  assert.equal((await clerk.get('/api/me')).status, 401)
  assert.equal((await admin.post(`/api/accounts/${clerk.personId}/enable`)).status, 200)
  assert.equal((await clerk.get('/api/me')).status, 401)
})

test('S6 a role that is taken away is gone at the next request', async (t) => {
  const w = await world(t)
  const admin = await w.as('admin')
  const security = await w.as('security')
  assert.equal((await admin.get('/api/accounts')).status, 200)
  const { body } = await security.get(`/api/accounts/${admin.personId}`)
  const grantId = body.grants[0].id
  assert.equal((await security.post(`/api/accounts/${admin.personId}/grants/${grantId}/revoke`)).status, 200)
  assert.equal((await admin.get('/api/accounts')).status, 403)
  const again = await security.post(`/api/accounts/${admin.personId}/grants`, {
    role: 'admin',
    organizationId: w.bureauId,
    reason: '撤销有误',
  })
  assert.equal(again.status, 200)
  // No second administrator is left, so the office stands in.
  const office = await w.as('office')
  assert.equal((await office.post(`/api/account-requests/${again.body.id}/release`)).status, 200)
  assert.equal((await admin.get('/api/accounts')).status, 200)
})

test('S6 a leader whose zone goes to somebody else no longer sees its schools', async (t) => {
  const w = await world(t)
  const leader = await w.as('leader')
  assert.equal((await leader.get('/api/schools')).body.total, 2)
  const office = await w.as('office')
  assert.equal((await office.put(`/api/contacts/zones/${w.zoneIds[0]}`, { personIds: [] })).status, 200)
  assert.equal((await leader.get('/api/schools')).body.total, 0)
  assert.equal((await leader.get(`/api/schools/${w.schoolIds[0]}`)).status, 404)
})

test('two who disable one account at once get one success, one 409 and one audit row', async (t) => {
  const w = await world(t)
  const admin = await w.as('admin')
  const personId = w.personOf('clerk')
  const answers = await Promise.all(
    [1, 2].map(() => admin.post(`/api/accounts/${personId}/disable`, { reason: '调离' })),
  )
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [200, 409])
  const events = await eventsOf(w, personId)
  assert.equal(events.filter((event) => event === 'account.disabled').length, 1)
})

test('two who take one role at once get one success and one refusal', async (t) => {
  const w = await world(t)
  const security = await w.as('security')
  const personId = w.personOf('reviewer')
  const { body } = await security.get(`/api/accounts/${personId}`)
  const answers = await Promise.all(
    [1, 2].map(() => security.post(`/api/accounts/${personId}/grants/${body.grants[0].id}/revoke`)),
  )
  assert.equal(answers.filter((one) => one.status === 200).length, 1)
  assert.equal((await eventsOf(w, personId)).filter((event) => event === 'role.revoked').length, 1)
})

test('nobody gives or takes their own role, and an administrator does not disable themself', async (t) => {
  const w = await world(t)
  const security = await w.as('security')
  const admin = await w.as('admin')
  const own = await security.post(`/api/accounts/${security.personId}/grants`, {
    role: 'office',
    organizationId: w.bureauId,
  })
  assert.equal(own.status, 403)
  const self = await admin.post(`/api/accounts/${admin.personId}/disable`, { reason: '试一试' })
  assert.equal(self.status, 403)
  const { body } = await admin.get(`/api/accounts/${admin.personId}`)
  assert.match(body.moves.disable[0].message, /不能停用自己/)
})

test('the auditor stays apart from both administrations, whichever role comes first', async (t) => {
  const w = await world(t)
  const security = await w.as('security')
  const give = (personId: string, role: string) =>
    security.post(`/api/accounts/${personId}/grants`, { role, organizationId: w.bureauId })
  assert.equal((await give(w.personOf('auditor'), 'admin')).status, 422)
  assert.equal((await give(w.personOf('auditor'), 'security')).status, 422)
  assert.equal((await give(w.personOf('admin'), 'auditor')).status, 422)
})

test('that one person keeps accounts and roles stands in the audit log, after a second person agreed', async (t) => {
  const w = await world(t)
  const [security, office] = [await w.as('security'), await w.as('office')]
  const personId = w.personOf('admin')
  const body = { role: 'security', organizationId: w.bureauId, reason: '编制只有一人' }
  const given = await security.post(`/api/accounts/${personId}/grants`, body)
  assert.equal((await office.post(`/api/account-requests/${given.body.id}/release`)).status, 200)
  const events = (await eventsOf(w, personId)).slice(-4)
  for (const event of ['role.granted', 'role.merged']) assert.ok(events.includes(event), events.join())
})

test('a role is given at the place where it belongs, and every mistake is named at once', async (t) => {
  const w = await world(t)
  const security = await w.as('security')
  const personId = w.personOf('reviewer')
  const give = (body: object) => security.post(`/api/accounts/${personId}/grants`, body)
  assert.equal((await give({ role: 'clerk', organizationId: w.bureauId })).status, 422)
  const both = await give({ role: 'department', organizationId: w.schoolIds[0] })
  assert.deepEqual(both.body.reasons.map((one: { field: string }) => one.field).toSorted(), [
    'departmentId',
    'organizationId',
  ])
  assert.equal((await give({ role: 'clerk', organizationId: '0190a000-0000-7000-8000-000000000000' })).status, 404)
  assert.equal((await give({ role: 'clerk', organizationId: w.schoolIds[0] })).status, 200)
  assert.equal((await give({ role: 'clerk', organizationId: w.schoolIds[0] })).status, 409)
})

test('one account writes for one school only: a second school is refused with the way out', async (t) => {
  const w = await world(t)
  const security = await w.as('security')
  const give = (body: object) => security.post(`/api/accounts/${w.personOf('clerk')}/grants`, body)
  const second = await give({ role: 'secretary', organizationId: w.schoolIds[1] })
  assert.equal(second.status, 422)
  assert.match(second.text, /演示第一小学.*另建账号/)
  assert.equal((await give({ role: 'secretary', organizationId: w.schoolIds[0] })).status, 200)
})

test('pressed twice, a department is given once', async (t) => {
  const w = await world(t)
  const security = await w.as('security')
  const give = () =>
    security.post(`/api/accounts/${w.personOf('leader')}/grants`, {
      role: 'department',
      organizationId: w.bureauId,
      departmentId: w.departmentId,
    })
  const answers = await Promise.all([give(), give()])
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [200, 409])
})

test('a role is given only at places of the own bureau and taken only from the one who has it', async (t) => {
  const w = await world(t)
  const security = await w.as('security')
  const personId = w.personOf('reviewer')
  const { addDepartment } = await import('#server/schools/division/actions.ts')
  const { addOrganization } = await import('#server/schools/organization/actions.ts')
  const [far, farDepartment] = await w.work(system, async (work) => {
    const bureauId = await addOrganization(work, { level: 'district', name: '别区教育局' })
    return [bureauId, await addDepartment(work, bureauId, '别区股室')] as const
  })
  const give = (body: object) => security.post(`/api/accounts/${personId}/grants`, body)
  assert.equal((await give({ role: 'leader', organizationId: far })).status, 404)
  const department = { role: 'department', organizationId: w.bureauId }
  assert.equal((await give({ ...department, departmentId: farDepartment })).status, 404)
  const { grants } = (await security.get(`/api/accounts/${w.personOf('leader')}`)).body
  assert.equal((await security.post(`/api/accounts/${personId}/grants/${grants[0].id}/revoke`)).status, 404)
  assert.equal((await security.get(`/api/accounts/${w.personOf('leader')}`)).body.grants.length, 1)
})

test('an account of another bureau does not exist for the administrator', async (t) => {
  const w = await world(t)
  const admin = await w.as('admin')
  const stranger = await w.work(system, async (work) => {
    const { addOrganization } = await import('#server/schools/organization/actions.ts')
    const bureauId = await addOrganization(work, { level: 'district', name: '别区教育局' })
    return addPerson(work, { bureauId, name: '别人', loginName: 'stranger', grants: [] })
  })
  assert.equal((await admin.get(`/api/accounts/${stranger}`)).status, 404)
  assert.equal((await admin.post(`/api/accounts/${stranger}/disable`, { reason: '试一试' })).status, 404)
  assert.equal((await admin.form('/accounts/slips', { id: stranger })).status, 404)
  const { body } = await admin.get('/api/accounts?q=stranger')
  assert.equal(body.total, 0)
})

test('a new account names all its mistakes in Chinese, and a login name is taken once', async (t) => {
  const w = await world(t)
  const admin = await w.as('admin')
  const bad = await admin.post('/api/accounts', { name: '', loginName: '', phone: '1'.repeat(40) })
  assert.equal(bad.status, 422)
  assert.equal(bad.body.reasons.length, 3)
  for (const { message } of bad.body.reasons) assert.match(message, /[\u4e00-\u9fff]/)
  assert.equal((await admin.post('/api/accounts', { name: '新人', loginName: 'ＮewOne' })).status, 200)
  assert.equal((await admin.post('/api/accounts', { name: '新人乙', loginName: 'newone ' })).status, 409)
})

test('slips show each code once, print the address, and never more than a stranger could use', async (t) => {
  const w = await world(t)
  const admin = await w.as('admin')
  const ids = [w.personOf('clerk'), w.personOf('secretary')]
  const sheet = await admin.form('/accounts/slips', { id: ids })
  assert.equal(sheet.status, 200)
  const codes = [...sheet.text.matchAll(/[A-HJ-NP-Z2-9]{4}(?:-[A-HJ-NP-Z2-9]{4}){3}/g)].map(([code]) => code)
  assert.equal(new Set(codes).size, 2)
  assert.match(sheet.text, /yipin\.test\/activate/)
  assert.match(sheet.text, /演示第一小学/)
  assert.equal(sheet.headers['cache-control'], 'no-store')
  const log = JSON.stringify(await w.house.database.reader.selectFrom('auditRow').select('detail').execute())
  for (const code of codes) assert.ok(!log.includes(code))
})

test('the list is searched, filtered, sorted and paged, with as many queries for many as for one', async (t) => {
  const w = await world(t)
  const admin = await w.as('admin')
  const bySchool = await admin.get('/api/accounts?q=演示第二小学')
  assert.equal(bySchool.body.total, 2)
  const auditors = await admin.get('/api/accounts?role=auditor')
  assert.deepEqual(
    auditors.body.items.map((one: Item) => one.personId),
    [w.personOf('auditor')],
  )
  await addMany(w, ['zz-one'])
  w.queries.count = 0
  assert.equal((await admin.get('/api/accounts?q=zz-')).body.total, 1)
  const forOne = w.queries.count
  await addMany(w, ['zz-two', 'zz-three'])
  w.queries.count = 0
  const many = await admin.get('/api/accounts?q=zz-&sort=-loginName')
  assert.equal(w.queries.count, forOne)
  assert.deepEqual(
    many.body.items.map((one: Item) => one.loginName),
    ['zz-two', 'zz-three', 'zz-one'],
  )
  assert.ok(many.body.items.every((one: Item) => one.waiting))
  const page = await admin.get('/api/accounts?q=zz-&size=2&page=2')
  assert.deepEqual([page.body.items.length, page.body.total], [1, 3])
  assert.equal((await admin.get('/api/accounts-export?q=zz-')).status, 200)
})

test('security unlocks an account at every source', async (t) => {
  const w = await world(t)
  const security = await w.as('security')
  const personId = w.personOf('clerk')
  const { body } = await security.get(`/api/accounts/${personId}`)
  for (const source of ['10.0.0.1', '10.0.0.2'])
    for (let tries = 0; tries < FREE_TRIES; tries += 1)
      await claimTry(w.house, { loginName: body.loginName, source, device: '', known: false })
  const locked = await security.get('/api/accounts?state=locked')
  assert.deepEqual(
    locked.body.items.map((one: Item) => one.personId),
    [personId],
  )
  assert.deepEqual((await security.get(`/api/accounts/${personId}`)).body.moves.unlock, [])
  assert.equal((await security.post(`/api/accounts/${personId}/unlock`)).status, 200)
  assert.equal((await security.get('/api/accounts?state=locked')).body.total, 0)
  assert.equal((await security.post(`/api/accounts/${personId}/unlock`)).status, 409)
})

test('accounts of a closed school and accounts without a role stand in the to-dos of their keepers until dealt with', async (t) => {
  const w = await world(t)
  const [schoolId] = w.schoolIds
  const [admin, security, office] = [await w.as('admin'), await w.as('security'), await w.as('office')]
  const [clerk, secretary] = [await w.as('clerk', schoolId), await w.as('secretary', schoolId)]
  const asked = async (caller: typeof admin) =>
    (await caller.get('/api/todo')).body.items.map((one: { title: string; detail: string; href: string }) => [
      one.title,
      Number.parseInt(one.detail, 10),
      one.href,
    ])
  const gone = (n: number) => ['撤并学校的账号还能登录', n, '/console/accounts?state=left']
  assert.deepEqual([await asked(admin), await asked(security)], [[], []])

  const closed = await office.post('/api/schools/retire', { schoolIds: [schoolId], reason: '并入第二小学' })
  assert.equal(closed.status, 200, closed.text)
  const added = await admin.post('/api/accounts', { name: '演示新人', loginName: 'newcomer' })
  assert.equal(added.status, 200, added.text)
  assert.deepEqual(await asked(admin), [gone(2)])
  assert.deepEqual(await asked(security), [gone(2), ['新账号待授予岗位', 1, '/console/accounts?state=bare']])
  const list = (await admin.get('/api/accounts?state=left')).body
  assert.deepEqual(new Set(list.items.map((one: Item) => one.personId)), new Set([clerk.personId, secretary.personId]))
  assert.equal((await admin.post(`/api/accounts/${clerk.personId}/disable`, { reason: '学校撤并' })).status, 200)
  assert.deepEqual(await asked(admin), [gone(1)])
})

test('office-4 a secretary whom the register does not name any more signs nothing, and everybody concerned is told', async (t) => {
  const w = await world(t)
  const [schoolId] = w.schoolIds
  const [office, admin, secretary] = [await w.as('office'), await w.as('admin'), await w.as('secretary', schoolId)]
  const actor = () => w.actorOf('secretary', schoolId)
  const subject = { schoolId, bureauId: w.bureauId }
  assert.deepEqual(againstSigning(await actor(), subject), [])
  const register = (secretaryName: string) =>
    w.work(system, async (work) => {
      await work.tx.updateTable('school').set({ secretaryName }).where('id', '=', schoolId).execute()
      work.record('test.changed', 'school', schoolId)
    })
  await register('郭 新任')
  assert.match(againstSigning(await actor(), subject)[0]?.message ?? '', /郭 新任.*局党工委办改正.*另建账号/)
  const titles = async (caller: typeof office) =>
    (await caller.get('/api/todo')).body.items.map((one: { title: string }) => one.title)
  for (const caller of [office, admin]) assert.ok((await titles(caller)).includes('书记的账号与名录不符'))
  const list = (await admin.get('/api/accounts?state=former')).body
  assert.deepEqual(
    list.items.map((one: Item) => one.personId),
    [secretary.personId],
  )
  const { accounts } = (await office.get(`/api/schools/${schoolId}`)).body
  assert.deepEqual(
    accounts.map((one: { role: string; former: boolean }) => [one.role, one.former]),
    [
      ['secretary', true],
      ['clerk', false],
    ],
  )
  await register('')
  assert.match(againstSigning(await actor(), subject)[0]?.message ?? '', /空缺/)
  await register('演示 书记甲')
  assert.deepEqual(againstSigning(await actor(), subject), [])
  assert.ok(!(await titles(admin)).includes('书记的账号与名录不符'))
})

test('school-27 keepers of accounts write a name right, seen and recorded; a post is no name', async (t) => {
  const w = await world(t)
  const admin = await w.as('admin')
  const clerk = await w.as('clerk')
  const rename = (name: string, seen: string) => admin.post(`/api/accounts/${clerk.personId}/rename`, { name, seen })
  const { name } = (await admin.get(`/api/accounts/${clerk.personId}`)).body
  assert.equal((await rename('周真名', '别的')).status, 409)
  assert.equal((await rename('党务干事', name)).status, 422)
  assert.equal((await rename(name, name)).status, 422)
  assert.equal((await rename('周真名', name)).status, 200)
  assert.equal((await clerk.get('/api/me')).body.name, '周真名')
  assert.ok((await eventsOf(w, clerk.personId ?? '')).includes('person.nameCorrected'))
})

test('school-25 a slip carries a code for the camera that opens the page with the login name, and never the activation code', async (t) => {
  const w = await world(t)
  const admin = await w.as('admin')
  const sheet = await admin.form('/accounts/slips', { id: w.personOf('clerk') })
  assert.match(sheet.text, /class="slip-qr"><svg/)
  const { loginName } = (await admin.get(`/api/accounts/${w.personOf('clerk')}`)).body
  const page = await w.visitor.get(`/activate?loginName=${encodeURIComponent(loginName)}`)
  assert.match(page.text, new RegExp(`value="${loginName}"`))
})
