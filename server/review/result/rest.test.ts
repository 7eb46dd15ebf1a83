import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { eligibleSchool } from '#tests/world/application.ts'
import { admit, grant, panelsWithSheets, reviewed, rewrite, scoreAll, scoresAt } from '#tests/world/review.ts'
import { sealed } from '#tests/world/award.ts'
import { countedSurvey, indexFor } from '#tests/world/survey.ts'
import { PNG, upload } from '#tests/world/upload.ts'
import { type World, world } from '#tests/world/world.ts'

/** Two schools in review, the second of which has taken its application back. */
async function withdrawn(t: TestContext) {
  const w = await world(t)
  const [first, second] = [await admit(w, w.schoolIds[0]), await admit(w, w.schoolIds[1])]
  const panels = await panelsWithSheets(w)
  const reviewer = await w.as('reviewer')
  await scoreAll(reviewer)
  const secretary = await w.as('secretary', w.schoolIds[1])
  const done = await secretary.post(`/api/applications/${second}/withdraw`, { reason: '材料需要重做' })
  assert.equal(done.status, 200, done.text)
  return { w, first, second, panels, reviewer, office: await w.as('office') }
}

const stateOf = async (w: World, id: string) =>
  (
    await w.house.database.reader
      .selectFrom('application')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  ).state

const reasonsOf = (answer: { body: { reasons: { message: string }[] } }) =>
  answer.body.reasons.map((one) => one.message).join('')

test('an application that was taken back comes back into the review, with the sheets that it had', async (t) => {
  const { w, second, office, reviewer } = await withdrawn(t)
  await eligibleSchool(w, w.schoolIds[1])
  assert.equal((await office.post(`/api/applications/${second}/reinstate`, { reason: '学校来函' })).status, 200)
  assert.equal((await office.post(`/api/applications/${second}/admit`)).status, 200)
  assert.equal(await stateOf(w, second), 'inReview')
  const sheets = (await reviewer.get('/api/sheets')).body as { schoolName: string; state: string }[]
  assert.deepEqual(
    sheets.filter((one) => one.schoolName === '演示第二小学').map((one) => one.state),
    ['submitted', 'submitted', 'submitted', 'submitted'],
  )
})

test('sheets that were scored on other content than was submitted again go back to their reviewer', async (t) => {
  const { w, second, office, reviewer } = await withdrawn(t)
  await eligibleSchool(w, w.schoolIds[1])
  await office.post(`/api/applications/${second}/reinstate`, { reason: '学校来函' })
  // As the school's own new submission leaves it.
  await rewrite(w, 'application', second, { submittedAt: '2027-01-01T00:00:00.000Z', digest: 'b'.repeat(64) })
  assert.equal((await office.post(`/api/applications/${second}/admit`)).status, 200)
  const sheets = (await reviewer.get('/api/sheets')).body as {
    schoolName: string
    state: string
    returnReason: string
  }[]
  const own = sheets.filter((one) => one.schoolName === '演示第二小学')
  assert.deepEqual(new Set(own.map((one) => one.state)), new Set(['draft']))
  assert.match(own[0]?.returnReason ?? '', /重新提交了申报材料/)
})

test('what a school takes back is neither listed to its reviewer nor read nor scored any more', async (t) => {
  const w = await world(t)
  const id = await admit(w, w.schoolIds[0])
  await panelsWithSheets(w)
  const cited = (await upload(w, await w.as('clerk'), { name: '现场.png', bytes: PNG })).body.id
  const frozen = JSON.stringify({ entries: [{ files: [{ id: cited }] }] })
  await rewrite(w, 'application', id, { frozen })
  const reviewer = await w.as('reviewer')
  const [sheet] = (await reviewer.get('/api/sheets')).body
  await reviewer.post(`/api/sheets/${sheet.id}/declare`)
  const { updatedAt, dossier } = (await reviewer.get(`/api/sheets/${sheet.id}`)).body
  assert.notEqual(dossier, null)
  assert.equal((await reviewer.get(`/api/files/${cited}`)).status, 200)
  await (await w.as('secretary')).post(`/api/applications/${id}/withdraw`, { reason: '材料需要重做' })
  assert.deepEqual((await reviewer.get('/api/sheets')).body, [])
  assert.deepEqual((await reviewer.get('/api/todo')).body.items, [])
  assert.equal((await reviewer.get(`/api/files/${cited}`)).status, 404)
  assert.equal((await reviewer.get(`/api/sheets/${sheet.id}`)).body.dossier, null)
  const words = { scores: scoresAt(sheet.method, 0.8), remark: '', updatedAt }
  const late = await reviewer.post(`/api/sheets/${sheet.id}/submit`, words)
  assert.equal(late.status, 409)
  assert.match(late.body.message, /现在不在评审中，不用评分/)
})

test('a result is not computed, and not sealed, over the head of a school that waits for admission or for its sheets', async (t) => {
  const { w, first, second, office, reviewer } = await withdrawn(t)
  await countedSurvey(w, { [w.schoolIds[0]]: indexFor(1800) })
  const { id, digest: seen } = (await office.post('/api/review/compute')).body
  assert.equal((await office.post(`/api/results/${id}/moderate`, { remark: '复核', seen })).status, 200)
  await office.post(`/api/applications/${second}/reinstate`, { reason: '学校来函' })
  const waiting = await office.post('/api/review/compute')
  assert.equal(waiting.status, 422)
  assert.match(reasonsOf(waiting), /演示第二小学的申报还没有受理/)
  assert.match(reasonsOf(await office.post(`/api/results/${id}/seal`, { seen })), /演示第二小学的申报还没有受理/)
  await admit(w, w.schoolIds[2])
  assert.match(reasonsOf(await office.post('/api/review/compute')), /的申报已受理，还没有分配评分表/)
  assert.equal(await stateOf(w, first), 'inReview')
  assert.ok(reviewer)
})

test('after the seal nothing is admitted or handed out, which would stay outside the result for ever', async (t) => {
  const { w, office } = await sealed(t)
  await eligibleSchool(w, w.schoolIds[2])
  const late = await admit(w, w.schoolIds[2])
  const [panel] = (await office.get('/api/panels')).body.panels
  const refused = await office.post(`/api/panels/${panel.id}/assignment`)
  assert.equal(refused.status, 409)
  assert.match(refused.body.message, /已经封存，不能再有申报进入评审/)
  await w.house.database.writer.updateTable('application').set({ state: 'submitted' }).where('id', '=', late).execute()
  assert.equal((await office.post(`/api/applications/${late}/admit`)).status, 409)
  const { moves } = (await office.get(`/api/applications/${late}`)).body
  assert.equal(moves.admit.length, 1)
  assert.deepEqual(moves.refuse, [])
})

test('a sealed result is explained by the standard of its own year when the next has begun', async (t) => {
  const { w, office, resultId, applications } = await sealed(t)
  const { writer } = w.house.database
  const year = await writer.selectFrom('cycle').selectAll().where('id', '=', w.cycleId).executeTakeFirstOrThrow()
  await writer.updateTable('cycle').set({ state: 'closed' }).where('id', '=', w.cycleId).execute()
  const next = { id: crypto.randomUUID(), year: year.year + 1, standardId: null }
  await writer
    .insertInto('cycle')
    .values({ ...year, ...next })
    .execute()
  const told = await office.get(`/api/results/${resultId}/applications/${applications[0]}`)
  assert.equal(told.status, 200, told.text)
  assert.equal(told.body.total, 8280)
})

test('rule 10: who is of the office and reviews too sees nobody else’s numbers before the own sheet is in', async (t) => {
  const w = await world(t)
  await admit(w, w.schoolIds[0])
  const [panel] = await panelsWithSheets(w)
  await scoreAll(await w.as('reviewer'))
  await w.house.database.writer
    .insertInto('roleGrant')
    .values({
      id: crypto.randomUUID(),
      personId: w.personOf('office'),
      role: 'reviewer',
      organizationId: w.bureauId,
      departmentId: null,
      createdAt: '2026-05-11T00:00:00.000Z',
      endedAt: null,
    })
    .execute()
  const both = await w.as('office')
  const reviewerIds = [w.personOf('reviewer'), w.personOf('office')]
  await both.put(`/api/panels/${panel}/reviewers`, { reviewerIds })
  await both.post(`/api/panels/${panel}/assignment`)
  const seen = async () => {
    const [one] = (await both.get('/api/review')).body.applications as {
      methods: { method: string; sheets: { id: string; total: number | null }[] }[]
    }[]
    return one?.methods.find((each) => each.method === 'documents')?.sheets ?? []
  }
  assert.deepEqual(
    (await seen()).map((one) => one.total),
    [null, null],
  )
  const ids = (await seen()).map((one) => one.id)
  const statuses = async () =>
    (await Promise.all(ids.map((id) => both.get(`/api/sheets/${id}`)))).map((one) => one.status).toSorted()
  assert.deepEqual(await statuses(), [200, 409])
  await scoreAll(both)
  assert.deepEqual(await statuses(), [200, 200])
  assert.ok((await seen()).every((one) => one.total !== null))
})

test('rule 19: who scores a school neither returns colleagues’ sheets of it nor enters its points, while another of the office can', async (t) => {
  const { w, first, office, reviewer } = await reviewed(t)
  await scoreAll(reviewer)
  await grant(w, w.personOf('office'), 'reviewer', w.bureauId)
  const panel = {
    method: 'documents',
    name: '第二组',
    reviewerIds: [w.personOf('office')],
    schoolIds: [w.schoolIds[0]],
  }
  const { id } = (await office.post('/api/panels', panel)).body
  await office.post(`/api/panels/${id}/assignment`)
  const { applications } = (await office.get('/api/review')).body
  const sheets = applications[0].methods.flatMap((one: { sheets: { id: string; state: string }[] }) => one.sheets)
  const theirs = sheets.find((one: { state: string }) => one.state === 'submitted').id
  const bonus = { kind: 'bonus', code: 'P1', points: 100, reason: '市级简报采用' }
  const give = async (caller: typeof office) => [
    await caller.post(`/api/applications/${first}/adjustments`, bonus),
    await caller.post(`/api/sheets/${theirs}/return`, {
      reason: '核对一处',
      seen: (
        await w.house.database.reader
          .selectFrom('scoreSheet')
          .select('updatedAt')
          .where('id', '=', theirs)
          .executeTakeFirstOrThrow()
      ).updatedAt,
    }),
  ]
  await grant(w, w.personOf('leader'), 'office', w.bureauId)
  for (const refused of await give(office))
    assert.equal(refused.body.reasons[0].code, 'conflictOfInterest', refused.text)
  const other = await w.asPerson(w.personOf('leader'))
  for (const done of await give(other)) assert.equal(done.status, 200, done.text)
})

test('rule 19: who computed and moderated alone does not seal as well once somebody else of the office can', async (t) => {
  const { w, office, reviewer } = await reviewed(t)
  await scoreAll(reviewer)
  await countedSurvey(w, { [w.schoolIds[0]]: indexFor(1500), [w.schoolIds[1]]: indexFor(1500) })
  const { id, digest: seen } = (await office.post('/api/review/compute')).body
  assert.equal((await office.post(`/api/results/${id}/moderate`, { remark: '复核无误', seen })).status, 200)
  await grant(w, w.personOf('leader'), 'office', w.bureauId)
  assert.equal((await office.post(`/api/results/${id}/seal`, { seen })).body.reasons[0].code, 'sameDoer')
  const other = await w.asPerson(w.personOf('leader'))
  assert.equal((await other.post(`/api/results/${id}/seal`, { seen })).status, 200)
})

test('REVIEW-27: what proves a bonus is kept with it under its seal, and only the bureau reads it', async (t) => {
  const { w, first, office } = await reviewed(t)
  const file = (await upload(w, office, { name: '采用通知.png', bytes: PNG })).body
  const bonus = { kind: 'bonus', code: 'P1', points: 100, reason: '市级简报采用', fileIds: [file.id] }
  assert.equal((await office.post(`/api/applications/${first}/adjustments`, bonus)).status, 200)
  const shown = (await office.get('/api/review')).body.applications.find(
    (one: { applicationId: string }) => one.applicationId === first,
  )
  assert.deepEqual(shown.adjustments[0].files, [{ fileId: file.id, name: '采用通知.png', kind: 'png' }])
  assert.equal((await (await w.as('clerk')).get(`/api/files/${file.id}`)).status, 404)
  await w.house.database.writer.updateTable('adjustment').set({ files: null }).execute()
  w.expectBreaches()
  assert.equal((await office.post('/api/review/compute')).body.reasons[0].code, 'sealBroken')
})
