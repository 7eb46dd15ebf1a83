import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { migrationNames } from '#server/db/migrate.ts'
import { openDatabase } from '#server/db/open.ts'
import { byName, schoolKeys } from './names.ts'

async function inOrder(names: readonly string[]): Promise<string[]> {
  const keyed = await Promise.all(names.map(async (name) => ({ name, key: (await schoolKeys(name, null)).sortKey })))
  return keyed.toSorted((one, other) => (one.key < other.key ? -1 : 1)).map((one) => one.name)
}

test('names of schools stand as Chinese people expect: by pinyin as it is read there, numbers by value (office-34, public-25, REVIEW-28)', async () => {
  const expected = [
    '３号小学',
    'A小学',
    '安阳小学',
    '柏庄小学',
    '北关二中',
    '北关三中',
    '北关十一中',
    '重庆路小学',
    '灯塔路小学',
    '灯塔路中学',
    '第一小学',
    '第二小学',
    '第十小学',
    '第十二小学',
    '第二十小学',
    '洹北中学',
    '路口小学',
    '绿城小学',
    '民主路小学',
    '实验小学',
    '实验小学2号',
    '实验小学10号',
    '曙光小学',
    '西安路小学',
    '先锋小学',
    '彰德路小学',
    '鿴鿴小学',
  ]
  assert.deepEqual(await inOrder(expected.toReversed()), expected)
  assert.deepEqual(await inOrder(expected.toSorted()), expected)
})

test('two names never have one key, and a key holds only what every collation orders alike', async () => {
  const char = fc.constantFrom(...'红旗路小学第一二十中（）()·A1２ａ 𠮷㛃鿴龘-“”')
  const name = fc.array(char, { minLength: 1, maxLength: 12 }).map((chars) => chars.join(''))
  await fc.assert(
    fc.asyncProperty(name, name, async (one, other) => {
      const [a, b] = [await schoolKeys(one, null), await schoolKeys(other, null)]
      assert.match(a.sortKey, /^[a-z0-9]+$/)
      assert.equal(a.sortKey === b.sortKey, one === other)
    }),
  )
})

test('a school with a place of the bureau stands before all without, by that place', async () => {
  const placed = await schoolKeys('曙光小学', 2)
  const later = await schoolKeys('安阳小学', 10)
  const none = await schoolKeys('安阳小学', null)
  assert.ok(placed.sortKey < later.sortKey && later.sortKey < none.sortKey)
})

test('people stand by pinyin too', () => {
  const names = ['张三', '李四', '赵六', '王五', '安七'].map((name) => ({ name }))
  assert.deepEqual(
    names.toSorted(byName).map((one) => one.name),
    ['安七', '李四', '王五', '张三', '赵六'],
  )
})

test('no list of schools is ordered by the code points of their names', () => {
  const root = new URL('../', import.meta.url)
  const wrong = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .flatMap((path) =>
      [
        ...readFileSync(new URL(path, root), 'utf8').matchAll(/orderBy\('(school\.|person\.)?name'|: 'school\.name'/g),
      ].map((one) => `${path}: ${one[0]}`),
    )
  // Departments have an order of their own; the name only tells two of one place apart.
  assert.deepEqual(wrong, ["identity/account/queries.ts: orderBy('name'"])
})

test('the schools of an older installation get their keys with the update', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'yipin-names-'))
  const database = openDatabase({ dataDir })
  try {
    const step = async (name: string) =>
      ((await import(`../db/migrations/${name}.ts`)) as { up(db: unknown): Promise<void> }).up(database.writer)
    for (const name of migrationNames.filter((one) => one < '0007')) await step(name)
    await sql`pragma foreign_keys = off`.execute(database.writer)
    await sql`insert into school (id, bureauId, name, stage, ownership, zoneId, partyKind, secretaryName, memberCount, staffCount,
      studentCount, updatedAt) values ('a', 'b', '红旗路小学', '小学', '公办', 'z', '党支部', '', 1, 2, 3, '')`.execute(
      database.writer,
    )
    await step('0007-school-names')
    const row = await database.writer.selectFrom('school').select(['sortKey', 'pinyin']).executeTakeFirstOrThrow()
    assert.deepEqual({ ...row }, await schoolKeys('红旗路小学', null))
    assert.match(row.pinyin, /\|hongqiluxiaoxue\|.*\|hqlxx\|/)
  } finally {
    await database.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
