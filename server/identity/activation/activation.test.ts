import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '#domain/base/actor.ts'
import { issueActivation } from '#server/identity/activation/actions.ts'
import { auditOf, cookieOf, furnished, loginNameOf, OTHER, PASSWORD } from '#tests/world/signIn.ts'

test('A8 an activation code sets the first password once and not after the week for which it is good', async (t) => {
  const { w, post, me } = await furnished(t)
  const personId = w.personOf('secretary')
  const loginName = await loginNameOf(w, personId)
  const first = await w.work(system, (work) => issueActivation(work, personId))
  const typed = { loginName, code: first.token.toLowerCase().replaceAll('-', ' '), password: OTHER, again: OTHER }
  const weak = await post('/activate', { ...typed, password: 'aa', again: 'b' })
  assert.equal(weak.statusCode, 422)
  assert.ok(weak.body.includes(typed.code), 'what was typed is still there')
  const done = await post('/activate', typed)
  assert.equal(done.statusCode, 303)
  assert.equal((await me(cookieOf(done))).json().mustChange, false)
  assert.equal((await post('/activate', typed)).statusCode, 410)
  const second = await w.work(system, (work) => issueActivation(work, personId))
  w.setTime('2026-05-18T02:00:01.000Z')
  assert.equal((await post('/activate', { ...typed, code: second.token })).statusCode, 410)
})

test('A8 a slip ends the sessions of the one before, and a new slip takes the old one out of use', async (t) => {
  const { w, personId, loginName, signIn, post, me } = await furnished(t)
  const before = cookieOf(await signIn(PASSWORD))
  const lost = await w.work(system, (work) => issueActivation(work, personId))
  const given = await w.work(system, (work) => issueActivation(work, personId))
  const typed = { loginName, password: OTHER, again: OTHER }
  assert.equal((await post('/activate', { ...typed, code: lost.token })).statusCode, 410)
  assert.equal((await me(before)).statusCode, 200)
  assert.equal((await post('/activate', { ...typed, code: given.token })).statusCode, 303)
  assert.equal((await me(before)).statusCode, 401)
})

test('the new password is not the old one', async (t) => {
  const { signIn, post } = await furnished(t)
  const cookie = cookieOf(await signIn(PASSWORD))
  const same = await post('/account/password', { current: PASSWORD, password: PASSWORD, again: PASSWORD }, { cookie })
  assert.equal(same.statusCode, 422)
  assert.match(same.body, /不能与现在的相同/)
})

test('A8 of two who use one activation code at once, one gets in', async (t) => {
  const { w, post } = await furnished(t)
  const personId = w.personOf('secretary')
  const typed = { loginName: await loginNameOf(w, personId), password: OTHER, again: OTHER }
  const { token } = await w.work(system, (work) => issueActivation(work, personId))
  const answers = await Promise.all([1, 2].map(() => post('/activate', { ...typed, code: token })))
  assert.deepEqual(answers.map((one) => one.statusCode).toSorted(), [303, 410])
  assert.equal((await auditOf(w, 'account.activated')).length, 1)
})

test('A14 a right activation code gets in whatever was typed before it, and wrong codes bar nobody from signing in', async (t) => {
  const { w, post, signIn, loginName, personId } = await furnished(t)
  const wrong = { loginName, code: 'AAAA-BBBB', password: OTHER, again: OTHER }
  for (let tries = 1; tries <= 30; tries += 1) assert.equal((await post('/activate', wrong)).statusCode, 401)
  assert.equal((await signIn(PASSWORD)).statusCode, 303)
  const { token } = await w.work(system, (work) => issueActivation(work, personId))
  assert.equal((await post('/activate', { ...wrong, code: token })).statusCode, 303)
})

test('school-27 whoever activates an account that names a post says who they are; one that names another person is not theirs', async (t) => {
  const { w, post } = await furnished(t)
  const personId = w.personOf('secretary')
  const loginName = await loginNameOf(w, personId)
  const { token } = await w.work(system, (work) => issueActivation(work, personId))
  const typed = { loginName, code: token, password: OTHER, again: OTHER }
  const other = await post('/activate', { ...typed, personName: '郭新任' })
  assert.equal(other.statusCode, 422)
  assert.match(other.body, /这个账号是演示书记甲的/)
  await w.work(system, async (work) => {
    await work.tx.updateTable('person').set({ name: '党务干事' }).where('id', '=', personId).execute()
    work.record('test.changed', 'person', personId)
  })
  for (const personName of ['', '党务 干事'])
    assert.match((await post('/activate', { ...typed, personName })).body, /请填写您的真实姓名/)
  assert.equal((await post('/activate', { ...typed, personName: ' 周真名 ' })).statusCode, 303)
  const { name } = await w.house.database.reader
    .selectFrom('person')
    .select('name')
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
  assert.equal(name, '周真名')
  assert.equal((await auditOf(w, 'person.nameCorrected')).length, 1)
})
