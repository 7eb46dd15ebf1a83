import { makePublished } from '#tests/everywhere/access/plan.ts'
import { ledgerEntry } from './ledger.ts'
import type { World } from './world.ts'

export const highlights =
  '品牌进课堂：党员教师每月一节示范课，全体教师观摩评议；家长开放日里家长走进课堂，意见当场答复，学期末向全体家长公布办理情况。'

/** Lets a school meet every condition of rule 4 through its own people; answers its filed entries. */
export async function eligibleSchool(w: World, schoolId: string = w.schoolIds[0]): Promise<string[]> {
  await makePublished(w, schoolId)
  const entries: string[] = []
  for (const pillar of ['policy', 'activity', 'place', 'media'])
    entries.push(await ledgerEntry(w, { pillar, title: `演示台账 ${pillar}`, file: true }, schoolId))
  const clerk = await w.as('clerk', schoolId)
  const { id } = (await clerk.post('/api/summaries')).body
  const { updatedAt } = (await clerk.get(`/api/summaries/${id}`)).body
  const achievements = '本年度围绕品牌开展了一系列活动，党员示范岗带动了教研和帮扶，师生参与面逐月扩大。'.repeat(4)
  const words = { achievements, problems: '家长参与还不够。', nextSteps: '把家长课堂固定下来。', updatedAt }
  await clerk.put(`/api/summaries/${id}`, words)
  await (await w.as('secretary', schoolId)).post(`/api/summaries/${id}/sign`)
  const accepted = await (await w.as('office')).post(`/api/summaries/${id}/accept`)
  if (accepted.status !== 200) throw new Error(accepted.text)
  return entries
}

/** A complete draft of an eligible school's application on a day of October. */
export async function draftedApplication(w: World, schoolId: string = w.schoolIds[0]) {
  const entryIds = await eligibleSchool(w, schoolId)
  w.setTime('2026-10-12T02:00:00.000Z')
  const clerk = await w.as('clerk', schoolId)
  const { id } = (await clerk.post('/api/applications')).body as { id: string }
  const { updatedAt } = (await clerk.get(`/api/applications/${id}`)).body
  const saved = await clerk.put(`/api/applications/${id}`, { highlights, entryIds, updatedAt })
  if (saved.status !== 200) throw new Error(saved.text)
  return { id, entryIds }
}
