import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { entryFilter } from '#contract/ledger/ledger.ts'
import { countOfEntries, listedFor, pageOfEntries } from '#server/ledger/list/queries.ts'
import { readTable } from '#server/kernel/sheet.ts'
import { lookAround } from '#server/kernel/work.ts'
import { ledgerEntry } from '#tests/world/ledger.ts'
import { PNG, upload } from '#tests/world/upload.ts'
import { type Caller, world } from '#tests/world/world.ts'

const titles = async (caller: Caller, query = ''): Promise<string[]> => {
  const list = await caller.get(`/api/ledger/entries?${query}`)
  assert.equal(list.status, 200, list.text)
  return list.body.items.map((one: { title: string }) => one.title)
}

test('a list of three entries issues as many queries as a list of one', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const queriesFor = async (size: number) => {
    w.queries.count = 0
    const list = await clerk.get(`/api/ledger/entries?size=${size}`)
    return { queries: w.queries.count, items: list.body.items.length }
  }
  for (const title of ['一', '二', '三', '四']) await ledgerEntry(w, { title, file: true })
  const one = await queriesFor(1)
  const three = await queriesFor(3)
  assert.deepEqual([one.items, three.items], [1, 3])
  assert.equal(three.queries, one.queries)
})

test('school and district lists are found through an index and never by reading the whole ledger', async (t) => {
  const w = await world(t)
  if (w.house.database.engine !== 'sqlite') return
  const { reader } = w.house.database
  for (const role of ['clerk', 'office', 'leader'] as const)
    for (const query of [{}, { pillar: 'activity', sort: '-filedAt' }, { q: '党日', late: 'yes' }]) {
      const listed = await listedFor(lookAround(w.house, await w.actorOf(role)), entryFilter.parse(query))
      assert.ok(listed)
      for (const asked of [pageOfEntries(reader, listed, { limit: 50, offset: 0 }), countOfEntries(reader, listed)]) {
        const { sql: text, parameters } = asked.compile()
        const plan = await sql<{ detail: string }>`explain query plan ${sql.join(
          text
            .split('?')
            .flatMap((part, at) => (at === 0 ? [sql.raw(part)] : [sql`${parameters[at - 1]}`, sql.raw(part)])),
          sql.raw(''),
        )}`.execute(reader)
        const steps = plan.rows.map((row) => row.detail)
        assert.ok(
          steps.some((step) => /SEARCH entry USING .*INDEX entry(School|Cycle)/.test(step)),
          steps.join('\n'),
        )
        assert.deepEqual(
          steps.filter((step) => /^SCAN (?!shown)/.test(step)),
          [],
        )
      }
    }
})

test('each sees the entries of their own schools, and drafts only of the school where they work', async (t) => {
  const w = await world(t)
  const [first, second, third] = w.schoolIds
  await ledgerEntry(w, { title: '一校草稿' })
  for (const [schoolId, title] of [
    [first, '一校'],
    [second, '二校'],
    [third, '三校'],
  ] as const)
    await ledgerEntry(w, { title, file: true }, schoolId)
  const seenBy = async (role: 'office' | 'leader' | 'department' | 'clerk') =>
    (await titles(await w.as(role), 'sort=title')).toSorted()
  assert.deepEqual(await seenBy('clerk'), ['一校', '一校草稿'])
  assert.deepEqual(await seenBy('office'), ['一校', '三校', '二校'].toSorted())
  assert.deepEqual(await seenBy('leader'), ['一校', '二校'])
  assert.deepEqual(await seenBy('department'), ['二校'])
  const clerk = await w.as('clerk')
  assert.deepEqual(await titles(clerk, `schoolId=${second}`), [])
  assert.deepEqual(await titles(await w.as('office'), 'state=draft'), [])
})

test('filters narrow the list, and signs of a search are taken as they are', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const post = (typed: object) => ledgerEntry(w, { file: true, ...typed })
  await post({ title: '红色读书会', pillar: 'activity', tags: ['partyHistory'], happenedOn: '2026-03-01' })
  await post({ title: '学习制度', pillar: 'policy', content: '修订 100% 完成 Reading_list', happenedOn: '2026-04-20' })
  await post({ title: '党建长廊', pillar: 'place', place: '教学楼', happenedOn: '2026-05-01' })
  assert.deepEqual(await titles(clerk, 'pillar=policy'), ['学习制度'])
  assert.deepEqual(await titles(clerk, 'tag=partyHistory'), ['红色读书会'])
  assert.deepEqual(await titles(clerk, 'q=读书'), ['红色读书会'])
  assert.deepEqual(await titles(clerk, `q=${encodeURIComponent('0%')}`), ['学习制度'])
  assert.deepEqual(await titles(clerk, `q=${encodeURIComponent('READING_')}`), ['学习制度'])
  assert.deepEqual(await titles(clerk, 'q=教学楼 长廊'.replace(' ', '%20')), ['党建长廊'])
  assert.deepEqual(await titles(clerk, 'from=2026-04-01&until=2026-04-30'), ['学习制度'])
  assert.deepEqual(await titles(clerk, 'sort=happenedOn&size=2'), ['红色读书会', '学习制度'])
  assert.deepEqual(await titles(clerk, 'sort=happenedOn&size=2&page=2'), ['党建长廊'])
  assert.equal((await clerk.get('/api/ledger/entries?sort=content')).status, 422)
  assert.equal((await clerk.get('/api/ledger/entries?pillar=&q=')).body.total, 3)
})

test('the exported workbook holds exactly the list as it is seen, all pages of it', async (t) => {
  const w = await world(t)
  for (const day of [11, 12, 13])
    await ledgerEntry(w, { title: `=cmd ${day}`, happenedOn: `2026-04-${day}`, file: true })
  await ledgerEntry(w, { title: '制度', pillar: 'policy', file: true })
  const clerk = await w.as('clerk')
  const query = 'pillar=activity&sort=happenedOn'
  const cookie = clerk.cookie ?? ''
  const sheet = await w.app.inject({ url: `/api/ledger/export.xlsx?${query}`, headers: { cookie } })
  assert.equal(sheet.statusCode, 200)
  const path = join(w.house.settings.dataDir, 'out.xlsx')
  await writeFile(path, sheet.rawPayload)
  const read = await readTable(path)
  const text = JSON.stringify(read)
  for (const title of await titles(clerk, query)) assert.ok(text.includes(title), title)
  assert.ok(!text.includes('制度"'))
  assert.equal((await clerk.get('/api/ledger/export.xlsx?pillar=nonsense')).status, 422)
})

test('evidence is counted and shown, and a file of another school cannot be attached', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const own = await upload(w, clerk, { name: '合影.png', bytes: PNG })
  const foreign = await upload(w, await w.as('clerk', w.schoolIds[1]), { name: '外校.png', bytes: PNG })
  const attached = (fileId: string) => ({ evidence: [{ fileId, caption: '宣誓' }], file: true })
  const id = await ledgerEntry(w, attached(own.body.id))
  const list = await clerk.get('/api/ledger/entries')
  assert.equal(list.body.items[0].evidenceCount, 1)
  const entry = await clerk.get(`/api/ledger/entries/${id}`)
  assert.deepEqual(
    entry.body.evidence.map((one: { name: string; caption: string }) => [one.name, one.caption]),
    [['合影.png', '宣誓']],
  )
  await assert.rejects(ledgerEntry(w, attached(foreign.body.id)), /notFound/)
})

test('the figures count pillars, forms and participants against head counts, each in its own scope', async (t) => {
  const w = await world(t)
  await ledgerEntry(w, { file: true, memberCount: 18, pupilCount: 450 })
  await ledgerEntry(w, { file: true, pillar: 'media', teacherCount: 5 }, w.schoolIds[1])
  const own = (await (await w.as('clerk')).get('/api/ledger/figures')).body
  assert.deepEqual([own.filed, own.schools], [1, 1])
  assert.deepEqual(
    own.pillars.map((one: { filed: number }) => one.filed),
    [0, 1, 0, 0],
  )
  assert.deepEqual(
    own.participants.map((one: { attended: number; heads: number | null }) => [one.attended, one.heads]),
    [
      [18, 20],
      [0, 60],
      [450, 900],
      [0, null],
    ],
  )
  const all = (await (await w.as('office')).get('/api/ledger/figures')).body
  assert.deepEqual([all.filed, all.schools], [2, 3])
  assert.deepEqual(
    all.pillars.map((one: { schoolsWithout: number }) => one.schoolsWithout),
    [3, 2, 3, 2],
  )
  const far = await (await w.as('clerk')).get(`/api/ledger/figures?schoolId=${w.schoolIds[1]}`)
  assert.equal(far.status, 404)
})
