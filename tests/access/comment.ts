import { visitor } from '#domain/actor.ts'
import { commentOn } from '#server/features/plan/actions.ts'
import type { World } from '#tests/world.ts'
import { makePublished } from './plan.ts'
import type { AccessRows } from './row.ts'

/** A visitor's comment on the published plan of the first school; answers the comment's id. */
export async function makeComment(w: World, content = '希望多开放党员示范课。', planId?: string): Promise<string> {
  const id = planId ?? (await makePublished(w))
  await w.work(visitor, (work) => commentOn(work, id, { nickname: '', relation: 'parent', content }))
  const { id: commentId } = await w.house.database.reader
    .selectFrom('comment')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return commentId
}

export const rows: AccessRows = {
  listComments: {
    call: async () => ({ url: '/api/comments' }),
    expect: { reviewer: 403, auditor: 403, admin: 403, security: 403, others: 'ok' },
  },
  answerComment: {
    call: async (w) => ({ url: `/api/comments/${await makeComment(w)}/answer`, body: { answer: '已安排。' } }),
    expect: { secretary: 'ok', clerk: 'ok', otherSecretary: 404, otherClerk: 404, farClerk: 404, others: 403 },
  },
  hideComment: {
    call: async (w) => ({ url: `/api/comments/${await makeComment(w)}/hide`, body: { reason: '含辱骂内容' } }),
    expect: { office: 'ok', others: 403 },
  },
}
