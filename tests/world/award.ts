import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { OutcomeKind } from '#domain/year/cycle.ts'
import { admit, panelsWithSheets, scoreAll } from './review.ts'
import { countedSurvey, indexFor } from './survey.ts'
import { type Caller, type World, world } from './world.ts'

export interface Sealed {
  w: World
  office: Caller
  resultId: string
  /** The application of the first and of the second school. */
  applications: [string, string]
}

export async function sealed(t: TestContext, outcomeKind?: OutcomeKind): Promise<Sealed> {
  const w = await world(t)
  if (outcomeKind) await w.house.database.writer.updateTable('cycle').set({ outcomeKind }).execute()
  w.setTime('2026-11-09T02:00:00.000Z')
  const [one, two] = w.schoolIds
  const applications: [string, string] = [await admit(w, one), await admit(w, two)]
  await panelsWithSheets(w)
  await scoreAll(await w.as('reviewer'))
  await countedSurvey(w, { [one]: indexFor(1800), [two]: indexFor(1700) })
  const office = await w.as('office')
  const { id, digest: seen } = (await office.post('/api/review/compute')).body
  await office.post(`/api/results/${id}/moderate`, { remark: '复核无误', seen })
  const done = await office.post(`/api/results/${id}/seal`, { seen })
  assert.equal(done.status, 200, done.text)
  return { w, office, resultId: id, applications }
}

/** What stands on the office's screen of naming now; every act on it carries its stamp. */
export const namingSeen = async (office: Caller): Promise<string> => (await office.get('/api/naming')).body.seen

export const decide = async (office: Caller, resultId: string, body: object) =>
  office.post(`/api/results/${resultId}/decide`, { ...body, seen: await namingSeen(office) })

/** The second person, a leader, holds the decision against the minutes and confirms it. */
export async function confirmDecision(w: World) {
  const leader = await w.as('leader')
  const [one] = (await leader.get('/api/decisions')).body
  return leader.post(`/api/decisions/${one?.id}/confirm`, { seen: one?.digest ?? '-' })
}

/** Drafts the notice of the decision that stands and writes in whom to reach. */
export async function draft(office: Caller): Promise<string> {
  const { id } = (await office.post('/api/notices', { seen: await namingSeen(office) })).body
  const { title, body, updatedAt } = (await office.get(`/api/notices/${id}`)).body
  const filled = body.replaceAll('（请填写）', '演示')
  const saved = await office.put(`/api/notices/${id}`, { title, body: filled, updatedAt })
  assert.equal(saved.status, 200, saved.text)
  return id as string
}

/** Posts or ends a notice as it stands on the screen. */
export const moveNotice = async (office: Caller, id: string, move: 'post' | 'end') => {
  const { updatedAt } = (await office.get(`/api/notices/${id}`)).body
  return office.post(`/api/notices/${id}/${move}`, { seen: updatedAt })
}

export const confer = async (office: Caller, act: object = conferral) =>
  office.post('/api/naming/confer', { ...act, seen: await namingSeen(office) })

/** Moves an objection as it stands on the screen. */
export async function moveObjection(caller: Caller, id: string, move: string, body: object) {
  const { items } = (await caller.get('/api/objections?size=200')).body
  const row = items.find((one: { id: string }) => one.id === id)
  return caller.post(`/api/objections/${id}/${move}`, { ...body, seen: row?.updatedAt ?? '-' })
}

/** Revokes an award by two people: somebody of the office asks, a leader confirms. */
export async function revoke(w: World, office: Caller, awardId: string, reason: string) {
  const row = (await office.get('/api/naming')).body.awards.find((one: { id: string }) => one.id === awardId)
  const asked = await office.post(`/api/awards/${awardId}/revoke`, { reason, seen: row.updatedAt })
  assert.equal(asked.status, 200, asked.text)
  const leader = await w.as('leader')
  const [wish] = (await leader.get('/api/revocations')).body
  return leader.post(`/api/revocations/${wish.id}/decide`, { action: 'confirm' })
}

/** Opens the notice as a visitor does, reads it for a minute, and sends the form. */
export async function object(w: World, noticeId: string, fields: Record<string, string>, seconds = 60) {
  const { text } = await w.visitor.get(`/notices/${noticeId}/objections`)
  const drawn = /name="drawn" value="([^"]+)"/.exec(text)?.[1] ?? ''
  w.passDays(seconds / 86_400)
  return w.visitor.form(`/notices/${noticeId}/objections`, { drawn, website: '', ...fields })
}

export const receiptIn = (text: string): string => /class="code mono">([0-9A-Z-]{19})</.exec(text)?.[1] ?? ''

export const decision = (ids: readonly string[], grade = '') => ({
  heldOn: '2026-11-09',
  attendees: '演示党工委委员五人',
  minutes: '会议同意拟命名名单。',
  grades: ids.map((applicationId) => ({ applicationId, grade })),
})

/** The first school decided on and its notice posted on the 9th of November. */
export async function posted(t: TestContext) {
  const state = await sealed(t)
  const { office, resultId, applications } = state
  const grades = (await office.get('/api/naming')).body.grades as string[]
  const decided = await decide(office, resultId, decision([applications[0]], grades[0]))
  assert.equal(decided.status, 200, decided.text)
  const confirmed = await confirmDecision(state.w)
  assert.equal(confirmed.status, 200, confirmed.text)
  const id = await draft(office)
  const answer = await moveNotice(office, id, 'post')
  assert.equal(answer.status, 200, answer.text)
  return { ...state, noticeId: id, endsOn: answer.body.endsOn as string }
}

/** Days later nobody is signed in any more. */
export function later(w: World, instant: string): Promise<Caller> {
  w.setTime(instant)
  return w.as('office')
}

export async function ended(t: TestContext) {
  const state = await posted(t)
  const office = await later(state.w, '2026-11-16T16:00:00.000Z')
  const answer = await moveNotice(office, state.noticeId, 'end')
  assert.equal(answer.status, 200, answer.text)
  return { ...state, office }
}

export const conferral = { documentNumber: '演示教党〔2026〕12号', conferredOn: '2026-11-17' }

export async function conferred(t: TestContext) {
  const state = await ended(t)
  const answer = await confer(state.office)
  assert.equal(answer.status, 200, answer.text)
  const [award] = (await state.office.get('/api/naming')).body.awards
  return { ...state, award, number: award.certificateNumber as string }
}
