import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Actor, system } from '#domain/base/actor.ts'
import { issueActivation, keepPassword, moveAccount } from '#server/identity/access/actions.ts'
import { FREE_TRIES, FREE_TRIES_EVERYWHERE, LONGEST_PAUSE, ROWS_PER_SOURCE } from '#server/kernel/attempts.ts'
import { CHECKS_IN_HAND, hashPassword } from '#server/kernel/password.ts'
import { commitsOf, type Work } from '#server/kernel/work.ts'
import { givePassword, HOST, type World, world } from '#tests/world/world.ts'

const PASSWORD = '春天里种一棵槐树 2026 K9'
const OTHER = '秋天里收一筐柿子 2027 M4'

async function loginNameOf(w: World, personId: string): Promise<string> {
  const { loginName } = await w.house.database.reader
    .selectFrom('account')
    .select('loginName')
    .where('personId', '=', personId)
    .executeTakeFirstOrThrow()
  return loginName
}

/** A clerk with a password, and a way to post forms from any address. */
async function furnished(t: Parameters<typeof world>[0]) {
  const w = await world(t)
  const personId = w.personOf('clerk')
  await givePassword(w, personId, PASSWORD)
  const loginName = await loginNameOf(w, personId)
  const post = (url: string, fields: Record<string, string>, from: { ip?: string; cookie?: string } = {}) =>
    w.app.inject({
      method: 'POST',
      url,
      remoteAddress: from.ip ?? '10.0.0.1',
      headers: {
        host: HOST,
        origin: `https://${HOST}`,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
        ...(from.cookie ? { cookie: from.cookie } : {}),
      },
      payload: new URLSearchParams(fields).toString(),
    })
  const signIn = (password: string, from: { ip?: string; cookie?: string; loginName?: string; next?: string } = {}) =>
    post(
      '/sign-in',
      { loginName: from.loginName ?? loginName, password, ...(from.next ? { next: from.next } : {}) },
      from,
    )
  const me = (cookie: string) => w.app.inject({ method: 'GET', url: '/api/me', headers: { host: HOST, cookie } })
  return { w, personId, loginName, post, signIn, me }
}

const cookieOf = (answer: { headers: Record<string, unknown> }): string =>
  String(answer.headers['set-cookie']).split(';')[0] ?? ''

const auditOf = (w: World, event: string) =>
  w.house.database.reader.selectFrom('auditRow').selectAll().where('event', '=', event).orderBy('seq').execute()

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

test('A1 a success wipes the count of wrong tries', async (t) => {
  const { signIn } = await furnished(t)
  for (let round = 1; round <= 2; round += 1) {
    for (let tries = 1; tries < FREE_TRIES; tries += 1) assert.equal((await signIn('wrong')).statusCode, 401)
    assert.equal((await signIn(PASSWORD)).statusCode, 303)
  }
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

test('S1 the session cookie is bound to this host, hidden from scripts, and long enough', async (t) => {
  const { signIn } = await furnished(t)
  const header = String((await signIn(PASSWORD)).headers['set-cookie'])
  const value = /^__Host-sid=([\w-]+); Path=\/; HttpOnly; Secure; SameSite=Lax$/.exec(header)?.[1]
  assert.ok(value, header)
  assert.ok(Buffer.from(value, 'base64url').length >= 16)
})

test('S2 a session that the browser brought along does not outlive a new sign-in', async (t) => {
  const { signIn, me } = await furnished(t)
  const before = cookieOf(await signIn(PASSWORD))
  const after = cookieOf(await signIn(PASSWORD, { cookie: before }))
  assert.notEqual(after, before)
  assert.equal((await me(before)).statusCode, 401)
  assert.equal((await me(after)).statusCode, 200)
})

test('S3 after signing out the old cookie is worth nothing', async (t) => {
  const { signIn, post, me } = await furnished(t)
  const cookie = cookieOf(await signIn(PASSWORD))
  assert.equal((await post('/sign-out', {}, { cookie })).statusCode, 303)
  assert.equal((await me(cookie)).statusCode, 401)
})

test('S4 a session ends after 30 idle minutes, and after 12 hours however busy', async (t) => {
  const { w, signIn, me } = await furnished(t)
  const idle = cookieOf(await signIn(PASSWORD))
  w.setTime('2026-05-11T02:31:00.000Z')
  assert.equal((await me(idle)).statusCode, 401)
  const busy = cookieOf(await signIn(PASSWORD))
  const start = Date.parse('2026-05-11T02:31:00.000Z')
  for (let minutes = 25; minutes <= 720; minutes += 25) {
    w.setTime(new Date(start + minutes * 60_000).toISOString())
    assert.equal((await me(busy)).statusCode, 200, `after ${minutes} minutes`)
  }
  w.setTime(new Date(start + 721 * 60_000).toISOString())
  assert.equal((await me(busy)).statusCode, 401)
})

test('S7 security-15 changing the password ends every session; this browser goes on under a new token, its old one is worth nothing', async (t) => {
  const { signIn, post, me } = await furnished(t)
  const other = cookieOf(await signIn(PASSWORD, { ip: '10.0.0.2' }))
  const cookie = cookieOf(await signIn(PASSWORD))
  const changed = await post('/account/password', { current: PASSWORD, password: OTHER, again: OTHER }, { cookie })
  assert.equal(changed.statusCode, 303)
  assert.equal((await me(other)).statusCode, 401)
  assert.equal((await me(cookie)).statusCode, 401)
  assert.equal((await me(cookieOf(changed))).statusCode, 200)
  assert.equal((await signIn(PASSWORD)).statusCode, 401)
  assert.equal((await signIn(OTHER)).statusCode, 303)
})

test('S7 a person sees where they are signed in and can end the others', async (t) => {
  const { w, signIn, post, me } = await furnished(t)
  const other = cookieOf(await signIn(PASSWORD, { ip: '198.51.100.4' }))
  const colleague = await w.as('office')
  const cookie = cookieOf(await signIn(PASSWORD))
  const page = await w.app.inject({ method: 'GET', url: '/account/sessions', headers: { host: HOST, cookie } })
  assert.match(page.body, /198\.51\.100\.4/)
  assert.ok(!page.body.includes('127.0.0.1'), 'the sessions of others are not listed')
  const rows = w.house.database.reader.selectFrom('session').select('id')
  const theirs = await rows.where('personId', '=', colleague.personId ?? '').executeTakeFirstOrThrow()
  assert.equal((await post('/account/sessions', { id: theirs.id }, { cookie })).statusCode, 409)
  assert.equal((await colleague.get('/api/me')).status, 200)
  assert.equal((await post('/account/sessions', {}, { cookie })).statusCode, 303)
  assert.equal((await me(other)).statusCode, 401)
  assert.equal((await me(cookie)).statusCode, 200)
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

test('S8 the fourth sign-in at once ends the one that was idle longest', async (t) => {
  const { w, signIn, me } = await furnished(t)
  const cookies: string[] = []
  for (let minute = 0; minute < 4; minute += 1) {
    w.setTime(`2026-05-11T02:0${minute}:00.000Z`)
    cookies.push(cookieOf(await signIn(PASSWORD)))
  }
  const alive: number[] = []
  for (const cookie of cookies) alive.push((await me(cookie)).statusCode)
  assert.deepEqual(alive, [401, 200, 200, 200])
})

test('a person whose password somebody else chose, or which is too old, must change it before anything else', async (t) => {
  const { w, personId, signIn, me } = await furnished(t)
  w.passDays(181)
  const opened = await signIn(PASSWORD)
  assert.equal(opened.headers['location'], '/account/password')
  const cookie = cookieOf(opened)
  assert.equal((await me(cookie)).json().mustChange, true)
  const page = await w.app.inject({ method: 'GET', url: '/account/sessions', headers: { host: HOST, cookie } })
  assert.equal(page.headers['location'], '/account/password')
  assert.ok(personId)
})

test('R4 after signing in one only ever lands on a path of this site', async (t) => {
  const { signIn } = await furnished(t)
  const wanted: Record<string, string> = {
    '/console/plans?page=2': '/console/plans?page=2',
    'https://evil.example/': '/console/',
    '//evil.example/': '/console/',
    '/\\evil.example': '/console/',
    '/a\n/evil': '/console/',
    '/.//evil.example': '/console/',
    'javascript:alert(1)': '/console/',
  }
  for (const [next, location] of Object.entries(wanted))
    assert.equal((await signIn(PASSWORD, { next })).headers['location'], location, next)
})

test('a disabled account is told so only by its own password', async (t) => {
  const { w, personId, signIn } = await furnished(t)
  const admin = await w.as('admin')
  await admin.post(`/api/accounts/${personId}/disable`, { reason: '调离' })
  assert.doesNotMatch((await signIn('wrong')).body, /停用/)
  assert.match((await signIn(PASSWORD)).body, /停用/)
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
    work.record('account.updated', 'person', personId)
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
