import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { sealingOf, sealKinds } from '#domain/base/seal.ts'
import { admit, panelsWithSheets, scoreAll } from '#tests/world/review.ts'
import {
  confer,
  decide,
  decision,
  ended,
  later,
  moveNotice,
  moveObjection,
  object,
  posted,
  sealed,
} from '#tests/world/award.ts'
import { breachesOf } from '#server/records/invariants.ts'
import { countedSurvey, indexFor } from '#tests/world/survey.ts'
import { type World, world } from '#tests/world/world.ts'
import { brokenSeals, sealRow } from './seal.ts'
import { system } from '#domain/base/actor.ts'

type Row = Record<string, unknown> & { id: string }

const rowsOf = async (w: World, table: string): Promise<Row[]> =>
  (await sql<Row>`select * from ${sql.table(table)}`.execute(w.house.database.writer)).rows

/** As somebody with the database open would: one field of one row, and nothing else. */
const write = (w: World, table: string, id: string, field: string, value: unknown) =>
  sql`update ${sql.table(table)} set ${sql.ref(field)} = ${value} where id = ${id}`.execute(w.house.database.writer)

/** One character or digit beside what stands there; nothing where the column refers to another row. */
const otherThan = (value: unknown): unknown =>
  typeof value === 'number' ? value + 1 : `${String(value).slice(0, -1)}${String(value).endsWith('4') ? '5' : '4'}`

/** Every kind of sealed row in one year: an objection answered, the award conferred and corrected, one name sent upward. */
async function wholeYear(t: Parameters<typeof posted>[0]) {
  const state = await posted(t)
  const { w, noticeId, applications } = state
  const content = '演示异议：材料里的两张照片像是同一次活动的，请核查。'
  await object(w, noticeId, { name: '演示群众', phone: '0372-0000000', content })
  const [{ id: objectionId }] = (await state.office.get('/api/objections')).body.items
  await moveObjection(state.office, objectionId, 'dismiss', { text: '没有依据' })
  await moveObjection(state.office, objectionId, 'reply', { text: '感谢监督' })
  const office = await later(w, '2026-11-16T16:00:00.000Z')
  assert.equal((await moveNotice(office, noticeId, 'end')).status, 200)
  assert.equal((await confer(office)).status, 200)
  const [award] = (await office.get('/api/naming')).body.awards
  await office.post('/api/recommendations', { awardId: award.id, targetLevel: 'city' })
  const { updatedAt: seen } = (await office.get('/api/naming')).body.awards[0]
  const mended = { documentNumber: '演示〔2026〕21号', conferredOn: '2026-11-17', reason: '文号录反', seen }
  assert.equal((await office.post(`/api/awards/${award.id}/amend`, mended)).status, 200)
  await w.work(system, async (work) => {
    const common = { cycleId: w.cycleId, personId: w.personOf('office'), reason: '演示', createdAt: work.now }
    const [applicationId] = applications
    await work.tx
      .insertInto('surveyRuling')
      .values({ id: 's1', ...common, applicationId })
      .execute()
    await work.tx
      .insertInto('disagreementRuling')
      .values({ id: 'd1', ...common, applicationId, method: 'documents' })
      .execute()
    await work.tx
      .insertInto('adjustment')
      .values({
        id: 'a1',
        cycleId: w.cycleId,
        applicationId,
        kind: 'bonus',
        code: 'P1',
        points: 100,
        reason: '演示',
        enteredBy: common.personId,
        createdAt: work.now,
        droppedAt: null,
        droppedBy: null,
        dropReason: null,
      })
      .execute()
    const { personId, createdAt, cycleId } = common
    const words = { achievements: '演示成效', problems: '演示不足', nextSteps: '演示打算', facts: '{}' }
    const signed = { signedAt: createdAt, signedBy: personId, acceptedAt: createdAt, returnReason: null, digest: 'a' }
    await work.tx
      .insertInto('summary')
      .values({
        id: 'y1',
        schoolId: w.schoolIds[2],
        cycleId,
        bureauId: w.bureauId,
        state: 'accepted',
        ...words,
        ...signed,
        createdAt,
        updatedAt: createdAt,
      })
      .execute()
    const recusal = { kind: 'relative' as const, source: 'declared' as const, reason: '演示', schoolId: w.schoolIds[2] }
    await work.tx
      .insertInto('recusal')
      .values({ id: 'r1', bureauId: w.bureauId, cycleId, personId, createdAt, ...recusal })
      .execute()
    for (const [kind, id] of [
      ['summary', 'y1'],
      ['surveyRuling', 's1'],
      ['disagreementRuling', 'd1'],
      ['adjustment', 'a1'],
      ['recusal', 'r1'],
    ] as const)
      await sealRow(work, kind, id)
    work.record('test.sealed', 'setting', 'x')
  })
  return state
}

test('one changed field of any sealed row is found and named, whichever kind and column it is', async (t) => {
  const { w } = await wholeYear(t)
  assert.deepEqual(await brokenSeals(w.house.database.reader), [])
  let changed = 0
  const empty: string[] = []
  for (const kind of sealKinds) if ((await rowsOf(w, kind)).length === 0) empty.push(kind)
  assert.deepEqual(empty, [], 'every kind stands in this year')
  for (const kind of sealKinds)
    for (const row of (await rowsOf(w, kind)).slice(0, 1))
      for (const [field, value] of Object.entries(row)) {
        if (field === 'id' || field.endsWith('Id') || field.endsWith('By') || value === null || value === '') continue
        await write(w, kind, row.id, field, otherThan(value))
        const found = await brokenSeals(w.house.database.reader)
        await write(w, kind, row.id, field, value)
        if (sealingOf(kind).loose.includes(field)) continue
        changed += 1
        assert.equal(found.length, 1, `${kind}.${field}`)
        assert.match(found[0] ?? '', new RegExp(`${sealingOf(kind).label}.*${row.id}`), `${kind}.${field}`)
      }
  assert.ok(changed > 60, String(changed))
})

test('a sealed row taken out, or opened behind the office, is found', async (t) => {
  const { w } = await wholeYear(t)
  w.expectBreaches()
  await w.house.database.writer.deleteFrom('recusal').where('id', '=', 'r1').execute()
  const [sheet] = await rowsOf(w, 'scoreSheet')
  await write(w, 'scoreSheet', sheet?.id ?? '', 'state', 'draft')
  const breaches = await breachesOf(w.house)
  assert.equal(breaches.length, 2)
  assert.match(breaches[0] ?? '', /回避登记.*不见了/)
  assert.match(breaches[1] ?? '', /演示第.小学评分表.*没有办理退回/)
})

for (const [table, field] of [
  ['scoreSheet', 'total'],
  ['scoreSheet', 'scores'],
  ['application', 'frozen'],
  ['surveyResult', 'satisfaction'],
  ['standard', 'body'],
] as const)
  test(`nothing is computed, sealed or decided from a ${table} whose ${field} was changed in the database`, async (t) => {
    const { w, office, resultId, applications } = await sealed(t)
    w.expectBreaches()
    const [row] = await rowsOf(w, table)
    const value = row?.[field]
    await write(w, table, row?.id ?? '', field, typeof value === 'number' ? value + 1 : `${String(value)} `)
    const answer = await decide(office, resultId, decision([applications[0]], '一等'))
    assert.equal(answer.status, 409, answer.text)
    assert.equal(answer.body.reasons[0].code, 'sealBroken')
  })

test('a result whose one digit was changed is neither shown nor downloaded nor decided on', async (t) => {
  const { w, office, resultId, applications } = await sealed(t)
  w.expectBreaches()
  const [row] = await rowsOf(w, 'result')
  await write(w, 'result', resultId, 'body', String(row?.['body']).replace(/"total":(\d+)\d/, '"total":$19'))
  for (const url of [
    '/api/ranking',
    `/api/results/${resultId}/applications/${applications[0]}`,
    `/results/${resultId}/sealed.json`,
    `/results/${resultId}/ranking.xlsx`,
  ])
    assert.equal((await office.get(url)).status, 409, url)
  assert.equal((await decide(office, resultId, decision([applications[0]], '一等'))).status, 409)
})

test('nothing is sealed that was changed in the database after it was computed', async (t) => {
  const w = await world(t)
  w.expectBreaches()
  w.setTime('2026-11-09T02:00:00.000Z')
  const [one] = w.schoolIds
  await admit(w, one)
  await panelsWithSheets(w)
  await scoreAll(await w.as('reviewer'))
  await countedSurvey(w, { [one]: indexFor(1800) })
  const office = await w.as('office')
  const { id, digest: seen } = (await office.post('/api/review/compute')).body
  await office.post(`/api/results/${id}/moderate`, { remark: '复核无误', seen })
  const [sheet] = await rowsOf(w, 'scoreSheet')
  await write(w, 'scoreSheet', sheet?.id ?? '', 'remark', '改过的评语')
  const answer = await office.post(`/api/results/${id}/seal`, { seen })
  assert.equal(answer.status, 409)
  assert.match(answer.text, /演示第一小学评分表/)
})

test('an award changed in the database is not conferred, and a changed certificate is vouched for by nobody', async (t) => {
  const { w, office } = await ended(t)
  w.expectBreaches()
  const [award] = await rowsOf(w, 'award')
  await write(w, 'award', award?.id ?? '', 'grade', '改过的等次')
  const act = { documentNumber: '演示教党〔2026〕12号', conferredOn: '2026-11-17' }
  assert.equal((await confer(office, act)).status, 409)
  await write(w, 'award', award?.id ?? '', 'grade', award?.['grade'])
  assert.equal((await confer(office, act)).status, 200)
  const [now] = await rowsOf(w, 'award')
  const number = String(now?.['certificateNumber'])
  assert.match((await w.visitor.get(`/verify/${number}`)).text, /证书真实有效/)
  const certificate = String(now?.['certificate']).replace('2029', '2039')
  await write(w, 'award', now?.id ?? '', 'certificate', certificate)
  const page = await w.visitor.get(`/verify/${number}`)
  assert.doesNotMatch(page.text, /证书真实有效|2039/)
  assert.match(page.text, /暂时不能查验/)
})
