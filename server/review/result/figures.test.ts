import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { sealed } from '#tests/world/award.ts'
import { world } from '#tests/world/world.ts'
import { HOST } from '#tests/world/house.ts'

test('office-45 scores leave in the ranking sheet as numbers with two decimals, to be reckoned with', async (t) => {
  const { w, office, resultId } = await sealed(t)
  const answer = await w.app.inject({
    method: 'GET',
    url: `/results/${resultId}/ranking.xlsx`,
    headers: { host: HOST, cookie: office.cookie ?? '' },
  })
  assert.equal(answer.statusCode, 200)
  const sheet = (await readXlsx(new Uint8Array(answer.rawPayload), { readStyles: true })).sheets[0]
  assert.ok(sheet)
  const [head = [], ...rows] = sheet.rows
  assert.ok(rows.length >= 2)
  for (const title of ['查阅资料', '群众测评', '加分', '减分', '总分']) {
    const at = head.indexOf(title)
    assert.ok(at > 0, title)
    for (const row of rows) assert.equal(typeof row[at], 'number', title)
  }
  const { places } = (await office.get('/api/ranking')).body
  assert.deepEqual(
    rows.map((row) => Math.round(Number(row[head.indexOf('总分')]) * 100)),
    places.map((one: { total: number }) => one.total),
  )
})

test('the page of the ranking writes every score with two decimals, on a phone as at a desk', () => {
  for (const file of globSync('console/review/RankingPage.tsx'))
    assert.doesNotMatch(readFileSync(file, 'utf8'), /showScore\(/)
})

test('office-50 where nobody has applied the page of naming says that there is no quota, not that of none one may be named', async (t) => {
  const w = await world(t)
  const naming = (await (await w.as('office')).get('/api/naming')).body
  assert.deepEqual([naming.quota.most, naming.quota.reason], [0, '本年度还没有学校申报，没有名额。'])
  assert.deepEqual([naming.result, naming.awards, naming.candidates], [null, [], []])
})
