import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Role, system } from '#domain/base/actor.ts'
import { addPerson, grantRole } from '#server/identity/access/actions.ts'
import { COOKIE } from '#server/kernel/session.ts'
import { type Caller, callerOf, givePassword, type World, world } from '#tests/world/world.ts'

const OLD = '春天里种一棵槐树 2026 K9'
const NEW = '秋天里收一筐柿子 2027 M4'

async function loginNameOf(w: World, personId: string): Promise<string> {
  const rows = w.house.database.reader.selectFrom('account').select('loginName')
  return (await rows.where('personId', '=', personId).executeTakeFirstOrThrow()).loginName
}

const ask = (caller: Caller, personId: string, reason = '本人忘记密码') =>
  caller.post('/api/account-requests', { personIds: [personId], reason })

const codeOn = (page: string): string => /[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}/.exec(page)?.[0] ?? ''

async function activate(w: World, personId: string, code: string, password = NEW) {
  const loginName = await loginNameOf(w, personId)
  const answer = await w.visitor.form('/activate', { loginName, code, password, again: password })
  const set = String(answer.headers['set-cookie'] ?? '')
  const token = new RegExp(`${COOKIE}=([\\w-]+)`).exec(set)?.[1]
  return { answer, caller: callerOf(w.app, personId, token ? `${COOKIE}=${token}` : undefined) }
}

const eventsAbout = async (w: World, personId: string) =>
  (
    await w.house.database.reader
      .selectFrom('auditRow')
      .select('event')
      .where('subjectId', '=', personId)
      .orderBy('seq')
      .execute()
  ).map((row) => row.event)

test('no single person, whatever their role, gets a slip for an account that is in use or rules over others', async (t) => {
  const w = await world(t)
  for (const role of ['office', 'admin', 'security', 'auditor', 'clerk', 'leader', 'reviewer'] as const)
    await givePassword(w, w.personOf(role), OLD)
  for (const keeper of ['admin', 'security'] as const) {
    const caller = await w.as(keeper)
    for (const role of ['office', 'admin', 'security', 'auditor', 'clerk', 'leader', 'reviewer'] as const) {
      const answer = await caller.form('/accounts/slips', { id: w.personOf(role) })
      assert.equal(answer.status, 403, `${keeper} → ${role}`)
      assert.equal(codeOn(answer.text), '')
    }
  }
  const office = await w.as('office')
  const schools = await office.form('/schools/slips', { schoolIds: w.schoolIds[0] })
  assert.ok(!schools.text.includes(await loginNameOf(w, w.personOf('clerk'))))
})

test('an account that rules over others takes two even before its first password; the first slip of any other takes one', async (t) => {
  const w = await world(t)
  const admin = await w.as('admin')
  assert.equal((await admin.form('/accounts/slips', { id: w.personOf('office') })).status, 403)
  const first = await admin.form('/accounts/slips', { id: w.personOf('clerk') })
  assert.equal(first.status, 200)
  assert.equal((await activate(w, w.personOf('clerk'), codeOn(first.text))).answer.headers['location'], '/console/')
})

test('a slip for a used account is asked by one, released by another, printed once, and its owner answers before anything else', async (t) => {
  const w = await world(t)
  const [admin, security, auditor] = [await w.as('admin'), await w.as('security'), await w.as('auditor')]
  const personId = w.personOf('office')
  await givePassword(w, personId, OLD)
  const before = await w.asPerson(personId)
  const [id] = (await ask(admin, personId)).body.ids
  assert.equal((await ask(admin, personId)).status, 409)
  assert.equal((await admin.post(`/api/account-requests/${id}/release`)).status, 403)
  assert.equal((await before.get('/api/todo')).body.items[0].kind, 'resetAsked')
  assert.equal((await admin.form('/accounts/slips', { id: personId })).status, 403)
  assert.equal((await security.post(`/api/account-requests/${id}/release`)).status, 200)
  assert.equal((await security.form('/accounts/slips', { id: personId })).status, 403, 'who released does not print')
  const sheet = await admin.form('/accounts/slips', { id: personId })
  assert.equal(sheet.status, 200)
  assert.equal((await admin.form('/accounts/slips', { id: personId })).status, 403, 'one release, one slip')

  const { answer, caller } = await activate(w, personId, codeOn(sheet.text))
  assert.equal(answer.headers['location'], '/account/reset')
  assert.equal((await caller.get('/api/schools')).status, 403)
  assert.equal((await caller.get('/account/sessions')).headers['location'], '/account/reset')
  assert.match((await caller.get('/account/reset')).text, /本人忘记密码/)
  assert.equal((await before.get('/api/me')).status, 401, 'the sessions before have ended')
  const unseen = async () =>
    (await auditor.get('/api/todo')).body.items.filter((one: { kind: string }) => one.kind === 'requestUnnoted').length
  assert.equal(await unseen(), 1)
  assert.equal((await caller.form('/account/reset', { mine: 'yes' })).status, 303)
  assert.equal((await caller.get('/api/schools')).status, 200)
  assert.equal((await auditor.post(`/api/account-requests/${id}/note`)).status, 200)
  assert.equal(await unseen(), 0)
  assert.deepEqual(
    (await eventsAbout(w, personId)).filter((event) => event.startsWith('accountRequest.')),
    [
      'accountRequest.asked',
      'accountRequest.release',
      'accountRequest.use',
      'accountRequest.confirmed',
      'accountRequest.noted',
    ],
  )
})

test('an owner who did not ask closes the account with one press', async (t) => {
  const w = await world(t)
  const [admin, security] = [await w.as('admin'), await w.as('security')]
  const personId = w.personOf('leader')
  await givePassword(w, personId, OLD)
  const [id] = (await ask(admin, personId)).body.ids
  await security.post(`/api/account-requests/${id}/release`)
  const sheet = await admin.form('/accounts/slips', { id: personId })
  const { caller } = await activate(w, personId, codeOn(sheet.text))
  assert.equal((await caller.form('/account/reset', { mine: 'no' })).status, 303)
  assert.equal((await caller.get('/api/me')).status, 401)
  assert.equal((await admin.get(`/api/accounts/${personId}`)).body.state, 'disabled')
  assert.ok((await eventsAbout(w, personId)).includes('accountRequest.denied'))
})

test('nobody releases what they asked for or what is for themselves, and the office stands in for one of two administrators only', async (t) => {
  const w = await world(t)
  const [admin, security, office] = [await w.as('admin'), await w.as('security'), await w.as('office')]
  for (const role of ['security', 'clerk'] as const) await givePassword(w, w.personOf(role), OLD)
  const [forSecurity] = (await ask(admin, w.personOf('security'))).body.ids
  const [forClerk] = (await ask(admin, w.personOf('clerk'))).body.ids
  assert.equal((await security.post(`/api/account-requests/${forSecurity}/release`)).status, 403)
  assert.equal((await office.post(`/api/account-requests/${forClerk}/release`)).status, 404)
  assert.equal((await office.post(`/api/account-requests/${forSecurity}/release`)).status, 200)
  assert.equal((await admin.form('/accounts/slips', { id: w.personOf('security') })).status, 200)
  assert.equal(
    (await security.post(`/api/account-requests/${forClerk}/refuse`, { reason: '没有见到本人' })).status,
    200,
  )
  assert.equal((await security.post(`/api/account-requests/${forClerk}/release`)).status, 409)
  assert.equal((await ask(admin, w.personOf('clerk'))).status, 200, 'may be asked anew')
})

test('a release that nobody used within a week is asked for anew', async (t) => {
  const w = await world(t)
  const [admin, security] = [await w.as('admin'), await w.as('security')]
  const personId = w.personOf('clerk')
  await givePassword(w, personId, OLD)
  const [id] = (await ask(admin, personId)).body.ids
  await security.post(`/api/account-requests/${id}/release`)
  w.passDays(8)
  const again = await w.as('admin')
  assert.equal((await again.form('/accounts/slips', { id: personId })).status, 403)
  assert.equal((await ask(again, personId)).status, 200)
})

test('two who print one released slip at once get one code', async (t) => {
  const w = await world(t)
  const [admin, security] = [await w.as('admin'), await w.as('security')]
  const personId = w.personOf('clerk')
  await givePassword(w, personId, OLD)
  const [id] = (await ask(admin, personId)).body.ids
  await security.post(`/api/account-requests/${id}/release`)
  const sheets = await Promise.all([1, 2].map(() => admin.form('/accounts/slips', { id: personId })))
  assert.equal(sheets.filter((one) => one.status === 200).length, 1)
})

const give = (caller: Caller, w: World, personId: string, role: Role) =>
  caller.post(`/api/accounts/${personId}/grants`, { role, organizationId: w.bureauId, reason: '分工调整' })

const rolesOf = async (w: World, personId: string) =>
  (
    await w.house.database.reader
      .selectFrom('roleGrant')
      .select('role')
      .where('personId', '=', personId)
      .where('endedAt', 'is', null)
      .execute()
  ).map((row) => row.role)

const newcomer = (w: World, loginName = 'newcomer') =>
  w.work(system, (work) => addPerson(work, { bureauId: w.bureauId, name: '演示新人', loginName, grants: [] }))

test('office, both administrations and audit are given by two people, whoever asks', async (t) => {
  const w = await world(t)
  const [admin, security] = [await w.as('admin'), await w.as('security')]
  for (const [at, role] of (['office', 'admin', 'security', 'auditor'] as const).entries()) {
    const personId = await newcomer(w, `newcomer${at}`)
    const unreasoned = await security.post(`/api/accounts/${personId}/grants`, { role, organizationId: w.bureauId })
    assert.equal(unreasoned.status, 422)
    const given = await give(security, w, personId, role)
    assert.deepEqual([given.status, given.body.waits], [200, true])
    assert.equal((await give(security, w, personId, role)).status, 409)
    assert.deepEqual(await rolesOf(w, personId), [])
    assert.equal((await security.post(`/api/account-requests/${given.body.id}/release`)).status, 403)
    assert.equal((await admin.post(`/api/account-requests/${given.body.id}/release`)).status, 200)
    assert.deepEqual(await rolesOf(w, personId), [role])
    assert.equal((await admin.post(`/api/account-requests/${given.body.id}/release`)).status, 409)
  }
})

test('whoever watches over the others holds no role in the business, in whichever order the roles come', async (t) => {
  const w = await world(t)
  const [admin, security] = [await w.as('admin'), await w.as('security')]
  const working = ['office', 'leader', 'reviewer'] as const
  for (const watcher of ['admin', 'auditor'] as const)
    for (const role of working) {
      assert.equal((await give(security, w, w.personOf(watcher), role)).status, 422, `${role} to ${watcher}`)
      assert.equal((await give(security, w, w.personOf(role), watcher)).status, 422, `${watcher} to ${role}`)
    }
  const personId = await newcomer(w)
  const asked = await give(security, w, personId, 'auditor')
  assert.equal((await give(security, w, personId, 'reviewer')).status, 200)
  assert.equal((await admin.post(`/api/account-requests/${asked.body.id}/release`)).status, 422, 'judged when released')
  assert.deepEqual(await rolesOf(w, personId), ['reviewer'])
})

test('a bureau whose one person holds both administrations goes on alone, and each such act stands in the record', async (t) => {
  const w = await world(t)
  const both = await newcomer(w)
  await w.work(system, async (work) => {
    await grantRole(work, both, { role: 'admin', organizationId: w.bureauId })
    await grantRole(work, both, { role: 'security', organizationId: w.bureauId })
    await work.tx.updateTable('account').set({ mustChange: 0 }).where('personId', '=', both).execute()
    for (const role of ['admin', 'security'] as const)
      await work.tx
        .updateTable('roleGrant')
        .set({ endedAt: work.now })
        .where('personId', '=', w.personOf(role))
        .execute()
  })
  const caller = await w.asPerson(both)
  await givePassword(w, w.personOf('clerk'), OLD)
  assert.equal((await ask(caller, w.personOf('clerk'))).status, 200)
  assert.equal((await caller.form('/accounts/slips', { id: w.personOf('clerk') })).status, 200)
  const rows = await w.house.database.reader
    .selectFrom('auditRow')
    .select('detail')
    .where('event', '=', 'accountRequest.release')
    .execute()
  assert.match(rows[0]?.detail ?? '', /"alone":true/)
  assert.equal((await ask(caller, both)).status, 403)
})

test('an administrator who disables the other one does not become alone by it', async (t) => {
  const w = await world(t)
  const admin = await w.as('admin')
  await givePassword(w, w.personOf('office'), OLD)
  assert.equal((await admin.post(`/api/accounts/${w.personOf('security')}/disable`, { reason: '试' })).status, 200)
  const [id] = (await ask(admin, w.personOf('office'))).body.ids
  assert.equal((await admin.post(`/api/account-requests/${id}/release`)).status, 403)
})
