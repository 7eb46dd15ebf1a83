import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draftedApplication, eligibleSchool } from '#tests/world/application.ts'
import type { TestContext } from 'node:test'
import { type Caller, world, type World } from '#tests/world/world.ts'

const words = {
  achievements: '本年度围绕品牌开展了一系列活动，党员示范岗带动了教研和帮扶，师生参与面逐月扩大。'.repeat(4),
  problems: '家长参与还不够。',
  nextSteps: '明年把家长课堂固定下来。',
}

async function drafted(t: TestContext): Promise<{ w: World; clerk: Caller; secretary: Caller; id: string }> {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const secretary = await w.as('secretary')
  const { id } = (await clerk.post('/api/summaries')).body
  const { updatedAt } = (await clerk.get(`/api/summaries/${id}`)).body
  const saved = await clerk.put(`/api/summaries/${id}`, { ...words, updatedAt })
  assert.equal(saved.status, 200)
  return { w, clerk, secretary, id }
}

test('a summary is opened once however often it is asked for', async (t) => {
  const { clerk, id } = await drafted(t)
  assert.equal((await clerk.post('/api/summaries')).body.id, id)
})

test('signing an empty summary names everything that is missing at once', async (t) => {
  const w = await world(t)
  const secretary = await w.as('secretary')
  const { id } = (await secretary.post('/api/summaries')).body
  const refused = await secretary.post(`/api/summaries/${id}/sign`)
  assert.equal(refused.status, 422)
  assert.deepEqual(
    refused.body.reasons.map((one: { field: string }) => one.field),
    ['achievements', 'problems', 'nextSteps'],
  )
})

test('a summary is signed by the secretary, returned with a reason, signed again and accepted', async (t) => {
  const { w, clerk, secretary, id } = await drafted(t)
  const office = await w.as('office')
  assert.equal((await clerk.post(`/api/summaries/${id}/sign`)).status, 403)
  assert.equal((await secretary.post(`/api/summaries/${id}/sign`)).status, 200)
  assert.equal((await office.post(`/api/summaries/${id}/return`, { reason: '' })).status, 422)
  assert.equal((await office.post(`/api/summaries/${id}/return`, { reason: '请写明成效数据' })).status, 200)
  assert.equal((await clerk.get(`/api/summaries/${id}`)).body.returnReason, '请写明成效数据')
  assert.equal((await secretary.post(`/api/summaries/${id}/sign`)).status, 200)
  assert.equal((await office.post(`/api/summaries/${id}/accept`)).status, 200)
  const read = (await clerk.get(`/api/summaries/${id}`)).body
  assert.equal(read.state, 'accepted')
  assert.match(read.digest, /^[0-9a-f]{64}$/)
})

test('Z11: what was signed before and came back stays to be read, with its digest and the reason', async (t) => {
  const { w, clerk, secretary, id } = await drafted(t)
  const office = await w.as('office')
  assert.equal((await secretary.post(`/api/summaries/${id}/sign`)).status, 200)
  await office.post(`/api/summaries/${id}/return`, { reason: '请写明成效数据' })
  const { updatedAt } = (await clerk.get(`/api/summaries/${id}`)).body
  const changed = { ...words, problems: '后来写的问题。', updatedAt }
  assert.equal((await clerk.put(`/api/summaries/${id}`, changed)).status, 200)
  assert.equal((await secretary.post(`/api/summaries/${id}/sign`)).status, 200)
  const { versions, problems } = (await office.get(`/api/summaries/${id}`)).body
  assert.equal(problems, '后来写的问题。')
  assert.deepEqual(
    versions.map((one: { version: number; problems: string; returned: string }) => [
      one.version,
      one.problems,
      one.returned,
    ]),
    [[1, words.problems, '请写明成效数据']],
  )
  assert.match(versions[0].digest, /^[0-9a-f]{64}$/)
})

test('a save that was typed on an older copy is refused instead of overwriting the newer one', async (t) => {
  const { clerk, w, id } = await drafted(t)
  const { updatedAt } = (await clerk.get(`/api/summaries/${id}`)).body
  w.passDays(1)
  const later = { clerk: await w.as('clerk'), secretary: await w.as('secretary') }
  assert.equal((await later.clerk.put(`/api/summaries/${id}`, { ...words, updatedAt })).status, 200)
  const stale = await later.secretary.put(`/api/summaries/${id}`, { ...words, problems: '另一份', updatedAt })
  assert.equal(stale.status, 409)
})

test('two secretaries’ hands on one summary: one signing, one clear 409, one audit row', async (t) => {
  const { w, secretary, id } = await drafted(t)
  const answers = await Promise.all([
    secretary.post(`/api/summaries/${id}/sign`),
    secretary.post(`/api/summaries/${id}/sign`),
  ])
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [200, 409])
  const rows = await w.house.database.reader
    .selectFrom('auditRow')
    .select('seq')
    .where('event', '=', 'summary.sign')
    .execute()
  assert.equal(rows.length, 1)
})

test('the list of summaries costs as many queries for three schools as for one', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const measure = async (url: string) => {
    w.queries.count = 0
    const { body } = await office.get(url)
    return { total: body.total, queries: w.queries.count }
  }
  const three = await measure('/api/summaries')
  const one = await measure(`/api/summaries?zoneId=${w.zoneIds[1]}`)
  assert.deepEqual([three.total, one.total], [3, 1])
  assert.equal(three.queries, one.queries)
})

test('an accepted summary comes back for correction with a reason, but not under an application that was made of it', async (t) => {
  const w = await world(t)
  await eligibleSchool(w)
  const office = await w.as('office')
  const { items } = (await office.get('/api/summaries?state=accepted')).body
  const id = items[0].summaryId as string
  assert.equal((await office.post(`/api/summaries/${id}/amend`, { reason: ' ' })).status, 422)
  const done = await office.post(`/api/summaries/${id}/amend`, { reason: '数字有误' })
  assert.equal(done.status, 200, done.text)
  const clerk = await w.as('clerk')
  const shown = (await clerk.get(`/api/summaries/${id}`)).body
  assert.deepEqual([shown.state, shown.returnReason, shown.mayWrite], ['draft', '数字有误', true])
  const secretary = await w.as('secretary')
  assert.equal((await secretary.post(`/api/summaries/${id}/sign`)).status, 200)
  assert.equal((await office.post(`/api/summaries/${id}/accept`)).status, 200)
  const other = w.schoolIds[1]
  const { id: applied } = await draftedApplication(w, other)
  const sent = await (await w.as('secretary', other)).post(`/api/applications/${applied}/submit`)
  assert.equal(sent.status, 200, sent.text)
  const again = await w.as('office')
  const rows = (await again.get('/api/summaries?state=accepted')).body.items as {
    schoolId: string
    summaryId: string
  }[]
  const used = rows.find((one) => one.schoolId === other)?.summaryId
  const refused = await again.post(`/api/summaries/${used}/amend`, { reason: '数字有误' })
  assert.equal(refused.status, 409)
  assert.match(refused.text, /请先把申报退回/)
})
