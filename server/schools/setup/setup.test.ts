import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstVisitLink } from '#server/schools/setup/actions.ts'
import { callerOf, type World, world } from '#tests/world/world.ts'

const PASSWORD = '春天里种一棵槐树 2026 K9'

const typed = (token: string) => ({
  token,
  bureauName: '某某区教育局',
  shortName: '某某区',
  provinceName: '',
  cityName: '某某市',
  officeName: '张三',
  officeLoginName: 'Office',
  officePassword: PASSWORD,
  officeAgain: PASSWORD,
  adminName: '李四',
  adminLoginName: 'keeper',
  adminPassword: PASSWORD,
  adminAgain: PASSWORD,
  auditorName: '王五',
  auditorLoginName: 'reader',
  auditorPassword: PASSWORD,
  auditorAgain: PASSWORD,
})

/** An empty system with its first link, as at the first start. */
async function empty(t: Parameters<typeof world>[0]): Promise<{ w: World; token: string }> {
  const w = await world(t, { bare: true })
  const link = await firstVisitLink(w.house)
  return { w, token: new URL(link ?? '').searchParams.get('token') ?? '' }
}

test('the first visit makes the bureau, the office and the administrators, who can sign in at once', async (t) => {
  const { w, token } = await empty(t)
  assert.equal((await w.visitor.get(`/setup?token=${token}`)).status, 200)
  const done = await w.visitor.form('/setup', typed(token))
  assert.equal(done.status, 200)
  assert.match(done.text, /schools\/import/)
  const opened = await w.visitor.form('/sign-in', { loginName: 'OFFICE ', password: PASSWORD })
  assert.equal(opened.status, 303)
  const office = callerOf(w.app, null, String(opened.headers['set-cookie']).split(';')[0])
  const me = await office.get('/api/me')
  assert.equal(me.body.bureauName, '某某区教育局')
  assert.deepEqual(
    me.body.grants.map((one: { role: string }) => one.role),
    ['office'],
  )
})

test('that the administrator keeps security as well stands in the audit log', async (t) => {
  const { w, token } = await empty(t)
  await w.visitor.form('/setup', typed(token))
  const row = await w.house.database.reader
    .selectFrom('auditRow')
    .selectAll()
    .where('event', '=', 'setup.done')
    .executeTakeFirstOrThrow()
  assert.equal(JSON.parse(row.detail).adminIsSecurity, true)
})

test('the link works once, and a wrong or old one is refused in plain words', async (t) => {
  const { w, token } = await empty(t)
  assert.equal((await w.visitor.get('/setup?token=wrong')).status, 410)
  assert.equal((await w.visitor.form('/setup', typed('wrong'))).status, 410)
  const [one, two] = await Promise.all([w.visitor.form('/setup', typed(token)), w.visitor.form('/setup', typed(token))])
  assert.deepEqual([one.status, two.status].toSorted(), [200, 410])
  assert.equal((await w.visitor.get(`/setup?token=${token}`)).status, 410)
  assert.equal(await firstVisitLink(w.house), undefined)
})

test('a link older than a day is refused', async (t) => {
  const { w, token } = await empty(t)
  w.passDays(1)
  assert.equal((await w.visitor.get(`/setup?token=${token}`)).status, 410)
})

test('all mistakes are named at once and nothing typed is lost', async (t) => {
  const { w, token } = await empty(t)
  const answer = await w.visitor.form('/setup', {
    ...typed(token),
    shortName: '',
    adminName: '张三',
    adminLoginName: 'office',
    adminAgain: 'different',
    officePassword: 'Aa123456',
    officeAgain: 'Aa123456',
  })
  assert.equal(answer.status, 422)
  for (const words of ['请填写“简称”', '不同的人', '登录名相同', '两次输入的密码不一样', '密码至少'])
    assert.match(answer.text, new RegExp(words))
  for (const kept of ['某某区教育局', '某某市', '王五', 'reader'])
    assert.ok(answer.text.includes(`value="${kept}"`), kept)
  assert.ok(!answer.text.includes('Aa123456'), 'passwords are not sent back')
  const people = await w.house.database.reader.selectFrom('person').select('id').execute()
  assert.equal(people.length, 0)
})
