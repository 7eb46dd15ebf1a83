import assert from 'node:assert/strict'
import type { Caller, World } from './world.ts'

const seats = new WeakMap<World, Map<string, Caller>>()

/** One session per role and world: a person's oldest sessions end when too many are opened. */
async function seated(w: World, role: 'office' | 'clerk'): Promise<Caller> {
  const taken = seats.get(w) ?? new Map<string, Caller>()
  seats.set(w, taken)
  const caller = taken.get(role) ?? (await w.as(role))
  taken.set(role, caller)
  return caller
}

const round = {
  title: '演示春季督查',
  basis: '演示年度督查计划第 1 号',
  startsOn: '2026-05-11',
  endsOn: '2026-05-22',
  checklist: ['方案是否公布', '台账是否真实'],
}

/** A round that is still being prepared. */
export async function plannedInspection(w: World): Promise<string> {
  const answer = await (await seated(w, 'office')).post('/api/inspections', round)
  assert.equal(answer.status, 200, answer.text)
  return answer.body.id
}

/** A running round over the first school. */
export async function runningInspection(w: World): Promise<string> {
  const office = await seated(w, 'office')
  const id = await plannedInspection(w)
  await office.post(`/api/inspections/${id}/choose`, { schoolIds: [w.schoolIds[0]] })
  const started = await office.post(`/api/inspections/${id}/start`)
  assert.equal(started.status, 200, started.text)
  return id
}

/** A finding at the first school. */
export async function recordedFinding(w: World): Promise<string> {
  const id = await runningInspection(w)
  const path = `/api/inspections/${id}/schools/${w.schoolIds[0]}/findings`
  const answer = await (await seated(w, 'office')).post(path, { content: '演示问题：公示栏未更新', severity: '限期' })
  assert.equal(answer.status, 200, answer.text)
  return answer.body.id
}

/** A finding of which the school has been told. */
export async function sentFinding(w: World): Promise<string> {
  const id = await recordedFinding(w)
  await (await seated(w, 'office')).post(`/api/findings/${id}/send`, { preliminary: '演示初步意见' })
  return id
}

/** An order to mend, just issued to the first school. */
export async function issuedRectification(w: World): Promise<string> {
  const office = await seated(w, 'office')
  const id = await sentFinding(w)
  await (await seated(w, 'clerk')).post(`/api/findings/${id}/reply`, { reply: '演示说明：正在更换' })
  await office.post(`/api/findings/${id}/issue`, { opinion: '演示意见：限期更新' })
  const answer = await office.post(`/api/findings/${id}/order`, { requirement: '演示要求：更新公示栏' })
  assert.equal(answer.status, 200, answer.text)
  return answer.body.id
}

/** An order for which the school asks for more time. */
export async function extensionAsked(w: World): Promise<string> {
  const id = await issuedRectification(w)
  const body = { dueOn: '2026-08-01', reason: '演示：材料要招标' }
  const answer = await (await seated(w, 'clerk')).post(`/api/rectifications/${id}/ask-extension`, body)
  assert.equal(answer.status, 200, answer.text)
  return id
}

/** The order after the school's clerk has reported it done. */
export async function reportedRectification(w: World): Promise<string> {
  const id = await issuedRectification(w)
  const clerk = await seated(w, 'clerk')
  await clerk.post(`/api/rectifications/${id}/acknowledge`)
  await clerk.post(`/api/rectifications/${id}/plan`, { plan: '演示措施' })
  const answer = await clerk.post(`/api/rectifications/${id}/report`, { report: '演示结果' })
  assert.equal(answer.status, 200, answer.text)
  return id
}
