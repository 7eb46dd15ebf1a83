import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { Kysely } from 'kysely'
import { type Database, openDatabase } from './open.ts'
import { postgresWords, reachPostgres } from './reach.ts'
import { sqliteDialect } from './sqlite.ts'
import type { Tables } from './tables.ts'

const url = 'postgres://yipin:geheim@db.example.cn:5433/yipin'

/** A server of that version that refuses so many times first; the wish for the version is all that is asked of it. */
function comingUp(
  refusals: number,
  version: string,
  code = 'ECONNREFUSED',
): Pick<Database, 'reader'> & { asked: number } {
  const file = new DatabaseSync(':memory:')
  const counted = { asked: 0 }
  file.function('current_setting', (_name) => {
    counted.asked += 1
    if (counted.asked <= refusals) throw Object.assign(new Error('no'), { code })
    return version
  })
  const reader = new Kysely<Tables>({ dialect: sqliteDialect(file) })
  return {
    reader,
    get asked() {
      return counted.asked
    },
  }
}

const reach = (database: Pick<Database, 'reader'>, limit: number, say: (line: string) => void = () => undefined) =>
  reachPostgres(database as Database, { url, limit, say })

test('a PostgreSQL that is still coming up is waited for, and that is said once', async () => {
  const lines: string[] = []
  const database = comingUp(2, '160004')
  await reach(database, Number.POSITIVE_INFINITY, (line) => lines.push(line))
  assert.equal(database.asked, 3)
  assert.equal(lines.length, 1)
  assert.match(lines[0] ?? '', /DATABASE_URL.*正在等它启动/)
})

test('the waiting has an end, and what does not get better by waiting is told at once, without the password', async () => {
  const never = comingUp(Number.POSITIVE_INFINITY, '160004')
  await assert.rejects(reach(never, 0), (error: Error) => {
    assert.match(error.message, /yipin@db\.example\.cn:5433\/yipin/)
    assert.doesNotMatch(error.message, /geheim/)
    return true
  })
  for (const code of ['28P01', '3D000', 'ENOTFOUND']) {
    const wrong = comingUp(Number.POSITIVE_INFINITY, '160004', code)
    await assert.rejects(reach(wrong, Number.POSITIVE_INFINITY), /DATABASE_URL/)
    assert.equal(wrong.asked, 1, code)
  }
})

test('a PostgreSQL older than 15 is refused by its version', async () => {
  await assert.rejects(reach(comingUp(0, '140011'), 0), /版本是 14/)
})

test('a real connection that nobody answers is told in words, and an error of something else is not', async () => {
  const database = openDatabase({ url: 'postgres://yipin@127.0.0.1:1/none' })
  await assert.rejects(reachPostgres(database, { url, limit: 0, say: () => undefined }), /PostgreSQL 启动了没有/)
  await database.close()
  assert.equal(postgresWords(new Error('a defect'), url), undefined)
})
