import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { openBox } from '#ballot/box/box.ts'
import { migrate } from '#server/db/migrate.ts'
import { openDatabase } from '#server/db/open.ts'
import { batchBody, openSurvey } from '#tests/world/testBox.ts'

const check = (dataDir: string) =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'scripts/check-data.ts'], {
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '', BALLOT_DATABASE_URL: '' },
  })

async function place(t: TestContext): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yipin-check-'))
  t.after(() => rmSync(dataDir, { recursive: true, force: true }))
  const database = openDatabase({ dataDir })
  await migrate(database, dataDir)
  await database.close()
  return dataDir
}

test('a data folder written wrong is named, and no folder is made by looking for it', () => {
  const { status, stdout } = check('/tmp/yipin-no-such-folder')
  assert.equal(status, 1)
  assert.match(stdout, /不存在，这里没有系统的数据。请核对 DATA_DIR/)
  assert.equal(existsSync('/tmp/yipin-no-such-folder'), false)
})

test('damage to a page of the database, or to the file of the ballot box, is a line of the list and no stack', async (t) => {
  const dataDir = await place(t)
  assert.match(check(dataDir).stdout, /数据完好/)
  writeFileSync(join(dataDir, 'ballot.db'), 'no database, but long enough to be taken for one at first. '.repeat(20))
  assert.match(check(dataDir).stdout, /有误 {2}票箱/)
  rmSync(join(dataDir, 'ballot.db'))
  const path = join(dataDir, 'yipin.db')
  const file = openSync(path, 'r+')
  for (let at = 4_096 * 3; at < statSync(path).size; at += 4_096) writeSync(file, Buffer.alloc(2_000, 7), 0, 2_000, at)
  const { status, stdout, stderr } = check(dataDir)
  assert.equal(status, 1)
  assert.match(stdout, /有误 {2}数据库文件完好/)
  assert.doesNotMatch(stdout + stderr, /\n\s+at /)
})

test('keys of the ballot box that are away are named while a survey still needs them', async (t) => {
  const dataDir = await place(t)
  const print = { kit: async () => new Uint8Array(), paper: async () => new Uint8Array() }
  const box = await openBox({ folder: dataDir, publicUrl: 'http://127.0.0.1', print })
  await openSurvey(box, [batchBody()])
  await box.close()
  assert.match(check(dataDir).stdout, /数据完好/)
  const keys = join(dataDir, 'ballot-keys')
  for (const name of readdirSync(keys)) rmSync(join(keys, name))
  const { status, stdout } = check(dataDir)
  assert.equal(status, 1)
  assert.match(stdout, /box\.key 不见了/)
  assert.match(stdout, /没有它不能计票/)
  assert.deepEqual(readdirSync(keys), [], 'none is made by looking')
})

test('a database of another version is told and stays as it is', async (t) => {
  const dataDir = await place(t)
  const file = new DatabaseSync(join(dataDir, 'yipin.db'))
  file.exec("update schemaMark set digest = 'other' where name like '0001%'")
  file.close()
  const { status, stdout } = check(dataDir)
  assert.equal(status, 1)
  assert.match(stdout, /由另一个版本建立/)
  assert.equal(existsSync(join(dataDir, 'before-upgrade')), false)
})
