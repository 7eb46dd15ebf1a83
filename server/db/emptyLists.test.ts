import assert from 'node:assert/strict'
import { test } from 'node:test'
import { world } from '#tests/world/world.ts'

test('among none is nothing and outside of none is everything, on both engines and within a query too', async (t) => {
  const w = await world(t)
  const db = w.house.database.reader
  const none: string[] = []
  const found = async (operator: 'in' | 'not in') =>
    (await db.selectFrom('school').select('id').where('id', operator, none).execute()).length
  assert.deepEqual([await found('in'), await found('not in')], [0, w.schoolIds.length])
  const zones = db.selectFrom('zone').select('id').where('id', 'not in', none)
  const within = db.selectFrom('school').select('id').where('zoneId', 'in', zones)
  assert.equal((await within.execute()).length, w.schoolIds.length)
  const joined = db
    .selectFrom('school')
    .leftJoin('zone', (join) => join.onRef('zone.id', '=', 'school.zoneId').on('zone.id', 'in', none))
    .select((eb) => ['school.id', eb('school.id', 'in', none).as('among')])
    .where((eb) => eb.or([eb('school.id', 'in', none), eb('zone.id', 'is', null)]))
  assert.deepEqual(new Set((await joined.execute()).map((row) => Number(row.among))), new Set([0]))
})
