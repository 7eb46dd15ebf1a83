import assert from 'node:assert/strict'
import { test } from 'node:test'
import { admit, grant, panelsWithSheets, reviewed, scoreAll, scoresAt, rewrite } from '#tests/world/review.ts'
import { PDF, PNG, upload } from '#tests/world/upload.ts'
import { countedSurvey, indexFor } from '#tests/world/survey.ts'
import { type World, world } from '#tests/world/world.ts'
import { system } from '#domain/base/actor.ts'
import type { ScoredMethod } from '#domain/review/sheet.ts'
import { sealRow } from '#server/kernel/seal.ts'

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
  assert.equal(
    (
      await office.post(`/api/sheets/${sheet?.id}/return`, {
        reason: '请核对 A1',
        seen: (await office.get(`/api/sheets/${sheet?.id}`)).body.updatedAt,
      })
    ).status,
    200,
  )
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
  // The word of a second person: the office confirms what the reviewer has declared.
  const { exclusion } = (await office.get(`/api/sheets/${first?.id}`)).body
  const judged = { confirm: true, reason: '情况属实', seen: exclusion.stamp }
  assert.equal((await office.post(`/api/sheets/${first?.id}/exclusion`, judged)).status, 200)
  const review = (await office.get('/api/review')).body
  const school = review.applications.find((one: { schoolName: string }) => one.schoolName === '演示第一小学')
  assert.deepEqual(
    school.methods.flatMap((one: { sheets: { state: string }[] }) => one.sheets.map((each) => each.state)),
    ['excluded'],
  )
  const kept = await w.house.database.reader
    .selectFrom('scoreSheet')
    .select('state')
    .where('id', '=', first?.id ?? '')
    .executeTakeFirst()
  assert.equal(kept?.state, 'excluded')
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

const stateOfSheet = (w: World, id: string | undefined) =>
  w.house.database.reader
    .selectFrom('scoreSheet')
    .select(['state', 'total'])
    .where('id', '=', id ?? '')
    .executeTakeFirstOrThrow()

/** Another person of the office, as a bureau with two has them. */
async function secondOffice(w: World) {
  const personId = w.personOf('department')
  await grant(w, personId, 'office', w.bureauId)
  return w.as('department')
}

test('a submitted sheet is left out only by two people, with both reasons, its total and its digest in the log', async (t) => {
  const { w, office, reviewer } = await reviewed(t)
  await scoreAll(reviewer)
  const other = await secondOffice(w)
  const [sheet] = (await reviewer.get('/api/sheets')).body as { id: string; total: number }[]
  const at = `/api/sheets/${sheet?.id}`
  const seen = (await office.get(at)).body.updatedAt as string
  assert.equal((await office.post(`${at}/exclude`, { reason: '评分依据不实', seen: 'x' })).status, 409)
  assert.equal((await office.post(`${at}/exclude`, { reason: '评分依据不实', seen })).status, 200)
  assert.match((await office.post('/api/review/compute')).text, /提请剔除，还没有人确认/)
  const { exclusion } = (await office.get(at)).body
  const judged = { confirm: true, reason: '核实无误', seen: exclusion.stamp }
  assert.equal((await office.post(`${at}/exclusion`, judged)).body.reasons[0].code, 'sameDoer')
  assert.equal((await other.post(`${at}/exclusion`, judged)).status, 200)
  const left = await stateOfSheet(w, sheet?.id)
  assert.deepEqual([left.state, left.total], ['excluded', sheet?.total])
  const row = await w.house.database.reader
    .selectFrom('auditRow')
    .select('detail')
    .where('event', '=', 'scoreSheet.exclude')
    .executeTakeFirstOrThrow()
  const told = JSON.parse(row.detail) as { reason: string; total: number; digest: string }
  assert.equal(told.reason, '评分依据不实；核实无误')
  assert.equal(told.total, sheet?.total)
  assert.match(told.digest, /^[0-9a-f]{64}$/)
})

test('returning a submitted sheet and recusing its reviewer removes nothing without a second person', async (t) => {
  const { w, office, reviewer } = await reviewed(t)
  await scoreAll(reviewer)
  const other = await secondOffice(w)
  const [sheet] = (await reviewer.get('/api/sheets')).body as { id: string }[]
  const at = `/api/sheets/${sheet?.id}`
  const { updatedAt: seen, total } = (await office.get(at)).body
  await office.post(`${at}/return`, { reason: '重看', seen })
  assert.equal((await office.post(`${at}/recuse`, { kind: 'relative', reason: '据反映' })).status, 200)
  assert.equal((await stateOfSheet(w, sheet?.id)).state, 'draft')
  const shown = (await other.get(at)).body
  assert.equal(shown.exclusion.reason, '据反映')
  assert.deepEqual(
    shown.versions.map((one: { total: number; returned: string }) => [one.total, one.returned]),
    [[total, '重看']],
  )
})

test('an illness on one method gives up that sheet alone, and the office reads no draft of a reviewer', async (t) => {
  const { w, office, reviewer } = await reviewed(t)
  const sheets = (await reviewer.get('/api/sheets')).body as { id: string; schoolName: string; method: ScoredMethod }[]
  const [one, two] = sheets.filter((sheet) => sheet.schoolName === '演示第一小学')
  await reviewer.post(`/api/sheets/${one?.id}/declare`)
  const { updatedAt } = (await reviewer.get(`/api/sheets/${two?.id}`)).body
  const words = { scores: scoresAt(two?.method ?? 'documents', 0.5), remark: '草稿评语', updatedAt }
  assert.equal((await reviewer.put(`/api/sheets/${two?.id}`, words)).status, 200)
  const read = (await office.get(`/api/sheets/${two?.id}`)).body
  assert.deepEqual([read.scores, read.remark], [{}, ''])
  assert.equal((await office.post(`/api/sheets/${one?.id}/recuse`, { kind: 'unable', reason: '生病' })).status, 200)
  assert.equal((await stateOfSheet(w, one?.id)).state, 'recused')
  assert.equal((await stateOfSheet(w, two?.id)).state, 'draft')
})

test('a conflict that arises later bars saving and submitting, and the button says so', async (t) => {
  const { w, reviewer } = await reviewed(t)
  const sheets = (await reviewer.get('/api/sheets')).body as { id: string; schoolName: string; method: ScoredMethod }[]
  const one = sheets.find((sheet) => sheet.schoolName === '演示第一小学')
  await reviewer.post(`/api/sheets/${one?.id}/declare`)
  await grant(w, w.personOf('reviewer'), 'clerk', w.schoolIds[0])
  const read = (await reviewer.get(`/api/sheets/${one?.id}`)).body
  assert.equal(read.moves.submit[0].code, 'conflictOfInterest')
  const words = { scores: scoresAt(one?.method ?? 'documents', 0.5), remark: '', updatedAt: read.updatedAt }
  assert.equal((await reviewer.post(`/api/sheets/${one?.id}/submit`, words)).status, 403)
})

test('who worked at a school until less than three years ago gets no sheet of it, though the grant has ended', async (t) => {
  const w = await world(t)
  await admit(w, w.schoolIds[0])
  const personId = w.personOf('reviewer')
  await grant(w, personId, 'secretary', w.schoolIds[0])
  const ended = { endedAt: '2026-05-11T01:00:00.000Z' }
  const rows = w.house.database.writer.updateTable('roleGrant').set(ended).where('personId', '=', personId)
  await rows.where('role', '=', 'secretary').execute()
  const office = await w.as('office')
  const panel = await office.post('/api/panels', { method: 'documents', name: '一组', reviewerIds: [personId] })
  const plan = (await office.get(`/api/panels/${panel.body.id}/assignment`)).body
  assert.deepEqual([plan.make.length, plan.skipped[0].reason], [0, '三年内在这所学校工作过'])
})

test('a recused person of the office sees and touches nothing of that school in the review', async (t) => {
  const { w, first, office, reviewer } = await reviewed(t)
  await scoreAll(reviewer)
  await countedSurvey(w, { [w.schoolIds[0]]: indexFor(1500), [w.schoolIds[1]]: indexFor(1500) })
  const { id: resultId, digest } = (await office.post('/api/review/compute')).body
  const sheets = (await reviewer.get('/api/sheets')).body as { id: string; schoolName: string }[]
  const theirs = sheets.find((one) => one.schoolName === '演示第一小学')
  await w.work(system, async (work) => {
    const recusal = {
      bureauId: w.bureauId,
      cycleId: w.cycleId,
      personId: w.personOf('office'),
      kind: 'relative' as const,
    }
    const said = { schoolId: w.schoolIds[0], source: 'declared' as const, reason: '演示', createdAt: work.now }
    await work.tx
      .insertInto('recusal')
      .values({ id: 'r1', ...recusal, ...said })
      .execute()
    await sealRow(work, 'recusal', 'r1')
    work.record('test.recused', 'setting', 'x')
  })
  const desk = (await office.get('/api/review')).body
  assert.deepEqual([desk.hidden, desk.applications.length], [1, 1])
  assert.doesNotMatch(JSON.stringify(desk), /演示第一小学/)
  assert.equal((await office.get('/api/ranking')).body.places.length, 1)
  for (const url of [`/api/sheets/${theirs?.id}`, `/api/results/${resultId}/applications/${first}`])
    assert.equal((await office.get(url)).status, 404, url)
  assert.equal((await office.get(`/results/${resultId}/sealed.json`)).status, 403)
  const bonus = { kind: 'bonus', code: 'P1', points: 100, reason: '演示' }
  const barred = await office.post(`/api/applications/${first}/adjustments`, bonus)
  assert.equal(barred.body.reasons[0].code, 'conflictOfInterest')
  assert.equal(
    (await office.post(`/api/results/${resultId}/moderate`, { remark: '复核', seen: digest })).body.reasons[0].code,
    'conflictOfInterest',
  )
})

test('a request to leave a sheet out that was refused and made anew is not confirmed by who has read the first one', async (t) => {
  const { w, office, reviewer } = await reviewed(t)
  await scoreAll(reviewer)
  const other = await secondOffice(w)
  const [sheet] = (await reviewer.get('/api/sheets')).body as { id: string }[]
  const at = `/api/sheets/${sheet?.id}`
  assert.equal((await office.post(`${at}/exclude`, { reason: '第一个理由' })).status, 200)
  const { exclusion } = (await other.get(at)).body
  const refusal = { confirm: false, reason: '不成立', seen: exclusion.stamp }
  assert.equal((await other.post(`${at}/exclusion`, refusal)).status, 200)
  w.setTime('2026-10-20T02:00:01.000Z')
  const [later, second] = [await w.as('office'), await w.as('department')]
  assert.equal((await later.post(`${at}/exclude`, { reason: '另一个理由' })).status, 200)
  const stale = await second.post(`${at}/exclusion`, { confirm: true, reason: '属实', seen: exclusion.stamp })
  assert.equal(stale.status, 409)
  assert.equal((await stateOfSheet(w, sheet?.id)).state, 'submitted')
})
