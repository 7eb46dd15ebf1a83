import { visitor } from '#domain/base/actor.ts'
import { commentOn } from '#server/plan/comment/actions.ts'
import type { World } from '#tests/world/world.ts'
import { makePublished } from './plan.ts'
import type { AccessRows } from './row.ts'

/** A visitor's comment on the published plan of the first school, still to be judged; answers its id and its receipt. */
export async function sendComment(
  w: World,
  content = '希望多开放党员示范课。',
  planId?: string,
): Promise<{ id: string; receipt: string }> {
  const plan = planId ?? (await makePublished(w))
  const known = await w.house.database.reader.selectFrom('comment').select('id').execute()
  const receipt = `TESTRECE${String(known.length).padStart(4, 'A')}`
  const arrival = { receipt, fromThere: 0 }
  await w.work(visitor, (work) => commentOn(work, plan, { nickname: '', relation: 'parent', content }, arrival))
  const { id } = await w.house.database.reader
    .selectFrom('comment')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return { id, receipt }
}

/** The same, shown by the office, so that the school may answer it; answers the comment's id. */
export async function makeComment(w: World, content?: string, planId?: string): Promise<string> {
  const { id } = await sendComment(w, content, planId)
  await (await w.as('office')).post('/api/comments/judge', { ids: [id], judgement: 'show' })
  return id
}

const everybody = { visitor: 'ok', others: 'ok' } as const
const ownSchool = {
  secretary: 'ok',
  clerk: 'ok',
  otherSecretary: 404,
  otherClerk: 404,
  farClerk: 404,
  others: 403,
} as const

export const rows: AccessRows = {
  sayPage: { call: async (w) => ({ url: `/plans/${await makePublished(w)}/comments` }), expect: everybody },
  commentOnPlan: {
    call: async (w) => ({ url: `/plans/${await makePublished(w)}/comments`, form: { content: '很好' } }),
    expect: everybody,
  },
  commentReceipts: { call: async () => ({ url: '/comments' }), expect: everybody },
  commentReceipt: { call: async (w) => ({ url: `/comments/${(await sendComment(w)).receipt}` }), expect: everybody },
  withdrawComment: {
    call: async (w) => ({ url: `/comments/${(await sendComment(w)).receipt}/withdraw`, form: {} }),
    expect: everybody,
  },
  listComments: {
    call: async () => ({ url: '/api/comments' }),
    expect: { reviewer: 403, auditor: 403, admin: 403, security: 403, others: 'ok' },
  },
  answerComment: {
    call: async (w) => ({ url: `/api/comments/${await makeComment(w)}/answer`, body: { answer: '已安排。' } }),
    expect: ownSchool,
  },
  correctAnswer: {
    call: async (w) => {
      const id = await makeComment(w)
      await (await w.as('clerk')).post(`/api/comments/${id}/answer`, { answer: '已安排。' })
      return { url: `/api/comments/${id}/answer`, body: { answer: '已经安排。', seen: '' } }
    },
    expect: ownSchool,
  },
  reportComment: {
    call: async (w) => ({ url: `/api/comments/${await makeComment(w)}/report`, body: { reason: '像是灌水' } }),
    expect: ownSchool,
  },
  judgeComments: {
    call: async (w) => ({
      url: '/api/comments/judge',
      body: { ids: [(await sendComment(w)).id], judgement: 'hide', reason: '含辱骂内容' },
    }),
    expect: { office: 'ok', others: 403 },
  },
}
