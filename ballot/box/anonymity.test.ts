import assert from 'node:assert/strict'
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Answer } from '#domain/survey/survey.ts'
import { batchBody, type Code, openSurvey, surveyBody, type TestBox, testBox, vote } from '#tests/world/testBox.ts'
import { unpackAnswers } from './content.ts'
import { openBallotDatabase, type Sql } from './database.ts'
import { SHUFFLE_FROM } from './shuffle.ts'
import { questionnaireFor } from './context.ts'

const five: readonly Answer[] = ['verySatisfied', 'satisfied', 'fair', 'dissatisfied', 'veryDissatisfied']
const PUPILS = 200

/** Answers by which one ballot can be told from every other: the pupil's number in the system of five. */
const numbered = (pupil: number) => (at: number) => five[Math.floor(pupil / 5 ** at) % 5] ?? 'fair'
const numberOf = (answers: Record<string, Answer>): number =>
  Object.values(answers)
    .slice(0, 4)
    .reduce((sum, answer, at) => sum + five.indexOf(answer) * 5 ** at, 0)

/** What somebody finds who copies the files of the box: opened again elsewhere, with the write-ahead log. */
async function copyOf<T>(state: TestBox, look: (sql: Sql) => Promise<T>): Promise<T> {
  if (state.databaseUrl) return look(state.box.context.database.read)
  const folder = mkdtempSync(join(tmpdir(), 'yipin-copy-'))
  for (const name of readdirSync(state.folder).filter((one) => one.startsWith('ballot.db')))
    copyFileSync(join(state.folder, name), join(folder, name))
  const database = await openBallotDatabase({ path: join(folder, 'ballot.db') })
  try {
    return await look(database.read)
  } finally {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const columnsOf = async (sql: Sql, table: string, onPostgres: boolean): Promise<string[]> => {
  const rows = onPostgres
    ? await sql.all<{ name: string }>(
        'select column_name as name from information_schema.columns where table_name = ?',
        [table],
      )
    : await sql.all<{ name: string }>(`select name from pragma_table_info('${table}')`)
  return rows.map((row) => row.name).toSorted()
}

test('V1: where ballots lie there is the class, a random key and what is sealed, and nothing else', async (t) => {
  const state = await testBox(t)
  const columns = (table: string) => columnsOf(state.box.context.database.read, table, state.databaseUrl !== undefined)
  assert.deepEqual(await columns('ballot'), ['answers', 'batch', 'id'])
  assert.deepEqual(await columns('remark'), ['batch', 'id', 'sealed'])
  assert.deepEqual(await columns('inbox'), ['answers', 'batch', 'id', 'receipt', 'remark'])
  assert.deepEqual(await columns('credential'), ['attempt', 'batch', 'form', 'handle', 'hour', 'spent'])
})

/** How often two orders of the same pupils agree within ten places; a hundred in five rounds of two hundred by chance. */
function agreements(order: readonly number[], truth: readonly number[]): number {
  const place = new Map(truth.map((pupil, at) => [pupil, at]))
  return order.filter((pupil, at) => Math.abs((place.get(pupil) ?? -1000) - at) <= 10).length
}

test('V2: with a copy of the files, the keys and the access log in hand, no order of rows leads from arrival to answer', async (t) => {
  const rounds = 5
  const hits = new Map<string, number>()
  let chance = 0
  for (let round = 0; round < rounds; round += 1) {
    const state = await testBox(t)
    const batch = batchBody({ codes: PUPILS, size: PUPILS })
    const { survey, codes } = await openSurvey(state.box, [batch])
    const arrival: number[] = []
    for (const [pupil, code] of codes.entries()) {
      await vote(state.box, code, numbered(pupil))
      arrival.push(pupil)
      if (pupil % 7 === 6) await state.box.shuffle()
    }
    await state.box.calls.close(survey.id)
    const keys = state.box.context.keys.find(survey.id)
    assert.ok(keys)
    const questionnaire = questionnaireFor(survey, 'parent')
    const read = (row: { answers: Uint8Array }) =>
      numberOf(unpackAnswers(questionnaire, keys.unseal(row.answers, batch.id)))
    const orders: Record<string, string> = state.databaseUrl
      ? { ctid: 'ctid', xmin: 'xmin::text::bigint', id: 'id' }
      : { stored: '', id: 'order by id', batch: 'order by batch' }
    for (const [name, order] of Object.entries(orders)) {
      const text = state.databaseUrl
        ? `select answers from ballot order by ${order}`
        : `select answers from ballot ${order}`
      const rows = await copyOf(state, (sql) => sql.all<{ answers: Uint8Array }>(text))
      const found: number[] = rows.map(read)
      assert.equal(found.length, PUPILS)
      hits.set(name, (hits.get(name) ?? 0) + agreements(found, arrival))
    }
    const handles = await copyOf(state, (sql) => sql.all<{ handle: Uint8Array }>('select handle from credential'))
    const pupilOf = new Map(codes.map((code: Code, at) => [keys.handle('secret', code.secret).toString('hex'), at]))
    const byCode = handles.map((one) => pupilOf.get(Buffer.from(one.handle).toString('hex')) ?? -1)
    const rows = await copyOf(state, (sql) => sql.all<{ answers: Uint8Array }>('select answers from ballot'))
    const found = rows.map(read)
    hits.set('credential', (hits.get('credential') ?? 0) + agreements(found, byCode))
    chance += arrival.reduce(
      (sum, _, at) => sum + (Math.min(at + 10, PUPILS - 1) - Math.max(at - 10, 0) + 1) / PUPILS,
      0,
    )
  }
  for (const [name, count] of hits)
    assert.ok(count <= 1.5 * chance, `ordered by ${name}: ${count} agree, by chance ${Math.round(chance)}`)
})

test('V2: while answers come in, a ballot is never fewer than ten to a transaction once it has left the inbox', async (t) => {
  const state = await testBox(t)
  const { codes } = await openSurvey(state.box, [batchBody({ codes: 45, size: 45 })])
  for (const code of codes) {
    await vote(state.box, code)
    await state.box.shuffle()
  }
  const count = async (text: string) => Number((await state.box.context.database.read.all<{ n: number }>(text))[0]?.n)
  assert.ok((await count('select count(*) as n from inbox')) < SHUFFLE_FROM)
  assert.equal((await count('select count(*) as n from inbox')) + (await count('select count(*) as n from ballot')), 45)
  if (!state.databaseUrl) return
  const groups = await state.box.context.database.read.all<{ n: number }>(
    'select count(*) as n from ballot group by xmin::text',
  )
  assert.ok(groups.every((one) => Number(one.n) >= SHUFFLE_FROM))
})

test('V2: neither the ballots nor the closing of another survey take a ballot out of the inbox before nine of its own wait with it', async (t) => {
  const { box } = await testBox(t)
  const real = await openSurvey(box, [batchBody()])
  const rehearsal = await openSurvey(box, [batchBody()], surveyBody({ rehearsal: true }))
  for (const code of [...real.codes.slice(0, 1), ...rehearsal.codes.slice(0, 9)]) await vote(box, code)
  const mixed = async () =>
    (await box.context.database.read.all('select id from ballot where batch = ?', [real.codes[0]?.batch.id ?? '']))
      .length
  await box.shuffle()
  assert.equal(await mixed(), 0)
  await box.calls.close(rehearsal.survey.id)
  assert.equal(await mixed(), 0)
  for (const code of real.codes.slice(1, SHUFFLE_FROM)) await vote(box, code)
  await box.shuffle()
  assert.equal(await mixed(), SHUFFLE_FROM)
})

test('V8: between two copies of the files one more ballot lies there, of the same size whatever it says, and unreadable', async (t) => {
  const state = await testBox(t)
  const { survey, codes } = await openSurvey(state.box, [batchBody({ codes: 3, size: 3 })])
  const [one, two, three] = codes
  assert.ok(one && two && three)
  const inbox = () => copyOf(state, (sql) => sql.all<{ answers: Uint8Array }>('select answers from inbox'))
  await vote(state.box, one, 'verySatisfied')
  const before = await inbox()
  await vote(state.box, two, 'veryDissatisfied')
  const after = await inbox()
  assert.deepEqual([before.length, after.length], [1, 2])
  assert.equal(new Set(after.map((row) => row.answers.length)).size, 1)
  const keys = state.box.context.keys.find(survey.id)
  assert.ok(
    after.every((row) => !Buffer.from(row.answers).includes(Buffer.alloc(8, 4))),
    'no run of equal answers shows',
  )
  assert.ok(keys)
  await assert.rejects(async () => keys.unseal(after[0]?.answers ?? Buffer.alloc(60), 'another class'))
})

test('V5: before closing nobody is told a result: not a tally, not an audit file, not a text, not a check code', async (t) => {
  const { box } = await testBox(t)
  const { survey, codes } = await openSurvey(box, [batchBody()])
  for (const code of codes) await vote(box, code, 'fair', { text: '图书角很好' })
  const { calls } = box
  await assert.rejects(calls.tally(survey.id), { name: 'BoxRefused' })
  await assert.rejects(calls.auditFile(survey.id), { name: 'BoxRefused' })
  await assert.rejects(calls.checkCodes(survey.id, 'school-1'), { name: 'BoxRefused' })
  assert.deepEqual(await calls.remarks(survey.id), [])
  assert.deepEqual(
    (await calls.progress(survey.id)).map((one) => Object.keys(one).toSorted()),
    [['cast', 'flags', 'id', 'issued', 'void']],
  )
})

test('after tallying the files hold no code, no ballot and no key any more, and an older copy cannot be read', async (t) => {
  const state = await testBox(t)
  const { survey, codes } = await openSurvey(state.box, [batchBody()])
  for (const code of codes) await vote(state.box, code, 'fair', { text: '希望多开放图书角' })
  await state.box.shuffle()
  const keys = state.box.context.keys.find(survey.id)
  assert.ok(keys)
  const handles = codes.map((code) => keys.handle('secret', code.secret))
  const sealed = await state.box.context.database.read.all<{ answers: Uint8Array }>('select answers from ballot')
  await state.box.calls.close(survey.id)
  const closed = await state.box.context.database.read.all<{ answers: Uint8Array }>('select answers from ballot')
  await state.box.calls.tally(survey.id)
  assert.ok(!existsSync(join(state.folder, 'ballot-keys', `${survey.id}.key`)))
  assert.equal(state.box.context.keys.find(survey.id), undefined)
  for (const table of ['credential', 'alias', 'inbox', 'ballot', 'remark', 'receipt', 'paper', 'pulse'])
    assert.equal(
      Number((await state.box.context.database.read.all<{ n: number }>(`select count(*) as n from ${table}`))[0]?.n),
      0,
      table,
    )
  if (state.databaseUrl) return
  const files = readdirSync(state.folder).filter((one) => one.startsWith('ballot.db'))
  const bytes = Buffer.concat(files.map((one) => readFileSync(join(state.folder, one))))
  for (const blob of [...handles, ...[...sealed, ...closed].map((one) => Buffer.from(one.answers))])
    assert.ok(!bytes.includes(blob), 'a deleted row is still in the file')
})

test('texts leave the box only where ten answered, in no order of arrival, and with a word on what to look at twice', async (t) => {
  const { box } = await testBox(t)
  const few = batchBody({ schoolId: 'few', codes: 9, size: 9 })
  const many = batchBody({ schoolId: 'many', className: '2 班', codes: 40, size: 40 })
  const { survey, codes } = await openSurvey(box, [few, many])
  for (const [at, code] of codes.entries())
    await vote(box, code, 'fair', { text: at % 2 ? `建议第${at}条` : `王老师很好${at}` })
  await box.calls.close(survey.id)
  await box.calls.tally(survey.id)
  const remarks = await box.calls.remarks(survey.id)
  assert.deepEqual(new Set(remarks.map((one) => one.schoolId)), new Set(['many']))
  assert.equal(remarks.length, 40)
  assert.ok(remarks.some((one) => one.doubts.includes('可能写了人名')))
  const order = remarks.map((one) => Number(/\d+/.exec(one.text)?.[0]))
  const rising = order.filter((one, at) => at > 0 && one > (order[at - 1] ?? 0)).length
  assert.ok(rising < 35, 'they do not come as they were written')
})

test('of fewer than five ballots not even the totals leave the box', async (t) => {
  const { box } = await testBox(t)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 4, size: 4 })])
  for (const code of codes) await vote(box, code)
  await box.calls.close(survey.id)
  const { schools } = await box.calls.tally(survey.id)
  assert.deepEqual(schools[0]?.audiences, [{ audience: 'parent', issued: 4, cast: 4, items: [] }])
})
