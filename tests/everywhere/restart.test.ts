import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { openBox } from '#ballot/box/box.ts'
import { openApp } from '#server/app.ts'
import { faultOf } from '#server/db/errors.ts'
import { openDatabase } from '#server/db/open.ts'
import { uuidv7 } from '#server/kernel/clock.ts'
import type { Settings } from '#server/kernel/settings.ts'
import { openHouse } from '#server/main.ts'
import { makeDistrict } from '../../bench/district.ts'
import { breachesOf } from '#server/records/invariants.ts'
import { type Cluster, findPostgres, startPostgres } from '#tests/world/postgres.ts'
import { batchBody, openSurvey, vote, whileOpen } from '#tests/world/testBox.ts'
import { callerOf } from '#tests/world/world.ts'

const options = {
  // A server of its own, stopped and started under it; once is enough, whichever engine the other tests are on.
  skip: process.env['TEST_ENGINE'] === 'postgres' || !findPostgres(),
}

async function clusterFor(t: TestContext): Promise<{ cluster: Cluster; folder: string }> {
  const cluster = await startPostgres({ sync: true })
  assert.ok(cluster)
  const folder = mkdtempSync(join(tmpdir(), 'yipin-restart-'))
  t.after(() => {
    cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  return { cluster, folder }
}

const settingsOn = (dataDir: string, databaseUrl: string): Settings => ({
  port: 0,
  host: '127.0.0.1',
  dataDir,
  databaseUrl,
  publicUrl: 'https://yipin.test',
  logLevel: 'silent',
  trustProxy: false,
  ballot: {},
})

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

test(
  'a PostgreSQL that is restarted while people write ends nothing and loses nothing that was acknowledged',
  options,
  async (t) => {
    const { cluster, folder } = await clusterFor(t)
    const house = await openHouse(settingsOn(folder, cluster.url))
    const district = await makeDistrict(house)
    const app = await openApp(house)
    const clerk = callerOf(app, district.clerk.personId, district.clerk.cookie)
    const acknowledged: string[] = []
    const refused = new Map<number, string>()
    const work = { on: true }
    const writers = Array.from({ length: 6 }, async () => {
      while (work.on) {
        const id = uuidv7(new Date())
        const answer = await clerk.post('/api/ledger/entries', {
          id,
          title: `重启演练 ${id}`,
          happenedOn: district.today,
          pillar: 'activity',
          evidence: [],
        })
        if (answer.status === 200) acknowledged.push(id)
        else refused.set(answer.status, answer.text)
      }
    })
    for (const mode of ['fast', 'immediate', 'fast'] as const) {
      const before = acknowledged.length
      while (acknowledged.length < before + 10) await pause(20)
      cluster.restart(mode)
    }
    const before = acknowledged.length
    while (acknowledged.length < before + 10) await pause(20)
    work.on = false
    await Promise.all(writers)
    assert.deepEqual(
      [...refused.keys()].filter((status) => status !== 503 && status !== 409),
      [],
      [...refused.values()].join('\n'),
    )
    for (const [status, text] of refused) if (status === 503) assert.match(text, /数据库现在用不了/)
    assert.equal((await clerk.get('/healthz')).status, 200, 'it recovers by itself')
    const rows = await house.database.reader.selectFrom('entry').select('id').execute()
    const kept = new Set(rows.map((row) => row.id))
    assert.deepEqual(
      acknowledged.filter((id) => !kept.has(id)),
      [],
    )
    assert.deepEqual(await breachesOf(house), [])
    await app.close()
    await house.ballot.close()
    await house.database.close()
  },
)

test(
  'a PostgreSQL that is restarted while people vote ends nothing, and a ballot sent again counts once',
  options,
  async (t) => {
    const { cluster, folder } = await clusterFor(t)
    const box = await openBox({
      folder,
      databaseUrl: cluster.url,
      publicUrl: 'https://yipin.test',
      now: whileOpen,
      print: { kit: async () => new Uint8Array(), paper: async () => new Uint8Array() },
    })
    const { survey, codes } = await openSurvey(box, [batchBody({ size: 200, codes: 200 })])
    const counted = { now: 0 }
    const voters = codes.map(async (code, at) => {
      await pause(at * 10)
      for (;;) {
        const attempt = `attempt-${at}-of-the-restart`
        const outcome = await vote(box, code, 'satisfied', { attempt }).catch(() => undefined)
        if (outcome === undefined) {
          await pause(50)
          continue
        }
        assert.equal(outcome.state, 'counted')
        counted.now += 1
        return
      }
    })
    for (const mode of ['fast', 'immediate', 'fast'] as const) {
      const before = counted.now
      while (counted.now < Math.min(codes.length, before + 30)) await pause(20)
      cluster.restart(mode)
    }
    await Promise.all(voters)
    // A connection that lay idle through the restart may be found broken only now; closing again answers the same.
    const closed = await box.calls.close(survey.id).catch(() => box.calls.close(survey.id))
    assert.equal(closed.cast, 200)
    await box.close()
  },
)

test(
  'a database without a place for one more connection, or that breaks off a slow question, is told as crowded, not as a defect',
  options,
  async (t) => {
    const { cluster, folder } = await clusterFor(t)
    const house = await openHouse(settingsOn(folder, cluster.url))
    const admin = house.database.writer
    await sql`create role crowded login connection limit 1`.execute(admin)
    await sql`grant pg_read_all_data, pg_write_all_data to crowded`.execute(admin)
    await house.ballot.close()
    await house.database.close()
    const url = new URL(cluster.url)
    url.username = 'crowded'
    const only = new pg.Client({ connectionString: url.href })
    await only.connect()
    const tight = { ...house, database: openDatabase({ url: url.href }) }
    const app = await openApp(tight)
    const visitor = callerOf(app, null, undefined)
    const answer = await visitor.get('/brands')
    assert.equal(answer.status, 503)
    assert.match(answer.text, /现在用的人太多/)
    await only.end()
    await assert.rejects(
      tight.database.writer.connection().execute(async (one) => {
        await sql`set statement_timeout = 20`.execute(one)
        await sql`select pg_sleep(5)`.execute(one)
      }),
      (error) => faultOf(error) === 'crowded',
    )
    await app.close()
    await tight.database.close()
  },
)

test('while PostgreSQL hangs the health check still answers, and says so', options, async (t) => {
  const { cluster, folder } = await clusterFor(t)
  const house = await openHouse(settingsOn(folder, cluster.url))
  const app = await openApp(house)
  const visitor = callerOf(app, null, undefined)
  assert.equal((await visitor.get('/readyz')).status, 200)
  const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity`.execute(house.database.writer)
  const all = [cluster.pid(), ...rows.map((row) => row.pid)]
  for (const pid of all) process.kill(pid, 'SIGSTOP')
  try {
    await pause(2_100)
    const answer = await visitor.get('/healthz')
    assert.equal(answer.status, 503)
    assert.equal(answer.body.database, 'noAnswer')
  } finally {
    for (const pid of all) process.kill(pid, 'SIGCONT')
  }
  await pause(2_100)
  assert.equal((await visitor.get('/healthz')).status, 200)
  await app.close()
  await house.ballot.close()
  await house.database.close()
})
