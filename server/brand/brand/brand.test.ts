import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '#domain/base/actor.ts'
import { publishBrand } from './actions.ts'
import { readTable } from '#server/kernel/sheet.ts'
import { argumentationBody, brandBody, makeBrand } from '#tests/everywhere/access/brand.ts'
import { PDF, PNG, upload } from '#tests/world/upload.ts'
import { world } from '#tests/world/world.ts'

test('two people making the brand of one school at once leave one brand and one clear 409', async (t) => {
  const w = await world(t)
  const url = `/api/schools/${w.schoolIds[0]}/brand`
  const [clerk, secretary] = [await w.as('clerk'), await w.as('secretary')]
  const answers = await Promise.all([clerk.put(url, brandBody), secretary.put(url, { ...brandBody, name: '青松' })])
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [200, 409])
  const rows = await w.house.database.reader.selectFrom('brand').selectAll().execute()
  assert.equal(rows.length, 1)
  const audit = await w.house.database.reader
    .selectFrom('auditRow')
    .select('seq')
    .where('event', '=', 'brand.created')
    .execute()
  assert.equal(audit.length, 1)
})

test('every saved version of a brand is kept, and a save over a newer version is refused', async (t) => {
  const w = await world(t)
  await makeBrand(w)
  const clerk = await w.as('clerk')
  const url = `/api/schools/${w.schoolIds[0]}/brand`
  assert.equal((await clerk.put(url, { ...brandBody, version: 1, name: '红烛先锋行' })).status, 200)
  assert.equal((await clerk.put(url, { ...brandBody, version: 1, name: '迟到的修改' })).status, 409)
  const { body } = await clerk.get(url)
  assert.equal(body.brand.name, '红烛先锋行')
  assert.deepEqual(
    body.versions.map((one: { name: string }) => one.name),
    ['红烛先锋行', '红烛先锋'],
  )
  assert.deepEqual(body.gaps, [])
})

test('a name close to that of another school is named with the school, and one’s own brand is not', async (t) => {
  const w = await world(t)
  await makeBrand(w)
  await w.work(system, (work) => publishBrand(work, w.schoolIds[0]))
  const url = `/api/brands/similar?name=${encodeURIComponent('红烛先锋队')}`
  const other = await w.as('clerk', w.schoolIds[1])
  const named = { items: [{ schoolName: '演示第一小学', name: '红烛先锋' }], draftNear: false }
  assert.deepEqual((await other.get(url)).body, named)
  const own = await w.as('clerk')
  assert.deepEqual((await own.get(url)).body, { items: [], draftNear: false })
})

test('security-18 a brand that is not published is named to the office alone, and other schools hear only that one is near', async (t) => {
  const w = await world(t)
  await makeBrand(w)
  const words = `name=x&concept=${encodeURIComponent(brandBody.concept)}`
  for (const query of [`name=${encodeURIComponent('红烛先锋队')}`, words]) {
    const other = await w.as('clerk', w.schoolIds[1])
    assert.deepEqual((await other.get(`/api/brands/similar?${query}`)).body, { items: [], draftNear: true })
    const { body } = await (await w.as('office')).get(`/api/brands/similar?${query}`)
    assert.deepEqual([body.items[0].schoolName, body.draftNear], ['演示第一小学', false])
  }
})

test('several mistakes in a brand are reported at once, in Chinese', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const answer = await clerk.put(`/api/schools/${w.schoolIds[0]}/brand`, {
    ...brandBody,
    name: ' ',
    slogan: '长'.repeat(61),
    concept: 'a\u0000b',
  })
  assert.equal(answer.status, 422)
  assert.equal(answer.body.reasons.length, 3)
  for (const reason of answer.body.reasons) assert.match(reason.message, /[\u4e00-\u9fff]/)
})

test('a logo must be an image of the school itself', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const url = `/api/schools/${w.schoolIds[0]}/brand`
  const paper = await upload(w, clerk, { name: 'a.pdf', bytes: PDF })
  assert.equal((await clerk.put(url, { ...brandBody, logoFileId: paper.body.id })).status, 415)
  const foreign = await upload(w, await w.as('clerk', w.schoolIds[1]), { name: 'a.png', bytes: PNG })
  assert.equal((await clerk.put(url, { ...brandBody, logoFileId: foreign.body.id })).status, 404)
  const own = await upload(w, clerk, { name: 'a.png', bytes: PNG })
  assert.equal((await clerk.put(url, { ...brandBody, logoFileId: own.body.id })).status, 200)
})

test('an argumentation needs a brand first and cannot be of tomorrow', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const url = `/api/schools/${w.schoolIds[0]}/brand/argumentations`
  assert.equal((await clerk.post(url, argumentationBody)).status, 422)
  await makeBrand(w)
  assert.equal((await clerk.post(url, { ...argumentationBody, heldOn: '2026-05-12' })).status, 422)
})

test('a category of the office can be chosen, an unknown one not, and the same is not added twice', async (t) => {
  const w = await world(t)
  const [office, clerk] = [await w.as('office'), await w.as('clerk')]
  const url = `/api/schools/${w.schoolIds[0]}/brand`
  assert.equal((await clerk.put(url, { ...brandBody, category: '传统文化类' })).status, 422)
  assert.equal((await office.post('/api/brand-categories', { label: '传统文化类' })).status, 200)
  assert.equal((await office.post('/api/brand-categories', { label: '传统文化类' })).status, 409)
  assert.equal((await office.post('/api/brand-categories', { label: '综合类' })).status, 409)
  assert.equal((await clerk.put(url, { ...brandBody, category: '传统文化类' })).status, 200)
})

test('the office sees how many schools have a brand and which have none', async (t) => {
  const w = await world(t)
  await makeBrand(w)
  const office = await w.as('office')
  const coverage = (await office.get('/api/brands/coverage')).body
  assert.deepEqual([coverage.made, coverage.due], [1, 3])
  assert.equal(coverage.categories.length, 7)
  const missing = (await office.get('/api/brands?state=missing&sort=-school')).body
  assert.equal(missing.total, 2)
  const found = (await office.get(`/api/brands?q=${encodeURIComponent('红烛')}`)).body
  assert.deepEqual(
    found.items.map((one: { name: string; state: string; argumentations: number }) => [
      one.name,
      one.state,
      one.argumentations,
    ]),
    [['红烛先锋', 'draft', 1]],
  )
  assert.equal((await office.get('/api/brands?q=%25')).body.total, 0)
})

test('a school lists only itself, and a list of three brands needs as many queries as a list of one', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const measure = async () => {
    w.queries.count = 0
    await office.get('/api/brands')
    return w.queries.count
  }
  await makeBrand(w)
  const one = await measure()
  await makeBrand(w, w.schoolIds[1], '青松')
  await makeBrand(w, w.schoolIds[2], '小雨点')
  assert.equal(await measure(), one)
  const clerk = await w.as('clerk', w.schoolIds[2])
  assert.deepEqual(
    (await clerk.get('/api/brands')).body.items.map((item: { name: string }) => item.name),
    ['小雨点'],
  )
})

test('the exported list is the list as it is seen', async (t) => {
  const w = await world(t)
  await makeBrand(w)
  const office = await w.as('office')
  const answer = await w.app.inject({
    method: 'GET',
    url: '/api/brands.xlsx?state=draft',
    headers: { host: 'yipin.test', cookie: office.cookie ?? '' },
  })
  assert.equal(answer.statusCode, 200)
  const sheet = await readTable(answer.rawPayload)
  assert.ok('rows' in sheet)
  assert.match(JSON.stringify(sheet), /红烛先锋/)
  assert.doesNotMatch(JSON.stringify(sheet), /演示幼儿园/)
})
