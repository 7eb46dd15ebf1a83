import assert from 'node:assert/strict'
import { test } from 'node:test'
import { publishBrand } from '#server/brand/brand/actions.ts'
import { world, type World } from '#tests/world/world.ts'

async function published(w: World, schoolAt: 0 | 1 | 2, name: string): Promise<string> {
  const schoolId = w.schoolIds[schoolAt]
  const clerk = await w.actorOf('clerk', schoolId)
  return w.work(clerk, async (work) => {
    const id = work.newId()
    await work.tx
      .insertInto('brand')
      .values({
        id,
        schoolId,
        bureauId: w.bureauId,
        name,
        categoryId: null,
        concept: '以红旗渠精神育人',
        connotation: '<b>内涵</b>',
        slogan: '',
        localResources: '["红旗渠精神"]',
        logoFileId: null,
        version: 1,
        publishedAt: null,
        createdAt: work.now,
        updatedAt: work.now,
      })
      .execute()
    await publishBrand(work, schoolId)
    return id
  })
}

test('a published brand is found by a two-character word, by one character and by its local resource', async (t) => {
  const w = await world(t)
  await published(w, 0, '渠润童心')
  await published(w, 1, '岳色先锋')
  for (const [q, wanted, other] of [
    ['童心', '渠润童心', '岳色先锋'],
    ['锋', '岳色先锋', '渠润童心'],
  ] as const) {
    const { text } = await w.visitor.get(`/brands?q=${encodeURIComponent(q)}`)
    assert.ok(text.includes(wanted), q)
    assert.ok(!text.includes(other), q)
  }
  assert.match((await w.visitor.get(`/brands?q=${encodeURIComponent('红旗渠')}`)).text, /共 2 个品牌/)
  assert.match((await w.visitor.get(`/brands?q=${encodeURIComponent('没有的词')}`)).text, /没有找到相符的品牌/)
})

test('a published brand is found by the pinyin and the initials of its school (public-20)', async (t) => {
  const w = await world(t)
  await published(w, 0, '渠润童心')
  await published(w, 1, '岳色先锋')
  for (const q of ['ysdyxx', 'diyixiaoxue', 'DYXX']) {
    const { text } = await w.visitor.get(`/brands?q=${encodeURIComponent(q)}`)
    assert.match(text, /共 1 个品牌/, q)
    assert.ok(text.includes('渠润童心'), q)
  }
  assert.match((await w.visitor.get('/brands?q=iyi')).text, /没有找到相符的品牌/)
})

test('a public list says the truth past its end and when its conditions left nothing', async (t) => {
  const w = await world(t)
  await published(w, 0, '渠润童心')
  const past = await w.visitor.get('/brands?page=9999')
  assert.equal(past.status, 200)
  assert.match(past.text, /第 9999 页没有内容，共 1 页[^]*page(=|&#61;)1"[^>]*>看第 1 页/)
  assert.ok(!past.text.includes('没有找到相符的品牌') && !past.text.includes('各校的品牌正在创建'))
  const none = await w.visitor.get(`/brands?q=${encodeURIComponent('没有<的词')}&stage=小学`)
  assert.match(none.text, /条件是：查找“没有&(lt|#60);的词”，学段：小学。/)
  assert.match((await w.visitor.get('/articles?page=9999')).text, /第 9999 页没有内容，共 1 页/)
})

test('what is typed into a brand is shown as text, never as markup', async (t) => {
  const w = await world(t)
  const id = await published(w, 0, '渠润童心')
  const { text, status } = await w.visitor.get(`/brands/${id}`)
  assert.equal(status, 200)
  assert.ok(!text.includes('<b>内涵'))
  assert.match(text, /&(lt|#60);b&(gt|#62);内涵/)
})

test('an unpublished brand looks like none', async (t) => {
  const w = await world(t)
  const id = await published(w, 0, '渠润童心')
  await w.house.database.writer.updateTable('brand').set({ publishedAt: null }).where('id', '=', id).execute()
  assert.equal((await w.visitor.get(`/brands/${id}`)).status, 404)
  assert.match((await w.visitor.get('/')).text, /各校的品牌正在创建/)
})

test('the brand list costs as many queries for three brands as for one, and hostile queries are harmless', async (t) => {
  const w = await world(t)
  await published(w, 0, '渠润童心')
  const measure = async () => {
    w.queries.count = 0
    assert.equal((await w.visitor.get('/brands')).status, 200)
    return w.queries.count
  }
  const one = await measure()
  await published(w, 1, '岳色先锋')
  await published(w, 2, '花开有声')
  assert.equal(await measure(), one)
  for (const q of ["' OR 1=1--", '%', '_', '\\', 'a'.repeat(5000)])
    assert.equal((await w.visitor.get(`/brands?q=${encodeURIComponent(q)}&page=-1`)).status, 200, q)
  assert.equal((await w.visitor.get('/brands?q=%00')).status, 422)
})

test('已创建品牌 is the same number on the front page and on the console’s start page', async (t) => {
  const w = await world(t)
  const id = await published(w, 0, '渠润童心')
  await published(w, 1, '岳色先锋')
  await w.house.database.writer.updateTable('brand').set({ publishedAt: null }).where('id', '=', id).execute()
  const { figures } = (await (await w.as('office')).get('/api/overview')).body
  const figure = figures.find((one: { label: string }) => one.label === '已创建品牌')
  const made = /coverage-made">(\d+)</.exec((await w.visitor.get('/')).text)?.[1]
  assert.equal(made, String(figure.value).split('/')[0]?.trim())
})

test('a visitor finds brands by ownership, and is told plainly when an address leads nowhere', async (t) => {
  const w = await world(t)
  await published(w, 0, '渠润童心')
  assert.match((await w.visitor.get(`/brands?ownership=${encodeURIComponent('公办')}`)).text, /name="ownership"/)
  const none = await w.visitor.get('/no-such-page')
  assert.equal(none.status, 404)
  assert.match(none.text, /地址可能写错了，或者内容已经撤下/)
  assert.doesNotMatch(none.text, /不在您的范围内/)
})

test('the front page shows events, and other brands each day until every school had its turn', async (t) => {
  const w = await world(t)
  const { writer } = w.house.database
  for (const [at, schoolId] of w.schoolIds.entries())
    await writer
      .insertInto('brand')
      .values({
        id: `b${at}`,
        schoolId,
        bureauId: w.bureauId,
        name: `演示品牌${at}`,
        categoryId: null,
        concept: '',
        connotation: '',
        slogan: '',
        localResources: '[]',
        logoFileId: null,
        version: 1,
        publishedAt: '2026-05-11T00:00:00.000Z',
        createdAt: '2026-05-11T00:00:00.000Z',
        updatedAt: '2026-05-11T00:00:00.000Z',
      })
      .execute()
  const { text } = await w.visitor.get('/')
  for (const at of w.schoolIds.keys()) assert.equal(text.split(`/brands/b${at}"`).length, 2, `b${at} stands once`)
  assert.match(text, /<h2[^>]*>活动<\/h2>/)
})

test('a public page says what it is to search engines and in a shared card; an unlisted one is not offered', async (t) => {
  const w = await world(t)
  const { text } = await w.visitor.get('/brands?page=1')
  assert.match(text, /<link rel="canonical" href="https?:\/\/[^"?]+\/brands">/)
  assert.match(text, /<meta property="og:title" content="品牌展示[^"]*">/)
  assert.match(text, /<meta name="description" content="[^"]{10,}">/)
  const icon = /rel="icon" href="([^"]+)"/.exec(text)?.[1] ?? ''
  assert.equal((await w.visitor.get(icon)).status, 200)
  const receipt = (await w.visitor.get('/objections')).text
  assert.match(receipt, /noindex/)
  assert.doesNotMatch(receipt, /og:title|canonical/)
  assert.match((await w.visitor.get('/robots.txt')).text, /Disallow: \/console/)
})
