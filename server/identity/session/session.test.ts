import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cookieOf, furnished, OTHER, PASSWORD } from '#tests/world/signIn.ts'
import { HOST } from '#tests/world/house.ts'

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
