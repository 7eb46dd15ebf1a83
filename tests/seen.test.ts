import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { endpoints } from '#contract/index.ts'
import { makeDraft, makeSigned, planContent } from '#tests/access/plan.ts'
import { world } from '#tests/world.ts'

const fieldsOf = (body: unknown): string[] => (body instanceof z.ZodObject ? Object.keys(body.shape) : [])

/** Saves that need no stamp, each with its reason. */
const withoutStamp: Record<string, string> = {
  setSchoolDepartment: 'puts the chosen schools under one department, whatever they stood under before',
  setZoneLeaders: 'replaces the short list of leaders that the same form shows',
  renameDivision: 'writes one name, which is all that the person sees and changes',
  setPanelReviewers: 'replaces the list of people that the same form shows; sheets handed out stay',
  saveCalendarYear: 'copies a notice of the State Council, one text for everybody',
  saveSurvey: 'bound to its draft state; freezing shows the whole questionnaire again before it counts',
}

test('every save of something that stands names what the writer saw, or says why it need not', () => {
  const saves = endpoints.filter((one) => one.method === 'PUT')
  const bare = saves.filter(
    ({ body }) => !fieldsOf(body).some((name) => ['updatedAt', 'seen', 'version'].includes(name)),
  )
  assert.deepEqual(bare.map((one) => one.name).toSorted(), Object.keys(withoutStamp).toSorted())
})

test('every signing, accepting, submitting, publishing and confirming names what was shown', () => {
  const acts = endpoints.filter(
    ({ method, path }) => method === 'POST' && /(plans|summaries|applications|articles|events|roster)/.test(path),
  )
  const confirming = acts.filter(({ path }) => /\/(sign|accept|submit|admit|adopt|publish|confirm)$/.test(path))
  assert.ok(confirming.length >= 12)
  assert.deepEqual(
    confirming.filter(({ body }) => !fieldsOf(body).includes('seen')).map((one) => one.name),
    [],
  )
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
