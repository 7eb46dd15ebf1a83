import assert from 'node:assert/strict'
import { test } from 'node:test'
import { world } from '#tests/world/world.ts'

const words = { title: '演示红旗课堂经验', body: '第一段演示。\n<b>第二段</b>演示。', authorName: '演示作者' }

test('an experience is returned, sent again, adopted, published to the portal and found by its words, and leaves a stub', async (t) => {
  const w = await world(t)
  const [clerk, office] = [await w.as('clerk'), await w.as('office')]
  const { id } = (await clerk.post('/api/articles', { kind: 'experience', ...words })).body
  assert.equal((await office.get(`/api/articles/${id}`)).status, 404)
  const at = (action: string) => `/api/articles/${id}/${action}`
  await clerk.post(at('submit'))
  assert.equal((await office.post(at('publish'))).status, 409)
  assert.equal((await office.post(at('return'), { reason: '演示：请补数据' })).status, 200)
  assert.equal((await clerk.post(at('submit'))).status, 200)
  assert.equal((await office.post(at('adopt'), { level: '市' })).status, 200)
  assert.equal((await w.visitor.get(`/articles/${id}`)).status, 404)
  assert.equal((await office.post(at('publish'))).status, 200)
  const page = await w.visitor.get(`/articles/${id}`)
  assert.match(page.text, /第一段演示/)
  assert.doesNotMatch(page.text, /<b>第二段/)
  assert.match((await w.visitor.get(`/articles?q=${encodeURIComponent('红旗课堂')}`)).text, /演示红旗课堂经验/)
  assert.equal((await office.post(at('withdraw'), { reason: '演示：内容有误' })).status, 200)
  const stub = await w.visitor.get(`/articles/${id}`)
  assert.match(stub.text, /已经撤下/)
  assert.doesNotMatch(stub.text, /第一段演示/)
})

test('the office publishes its own news in one step and every state passed is on record', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const { id } = (await office.post('/api/articles', { kind: 'news', ...words })).body
  assert.equal((await office.post(`/api/articles/${id}/publish`)).status, 200)
  const rows = await w.house.database.reader
    .selectFrom('auditRow')
    .select('event')
    .where('subjectId', '=', id)
    .orderBy('seq')
    .execute()
  assert.deepEqual(
    rows.map((one) => one.event),
    ['article.drafted', 'article.submit', 'article.adopt', 'article.publish'],
  )
  assert.equal((await (await w.as('clerk')).post('/api/articles', { kind: 'news', ...words })).status, 403)
})

test('two hands publish one article: one success, one 409, one record', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const { id } = (await office.post('/api/articles', { kind: 'news', ...words })).body
  const answers = await Promise.all([1, 2].map(() => office.post(`/api/articles/${id}/publish`)))
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [200, 409])
})

test('the list of articles costs as many queries for three as for one', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const make = () => office.post('/api/articles', { kind: 'news', ...words })
  const measure = async () => {
    w.queries.count = 0
    const { body } = await office.get('/api/articles')
    return [body.total, w.queries.count]
  }
  await make()
  const [, queries] = await measure()
  await make()
  await make()
  assert.deepEqual(await measure(), [3, queries])
})
