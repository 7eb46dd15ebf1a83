import assert from 'node:assert/strict'
import { test } from 'node:test'
import { admit, grant, panelsWithSheets, reviewed, scoreAll, scoresAt, rewrite } from '#tests/review.ts'
import { PDF, PNG, upload } from '#tests/upload.ts'
import { countedSurvey, indexFor } from '#tests/survey.ts'
import { world } from '#tests/world.ts'

test('I17: a reviewer who recuses finds neither sheet nor dossier nor a count of it any more', async (t) => {
  const { w, reviewer } = await reviewed(t)
  const before = (await reviewer.get('/api/sheets')).body as { id: string; schoolName: string }[]
  const mine = before.filter((one) => one.schoolName === '演示第一小学')
  const [one] = mine
  assert.equal(mine.length, 4)
  assert.equal((await reviewer.get(`/api/sheets/${one?.id}`)).body.dossier, null)
  assert.equal(
    (await reviewer.post(`/api/sheets/${one?.id}/recuse`, { kind: 'relative', reason: '配偶在校任教' })).status,
    200,
  )
  for (const sheet of mine) assert.equal((await reviewer.get(`/api/sheets/${sheet.id}`)).status, 404)
  assert.equal((await reviewer.get('/api/sheets')).body.length, before.length - 4)
  const recusals = await w.house.database.reader.selectFrom('recusal').select(['kind', 'source']).execute()
  assert.deepEqual(
    recusals.map((one) => [one.kind, one.source]),
    [['relative', 'declared']],
  )
})

test('a reviewer who works at a school, or looks after it, gets no sheet of it', async (t) => {
  const w = await world(t)
  await admit(w, w.schoolIds[0])
  const office = await w.as('office')
  for (const role of ['leader', 'clerk'] as const)
    await w.house.database.writer
      .insertInto('roleGrant')
      .values({
        id: crypto.randomUUID(),
        personId: w.personOf(role),
        role: 'reviewer',
        organizationId: w.bureauId,
        departmentId: null,
        createdAt: '2026-05-11T00:00:00.000Z',
        endedAt: null,
      })
      .execute()
  const reviewerIds = [w.personOf('leader'), w.personOf('clerk'), w.personOf('reviewer')]
  const panel = await office.post('/api/panels', { method: 'documents', name: '第一组', reviewerIds })
  assert.equal(panel.status, 200, panel.text)
  const plan = (await office.get(`/api/panels/${panel.body.id}/assignment`)).body
  assert.equal(plan.make.length, 1)
  assert.deepEqual(
    plan.skipped.map((one: { reason: string }) => one.reason).toSorted(),
    ['在这所学校任职', '是这所学校的联系领导或联系股室人员'].toSorted(),
  )
})

test('a sheet with several mistakes names all of them, and a submitted one is locked', async (t) => {
  const { office, reviewer } = await reviewed(t)
  const [sheet] = (await reviewer.get('/api/sheets')).body as { id: string }[]
  await reviewer.post(`/api/sheets/${sheet?.id}/declare`)
  const read = (await reviewer.get(`/api/sheets/${sheet?.id}`)).body
  const wrong = await reviewer.post(`/api/sheets/${sheet?.id}/submit`, {
    scores: { [read.lines[0].code]: 999_999 },
    remark: '',
    updatedAt: read.updatedAt,
  })
  assert.equal(wrong.status, 422)
  assert.equal(wrong.body.reasons.length, read.lines.length)
  const scores = scoresAt(read.method, 1)
  assert.equal(
    (await reviewer.post(`/api/sheets/${sheet?.id}/submit`, { scores, remark: '', updatedAt: read.updatedAt })).status,
    200,
  )
  assert.equal(
    (await reviewer.put(`/api/sheets/${sheet?.id}`, { scores, remark: '', updatedAt: read.updatedAt })).status,
    409,
  )
  assert.equal((await office.post(`/api/sheets/${sheet?.id}/return`, { reason: '请核对 A1' })).status, 200)
  assert.equal((await reviewer.get(`/api/sheets/${sheet?.id}`)).body.state, 'draft')
})

test('one sheet submitted twice at the same moment: one success, one 409, one audit row', async (t) => {
  const { w, reviewer } = await reviewed(t)
  const [sheet] = (await reviewer.get('/api/sheets')).body as { id: string }[]
  await reviewer.post(`/api/sheets/${sheet?.id}/declare`)
  const read = (await reviewer.get(`/api/sheets/${sheet?.id}`)).body
  const body = { scores: scoresAt(read.method, 0.9), remark: '', updatedAt: read.updatedAt }
  const answers = await Promise.all([1, 2].map(() => reviewer.post(`/api/sheets/${sheet?.id}/submit`, body)))
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [200, 409])
  const rows = await w.house.database.reader
    .selectFrom('auditRow')
    .select('seq')
    .where('event', '=', 'scoreSheet.submit')
    .execute()
  assert.equal(rows.length, 1)
})

test('a declaration opens every sheet of the reviewer for that school, and only that school', async (t) => {
  const { reviewer } = await reviewed(t)
  const sheets = (await reviewer.get('/api/sheets')).body as { id: string; schoolName: string }[]
  const one = sheets.find((sheet) => sheet.schoolName === '演示第一小学')
  assert.equal((await reviewer.post(`/api/sheets/${one?.id}/declare`)).status, 200)
  const after = (await reviewer.get('/api/sheets')).body as { schoolName: string; state: string }[]
  for (const sheet of after) assert.equal(sheet.state, sheet.schoolName === '演示第一小学' ? 'opened' : 'assigned')
})

test('a conflict that arises after the sheet was handed out keeps it closed', async (t) => {
  const { w, reviewer } = await reviewed(t)
  const sheets = (await reviewer.get('/api/sheets')).body as { id: string; schoolName: string }[]
  const one = sheets.find((sheet) => sheet.schoolName === '演示第一小学')
  await grant(w, w.personOf('reviewer'), 'clerk', w.schoolIds[0])
  const refused = await reviewer.post(`/api/sheets/${one?.id}/declare`)
  assert.equal(refused.status, 403)
  assert.equal(refused.body.reasons[0].code, 'conflictOfInterest')
})

test('I17: a sheet submitted before its reviewer recused is neither read by them nor counted any more', async (t) => {
  const { w, reviewer, office } = await reviewed(t)
  const sheets = (await reviewer.get('/api/sheets')).body as { id: string; schoolName: string; method: string }[]
  const [first, second] = sheets.filter((sheet) => sheet.schoolName === '演示第一小学')
  await reviewer.post(`/api/sheets/${first?.id}/declare`)
  const { method, updatedAt } = (await reviewer.get(`/api/sheets/${first?.id}`)).body
  const body = { scores: scoresAt(method, 0.8), remark: '', updatedAt }
  assert.equal((await reviewer.post(`/api/sheets/${first?.id}/submit`, body)).status, 200)
  const why = { kind: 'advisedPlan', reason: '指导过方案' }
  assert.equal((await reviewer.post(`/api/sheets/${second?.id}/recuse`, why)).status, 200)
  assert.equal((await reviewer.get(`/api/sheets/${first?.id}`)).status, 404)
  assert.equal((await reviewer.get('/api/sheets')).body.length, 4)
  const review = (await office.get('/api/review')).body
  const school = review.applications.find((one: { schoolName: string }) => one.schoolName === '演示第一小学')
  assert.deepEqual(
    school.methods.flatMap((one: { sheets: unknown[] }) => one.sheets),
    [],
  )
  const kept = await w.house.database.reader
    .selectFrom('scoreSheet')
    .select('state')
    .where('id', '=', first?.id ?? '')
    .executeTakeFirst()
  assert.equal(kept?.state, 'submitted')
})

test('a reviewer reads the files of a dossier from the declaration on until a recusal, and no other file', async (t) => {
  const { w, first, reviewer } = await reviewed(t)
  const clerk = await w.as('clerk')
  const cited = (await upload(w, clerk, { name: '现场.png', bytes: PNG })).body.id
  const other = (await upload(w, clerk, { name: '方案.pdf', bytes: PDF })).body.id
  await rewrite(w, 'application', first, { frozen: JSON.stringify({ entries: [{ files: [{ id: cited }] }] }) })
  const sheets = (await reviewer.get('/api/sheets')).body as { id: string; schoolName: string }[]
  const one = sheets.find((sheet) => sheet.schoolName === '演示第一小学')
  const statuses = async () => [
    (await reviewer.get(`/api/files/${cited}`)).status,
    (await reviewer.get(`/api/files/${other}`)).status,
  ]
  assert.deepEqual(await statuses(), [404, 404])
  await reviewer.post(`/api/sheets/${one?.id}/declare`)
  assert.deepEqual(await statuses(), [200, 404])
  await reviewer.post(`/api/sheets/${one?.id}/recuse`, { kind: 'relative', reason: '配偶在校任教' })
  assert.deepEqual(await statuses(), [404, 404])
})

test('a reviewer sees only own sheets, a second reviewer none of the first', async (t) => {
  const { w, reviewer } = await reviewed(t)
  const [sheet] = (await reviewer.get('/api/sheets')).body as { id: string }[]
  await grant(w, w.personOf('leader'), 'reviewer', w.bureauId)
  const second = await w.as('leader')
  assert.deepEqual((await second.get('/api/sheets')).body, [])
  assert.equal((await second.get(`/api/sheets/${sheet?.id}`)).status, 404)
  assert.equal((await second.post(`/api/sheets/${sheet?.id}/declare`)).status, 404)
})

test('an absent reviewer is recused by the office, and a substitute lets the result be computed', async (t) => {
  const w = await world(t)
  await admit(w, w.schoolIds[0])
  const panels = await panelsWithSheets(w)
  const office = await w.as('office')
  const reviewer = await w.as('reviewer')
  const [sheet] = (await reviewer.get('/api/sheets')).body as { id: string }[]
  const why = { kind: 'other', reason: '因病不能参加' }
  assert.equal((await office.post(`/api/sheets/${sheet?.id}/recuse`, why)).status, 200)
  assert.deepEqual((await reviewer.get('/api/sheets')).body, [])
  await grant(w, w.personOf('department'), 'reviewer', w.bureauId)
  for (const panelId of panels) {
    await office.put(`/api/panels/${panelId}/reviewers`, { reviewerIds: [w.personOf('department')] })
    await office.post(`/api/panels/${panelId}/assignment`)
  }
  await scoreAll(await w.as('department'))
  await countedSurvey(w, { [w.schoolIds[0]]: indexFor(1500) })
  assert.equal((await office.post('/api/review/compute')).status, 200)
})
