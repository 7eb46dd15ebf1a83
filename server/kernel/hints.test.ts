import assert from 'node:assert/strict'
import { test } from 'node:test'
import { batchBody, openSurvey, surveyBody } from '#tests/world/testBox.ts'
import { world } from '#tests/world/world.ts'

const PLAIN_HOST = '192.0.2.2:4060'

test('whoever opens the sign-in or the activation over plain HTTP from another machine is told why it cannot work, before and after trying', async (t) => {
  const w = await world(t)
  w.house.settings.publicUrl = `http://${PLAIN_HOST}`
  for (const url of ['/sign-in', '/activate']) {
    const page = await w.app.inject({ url, headers: { host: PLAIN_HOST } })
    assert.match(page.body, /没有加密，浏览器不会保存登录/, url)
    const tried = await w.app.inject({
      method: 'POST',
      url,
      headers: {
        host: PLAIN_HOST,
        origin: `http://${PLAIN_HOST}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: 'loginName=somebody&password=x',
    })
    assert.equal(tried.statusCode, 403)
    assert.match(tried.body, /没有加密，浏览器不会保存登录/, url)
  }
  const health = (await w.visitor.get('/healthz')).body
  assert.equal(health.ok, true)
  assert.match(health.hints.join(), /PUBLIC_URL=http:\/\/192\.0\.2\.2:4060 不是 https/)
})

test('over HTTPS, on the machine itself, and behind a proxy that ends TLS, nobody is warned', async (t) => {
  const w = await world(t)
  for (const headers of [
    { host: 'yipin.test' },
    { host: 'localhost:3000' },
    { host: '127.0.0.1:3000' },
    { host: '[::1]:3000' },
    { host: '10.0.0.1:3000', 'x-forwarded-proto': 'https' },
  ])
    assert.doesNotMatch((await w.app.inject({ url: '/sign-in', headers })).body, /没有加密/, headers.host)
})

test('a proxy before a product that was not told of it is named to the administrator alone, and health stays green', async (t) => {
  const w = await world(t)
  const admin = await w.as('admin')
  const hintsFor = async (who: typeof admin) =>
    (await who.get('/api/todo')).body.items.filter((one: { kind: string }) => one.kind === 'houseHint')
  assert.deepEqual(await hintsFor(admin), [])
  const stranger = { host: 'yipin.test', 'x-forwarded-for': '10.1.1.1' }
  await w.app.inject({ url: '/livez', remoteAddress: '198.51.100.9', headers: stranger })
  assert.deepEqual(await hintsFor(admin), [], 'a stranger makes nobody believe in a proxy')
  for (let times = 0; times < 2; times++)
    await w.app.inject({ url: '/livez', headers: { host: 'yipin.test', 'x-forwarded-for': '10.1.1.1' } })
  const [hint, ...more] = await hintsFor(admin)
  assert.match(hint.detail, /TRUST_PROXY/)
  assert.deepEqual(more, [])
  assert.deepEqual(await hintsFor(await w.as('clerk')), [])
  const health = await w.visitor.get('/healthz')
  assert.equal(health.status, 200)
  assert.match(health.body.hints.join(), /TRUST_PROXY/)
})

test('keys in one folder with the ballots are warned of while a real survey runs, not for a rehearsal', async (t) => {
  if (process.env['TEST_ENGINE'] === 'postgres') return
  const w = await world(t)
  const box = await w.ballot.box()
  await openSurvey(box, [batchBody()], surveyBody({ rehearsal: true }))
  assert.deepEqual(await w.ballot.hints(), [])
  await openSurvey(box, [batchBody()], surveyBody())
  assert.match((await w.ballot.hints()).join(), /答卷和密钥放在同一个文件夹里.*BALLOT_KEY_DIR/)
})

test('what could be set safer is told on the machine and to the administrator, and to nobody outside', async (t) => {
  const w = await world(t)
  w.house.boxHints = () => Promise.resolve(['密钥和答卷在同一个文件夹里。'])
  const { cookie = '' } = await w.as('admin')
  const heard = async (remoteAddress: string, headers = {}) =>
    (await w.app.inject({ url: '/healthz', remoteAddress, headers: { host: 'yipin.test', ...headers } })).json().hints
  assert.equal((await heard('127.0.0.1')).length, 1)
  assert.equal((await heard('10.1.2.3')).length, 1)
  assert.deepEqual(await heard('198.51.100.9'), [])
  assert.equal((await heard('198.51.100.9', { cookie })).length, 1)
})
