import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventLabel } from '#domain/records/auditLabels.ts'
import { lifecycles } from '#domain/lifecycles.ts'
import { system } from '#domain/base/actor.ts'
import { breachesOf } from '#server/records/invariants.ts'
import { type World, world } from '#tests/world/world.ts'

const recordMany = (w: World, many: number) =>
  w.work(system, async (work) => {
    for (let index = 0; index < many; index += 1) work.record('test.line', 'setting', `n${index}`)
  })

test('the whole chain is walked, over more than one batch', async (t) => {
  const w = await world(t)
  await recordMany(w, 4_100)
  const auditor = await w.as('auditor')
  const { body } = await auditor.get('/api/audit/verify')
  assert.equal(body.ok, true)
  assert.ok(body.rows > 4_100)
  assert.match(body.head, /^[0-9a-f]{64}$/)
})

for (const [what, damage] of Object.entries({
  'a changed row': (w: World) =>
    w.house.database.writer.updateTable('auditRow').set({ actorName: '别人' }).where('seq', '=', 5).execute(),
  'a row cut out': (w: World) => w.house.database.writer.deleteFrom('auditRow').where('seq', '=', 5).execute(),
})) {
  test(`${what} is found, with its number`, async (t) => {
    const w = await world(t)
    w.expectBreaches()
    const auditor = await w.as('auditor')
    await damage(w)
    const { body } = await auditor.get('/api/audit/verify')
    assert.deepEqual([body.ok, body.brokenSeq], [false, 5])
    assert.equal((await breachesOf(w.house)).length, 1)
  })
}

test('an end cut off is found by the head that remembers it', async (t) => {
  const w = await world(t)
  w.expectBreaches()
  const auditor = await w.as('auditor')
  const { body: before } = await auditor.get('/api/audit/verify')
  await w.house.database.writer.deleteFrom('auditRow').where('seq', '=', before.rows).execute()
  const { body } = await auditor.get('/api/audit/verify')
  assert.deepEqual([body.ok, body.brokenSeq], [false, before.rows])
})

test('a row rewritten with all hashes after it is found by the head', async (t) => {
  const w = await world(t)
  w.expectBreaches()
  const auditor = await w.as('auditor')
  const { auditText, sha256 } = await import('#server/kernel/work.ts')
  const rows = await w.house.database.reader.selectFrom('auditRow').selectAll().orderBy('seq').execute()
  let previousHash: string | undefined
  for (const row of rows.slice(4)) {
    const changed = { ...row, actorName: '别人', previousHash: previousHash ?? row.previousHash }
    previousHash = sha256(auditText(changed))
    await w.house.database.writer
      .updateTable('auditRow')
      .set({ ...changed, hash: previousHash })
      .where('seq', '=', row.seq)
      .execute()
  }
  const { body } = await auditor.get('/api/audit/verify')
  assert.deepEqual([body.ok, body.brokenSeq], [false, rows.length])
})

test('the log is read in words, filtered by event, person, subject and day', async (t) => {
  const w = await world(t)
  const admin = await w.as('admin')
  const auditor = await w.as('auditor')
  const personId = w.personOf('clerk')
  await admin.post(`/api/accounts/${personId}/disable`, { reason: '调离' })
  const { body } = await auditor.get(
    `/api/audit?event=account.disabled&subjectId=${personId}&from=2026-05-11&until=2026-05-11`,
  )
  assert.equal(body.total, 1)
  assert.equal(body.items[0].eventLabel, '账号：停用')
  assert.ok(
    body.items[0].detail.some((one: { label: string; value: string }) => one.label === '理由' && one.value === '调离'),
  )
  assert.match(body.items[0].subjectName, /演示clerk/)
  assert.equal((await auditor.get('/api/audit?event=account.disabled&from=2026-05-12')).body.total, 0)
  assert.equal((await auditor.get('/api/audit?q=演示admin')).body.total, 1)
  assert.equal((await auditor.get('/api/audit?from=yesterday')).status, 422)
})

test('a page of three rows asks as many queries as a page of one', async (t) => {
  const w = await world(t)
  const auditor = await w.as('auditor')
  const counted = async (size: number) => {
    w.queries.count = 0
    assert.equal((await auditor.get(`/api/audit?size=${size}`)).body.items.length, size)
    return w.queries.count
  }
  assert.equal(await counted(1), await counted(3))
})

test('the export has a BOM, disarms formulas, and is itself recorded', async (t) => {
  const w = await world(t)
  const auditor = await w.as('auditor')
  await w.work({ ...system, name: '=HYPERLINK("http://x")' }, async (work) => work.record('test.line', 'setting', 'x'))
  const answer = await auditor.get('/api/audit/export?event=test.line')
  assert.equal(answer.text.charCodeAt(0), 0xfeff)
  assert.doesNotMatch(answer.text, /(^|,)"?=HYPERLINK/m)
  assert.match(answer.text, /'=HYPERLINK/)
  assert.equal((await auditor.get('/api/audit?event=audit.exported')).body.total, 1)
})

test('every action of every lifecycle has words in the log', () => {
  for (const life of lifecycles)
    for (const action of Object.keys(life.actions)) assert.match(eventLabel(`${life.name}.${action}`), /^[^a-zA-Z]+$/)
})

test('the chain can be recomputed from the exported file alone', async (t) => {
  const w = await world(t)
  await recordMany(w, 3)
  const auditor = await w.as('auditor')
  const { text } = await auditor.get('/api/audit/export')
  const [head = [], ...rows] = parseCsv(text.slice(1))
  const of = (row: string[], name: string) => row[head.indexOf(name)] ?? ''
  const { sha256 } = await import('#server/kernel/work.ts')
  let previous = '0'.repeat(64)
  for (const row of rows) {
    // A cell that begins like a formula is disarmed by an apostrophe; these columns never do.
    assert.equal(of(row, '上条摘要'), previous)
    const covered = [
      Number(of(row, '序号')),
      of(row, '时间（UTC）'),
      of(row, '操作人编号') || null,
      JSON.parse(of(row, '操作人原文')),
      of(row, '事件代码'),
      of(row, '对象类型'),
      of(row, '对象编号'),
      of(row, '学校编号') || null,
      of(row, '原始详情'),
      previous,
    ]
    previous = sha256(JSON.stringify(covered))
    assert.equal(of(row, '本条摘要'), previous)
  }
  assert.ok(rows.length > 3)
})

/** Fields in quotes with doubled quotes, as RFC 4180 says. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
    if (end === '') break
    if (end !== ',') rows.push([])
  }
  return rows.filter((row) => row.length > 1)
}
