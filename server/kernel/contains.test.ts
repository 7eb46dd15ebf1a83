import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addZone } from '#server/schools/division/actions.ts'
import { inWork } from '#server/kernel/work.ts'
import { system } from '#domain/base/actor.ts'
import { holdsWords } from '#domain/base/alike.ts'
import { world, type World } from '#tests/world/world.ts'
import { contains } from './contains.ts'

/** Which of these names a search finds. */
async function found(w: World, words: string): Promise<string[]> {
  const db = w.house.database.reader
  const rows = await db
    .selectFrom('zone')
    .select('name')
    .where(contains(db, ['zone.name'], words))
    .orderBy('id')
    .execute()
  return rows.map((one) => one.name)
}

async function keep(w: World, names: readonly string[]): Promise<void> {
  for (const name of names) await inWork(w.house, system, (work) => addZone(work, w.bureauId, name))
}

test('a search finds what is stored whatever its case and width, and its signs stand for themselves (T2-29, T2-30)', async (t) => {
  const w = await world(t)
  await keep(w, [
    'ＶＲ思政课',
    'VR思政课',
    '整改完成率100%达标',
    '得分_合计有误',
    '试验小学（东校区）',
    '３号楼',
    'a[b]c^d-e*f?g\\h',
  ])
  const each: [string, string[]][] = [
    ['vr', ['ＶＲ思政课', 'VR思政课']],
    ['ＶＲ', ['ＶＲ思政课', 'VR思政课']],
    ['3号楼', ['３号楼']],
    ['小学(东', ['试验小学（东校区）']],
    ['100%达标', ['整改完成率100%达标']],
    ['得分_合计', ['得分_合计有误']],
    ['%', ['整改完成率100%达标']],
    ['_', ['得分_合计有误']],
    ['思政　v', ['ＶＲ思政课', 'VR思政课']],
    ['[b]', ['a[b]c^d-e*f?g\\h']],
    ['^D-', ['a[b]c^d-e*f?g\\h']],
    ['*f?g\\', ['a[b]c^d-e*f?g\\h']],
    ['.', []],
  ]
  for (const [words, names] of each) assert.deepEqual(await found(w, words), names, words)
})

test('every text is found by every piece of itself', async (t) => {
  const w = await world(t)
  const piece = fc.stringMatching(/^[a-zA-Z0-9Ａ-Ｚ０-９（）%_*?[\]^\\\-.+$|{}党校]{1,6}$/u)
  await fc.assert(
    fc.asyncProperty(piece, piece, piece, async (before, middle, after) => {
      const db = w.house.database.reader
      const text = `${before}${middle}${after}`
      const hit = await db
        .selectFrom((eb) =>
          eb
            .selectFrom('zone')
            .select((one) => one.val(text).as('text'))
            .limit(1)
            .as('held'),
        )
        .select('held.text')
        .where(contains(db, ['held.text'], middle))
        .execute()
      assert.equal(hit.length, 1, `${text} by ${middle}`)
      assert.ok(holdsWords(text, middle), `${text} at hand by ${middle}`)
    }),
    { numRuns: 150 },
  )
})

test('what is at hand is searched as the database searches', async (t) => {
  const w = await world(t)
  const names = [
    'ＶＲ思政课',
    '整改完成率100%达标',
    '得分_合计有误',
    '试验小学（东校区）',
    '３号楼',
    'a[b]c^d-e*f?g\\h',
  ]
  await keep(w, names)
  for (const words of ['vr', 'ＶＲ 课', '课 vr', '100%', '%', '_', '(东', '3号', '[B]', '.', '\\', '没有', '', '　'])
    assert.deepEqual(
      (await found(w, words)).filter((name) => names.includes(name)),
      names.filter((name) => holdsWords(name, words)),
      words,
    )
})
