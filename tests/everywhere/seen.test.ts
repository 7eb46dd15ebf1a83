import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { endpoints } from '#contract/index.ts'
import { makeDraft, makeSigned, planContent } from '#tests/everywhere/access/plan.ts'
import { issuedRectification, plannedInspection, sentFinding } from '#tests/world/supervision.ts'
import { world } from '#tests/world/world.ts'

const fieldsOf = (body: unknown): string[] => (body instanceof z.ZodObject ? Object.keys(body.shape) : [])

/** Saves that need no stamp, each with its reason. */
const withoutStamp: Record<string, string> = {
  setSchoolDepartment: 'puts the chosen schools under one department, whatever they stood under before',
  renameDivision: 'writes one name, which is all that the person sees and changes',
}

test('every save of something that stands names what the writer saw, or says why it need not', () => {
  const saves = endpoints.filter((one) => one.method === 'PUT')
  const bare = saves.filter(
    ({ body }) => !fieldsOf(body).some((name) => ['updatedAt', 'seen', 'version'].includes(name)),
  )
  assert.deepEqual(bare.map((one) => one.name).toSorted(), Object.keys(withoutStamp).toSorted())
})

test('every signing, accepting, returning, refusing, submitting, publishing and confirming names what was shown', () => {
  const acts = endpoints.filter(
    ({ method, path }) => method === 'POST' && /(plans|summaries|applications|articles|events|roster)/.test(path),
  )
  const confirming = acts.filter(({ path }) =>
    /\/(sign|accept|submit|admit|adopt|publish|confirm|return|refuse)$/.test(path),
  )
  assert.ok(confirming.length >= 16)
  assert.deepEqual(
    confirming.filter(({ body }) => !fieldsOf(body).includes('seen')).map((one) => one.name),
    [],
  )
})

/** Steps of the supervision that need no stamp, each with its reason. */
const unstamped: Record<string, string> = {
  createInspection: 'makes something new',
  recordFinding: 'makes something new',
}

test('every step of an inspection, a finding and an order to mend names what was shown', () => {
  const steps = endpoints.filter(
    ({ method, path }) => method === 'POST' && /^\/api\/(inspections|findings|rectifications)/.test(path),
  )
  assert.ok(steps.length >= 20)
  const bare = steps.filter(({ body }) => !fieldsOf(body).includes('seen')).map((one) => one.name)
  assert.deepEqual(bare.toSorted(), Object.keys(unstamped).toSorted())
})

test('a report that came a second ago is not judged unseen, nor is an opinion given on a reply that was not read', async (t) => {
  const w = await world(t)
  const [office, clerk] = [await w.as('office'), await w.as('clerk')]
  const order = await issuedRectification(w)
  const shown = (await office.get(`/api/rectifications/${order}`)).body.stamp
  await clerk.post(`/api/rectifications/${order}/acknowledge`)
  const blind = await office.post(`/api/rectifications/${order}/withdraw`, { reason: '不用整改', seen: shown })
  assert.equal(blind.status, 409)
  assert.equal(blind.body.reasons[0].message, '内容刚才有改动，请看过最新内容再撤回。')
  assert.equal((await office.get(`/api/rectifications/${order}`)).body.state, 'acknowledged')

  const finding = await sentFinding(w)
  const stampOfFinding = async () =>
    (await office.get('/api/findings')).body.items.find((one: { id: string }) => one.id === finding).stamp
  const before = await stampOfFinding()
  await clerk.post(`/api/findings/${finding}/reply`, { reply: '已经更换' })
  const late = await office.post(`/api/findings/${finding}/withdraw`, { reason: '记错', seen: before })
  assert.equal(late.status, 409)
  const seen = await stampOfFinding()
  assert.equal((await office.post(`/api/findings/${finding}/withdraw`, { reason: '记错', seen })).status, 200)
})

test('a round is not started with schools, nor a panel or a survey saved over words, that were not shown', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const round = await plannedInspection(w)
  const shown = (await office.get(`/api/inspections/${round}`)).body.updatedAt
  await office.post(`/api/inspections/${round}/choose`, { schoolIds: [w.schoolIds[0]] })
  assert.equal((await office.post(`/api/inspections/${round}/start`, { seen: shown })).status, 409)
  assert.equal((await office.post(`/api/inspections/${round}/choose`, { schoolIds: [], seen: shown })).status, 422)

  const panel = { method: 'documents', name: '第一组', reviewerIds: [] }
  const { id } = (await office.post('/api/panels', panel)).body
  const seen = (await office.get('/api/panels')).body.panels[0].updatedAt
  const people = { reviewerIds: [w.personOf('reviewer')], seen }
  assert.equal((await office.put(`/api/panels/${id}/reviewers`, people)).status, 200)
  assert.equal((await office.put(`/api/panels/${id}/reviewers`, { reviewerIds: [], seen })).status, 409)
  assert.equal((await office.get('/api/panels')).body.panels[0].reviewers.length, 1)

  const made = await office.post('/api/surveys', { kind: 'rehearsal', title: '演练', opensOn: '2026-05-20' })
  const survey = (await office.get(`/api/surveys/${made.body.id}`)).body
  const { title, opensOn, closesOn, minimum, impactReference } = survey
  const questions = Object.fromEntries(
    survey.questionnaires.map((one: { audience: string; questions: { id: string }[] }) => [
      one.audience,
      one.questions.map((question) => question.id),
    ]),
  )
  const settings = { title, opensOn, closesOn, minimum, impactReference, questions, seen: survey.stamp }
  assert.equal((await office.put(`/api/surveys/${survey.id}`, { ...settings, title: '第二稿' })).status, 200)
  const over = await office.put(`/api/surveys/${survey.id}`, { ...settings, title: '我的稿' })
  assert.equal(over.status, 409)
  const frozen = await office.post(`/api/surveys/${survey.id}/freeze`, { seen: survey.stamp })
  assert.equal(frozen.body.reasons[0].message, '内容刚才有改动，请看过最新内容再冻结。')
  assert.equal((await office.get(`/api/surveys/${survey.id}`)).body.title, '第二稿')
})

test('a plan changed a second ago is not signed unseen, and one signed again is not accepted unseen', async (t) => {
  const w = await world(t)
  const id = await makeDraft(w)
  const secretary = await w.as('secretary')
  const shown = (await secretary.get(`/api/plans/${id}`)).body.updatedAt
  const clerk = await w.as('clerk')
  const changed = { updatedAt: shown, content: { ...planContent, goals: '换了的目标。' } }
  assert.equal((await clerk.put(`/api/plans/${id}`, changed)).status, 200)
  const refused = await secretary.post(`/api/plans/${id}/sign`, { seen: shown })
  assert.equal(refused.status, 409)
  assert.equal(refused.body.reasons[0].message, '内容刚才有改动，请看过最新内容再签报。')
  assert.equal((await secretary.get(`/api/plans/${id}`)).body.state, 'draft')

  const signed = await makeSigned(w, w.schoolIds[1])
  const office = await w.as('office')
  assert.equal((await office.post(`/api/plans/${signed}/accept`, { seen: shown })).status, 409)
  const back = await office.post(`/api/plans/${signed}/return`, { reason: '目标请写得具体', seen: shown })
  assert.deepEqual([back.status, back.body.reasons[0].message], [409, '内容刚才有改动，请看过最新内容再退回。'])
  const now = (await office.get(`/api/plans/${signed}`)).body.updatedAt
  assert.equal((await office.post(`/api/plans/${signed}/accept`, { seen: now })).status, 200)
})

test('two people edit one school: the second is told and nothing of the first is lost', async (t) => {
  const w = await world(t)
  const [id] = w.schoolIds
  const office = await w.as('office')
  const { school, updatedAt } = (await office.get(`/api/schools/${id}`)).body
  const { name, stage, ownership, zoneId, partyKind, secretaryName, memberCount, staffCount, studentCount } = school
  const facts = { name, stage, ownership, zoneId, partyKind, secretaryName, memberCount, staffCount, studentCount }
  const body = { ...facts, groupId: null, code: null, contactName: '王老师', contactPhone: null, seen: updatedAt }
  w.setTime('2026-05-11T02:01:00.000Z')
  assert.equal((await office.put(`/api/schools/${id}`, { ...body, contactPhone: '03720000000' })).status, 200)
  assert.equal((await office.put(`/api/schools/${id}`, body)).status, 409)
  assert.equal((await office.get(`/api/schools/${id}`)).body.contactPhone, '03720000000')
})

test("the phone's repeated sending never overwrites what was written at the desk meanwhile (T2-09)", async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const typed = {
    id: '7b6d2f2e-8a39-4b53-9d4b-0c9b3c9a1f00',
    title: '读书会',
    happenedOn: '2026-05-10',
    pillar: 'activity',
  }
  const sent = await clerk.post('/api/ledger/entries', { ...typed, file: false })
  assert.equal(sent.status, 200)
  w.setTime('2026-05-11T02:05:00.000Z')
  const desk = await clerk.put(`/api/ledger/entries/${typed.id}`, {
    ...typed,
    id: undefined,
    content: '三年级全体参加',
  })
  assert.equal(desk.status, 200)
  const again = await clerk.post('/api/ledger/entries', { ...typed, file: false })
  assert.equal(again.status, 409)
  assert.equal(again.body.reasons[0].href, `/console/ledger/${typed.id}/edit`)
  assert.equal((await clerk.get(`/api/ledger/entries/${typed.id}`)).body.content, '三年级全体参加')
})
