import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { endpoints } from '#contract/index.ts'
import { forgetCommitted } from '#server/kernel/commitCache.ts'
import { type List, lists } from '#tests/world/lists.ts'
import { type Caller, type World } from '#tests/world/world.ts'

const takes = (query: unknown, field: string): boolean => query instanceof z.ZodObject && field in query.shape

test('every list that can be searched or turned over has its rows for the walks below', () => {
  const named = endpoints.filter(({ query }) => takes(query, 'q') || takes(query, 'page')).map(({ name }) => name)
  assert.deepEqual(Object.keys(lists).toSorted(), named.toSorted())
})

/** What people type, each a piece of the text that is stored; none stands in the text that only looks alike. */
const typed = ['100%达标', '得分_合计', '%', '_', 'vr', 'ＶＲ', '3号楼', '３号楼', '小学(东', '小学（东', '甲\\乙']
const stored = '整改完成率100%达标、得分_合计、ＶＲ思政课、３号楼、试验小学（东校区）、甲\\乙'
const alike = '整改完成率1000达标、得分与合计、ＶＫ思政课、３层号院、试验小学东校区、甲乙'

/** A list of places answers them apart; all others count. */
const found = (body: { total?: number; items?: unknown[]; schools?: unknown[] }): number =>
  body.total ?? (body.items ?? body.schools ?? []).length

async function answersTo(w: World, caller: Caller, url: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const words of typed) {
    const answer = await caller.get(`${url}${url.includes('?') ? '&' : '?'}q=${encodeURIComponent(words)}`)
    assert.equal(answer.status, 200, `${url} ${words}: ${answer.text}`)
    counts[words] = found(answer.body)
  }
  forgetCommitted(w.house.database)
  return counts
}

const each = (count: number) => Object.fromEntries(typed.map((words) => [words, count]))

async function walkSearch(w: World, url: string, { as, places }: List): Promise<void> {
  const caller = await w.as(as)
  for (const { name, put, rows = 1 } of places) {
    await put(w, alike)
    forgetCommitted(w.house.database)
    assert.deepEqual(await answersTo(w, caller, url), each(0), `${name}, only alike`)
    await put(w, stored)
    forgetCommitted(w.house.database)
    assert.deepEqual(await answersTo(w, caller, url), each(rows), name)
    await put(w, '演示')
  }
}

for (const [name, list] of Object.entries(lists))
  test(`${name} finds what is stored whatever its signs and width, and nothing that only looks alike (T2-29, T2-30)`, async (t) => {
    const { w, url } = await list.make(t)
    w.expectBreaches()
    await walkSearch(w, url, list)
    await t.test('a page past its end, or nothing found, is answered with the truth and no rows', () =>
      walkPages(name, w, url, list),
    )
  })

async function walkPages(name: string, w: World, url: string, { as }: List): Promise<void> {
  const endpoint = endpoints.find((one) => one.name === name)
  if (!endpoint || !takes(endpoint.query, 'page')) return
  const caller = await w.as(as)
  const ask = async (query: string) => {
    const answer = await caller.get(`${url}?${query}`)
    assert.equal(answer.status, 200, `${query}: ${answer.text}`)
    return answer.body as { items: unknown[]; total: number }
  }
  const { total } = await ask('size=1')
  assert.ok(total > 0)
  for (const page of [total + 1, 9999, 100_000]) {
    const past = await ask(`size=1&page=${page}`)
    assert.deepEqual([past.items, past.total], [[], total], `page ${page}`)
  }
  assert.deepEqual(await ask('q=没有这样的词'), { items: [], total: 0 })
  for (const page of ['0', '-1', 'x', '1.5', '100001'])
    assert.equal((await caller.get(`${url}?page=${page}`)).status, 422, page)
}
