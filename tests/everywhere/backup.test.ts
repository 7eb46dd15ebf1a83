import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import pg from 'pg'
import { openBox } from '#ballot/box/box.ts'
import { uuidv7 } from '#server/kernel/clock.ts'
import type { Settings } from '#server/kernel/settings.ts'
import { openHouse } from '#server/main.ts'
import { makeDistrict } from '../../bench/district.ts'
import { startServer } from '../../bench/measure.ts'
import { breachesOf } from '#server/records/invariants.ts'
import { batchBody, openSurvey, vote, whileOpen } from '#tests/world/testBox.ts'

interface Place {
  settings: Settings
  env: Record<string, string>
}

async function freshPlace(t: TestContext): Promise<Place> {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'yipin-backup-')), 'data')
  t.after(() => rmSync(join(dataDir, '..'), { recursive: true, force: true }))
  const base = process.env['TEST_ENGINE'] === 'postgres' ? process.env['TEST_POSTGRES_URL'] : undefined
  const databaseUrl = base ? await freshDatabase(t, base) : ''
  const ballotUrl = base ? await freshDatabase(t, base) : ''
  return {
    settings: {
      port: 0,
      host: '127.0.0.1',
      dataDir,
      databaseUrl: databaseUrl || undefined,
      publicUrl: 'http://127.0.0.1',
      logLevel: 'silent',
      trustProxy: false,
      ballot: { databaseUrl: ballotUrl || undefined },
    },
    env: { DATA_DIR: dataDir, DATABASE_URL: databaseUrl, BALLOT_DATABASE_URL: ballotUrl },
  }
}

async function freshDatabase(t: TestContext, base: string): Promise<string> {
  const name = `backup_${randomUUID().replaceAll('-', '')}`
  const ask = async (text: string) => {
    const client = new pg.Client({ connectionString: base })
    await client.connect()
    await client.query(text)
    await client.end()
  }
  await ask(`create database ${name}`)
  t.after(() => ask(`drop database ${name} with (force)`))
  const url = new URL(base)
  url.pathname = `/${name}`
  return url.href
}

interface Ran {
  code: number
  said: string
}

const command = (script: string, args: string[], env: Record<string, string>): Promise<Ran> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', `scripts/${script}.ts`, ...args],
      { env: { ...process.env, ...env } },
      (error, out, errors) => resolve({ code: error ? Number(error.code) : 0, said: `${out}${errors}` }),
    )
  })

const boxOf = ({ settings }: Place) =>
  openBox({
    folder: settings.dataDir,
    databaseUrl: settings.ballot.databaseUrl,
    publicUrl: 'https://yipin.test',
    now: whileOpen,
    print: { kit: async () => new Uint8Array(), paper: async () => new Uint8Array() },
  })

test('a backup taken while people write and vote comes back whole: every row, every file, every ballot; the keys only when asked', async (t) => {
  const from = await freshPlace(t)
  const house = await openHouse(from.settings)
  const district = await makeDistrict(house)
  await house.database.close()
  const box = await boxOf(from)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 30, size: 30 })])
  for (const code of codes.slice(0, 15)) await vote(box, code)
  await box.close()

  const server = await startServer({ dataDir: from.settings.dataDir, env: from.env })
  t.after(() => server.kill())
  const { url } = server
  const headers = { cookie: district.clerk.cookie, origin: url }
  const known: { id: string; fileId: string }[] = []
  const work = { on: true }
  const upload = async (text: string): Promise<string> => {
    const form = new FormData()
    form.append('file', new Blob([`%PDF-1.7\n%${text}\n1 0 obj\n<<>>\nendobj\n%%EOF\n`]), '佐证.pdf')
    const answer = await fetch(`${url}/api/files`, { method: 'POST', headers, body: form })
    assert.equal(answer.status, 200)
    return ((await answer.json()) as { id: string }).id
  }
  const writers = Array.from({ length: 4 }, async () => {
    while (work.on) {
      const id = uuidv7(new Date())
      const fileId = await upload(id)
      const answer = await fetch(`${url}/api/ledger/entries`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({
          id,
          title: `备份演练 ${id.slice(-12)}`,
          happenedOn: district.today,
          pillar: 'activity',
          evidence: [{ fileId, caption: '' }],
        }),
      })
      if (answer.status === 200) known.push({ id, fileId })
      else assert.equal(answer.status, 409, await answer.text())
    }
  })
  while (known.length < 8) await new Promise((done) => setTimeout(done, 20))
  const before = [...known]
  const copy = join(from.settings.dataDir, '..', 'copy')
  const backup = await command('backup', [copy], from.env)
  const during = known.length - before.length
  work.on = false
  await Promise.all(writers)
  await server.stop()
  assert.equal(backup.code, 0, backup.said)
  assert.ok(during > 0, 'people went on writing')
  assert.match(backup.said, /密钥（ballot-keys）不在这份备份里/)
  assert.equal(existsSync(join(copy, 'ballot-keys')), false)
  if (process.platform !== 'win32') assert.equal(statSync(copy).mode & 0o077, 0, 'nobody else reads it')

  const to = await freshPlace(t)
  const restored = await command('restore', [copy], to.env)
  assert.equal(restored.code, 0, restored.said)
  cpSync(join(from.settings.dataDir, 'ballot-keys'), join(to.settings.dataDir, 'ballot-keys'), { recursive: true })
  const back = await openHouse(to.settings)
  assert.deepEqual(await breachesOf(back), [])
  const entries = await back.database.reader.selectFrom('entry').select('id').execute()
  const kept = new Set(entries.map((row) => row.id))
  assert.deepEqual(
    before.filter((one) => !kept.has(one.id)),
    [],
  )
  await back.database.close()
  const boxBack = await boxOf(to)
  for (const code of codes.slice(0, 15)) assert.equal((await vote(boxBack, code)).state, 'spent')
  assert.equal((await vote(boxBack, codes[20] ?? assert.fail())).state, 'counted')
  assert.equal((await boxBack.calls.close(survey.id)).cast, 16)
  await boxBack.close()

  const again = await command('restore', [copy], to.env)
  assert.equal(again.code, 1)
  assert.match(again.said, /不是空的/)
  const [damaged] = readdirSync(join(copy, 'files'), { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  )
  assert.ok(damaged)
  appendFileSync(join(damaged.parentPath, damaged.name), 'x')
  const broken = await command('restore', [copy], (await freshPlace(t)).env)
  assert.equal(broken.code, 1)
  assert.match(broken.said, /不完整或被改动过/)
})

test('with the flag the keys of the box go along, and the warning that comes with them', async (t) => {
  const from = await freshPlace(t)
  const house = await openHouse(from.settings)
  await house.database.close()
  const box = await boxOf(from)
  const { codes } = await openSurvey(box, [batchBody()])
  await box.close()
  const copy = join(from.settings.dataDir, '..', 'copy')
  const { code, said } = await command('backup', [copy, '--with-ballot-keys'], from.env)
  assert.equal(code, 0, said)
  assert.match(said, /谁就能读出/)
  const to = await freshPlace(t)
  const restored = await command('restore', [copy], to.env)
  assert.equal(restored.code, 0, restored.said)
  const boxBack = await boxOf(to)
  assert.equal((await vote(boxBack, codes[0] ?? assert.fail())).state, 'counted')
  await boxBack.close()
})

test('a backup of a place that holds no data, into the data itself, or over another one is refused', async (t) => {
  const place = await freshPlace(t)
  const at = (...parts: string[]) => join(place.settings.dataDir, '..', ...parts)
  if (!place.settings.databaseUrl) {
    const nothing = await command('backup', [at('copy')], place.env)
    assert.deepEqual([nothing.code, /没有可备份的/.test(nothing.said)], [1, true], nothing.said)
    assert.equal(existsSync(place.settings.dataDir), false, 'it makes no folder by looking')
  }
  await (await openHouse(place.settings)).database.close()
  const inside = await command('backup', [join(place.settings.dataDir, 'copy')], place.env)
  assert.match(inside.said, /不能放在数据文件夹/)
  assert.equal((await command('backup', [at('copy')], place.env)).code, 0)
  assert.match((await command('backup', [at('copy')], place.env)).said, /不是空的/)
})
