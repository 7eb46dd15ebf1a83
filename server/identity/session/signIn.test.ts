import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Actor, system } from '#domain/base/actor.ts'
import { keepPassword, moveAccount } from '#server/identity/access/actions.ts'
import { FREE_TRIES, FREE_TRIES_EVERYWHERE, LONGEST_PAUSE, ROWS_PER_SOURCE } from '#server/kernel/attempts.ts'
import { CHECKS_IN_HAND, hashPassword } from '#server/kernel/password.ts'
import { commitsOf, type Work } from '#server/kernel/work.ts'
import { auditOf, cookieOf, furnished, OTHER, PASSWORD } from '#tests/world/signIn.ts'
import { HOST } from '#tests/world/house.ts'

test('A1 five tries are free, then each wait is twice as long, and none is longer than some minutes', () => {
  assert.deepEqual([FREE_TRIES, FREE_TRIES_EVERYWHERE, LONGEST_PAUSE], [5, 50, 320])
})

test('addresses of failed tries are kept for a day and no longer', async (t) => {
  const { w, signIn } = await furnished(t)
  await signIn('Spring2026', { ip: '203.0.113.5' })
  w.passDays(2)
  await signIn('Spring2026', { ip: '203.0.113.6' })
  const rows = await w.house.database.reader.selectFrom('signInFailure').select('key').execute()
  assert.ok(rows.length > 0)
  assert.ok(rows.every((row) => !row.key.includes('203.0.113.5')))
})

test('A1 after five wrong tries a password is looked at only once a wait, which grows; the right one gets in after it', async (t) => {
  const { w, signIn } = await furnished(t)
  for (let tries = 1; tries <= FREE_TRIES; tries += 1) assert.equal((await signIn('wrong')).statusCode, 401)
  const waiting = await signIn(PASSWORD)
  assert.equal(waiting.statusCode, 429)
  assert.match(waiting.body, /请 10 秒后再试/)
  w.setTime('2026-05-11T02:00:10.000Z')
  assert.equal((await signIn('wrong')).statusCode, 401)
  w.setTime('2026-05-11T02:00:21.000Z')
  assert.match((await signIn(PASSWORD)).body, /请 9 秒后再试/)
  w.setTime('2026-05-11T02:00:30.000Z')
  assert.equal((await signIn(PASSWORD)).statusCode, 303)
})

test('A1 tries sent at once count as well: no more than five are answered as wrong', async (t) => {
  const { signIn } = await furnished(t)
  const answers = await Promise.all(Array.from({ length: 12 }, () => signIn('wrong')))
  assert.equal(answers.filter((one) => one.statusCode === 401).length, FREE_TRIES)
  assert.equal(answers.filter((one) => one.statusCode === 429).length, 12 - FREE_TRIES)
  assert.equal((await signIn(PASSWORD)).statusCode, 429)
})

test('A1 A13 an unknown account gets the same answer as a known one, and usual names do not exist', async (t) => {
  const { signIn, loginName } = await furnished(t)
  const known = await signIn('wrong', { ip: '10.0.1.1' })
  for (const [index, name] of ['admin', 'root', 'system', 'test'].entries()) {
    const unknown = await signIn('wrong', { loginName: name, ip: `10.0.2.${index}` })
    assert.equal(unknown.statusCode, known.statusCode)
    assert.equal(unknown.body.replaceAll(name, loginName), known.body)
  }
})

test('A2 a locked source does not keep the owner out elsewhere', async (t) => {
  const { signIn } = await furnished(t)
  for (let tries = 1; tries <= 6; tries += 1) await signIn('wrong', { ip: '203.0.113.9' })
  assert.equal((await signIn(PASSWORD, { ip: '203.0.113.9' })).statusCode, 429)
  assert.equal((await signIn(PASSWORD, { ip: '10.0.0.7' })).statusCode, 303)
})

test('A3 whatever others typed at an address, a right password from there gets in at once', async (t) => {
  const { w, signIn, loginName } = await furnished(t)
  for (let index = 1; index <= 60; index += 1) {
    const answer = await signIn('Spring2026', { loginName: `guess-${index}`, ip: '203.0.113.5' })
    assert.equal(answer.statusCode, 401)
  }
  assert.equal((await signIn(PASSWORD, { ip: '203.0.113.5' })).statusCode, 303)
  // Also of the very account that is tried there: in the browser of its owner, and in a new one that opened the page.
  for (let index = 1; index <= 40; index += 1) await signIn('Spring2026', { loginName, ip: '203.0.113.5' })
  const page = await w.app.inject({ url: '/sign-in', headers: { host: HOST } })
  assert.equal((await signIn(PASSWORD, { ip: '203.0.113.5', cookie: cookieOf(page) })).statusCode, 303)
})

test('A2 guesses from many addresses slow down unknown browsers, never the owner’s own, who is told of them', async (t) => {
  const { w, signIn } = await furnished(t)
  const own = cookieOf(await w.app.inject({ url: '/sign-in', headers: { host: HOST } }))
  assert.equal((await signIn(PASSWORD, { cookie: own })).statusCode, 303)
  for (let index = 0; index < FREE_TRIES_EVERYWHERE; index += 1)
    assert.equal((await signIn('wrong', { ip: `203.0.113.${index}` })).statusCode, 401)
  assert.equal((await signIn('wrong', { ip: '198.51.100.1' })).statusCode, 429)
  const told = await signIn(PASSWORD, { cookie: own })
  assert.equal(told.headers['location'], `/account/sessions?tries=${FREE_TRIES_EVERYWHERE}`)
})

test('A3 a flood from one address writes some rows into the chain, then only a number, and empties no cache', async (t) => {
  const { w, signIn } = await furnished(t)
  for (let index = 1; index <= ROWS_PER_SOURCE; index += 1)
    await signIn('Spring2026', { loginName: `guess-${index}`, ip: '203.0.113.5' })
  const before = [(await auditOf(w, 'signIn.failed')).length, commitsOf(w.house)]
  assert.equal(before[0], ROWS_PER_SOURCE)
  for (let index = 1; index <= 30; index += 1) {
    await signIn('Spring2026', { loginName: `more-${index}`, ip: '203.0.113.5' })
    await signIn('Spring2026', { loginName: 'same', ip: '203.0.113.5' })
  }
  assert.deepEqual([(await auditOf(w, 'signIn.failed')).length, commitsOf(w.house)], before)
  const rows = await w.house.database.reader.selectFrom('signInFailure').selectAll().execute()
  assert.equal(
    Number(rows.find((row) => row.key === 'source:203.0.113.5')?.failures),
    ROWS_PER_SOURCE + 30 + FREE_TRIES,
  )
})

test('A1 a success wipes the count of wrong tries', async (t) => {
  const { signIn } = await furnished(t)
  for (let round = 1; round <= 2; round += 1) {
    for (let tries = 1; tries < FREE_TRIES; tries += 1) assert.equal((await signIn('wrong')).statusCode, 401)
    assert.equal((await signIn(PASSWORD)).statusCode, 303)
  }
})

test('A15 the password fields let password managers and pasting work', async (t) => {
  const { w } = await furnished(t)
  const { text } = await w.visitor.get('/sign-in')
  assert.match(text, /autocomplete="current-password"/)
  assert.match(text, /autocomplete="username"/)
  assert.doesNotMatch(text, /onpaste|autocomplete="off"/)
})

test('A16 every try is one audit row, and none holds what was typed as a secret', async (t) => {
  const { w, signIn } = await furnished(t)
  await signIn('my-wrong-secret')
  await signIn('x', { loginName: 'password-in-the-name-field' })
  await signIn(PASSWORD)
  const failed = await auditOf(w, 'signIn.failed')
  assert.equal(failed.length, 2)
  assert.equal((await auditOf(w, 'signIn.succeeded')).length, 1)
  const everything = JSON.stringify(await w.house.database.reader.selectFrom('auditRow').selectAll().execute())
  for (const secret of ['my-wrong-secret', 'password-in-the-name-field', PASSWORD])
    assert.ok(!everything.includes(secret))
})

test('S5 S7 an account disabled or given another password while its password is being checked lets nobody in', async (t) => {
  const { w, personId, signIn } = await furnished(t)
  /** Does something as soon as the account was read, while its password is still being hashed. */
  const meanwhile = async (change: (work: Work<Actor>) => Promise<void>) => {
    const before = w.queries.count
    const trying = signIn(PASSWORD)
    for (let turn = 0; turn < 10_000 && w.queries.count < before + 2; turn += 1)
      await new Promise((done) => setImmediate(done))
    await w.work(system, change)
    return (await trying).statusCode
  }
  assert.equal(await meanwhile((work) => moveAccount(work, personId, 'disabled', '离任')), 401)
  await w.work(system, (work) => moveAccount(work, personId, 'active'))
  const passwordHash = await hashPassword(OTHER)
  assert.equal(await meanwhile((work) => keepPassword(work, personId, passwordHash)), 401)
  assert.equal((await signIn(OTHER)).statusCode, 303)
})

test('a disabled account is told so only by its own password', async (t) => {
  const { w, personId, signIn } = await furnished(t)
  const admin = await w.as('admin')
  await admin.post(`/api/accounts/${personId}/disable`, { reason: '调离' })
  assert.doesNotMatch((await signIn('wrong')).body, /停用/)
  assert.match((await signIn(PASSWORD)).body, /停用/)
})

test('a flood of passwords from one network lets a person elsewhere in at once, and fills no more than its own line', async (t) => {
  const { w, post, signIn } = await furnished(t)
  const flood = Array.from({ length: CHECKS_IN_HAND + 20 }, (_, at) =>
    post('/sign-in', { loginName: `nobody${at}`, password: 'x' }, { ip: '203.0.113.9' }),
  )
  let over = 0
  for (const one of flood) one.then(() => (over += 1))
  const answer = await signIn(PASSWORD, { ip: '198.51.100.7' })
  assert.equal(answer.statusCode, 303)
  assert.ok(over < CHECKS_IN_HAND, `${over} of the flood were answered first`)
  const refused = (await Promise.all(flood)).filter((one) => one.statusCode === 503)
  assert.ok(refused.length > 0)
  assert.match(refused[0]?.body ?? '', /同时登录的次数太多，请过几秒再试一次[^]*name="loginName"/)
  const lanes = await w.house.database.reader.selectFrom('signInFailure').select('key').execute()
  assert.ok(
    lanes.filter((one) => one.key.startsWith('all:')).length <= CHECKS_IN_HAND + 1,
    'what is refused writes nothing',
  )
})
