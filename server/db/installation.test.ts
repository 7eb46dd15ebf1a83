import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { PDF, upload } from '#tests/world/upload.ts'
import { type World, world } from '#tests/world/world.ts'
import { settleInstallation } from './installation.ts'

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'yipin-installation-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const settle = (w: World, dataDir = w.house.settings.dataDir, adopt = false) =>
  settleInstallation(w.house.database, { dataDir, adopt })

async function withFile(t: TestContext): Promise<World> {
  const w = await world(t)
  assert.equal((await upload(w, await w.as('clerk'), { name: 'a.pdf', bytes: PDF })).status, 200)
  return w
}

test('a new database and an empty folder belong to each other from then on, also after many starts', async (t) => {
  const w = await world(t)
  await settle(w)
  await settle(w)
  const rows = await w.house.database.reader
    .selectFrom('setting')
    .select('key')
    .where('key', '=', 'installation')
    .execute()
  assert.equal(rows.length, 1)
})

test('an installation from before the mark gets it without a question', async (t) => {
  const w = await withFile(t)
  await settle(w)
  await settle(w)
})

test('a database whose files are elsewhere does not start, nor one whose folder holds the files of another', async (t) => {
  const [one, other] = [await withFile(t), await withFile(t)]
  await settle(one)
  await assert.rejects(settle(one, emptyFolder(t)), /没有这个数据库登记的文件.*ADOPT_DATA_DIR=1/)
  await settle(other)
  await assert.rejects(settle(one, other.house.settings.dataDir), /属于另一个数据库/)
  const fresh = await world(t)
  await assert.rejects(settle(fresh, one.house.settings.dataDir), /这个数据库却是新的/)
})

test('whoever knows that the files are lost starts once with the switch, and then without it', async (t) => {
  const w = await withFile(t)
  await settle(w)
  const folder = emptyFolder(t)
  await settle(w, folder, true)
  await settle(w, folder)
})

test('a second process with a folder of its own is refused before anything was uploaded', {
  skip: process.env['TEST_ENGINE'] !== 'postgres' && 'the embedded database lies in the folder itself',
}, async (t) => {
  const w = await world(t)
  await settle(w)
  await assert.rejects(settle(w, emptyFolder(t)), /已经在用/)
})
