import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
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

export async function sealed(t: TestContext): Promise<Sealed> {
  const w = await world(t)
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
  const decided = await office.post(`/api/results/${resultId}/decide`, decision([applications[0]], grades[0]))
  assert.equal(decided.status, 200, decided.text)
  const { id } = (await office.post('/api/notices')).body
  const answer = await office.post(`/api/notices/${id}/post`)
  assert.equal(answer.status, 200, answer.text)
  return { ...state, noticeId: id as string, endsOn: answer.body.endsOn as string }
}

/** Days later nobody is signed in any more. */
export function later(w: World, instant: string): Promise<Caller> {
  w.setTime(instant)
  return w.as('office')
}

export async function ended(t: TestContext) {
  const state = await posted(t)
  const office = await later(state.w, '2026-11-16T16:00:00.000Z')
  const answer = await office.post(`/api/notices/${state.noticeId}/end`)
  assert.equal(answer.status, 200, answer.text)
  return { ...state, office }
}

export const conferral = { documentNumber: '演示教党〔2026〕12号', conferredOn: '2026-11-17' }

export async function conferred(t: TestContext) {
  const state = await ended(t)
  const answer = await state.office.post('/api/naming/confer', conferral)
  assert.equal(answer.status, 200, answer.text)
  const [award] = (await state.office.get('/api/naming')).body.awards
  return { ...state, award, number: award.certificateNumber as string }
}
