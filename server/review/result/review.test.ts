import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonical } from '#domain/base/canonical.ts'
import { adoptedLevels, bonusOfAdoption } from '#domain/showcase/article.ts'
import { rank } from '#domain/review/review.ts'
import { decide } from '#tests/world/award.ts'
import { sha256 } from '#server/kernel/work.ts'
import { admit, grant, panelsWithSheets, reviewed, scoreAll } from '#tests/world/review.ts'
import { reportedRectification } from '#tests/world/supervision.ts'
import { countedSurvey, indexFor } from '#tests/world/survey.ts'
import { world } from '#tests/world/world.ts'

test('a year is reviewed from sheets to a seal that anyone can recompute', async (t) => {
  const { w, first, office, reviewer } = await reviewed(t)
  await scoreAll(reviewer)
  await countedSurvey(w, { [w.schoolIds[0]]: indexFor(1800), [w.schoolIds[1]]: indexFor(1700) })
  const computed = await office.post('/api/review/compute')
  assert.equal(computed.status, 200, computed.text)
  assert.equal((await office.post(`/api/results/${computed.body.id}/seal`, { seen: computed.body.digest })).status, 409)
  assert.equal(
    (await office.post(`/api/results/${computed.body.id}/moderate`, { remark: '复核无误', seen: computed.body.digest }))
      .status,
    200,
  )
  const sealed = await office.post(`/api/results/${computed.body.id}/seal`, { seen: computed.body.digest })
  assert.equal(sealed.status, 200, sealed.text)
  const file = await office.get(`/results/${computed.body.id}/sealed.json`)
  assert.equal(sha256(file.text), sealed.body.digest)
  const ranking = (await office.get('/api/ranking')).body
  assert.deepEqual(
    ranking.places.map((one: { place: number; total: number }) => [one.place, one.total]),
    [
      [1, 8280],
      [2, 8180],
    ],
  )
  const leader = await w.as('leader')
  assert.equal((await leader.get('/api/ranking')).body.places.length, 2)
  const told = (await office.get(`/api/results/${computed.body.id}/applications/${first}`)).body
  assert.equal(told.total, 8280)
  assert.ok(told.methods.every((one: { sheets: unknown[] }) => one.sheets.length === 1))
  assert.equal(
    told.survey.source,
    '满意度指数 94.74，有效答卷 90 份，回收率 75.00%，“不了解”占 —，计票摘要 cccccccccccc',
  )
})

test('a school without an index keeps the result from being computed until the office rules, then follows its interviews', async (t) => {
  const { w, first, second, office, reviewer } = await reviewed(t)
  const rule = (id: string, reason = '规模很小，访谈已覆盖全部家长') =>
    office.post(`/api/applications/${id}/survey-ruling`, { reason })
  assert.equal((await rule(second)).status, 409)
  await scoreAll(reviewer, 0.8)
  await countedSurvey(w, { [w.schoolIds[0]]: indexFor(1800), [w.schoolIds[1]]: null })
  const refused = await office.post('/api/review/compute')
  assert.deepEqual(
    refused.body.reasons.map((one: { message: string; href: string }) => [one.message, one.href]),
    [['演示第二小学：群众测评样本不足：家长回收不足，待裁定。', `/console/review/${second}`]],
  )
  assert.equal((await rule(first)).status, 409)
  assert.equal((await rule(second, '')).status, 422)
  assert.equal((await rule(second)).status, 200)
  const computed = await office.post('/api/review/compute')
  assert.equal(computed.status, 200, computed.text)
  const told = (await office.get(`/api/results/${computed.body.id}/applications/${second}`)).body
  assert.equal(told.survey.points, 1520)
  assert.match(told.survey.source, /经裁定按访谈座谈得分率折算：规模很小/)
})

test('everything that keeps the result from being computed is named at once', async (t) => {
  const { office } = await reviewed(t)
  const refused = await office.post('/api/review/compute')
  assert.equal(refused.status, 422)
  // Two schools, each with four open sheets and no survey points.
  assert.equal(refused.body.reasons.length, 10)
})

test('a leader sees no number before the seal', async (t) => {
  const { w, office, reviewer } = await reviewed(t)
  await scoreAll(reviewer)
  await countedSurvey(w, { [w.schoolIds[0]]: indexFor(1500), [w.schoolIds[1]]: indexFor(1500) })
  await office.post('/api/review/compute')
  const leader = await w.as('leader')
  assert.deepEqual((await leader.get('/api/ranking')).body.places, [])
})

test('sheets far apart must be explained before the result is computed', async (t) => {
  const { w, office, reviewer } = await reviewed(t)
  await scoreAll(reviewer, 0.9)
  await grant(w, w.personOf('department'), 'reviewer', w.bureauId)
  const [panel] = (await office.get('/api/panels')).body.panels as { id: string; method: string }[]
  const reviewerIds = [w.personOf('reviewer'), w.personOf('department')]
  assert.equal((await office.put(`/api/panels/${panel?.id}/reviewers`, { reviewerIds })).status, 200)
  await office.post(`/api/panels/${panel?.id}/assignment`)
  await scoreAll(await w.as('department'), 0.6)
  await countedSurvey(w, { [w.schoolIds[0]]: indexFor(1500), [w.schoolIds[1]]: indexFor(1500) })
  const { applications } = (await office.get('/api/review')).body
  const flagged = applications.filter((one: { methods: { disagreement: unknown }[] }) =>
    one.methods.some((method) => method.disagreement !== null),
  )
  assert.ok(flagged.length > 0)
  const refused = await office.post('/api/review/compute')
  assert.equal(refused.status, 422)
  assert.equal(refused.body.reasons.length, flagged.length)
  for (const { applicationId } of flagged) {
    const ruling = { method: panel?.method, reason: '两位专家看法不同，复核后采用平均分' }
    assert.equal((await office.post(`/api/applications/${applicationId}/rulings`, ruling)).status, 200)
  }
  assert.equal((await office.post('/api/review/compute')).status, 200)
})

test('rule 10: one more reviewer settles a disagreement as a reason does, but only one who was added after it stood', async (t) => {
  const w = await world(t)
  await admit(w, w.schoolIds[0])
  const [panel] = await panelsWithSheets(w)
  await countedSurvey(w, { [w.schoolIds[0]]: indexFor(1500) })
  await scoreAll(await w.as('reviewer'), 0.9)
  const reviewerIds = [w.personOf('reviewer')]
  const join = async (role: 'department' | 'auditor', instant: string, share: number) => {
    w.setTime(instant)
    await grant(w, w.personOf(role), 'reviewer', w.bureauId)
    reviewerIds.push(w.personOf(role))
    const office = await w.as('office')
    assert.equal((await office.put(`/api/panels/${panel}/reviewers`, { reviewerIds })).status, 200)
    assert.equal((await office.post(`/api/panels/${panel}/assignment`)).status, 200)
    await scoreAll(await w.as(role), share)
    return office
  }
  const two = await join('department', '2026-05-12T02:00:00.000Z', 0.5)
  const refused = await two.post('/api/review/compute')
  assert.equal(refused.status, 422)
  assert.match(refused.body.message, /评分分歧较大，请说明理由或增加一位评委/)
  const three = await join('auditor', '2026-05-13T02:00:00.000Z', 0.7)
  assert.equal((await three.post('/api/review/compute')).status, 200)
  const { applications } = (await three.get('/api/review')).body
  assert.match(applications[0].methods[0].disagreement.ruling, /已增加一位专家评分/)
})

test('a result computed again points to the one before, and only the newest is sealed', async (t) => {
  const { w, second, office, reviewer } = await reviewed(t)
  await scoreAll(reviewer)
  await countedSurvey(w, { [w.schoolIds[0]]: indexFor(1500), [w.schoolIds[1]]: indexFor(1500) })
  const before = (await office.post('/api/review/compute')).body
  const bonus = { kind: 'bonus', code: 'P1', points: 50, reason: '经验被市级采用' }
  assert.equal((await office.post(`/api/applications/${second}/adjustments`, bonus)).status, 200)
  await office.post(`/api/results/${before.id}/moderate`, { remark: '复核', seen: before.digest })
  const stale = await office.post(`/api/results/${before.id}/seal`, { seen: before.digest })
  assert.equal(stale.status, 409)
  const after = (await office.post('/api/review/compute')).body
  assert.equal((await office.post(`/api/results/${before.id}/seal`, { seen: before.digest })).status, 409)
  const row = await w.house.database.reader
    .selectFrom('result')
    .select('previousId')
    .where('id', '=', after.id)
    .executeTakeFirst()
  assert.equal(row?.previousId, before.id)
  assert.equal((await office.get('/api/ranking')).body.places[0].applicationId, second)
})

test("the office's desk asks the database as often for two schools as for one", async (t) => {
  const w = await world(t)
  await admit(w, w.schoolIds[0])
  await panelsWithSheets(w)
  const office = await w.as('office')
  const count = async (): Promise<number> => {
    w.queries.count = 0
    assert.equal((await office.get('/api/review')).status, 200)
    return w.queries.count
  }
  await count()
  const forOne = await count()
  await admit(w, w.schoolIds[1])
  await panelsWithSheets(w)
  assert.equal(await count(), forOne)
})

test('Z3: an experience that a higher level adopted is suggested for the bonus of that level', async (t) => {
  const { w, office } = await reviewed(t)
  const { id } = (
    await (
      await w.as('clerk')
    ).post('/api/articles', {
      kind: 'experience',
      title: '演示经验',
      body: '做法和成效。'.repeat(40),
      authorName: '演示干事',
    })
  ).body
  for (const level of adoptedLevels) {
    const code = bonusOfAdoption[level]
    await w.house.database.writer
      .updateTable('article')
      .set({ adoptedLevel: level, cycleId: w.cycleId })
      .where('id', '=', id)
      .execute()
    const { applications } = (await office.get('/api/review')).body
    const suggested = applications.flatMap((one: { schoolName: string; suggestions: object[] }) =>
      one.suggestions.map((each) => ({ schoolName: one.schoolName, ...each })),
    )
    assert.deepEqual(
      suggested.map((one: { schoolName: string; kind: string; code: string; count: number }) => [
        one.schoolName,
        one.kind,
        one.code,
        one.count,
      ]),
      code ? [['演示第一小学', 'bonus', code, 1]] : [],
      level,
    )
  }
})

test('a rectification reported on its last day suggests no deduction, one reported the day after does', async (t) => {
  const { w, office } = await reviewed(t)
  const id = await reportedRectification(w)
  const suggested = async (dueOn: string) => {
    await w.house.database.writer.updateTable('rectification').set({ dueOn }).where('id', '=', id).execute()
    const { applications } = (await office.get('/api/review')).body
    return applications
      .flatMap((one: { suggestions: { code: string; count: number }[] }) => one.suggestions)
      .map((one: { code: string; count: number }) => [one.code, one.count])
  }
  assert.deepEqual(await suggested('2026-05-11'), [])
  assert.deepEqual(await suggested('2026-05-10'), [['N1', 1]])
})

test('a sealed result is corrected by a new one that points to it, with a reason, until the decision stands on it', async (t) => {
  const { w, second, office, reviewer } = await reviewed(t)
  await scoreAll(reviewer)
  await countedSurvey(w, { [w.schoolIds[0]]: indexFor(1500), [w.schoolIds[1]]: indexFor(1500) })
  const sealResult = async () => {
    const { id, digest } = (await office.post('/api/review/compute')).body
    const correctEarly = await office.post(`/api/results/${id}/correct`, { reason: '还没有封存', seen: digest })
    assert.match(correctEarly.body.message, /还没有封存，改好评分后重新计算/)
    await office.post(`/api/results/${id}/moderate`, { remark: '复核', seen: digest })
    assert.equal((await office.post(`/api/results/${id}/seal`, { seen: digest })).status, 200)
    return { id, digest }
  }
  const before = await sealResult()
  const bonus = { kind: 'bonus', code: 'P1', points: 50, reason: '经验被市级采用' }
  const add = () => office.post(`/api/applications/${second}/adjustments`, bonus)
  assert.equal((await add()).status, 409)

  const unread = await office.post(`/api/results/${before.id}/correct`, { reason: '看的是旧的', seen: 'x' })
  assert.match(unread.body.message, /评审结果刚才有改动/)
  assert.equal((await office.post(`/api/results/${before.id}/correct`, { reason: '' })).status, 422)
  const twice = await Promise.all(
    [1, 2].map(() => office.post(`/api/results/${before.id}/correct`, { reason: '漏计一项加分', seen: before.digest })),
  )
  assert.deepEqual(twice.map((one) => one.status).toSorted(), [200, 409])
  assert.deepEqual((await office.get('/api/ranking')).body.places, [])
  const leader = await w.as('leader')
  const old = `/api/results/${before.id}/applications/${second}`
  assert.deepEqual([(await leader.get(old)).status, (await office.get(old)).status], [404, 200])
  const decision = { heldOn: '2026-05-11', attendees: '演示', minutes: '演示' }
  const grades = [{ applicationId: second, grade: (await office.get('/api/naming')).body.grades[0] }]
  const decideOn = (id: string) => decide(office, id, { ...decision, grades })
  assert.equal((await decideOn(before.id)).status, 404, 'nobody decides on what was set aside')

  assert.equal((await add()).status, 200)
  const after = await sealResult()
  assert.notEqual(after.digest, before.digest)
  const { corrected, places } = (await office.get('/api/ranking')).body
  assert.deepEqual([corrected.id, corrected.digest, corrected.reason], [before.id, before.digest, '漏计一项加分'])
  assert.equal(places[0].applicationId, second)
  const row = await w.house.database.reader
    .selectFrom('result')
    .select('previousId')
    .where('id', '=', after.id)
    .executeTakeFirstOrThrow()
  assert.equal(row.previousId, before.id)
  const kept = await office.get(`/results/${before.id}/sealed.json`)
  assert.equal(sha256(kept.text), before.digest, 'the old one stays as it was sealed')

  assert.equal((await decideOn(after.id)).status, 200)
  const late = await office.post(`/api/results/${after.id}/correct`, { reason: '太晚', seen: after.digest })
  assert.equal(late.status, 409)
  assert.match(late.body.message, /审定决定已经登记/)
})

test('the sealed file explains itself: the standard by its canonical digest, the recusals and the rulings are in it', async (t) => {
  const { w, second, office, reviewer } = await reviewed(t)
  await scoreAll(reviewer)
  await countedSurvey(w, { [w.schoolIds[0]]: indexFor(1500), [w.schoolIds[1]]: null })
  await office.post(`/api/applications/${second}/survey-ruling`, { reason: '规模很小' })
  await grant(w, w.personOf('department'), 'reviewer', w.bureauId)
  const [panel] = (await office.get('/api/panels')).body.panels
  const reviewerIds = [w.personOf('reviewer'), w.personOf('department')]
  await office.put(`/api/panels/${panel.id}/reviewers`, { reviewerIds })
  await office.post(`/api/panels/${panel.id}/assignment`)
  await scoreAll(await w.as('department'))
  const { id, digest } = (await office.post('/api/review/compute')).body
  const file = JSON.parse((await office.get(`/results/${id}/sealed.json`)).text)
  assert.equal(sha256(canonical(file.standard)), file.standardDigest)
  assert.deepEqual(file.places, rank(file.inputs, file.standard))
  assert.deepEqual(file.rulings, [{ applicationId: second, method: 'survey', reason: '规模很小' }])
  assert.deepEqual(
    file.recusals.map((one: { schoolId: string; kind: string }) => [one.schoolId, one.kind]),
    [[w.schoolIds[1], 'contactSchool']],
  )
  await office.post(`/api/results/${id}/moderate`, { remark: '复核', seen: digest })
  await office.post(`/api/applications/${second}/survey-ruling`, { reason: '另一个理由' })
  const stale = await office.post(`/api/results/${id}/seal`, { seen: digest })
  assert.equal(stale.status, 409)
})

test('where one person of the office does every step, it is told before and stands on record', async (t) => {
  const { w, office, reviewer } = await reviewed(t)
  await scoreAll(reviewer)
  await countedSurvey(w, { [w.schoolIds[0]]: indexFor(1500), [w.schoolIds[1]]: indexFor(1500) })
  const { id, digest: seen } = (await office.post('/api/review/compute')).body
  assert.equal((await office.get('/api/ranking')).body.alone, true)
  await office.post(`/api/results/${id}/moderate`, { remark: '复核', seen })
  assert.equal((await office.post(`/api/results/${id}/seal`, { seen })).status, 200)
  const { detail } = await w.house.database.reader
    .selectFrom('auditRow')
    .select('detail')
    .where('event', '=', 'result.seal')
    .executeTakeFirstOrThrow()
  assert.equal(JSON.parse(detail).merged, true)
})
