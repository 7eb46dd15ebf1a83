import type { PlanBody } from '#contract/plan/plan.ts'
import { PDF, upload } from '#tests/world/upload.ts'
import type { World } from '#tests/world/world.ts'
import { makeBrand } from './brand.ts'
import type { AccessRows } from './row.ts'

const area = { highlights: '支部活动坚持每月一次。', weakPoints: '青年教师参与不够。' }
const task = {
  content: '党员示范课',
  measure: '每月一节，全体教师观摩。',
  ownerName: '演示干事',
  startsOn: '2026-03-01',
  dueOn: '2026-09-30',
  expectedResult: '示范课 8 节',
}

/** A plan with nothing missing. */
export const planContent: PlanBody = {
  diagnosis: { membership: area, education: area, democracy: area, institutions: area },
  entryPoint: '从课堂入手。',
  goals: '党员全部上示范课。',
  commitment: '我们公开承诺，接受监督。',
  noBudgetReason: '',
  tasks: (['policy', 'activity', 'place', 'media'] as const).map((pillar) => ({ ...task, pillar })),
  budgetLines: [{ item: '宣传栏', subject: '办公费', amountFen: 120_000, note: '' }],
  promises: [{ content: '每学期向家长开放一次党员示范课。' }],
}

/** A complete draft of the first school (or another), as its clerk would make it. */
export async function makeDraft(w: World, schoolId = w.schoolIds[0]): Promise<string> {
  const clerk = await w.as('clerk', schoolId)
  await makeBrand(w, schoolId, `品牌${w.schoolIds.indexOf(schoolId)}`)
  const { body } = await clerk.post('/api/plans', { cycleId: w.cycleId })
  const { updatedAt } = (await clerk.get(`/api/plans/${body.id}`)).body
  await clerk.put(`/api/plans/${body.id}`, { updatedAt, content: planContent })
  return body.id
}

export async function makeSigned(w: World, schoolId = w.schoolIds[0]): Promise<string> {
  const id = await makeDraft(w, schoolId)
  await (await w.as('secretary', schoolId)).post(`/api/plans/${id}/sign`)
  return id
}

export async function makeAccepted(w: World, schoolId = w.schoolIds[0]): Promise<string> {
  const id = await makeSigned(w, schoolId)
  await (await w.as('office')).post(`/api/plans/${id}/accept`)
  return id
}

export async function makePublished(w: World, schoolId = w.schoolIds[0]): Promise<string> {
  const id = await makeAccepted(w, schoolId)
  await (await w.as('clerk', schoolId)).post(`/api/plans/${id}/publish`)
  return id
}

const schoolRoles = { secretary: 'ok', clerk: 'ok', otherSecretary: 404, otherClerk: 404, farClerk: 404 } as const
const ownOnly = { ...schoolRoles, others: 403 } as const
const readers = { office: 'ok', leader: 'ok', department: 'ok', reviewer: 403 } as const
const everySchool = { secretary: 'ok', clerk: 'ok', otherSecretary: 'ok', otherClerk: 'ok', farClerk: 'ok' } as const
const officeOnly = { office: 'ok', others: 403 } as const

const ofPublished = (rest: string, body?: unknown) => async (w: World) => ({
  url: `/api/plans/${await makePublished(w)}${rest}`,
  body,
})

async function partOf(w: World, list: 'tasks' | 'budgetLines' | 'promises'): Promise<string> {
  const id = await makePublished(w)
  const { body } = await (await w.as('clerk')).get(`/api/plans/${id}`)
  return body[list][0].id
}

export const rows: AccessRows = {
  listPlans: { call: async () => ({ url: '/api/plans' }), expect: { ...readers, ...everySchool, others: 403 } },
  exportPlans: { call: async () => ({ url: '/api/plans.xlsx' }), expect: { ...readers, ...everySchool, others: 403 } },
  readOwnPlan: { call: async () => ({ url: '/api/plans/own' }), expect: { ...everySchool, others: 403 } },
  startPlan: {
    call: async (w) => ({ url: '/api/plans', body: { cycleId: w.cycleId } }),
    expect: { ...everySchool, others: 403 },
  },
  readPlan: {
    call: async (w) => ({ url: `/api/plans/${await makeDraft(w)}` }),
    expect: { ...schoolRoles, office: 'ok', leader: 'ok', department: 404, others: 403 },
  },
  savePlan: {
    call: async (w) => {
      const id = await makeDraft(w)
      const { body } = await (await w.as('clerk')).get(`/api/plans/${id}`)
      return { url: `/api/plans/${id}`, body: { updatedAt: body.updatedAt, content: planContent } }
    },
    expect: ownOnly,
  },
  signPlan: {
    call: async (w) => ({ url: `/api/plans/${await makeDraft(w)}/sign` }),
    expect: { secretary: 'ok', otherSecretary: 404, others: 403 },
  },
  returnPlan: {
    call: async (w) => ({ url: `/api/plans/${await makeSigned(w)}/return`, body: { reason: '目标请写得具体' } }),
    expect: officeOnly,
  },
  acceptPlan: { call: async (w) => ({ url: `/api/plans/${await makeSigned(w)}/accept` }), expect: officeOnly },
  publishPlan: { call: async (w) => ({ url: `/api/plans/${await makeAccepted(w)}/publish` }), expect: ownOnly },
  revisePlan: { call: ofPublished('/revise', { reason: '增加一项任务' }), expect: ownOnly },
  amendPlan: {
    call: async (w) => ({ url: `/api/plans/${await makeAccepted(w)}/amend`, body: { reason: '学校请求改正' } }),
    expect: officeOnly,
  },
  updateTask: {
    call: async (w) => ({
      url: `/api/tasks/${await partOf(w, 'tasks')}/progress`,
      body: { seen: '', progress: 40, progressNote: '', doneOn: null },
    }),
    expect: ownOnly,
  },
  updateSpending: {
    call: async (w) => ({
      url: `/api/budget-lines/${await partOf(w, 'budgetLines')}/spent`,
      body: { seen: '', spentFen: 5000 },
    }),
    expect: ownOnly,
  },
  keepPromise: {
    call: async (w) => {
      const id = await partOf(w, 'promises')
      const file = await upload(w, await w.as('clerk'), { name: '佐证.pdf', bytes: PDF })
      return { url: `/api/promises/${id}/keep`, body: { fileId: file.body.id } }
    },
    expect: ownOnly,
  },
  changePromise: {
    call: async (w) => ({ url: `/api/promises/${await partOf(w, 'promises')}/change`, body: { reason: '改为线上' } }),
    expect: ownOnly,
  },
  missPromise: {
    call: async (w) => ({ url: `/api/promises/${await partOf(w, 'promises')}/miss`, body: { explanation: '' } }),
    expect: ownOnly,
  },
  reopenPromise: {
    call: async (w) => {
      const id = await partOf(w, 'promises')
      await (await w.as('clerk')).post(`/api/promises/${id}/miss`, { explanation: '' })
      return {
        url: `/api/promises/${id}/reopen`,
        body: { reason: '登记错了', seen: w.house.clock.now().toISOString() },
      }
    },
    expect: ownOnly,
  },
  planPage: {
    call: async (w) => ({ url: `/plans/${await makePublished(w)}` }),
    expect: { visitor: 'ok', others: 'ok' },
  },
}
