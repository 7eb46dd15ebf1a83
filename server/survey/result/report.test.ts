import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system, visitor } from '#domain/base/actor.ts'
import { inWork, lookAround } from '#server/kernel/work.ts'
import { sealRow } from '#server/kernel/seal.ts'
import { castAll, openedSurvey, type Slip, talliedSurvey } from '#tests/world/survey.ts'
import { type Caller, type World, world } from '#tests/world/world.ts'
import { listPublishedSurveys } from './queries.ts'
import { readPublishedSurvey } from './views.ts'

const close = async (w: World, id: string) => {
  const office = await w.as('office')
  assert.equal((await office.post(`/api/surveys/${id}/close`, { reason: '提前' })).status, 200)
  assert.equal((await office.post(`/api/surveys/${id}/tally`)).status, 200)
}

test('a school reads its own result with n, response rate and 不了解 share, and no other school’s', async (t) => {
  const w = await world(t)
  const id = await talliedSurvey(w)
  const [first, second] = w.schoolIds
  const clerk = await w.as('clerk')
  const { body } = await clerk.get(`/api/surveys/${id}/schools/${first}/result`)
  assert.equal(body.index, 8_875)
  assert.equal(body.without, '')
  assert.equal(body.n, 80)
  assert.equal(body.band, null)
  assert.match(body.digest, /^[0-9a-f]{64}$/)
  const [teachers] = body.audiences
  assert.deepEqual(
    [teachers.n, teachers.issued, teachers.responseRate, teachers.mean, teachers.satisfied, teachers.unknownShare],
    [20, 20, 10_000, 8_500, 10_000, 0],
  )
  assert.equal(teachers.items[0].text, '我了解学校正在建设的党建文化品牌。')
  assert.equal((await clerk.get(`/api/surveys/${id}/schools/${second}/result`)).status, 404)
})

test('whoever changes a school after the freezing changes no weight: every index is the one in the signed file', async (t) => {
  const w = await world(t)
  const [schoolId] = w.schoolIds
  const { id, slips } = await openedSurvey(w)
  const own = slips.filter((one) => one.schoolId === schoolId)
  await castAll(
    w,
    own.filter((one) => one.audience === 'pupil'),
    'dissatisfied',
  )
  await castAll(
    w,
    own.filter((one) => one.audience !== 'pupil'),
  )
  await w.work(system, async (work) => {
    await work.tx.updateTable('school').set({ stage: '幼儿园' }).where('id', '=', schoolId).execute()
    work.record('test.changed', 'school', schoolId)
  })
  await close(w, id)
  const office = await w.as('office')
  const { body } = await office.get(`/api/surveys/${id}/schools/${schoolId}/result`)
  const file = JSON.parse((await office.get(`/surveys/${id}/audit.json`)).text)
  const signed = file.schools.find((one: { schoolId: string }) => one.schoolId === schoolId)
  assert.equal(body.index, 7_375)
  assert.equal(body.index, signed.index)
})

test('too few answers give no index, and what fewer than five answered is shown to nobody', async (t) => {
  const w = await world(t)
  const [first] = w.schoolIds
  const few = (slip: Slip, at: number) => slip.schoolId !== first || slip.audience !== 'teacher' || at < 3
  const id = await talliedSurvey(w, { answering: few })
  const office = await w.as('office')
  const { body } = await office.get(`/api/surveys/${id}/schools/${first}/result`)
  assert.equal(body.index, null)
  assert.equal(body.without, '样本不足：教师回收不足')
  const teachers = body.audiences.find((one: { audience: string }) => one.audience === 'teacher')
  assert.equal(teachers.n, 3)
  assert.deepEqual([teachers.hidden, teachers.mean, teachers.items.length], [true, null, 0])
  const totals = (await office.get(`/api/surveys/${id}/totals`)).body
  assert.equal(totals.audiences.find((one: { audience: string }) => one.audience === 'teacher').n, 40)
  const list = (await office.get(`/api/surveys/${id}/results?without=true`)).body
  assert.deepEqual([list.total, list.items[0].schoolId], [1, first])
})

test('the office’s table pages, sorts and filters, in as many queries for three schools as for one', async (t) => {
  const w = await world(t)
  const id = await talliedSurvey(w)
  const office = await w.as('office')
  const asked = async (query: string) => {
    const before = w.queries.count
    const { body } = await office.get(`/api/surveys/${id}/results${query}`)
    return { queries: w.queries.count - before, ...body }
  }
  // Who asks is read once between two commits.
  await asked('')
  const all = await asked('?sort=index')
  assert.deepEqual(
    all.items.map((one: { index: number }) => one.index),
    [8_500, 8_875, 8_875],
  )
  const one = await asked('?size=1&page=2')
  assert.deepEqual([one.total, one.items.length], [3, 1])
  assert.equal(one.queries, all.queries)
})

test('the table and the audit file go out as files', async (t) => {
  const w = await world(t)
  const id = await talliedSurvey(w)
  const office = await w.as('office')
  const sheet = await office.get(`/surveys/${id}/results.xlsx`)
  assert.equal(sheet.status, 200)
  assert.match(String(sheet.headers['content-type']), /spreadsheetml/)
  const audit = await (await w.as('auditor')).get(`/surveys/${id}/audit.json`)
  assert.equal(JSON.parse(audit.text).format, 'yipin-ballots-1')
})

test('remarks come without a person, wait for the office, and reach the school once released', async (t) => {
  const w = await world(t)
  const id = await talliedSurvey(w, { text: '希望多办读书活动' })
  const office = await w.as('office')
  const all = (await office.get(`/api/surveys/${id}/remarks?size=200`)).body
  assert.equal(all.total, 80 + 80 + 50)
  const [first] = w.schoolIds
  const clerk = await w.as('clerk')
  assert.equal((await clerk.get(`/api/surveys/${id}/remarks`)).body.total, 0)
  const own = all.items.find((one: { schoolId: string }) => one.schoolId === first)
  const judge = (state: string) => office.post(`/api/survey-remarks/${own.id}/judge`, { state })
  assert.equal((await judge('released')).status, 200)
  const seen = (await clerk.get(`/api/surveys/${id}/remarks`)).body
  assert.deepEqual(
    seen.items.map((one: { id: string; doubts: string[] }) => [one.id, one.doubts]),
    [[own.id, []]],
  )
  assert.equal((await (await w.as('clerk', w.schoolIds[1])).get(`/api/surveys/${id}/remarks`)).body.total, 0)
  assert.equal((await judge('held')).status, 200)
  assert.equal((await clerk.get(`/api/surveys/${id}/remarks`)).body.total, 0)
})

test('a person finds the own check code in the school’s list after counting', async (t) => {
  const w = await world(t)
  const { id, slips } = await openedSurvey(w)
  const [first] = w.schoolIds
  await castAll(
    w,
    slips.filter((one) => one.schoolId === first),
  )
  await close(w, id)
  const { body } = await (await w.as('auditor')).get(`/api/surveys/${id}/schools/${first}/check-codes`)
  assert.equal(body.codes.length, 80)
  assert.deepEqual(body.codes, body.codes.toSorted())
})

test('district totals reach schools and the portal once published, without any school and only from ten ballots on', async (t) => {
  const w = await world(t)
  const few = (slip: Slip, at: number) => slip.audience !== 'teacher' || (slip.schoolId === w.schoolIds[0] && at < 7)
  const id = await talliedSurvey(w, { answering: few })
  const clerk = await w.as('clerk')
  assert.equal((await clerk.get(`/api/surveys/${id}/totals`)).status, 409)
  assert.deepEqual(await listPublishedSurveys(w.house.database.reader), [])
  assert.equal((await w.visitor.get(`/surveys/${id}`)).status, 404)
  await (await w.as('office')).post(`/api/surveys/${id}/publish`, { text: '感谢大家。' })
  const read = async (caller: Caller) =>
    (await caller.get(`/api/surveys/${id}/totals`)).body.audiences.map(
      (one: { n: number; mean: number; why: string }) => [one.n, one.mean, one.why],
    )
  // One school's teachers, the parents of three schools, the pupils of two.
  assert.deepEqual(await read(await w.as('office')), [
    [7, 8_500, ''],
    [90, 8_500, ''],
    [60, 10_000, ''],
  ])
  assert.deepEqual(await read(clerk), [
    [7, null, '不足 3 所学校，不公布合计'],
    [90, 8_500, ''],
    [60, null, '不足 3 所学校，不公布合计'],
  ])
  const shown = await readPublishedSurvey(lookAround(w.house, visitor), id)
  assert.deepEqual(
    shown.audiences.map((one) => [one.mean, one.items.length > 0, one.why]),
    [
      [null, false, '答卷不足 10 份，不公布'],
      [8_500, true, ''],
      [null, false, '不足 3 所学校，不公布合计'],
    ],
  )
  assert.ok(!JSON.stringify(shown).includes('演示第一小学'))
})

test('the portal page of a published survey tells figures and how to check them within 15 KiB, and names no school', async (t) => {
  const w = await world(t)
  const few = (slip: Slip, at: number) => slip.audience !== 'teacher' || (slip.schoolId === w.schoolIds[0] && at < 7)
  const id = await talliedSurvey(w, { answering: few })
  const survey = (await (await w.as('office')).get(`/api/surveys/${id}`)).body
  await (await w.as('office')).post(`/api/surveys/${id}/publish`, { text: '感谢<大家>。' })
  const { status, text } = await w.visitor.get(`/surveys/${id}`)
  assert.equal(status, 200)
  assert.ok(Buffer.byteLength(text) < 15 * 1024)
  assert.match(text, /感谢&#60;大家&#62;。/)
  assert.match(text, /不足 10 份/)
  assert.ok(text.includes(survey.closingSeal.digest) && text.includes(survey.fingerprint))
  assert.ok(!/演示第/.test(text))
  assert.doesNotMatch(text, />\d+(\.\d)?%</)
  assert.match(text, /\d{4}年\d{1,2}月\d{1,2}日至\d{4}年\d{1,2}月\d{1,2}日答题，\d{4}年\d{1,2}月\d{1,2}日公布。/)
  assert.doesNotMatch(text, /85\.00?%?<\/td><td class="number"[^>]*>7</)
  assert.match((await w.visitor.get('/notices')).text, /href="\/surveys"/)
  assert.match((await w.visitor.get('/')).text, new RegExp(`/surveys/${id}`))
})

test('a visitor sees the check codes of one school of a published survey, of an unpublished one nothing', async (t) => {
  const w = await world(t)
  const id = await talliedSurvey(w)
  const [first] = w.schoolIds
  assert.equal((await w.visitor.get(`/survey-codes/${id}?school=${first}`)).status, 404)
  await (await w.as('office')).post(`/api/surveys/${id}/publish`, { text: '感谢大家。' })
  const { codes } = (await (await w.as('clerk')).get(`/api/surveys/${id}/schools/${first}/check-codes`)).body
  const { text } = await w.visitor.get(`/survey-codes/${id}?school=${first}`)
  assert.ok(codes.length >= 10)
  assert.deepEqual(
    [...text.matchAll(/<li>(\w{4}-\w{4})<\/li>/g)].map((one) => one[1]),
    codes,
  )
  const typed = encodeURIComponent(` ${codes[0].toLowerCase().replace('-', '　')}`)
  assert.match(
    (await w.visitor.get(`/survey-codes/${id}?school=${first}&code=${typed}`)).text,
    /计入的答卷里有这个回执编码/,
  )
  assert.match((await w.visitor.get(`/survey-codes/${id}?school=${first}&code=AAAA-AAAA`)).text, /没有找到这个回执编码/)
  assert.equal((await w.visitor.get(`/survey-codes/${id}?school=none`)).status, 404)
})

test('a school takes its own result away as a sheet, another school does not', async (t) => {
  const w = await world(t)
  const id = await talliedSurvey(w)
  const [first, second] = w.schoolIds
  const sheet = await (await w.as('clerk')).get(`/surveys/${id}/schools/${first}/result.xlsx`)
  assert.equal(sheet.status, 200)
  assert.match(String(sheet.headers['content-type']), /spreadsheetml/)
  assert.equal((await (await w.as('clerk')).get(`/surveys/${id}/schools/${second}/result.xlsx`)).status, 404)
})

test('five schools of a stage with an index show how they spread', async (t) => {
  const w = await world(t)
  const id = await talliedSurvey(w)
  const [first] = w.schoolIds
  const db = w.house.database.writer
  const own = await db.selectFrom('surveyResult').selectAll().where('schoolId', '=', first).executeTakeFirstOrThrow()
  const school = await db.selectFrom('school').selectAll().where('id', '=', first).executeTakeFirstOrThrow()
  const organization = await db.selectFrom('organization').selectAll().where('id', '=', first).executeTakeFirstOrThrow()
  await inWork(w.house, system, async (work) => {
    for (const [at, index] of [9_000, 9_100, 9_200, 9_300, 9_400, 9_500].entries()) {
      const schoolId = work.newId()
      await work.tx
        .insertInto('organization')
        .values({ ...organization, id: schoolId, code: null })
        .execute()
      await work.tx
        .insertInto('school')
        .values({ ...school, id: schoolId, name: `演示第${at + 4}小学`, sortKey: `9${at + 4}` })
        .execute()
      const satisfaction = { ...JSON.parse(own.satisfaction), index }
      await work.tx
        .insertInto('surveyResult')
        .values({ ...own, id: schoolId, schoolId, satisfaction: JSON.stringify(satisfaction) })
        .execute()
      await sealRow(work, 'surveyResult', schoolId)
    }
    work.record('test.schools', 'survey', id)
  })
  const { band } = (await (await w.as('clerk')).get(`/api/surveys/${id}/schools/${first}/result`)).body
  assert.deepEqual(band, {
    schools: 8,
    lowerQuartile: 8_900,
    median: 9_100,
    upperQuartile: 9_300,
  })
})
