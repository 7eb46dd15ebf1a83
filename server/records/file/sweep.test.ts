import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileColumns, fileTexts } from '#server/db/fileReferences.ts'
import { placeOf } from '#server/kernel/files/disk.ts'
import { tidy } from '#server/tidy.ts'
import { sweepFiles } from './actions.ts'
import { anyRow } from '#tests/world/anyRow.ts'
import { ledgerEntry } from '#tests/world/ledger.ts'
import { PDF, PNG, upload } from '#tests/world/upload.ts'
import { type World, world } from '#tests/world/world.ts'

const keptAt = (w: World, sha256: string) => placeOf(join(w.house.settings.dataDir, 'files', 'kept'), sha256)

/** The clock of tests does not move the clock of the disk. */
async function makeOld(w: World, sha256: string): Promise<void> {
  const before = new Date(Date.now() - 2 * 86_400_000)
  await utimes(keptAt(w, sha256), before, before)
}

async function fileRow(w: World, id: string) {
  return w.house.database.reader.selectFrom('file').selectAll().where('id', '=', id).executeTakeFirst()
}

async function keptFile(w: World, words: string) {
  const { sha256, size } = await w.house.files.store.keep(Buffer.from(words))
  await makeOld(w, sha256)
  const createdAt = '2026-01-01T00:00:00.000Z'
  const row = await anyRow(w.house.database.writer, 'file', {
    sha256,
    size,
    createdAt,
    uploaderId: w.personOf('clerk'),
  })
  return { id: String(row['id']), sha256, size }
}

test('a file that is attached to nothing for a week goes with its bytes and small pictures, and the log counts it', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const { body } = await upload(w, clerk, { name: '没用上.png', bytes: PNG })
  const row = await fileRow(w, body.id)
  assert.ok(row)
  const small = await w.house.files.renditions.find(row.sha256, 320)
  assert.ok(small)
  await makeOld(w, row.sha256)
  w.passDays(6)
  assert.deepEqual(await tidy(w.house), { files: 0, bytes: 0, sessions: 0 })
  w.passDays(2)
  const swept = await tidy(w.house)
  assert.deepEqual([swept.files, swept.bytes], [1, PNG.length])
  assert.equal(await fileRow(w, body.id), undefined)
  assert.deepEqual([existsSync(keptAt(w, row.sha256)), existsSync(small)], [false, false])
  const logged = await w.house.database.reader
    .selectFrom('auditRow')
    .select(['event', 'detail', 'schoolId', 'subjectId'])
    .where('event', 'in', ['file.removed', 'file.swept'])
    .orderBy('seq')
    .execute()
  assert.deepEqual(
    logged.map((one) => [one.event, one.subjectId, one.schoolId]),
    [
      ['file.removed', body.id, w.schoolIds[0]],
      ['file.swept', 'unattached', null],
    ],
  )
  assert.deepEqual(JSON.parse(logged[1]?.detail ?? '{}'), { files: 1, days: 7 })
})

test('a file that anything refers to is never swept, whatever table and however old', {
  skip: process.env['TEST_ENGINE'] === 'postgres' && 'rows that say nothing are made by the embedded schema',
}, async (t) => {
  const w = await world(t)
  w.expectBreaches()
  const { writer } = w.house.database
  const kept = []
  for (const [table, column] of Object.entries(fileColumns)) {
    const file = await keptFile(w, `%PDF-1.7 ${table}`)
    await anyRow(writer, table, { [column]: file.id })
    kept.push({ file, by: `${table}.${column}` })
  }
  for (const [table, column] of Object.entries(fileTexts)) {
    const file = await keptFile(w, `%PDF-1.7 ${table} text`)
    await anyRow(writer, table, { [column]: JSON.stringify({ evidence: [{ fileId: file.id }] }) })
    kept.push({ file, by: `${table}.${column}` })
  }
  const loose = await keptFile(w, '%PDF-1.7 nothing')
  const { files } = await tidy(w.house)
  assert.equal(files, 1)
  assert.equal(await fileRow(w, loose.id), undefined)
  for (const { file, by } of kept) {
    assert.ok(await fileRow(w, file.id), by)
    assert.ok(await w.house.files.store.isWhole(file.sha256), by)
  }
})

test('a file that a decision takes up while the sweep is under way stays', {
  skip: process.env['TEST_ENGINE'] === 'postgres' && 'rows that say nothing are made by the embedded schema',
}, async (t) => {
  const w = await world(t)
  const { reader, writer } = w.house.database
  w.expectBreaches()
  const file = await keptFile(w, '%PDF-1.7 minutes')
  await anyRow(writer, 'decision', { files: JSON.stringify([{ id: file.id }]) })
  // What was read before the work began does not know the decision yet.
  const earlier = new Proxy(reader, {
    get: (of, name) =>
      name === 'selectFrom'
        ? (table: 'decision') => of.selectFrom(table === 'decision' ? 'adjustment' : table)
        : (Reflect.get(of, name) as unknown),
  })
  const database = Object.create(w.house.database, { reader: { value: earlier } }) as typeof w.house.database
  const { files } = await sweepFiles({ ...w.house, database })
  assert.equal(files, 0)
  assert.ok(await fileRow(w, file.id))
})

test('what a ledger entry, its earlier version or the same bytes of another record still need stays readable', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const [used, twice] = [
    await upload(w, clerk, { name: '合影.png', bytes: PNG }),
    await upload(w, clerk, { name: '没用上.png', bytes: PNG }),
  ]
  await ledgerEntry(w, { evidence: [{ fileId: used.body.id, caption: '' }], file: true })
  const row = await fileRow(w, used.body.id)
  assert.ok(row)
  await makeOld(w, row.sha256)
  w.passDays(30)
  const swept = await tidy(w.house)
  assert.deepEqual([swept.files, swept.bytes], [1, 0])
  assert.equal(await fileRow(w, twice.body.id), undefined)
  const again = await w.as('clerk')
  assert.equal((await again.get(`/api/files/${used.body.id}`)).status, 200)
})

test('bytes without a record go a day later, and young ones stay for the record that may be on its way', async (t) => {
  const w = await world(t)
  const young = await w.house.files.store.keep(PDF)
  const old = await w.house.files.store.keep(Buffer.from('%PDF-1.7 old'))
  await makeOld(w, old.sha256)
  const left = join(w.house.settings.dataDir, 'files', 'incoming', 'left-by-a-crash')
  await writeFile(left, 'half')
  const before = new Date(Date.now() - 2 * 86_400_000)
  await utimes(left, before, before)
  const swept = await tidy(w.house)
  assert.equal(existsSync(left), false)
  assert.deepEqual([swept.files, swept.bytes], [0, old.size])
  assert.deepEqual(
    [await w.house.files.store.has(young.sha256), await w.house.files.store.has(old.sha256)],
    [true, false],
  )
})

test('a session is forgotten a month after it began, with its address and browser; a living one stays', async (t) => {
  const w = await world(t)
  await w.as('clerk')
  w.passDays(29)
  const office = await w.as('office')
  assert.equal((await tidy(w.house)).sessions, 0)
  w.passDays(2)
  assert.equal((await tidy(w.house)).sessions, 1)
  const left = await w.house.database.reader.selectFrom('session').select('personId').execute()
  assert.deepEqual(
    left.map((one) => one.personId),
    [office.personId],
  )
})
