import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { firstVisitLink } from '#server/schools/setup/actions.ts'
import { playedRespondents } from '#server/respondents.ts'
import { world } from '#tests/world/world.ts'
import { HOST } from '#tests/world/house.ts'
import { offerDemo } from './pages.ts'

async function empty(t: TestContext) {
  const w = await world(t, { bare: true })
  w.setTime('2026-11-23T02:00:00.000Z')
  const link = await firstVisitLink(w.house)
  return { w, token: new URL(link ?? '').searchParams.get('token') ?? '' }
}

test('who holds the set-up link makes the demonstration by one button, watches it grow, and can sign in', async (t) => {
  const { w, token } = await empty(t)
  offerDemo(w.house, { respondents: playedRespondents(w.ballot), schools: 3 })
  assert.match((await w.visitor.get(`/setup?token=${token}`)).text, /action="\/setup\/demo"/)
  const pressed = await Promise.all([1, 2].map(() => w.visitor.form('/setup/demo', { token })))
  assert.deepEqual(
    pressed.map((one) => [one.status, one.headers['location']]),
    [1, 2].map(() => [303, `/setup/demo?token=${token}`]),
  )
  const watched = await w.visitor.get(`/setup/demo?token=${token}`)
  assert.equal(watched.headers['refresh'], '2')
  assert.match(watched.text, /正在生成演示年度/)
  let page = watched
  for (let turn = 0; turn < 600 && page.headers['refresh']; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    // What asks by HEAD takes the password from nobody.
    await w.app.inject({ method: 'HEAD', url: `/setup/demo?token=${token}`, headers: { host: HOST } })
    page = await w.visitor.get(`/setup/demo?token=${token}`)
  }
  assert.equal(page.status, 200, page.text)
  const password = /id="password">([a-z2-9-]{19})</.exec(page.text)?.[1] ?? ''
  assert.notEqual(password, '', page.text)
  assert.match(page.text, /expert5/)
  const bureaus = await w.house.database.reader
    .selectFrom('organization')
    .select('id')
    .where('level', '=', 'district')
    .execute()
  assert.equal(bureaus.length, 1, 'two presses made one demonstration')
  const opened = await w.visitor.form('/sign-in', { loginName: 'office', password })
  assert.equal(opened.status, 303)
  const later = await w.visitor.get(`/setup/demo?token=${token}`)
  assert.ok(!later.text.includes(password), 'security-28 the password is shown once')
  assert.match(later.text, /密码已经显示过/)
  assert.equal((await w.visitor.get('/setup/demo?token=another')).status, 410)
  assert.equal((await w.visitor.get('/setup/demo')).status, 410)
})

test('where the ballot box is in another process the button says how to make the demonstration instead', async (t) => {
  const { w, token } = await empty(t)
  const pressed = await w.visitor.form('/setup/demo', { token })
  assert.equal(pressed.status, 409)
  assert.match(pressed.text, /npm run demo/)
})
