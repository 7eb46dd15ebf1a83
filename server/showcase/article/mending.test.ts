import assert from 'node:assert/strict'
import { test } from 'node:test'
import { world } from '#tests/world/world.ts'

const words = { title: '演示红旗课堂经验', body: '第一段演示。', authorName: '演示作者' }

test('a draft that was never sent is thrown away by its author alone; what was sent stays', async (t) => {
  const w = await world(t)
  const [clerk, office, other] = [await w.as('clerk'), await w.as('office'), await w.as('clerk', w.schoolIds[1])]
  const { id } = (await clerk.post('/api/articles', { kind: 'experience', ...words })).body
  assert.equal((await clerk.get(`/api/articles/${id}`)).body.mayDelete, true)
  assert.deepEqual(
    [(await office.delete(`/api/articles/${id}`)).status, (await other.delete(`/api/articles/${id}`)).status],
    [404, 404],
  )
  assert.equal((await clerk.delete(`/api/articles/${id}`)).status, 200)
  assert.equal((await clerk.get(`/api/articles/${id}`)).status, 404)
  const sent = (await clerk.post('/api/articles', { kind: 'experience', ...words })).body.id
  await clerk.post(`/api/articles/${sent}/submit`)
  assert.equal((await clerk.delete(`/api/articles/${sent}`)).status, 409)
  await office.post(`/api/articles/${sent}/return`, { reason: '请补数据' })
  assert.match((await clerk.delete(`/api/articles/${sent}`)).body.reasons[0].message, /报送过的文章不能删除/)
})

test('a published article is corrected in place with a reason, says so to the public and keeps what it said', async (t) => {
  const w = await world(t)
  const [office, clerk] = [await w.as('office'), await w.as('clerk')]
  const { id } = (await office.post('/api/articles', { kind: 'news', ...words })).body
  const at = `/api/articles/${id}/correct`
  assert.equal((await office.post(at, { ...words, reason: '早了' })).status, 409)
  await office.post(`/api/articles/${id}/publish`)
  const seen = (await office.get(`/api/articles/${id}`)).body.updatedAt
  const better = { ...words, title: '演示红色课堂经验', body: '改对了。' }
  assert.equal((await office.post(at, { ...better, reason: '' })).status, 422)
  assert.equal((await clerk.post(at, { ...better, reason: '我来改' })).status, 403)
  assert.equal((await office.post(at, { ...better, reason: '标题有错字', seen })).status, 200)
  assert.equal((await office.post(at, { ...words, reason: '旧页面', seen })).status, 409)
  const { corrections, state, history } = (await office.get(`/api/articles/${id}`)).body
  assert.equal(state, 'published')
  assert.deepEqual(
    corrections.map((one: { title: string; body: string; reason: string }) => [one.title, one.body, one.reason]),
    [[words.title, words.body, '标题有错字']],
  )
  assert.equal(history.at(-1).title, '更正')
  const page = (await w.visitor.get(`/articles/${id}`)).text
  assert.match(page, /改对了[^]*/)
  assert.match(page, /2026年5月11日，标题有错字/)
  assert.doesNotMatch(page, /第一段演示/)
  const found = (q: string) => w.visitor.get(`/articles?q=${encodeURIComponent(q)}`)
  assert.match((await found('红色课堂')).text, /演示红色课堂经验/)
  assert.doesNotMatch((await found('红旗课堂')).text, /课堂经验/)
})

test('an adoption rises from level to level and never falls; when each level took it up stays on record', async (t) => {
  const w = await world(t)
  const [office, clerk] = [await w.as('office'), await w.as('clerk')]
  const { id } = (await clerk.post('/api/articles', { kind: 'experience', ...words })).body
  await clerk.post(`/api/articles/${id}/submit`)
  await office.post(`/api/articles/${id}/adopt`, { level: '区' })
  const raise = (level: string) => office.post(`/api/articles/${id}/level`, { level, reason: `${level}里刊发` })
  assert.equal((await raise('市')).status, 200)
  await office.post(`/api/articles/${id}/publish`)
  assert.equal((await raise('省')).status, 200)
  assert.equal((await raise('市')).body.reasons[0].message, '现在已经是省级采用，只能登记更高的级别。')
  assert.equal((await raise('国家')).status, 200)
  const { adoptedLevel, history, moves } = (await clerk.get(`/api/articles/${id}`)).body
  assert.equal(adoptedLevel, '国家')
  assert.notDeepEqual(moves.raise, [])
  assert.deepEqual(
    history.map((one: { title: string }) => one.title),
    ['报送', '采用（区级）', '提高采用级别（市级）', '发布', '提高采用级别（省级）', '提高采用级别（国家级）'],
  )
  assert.match((await w.visitor.get(`/articles/${id}`)).text, /国家级采用/)
})
