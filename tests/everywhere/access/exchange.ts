import type { World } from '#tests/world/world.ts'
import type { AccessRow, AccessRows } from './row.ts'

const NOBODY = '00000000-0000-7000-8000-000000000000'
const school = { secretary: 'ok', clerk: 'ok' } as const
const strangers = { otherSecretary: 404, otherClerk: 404, farClerk: 404 } as const
const everySchool = { ...school, otherSecretary: 'ok', otherClerk: 'ok', farClerk: 'ok' } as const
const bureau = { office: 'ok', leader: 'ok', department: 'ok' } as const
const office = { office: 'ok', others: 403 } as const

const meeting = (w: World) => ({
  kind: '观摩',
  title: '演示观摩会',
  startsAt: '2026-05-20T01:00:00.000Z',
  endsAt: '2026-05-20T04:00:00.000Z',
  place: '演示第一小学',
  agenda: '演示议程',
  hostSchoolId: null,
  schoolIds: [w.schoolIds[0]],
})
export async function draftEvent(w: World): Promise<string> {
  return (await (await w.as('office')).post('/api/events', meeting(w))).body.id
}
async function openEvent(w: World): Promise<string> {
  const id = await draftEvent(w)
  await (await w.as('office')).post(`/api/events/${id}/publish`)
  return id
}
const words = { title: '演示经验', body: '演示正文', authorName: '演示作者' }
export async function draftArticle(w: World): Promise<string> {
  return (await (await w.as('clerk')).post('/api/articles', { kind: 'experience', ...words })).body.id
}
async function sentArticle(w: World): Promise<string> {
  const id = await draftArticle(w)
  await (await w.as('clerk')).post(`/api/articles/${id}/submit`)
  return id
}
async function openArticle(w: World): Promise<string> {
  const caller = await w.as('office')
  const { id } = (await caller.post('/api/articles', { kind: 'news', ...words })).body
  await caller.post(`/api/articles/${id}/publish`)
  return id
}
const of =
  (base: string, make: (w: World) => Promise<string>) =>
  (path: string, body?: unknown): AccessRow['call'] =>
  async (w) => ({ url: `${base}/${await make(w)}${path}`, body })
const draft = of('/api/events', draftEvent)
const open = of('/api/events', openEvent)
const article = of('/api/articles', draftArticle)
const sent = of('/api/articles', sentArticle)
const still =
  (url: string): AccessRow['call'] =>
  async () => ({ url })

export const rows: AccessRows = {
  eventsPage: { call: still('/events'), expect: { visitor: 'ok', others: 'ok' } },
  eventPage: { call: of('/events', openEvent)(''), expect: { visitor: 'ok', others: 'ok' } },
  createEvent: { call: async (w) => ({ url: '/api/events', body: meeting(w) }), expect: office },
  saveEvent: {
    call: async (w) => ({ url: `/api/events/${await draftEvent(w)}`, body: meeting(w) }),
    expect: office,
  },
  changeEvent: {
    call: async (w) => {
      const id = await openEvent(w)
      const { updatedAt } = (await (await w.as('office')).get(`/api/events/${id}`)).body
      return { url: `/api/events/${id}/published`, body: { ...meeting(w), reason: '换了会议室', seen: updatedAt } }
    },
    expect: office,
  },
  listEvents: { call: still('/api/events'), expect: { ...bureau, ...everySchool, others: 403 } },
  readEvent: { call: open(''), expect: { ...bureau, ...school, ...strangers, others: 403 } },
  publishEvent: { call: draft('/publish'), expect: office },
  cancelEvent: { call: draft('/cancel', { reason: '演示' }), expect: office },
  holdEvent: { call: open('/hold', { outcome: '演示' }), expect: office },
  amendEvent: {
    call: async (w) => {
      const id = await openEvent(w)
      w.setTime('2026-05-20T05:00:00.000Z')
      const fresh = await w.as('office')
      await fresh.post(`/api/events/${id}/hold`, { outcome: '演示' })
      const { updatedAt } = (await fresh.get(`/api/events/${id}`)).body
      return { url: `/api/events/${id}/outcome`, body: { outcome: '更正', reason: '写错了', seen: updatedAt } }
    },
    expect: office,
  },
  respondEvent: { call: open('/respond', { join: false, seen: '' }), expect: { ...school, ...strangers, others: 403 } },
  checkInSchool: {
    call: async (w) => ({ url: `/api/events/${await openEvent(w)}/check-in`, body: { schoolId: w.schoolIds[0] } }),
    expect: office,
  },
  announcementsPage: { call: still('/announcements'), expect: { visitor: 'ok', others: 'ok' } },
  articleFile: {
    call: async (w) => ({ url: `/articles/${await openArticle(w)}/files/${NOBODY}` }),
    expect: { visitor: 404, others: 404 },
  },
  articlesPage: { call: still('/articles'), expect: { visitor: 'ok', others: 'ok' } },
  articlePage: { call: of('/articles', openArticle)(''), expect: { visitor: 'ok', others: 'ok' } },
  createArticle: {
    call: async () => ({ url: '/api/articles', body: { kind: 'experience', ...words } }),
    expect: { office: 'ok', ...everySchool, others: 403 },
  },
  saveArticle: {
    call: article('', { ...words, updatedAt: '' }),
    expect: { office: 404, ...school, ...strangers, others: 403 },
  },
  listArticles: { call: still('/api/articles'), expect: { ...bureau, ...everySchool, others: 403 } },
  readArticle: {
    call: sent(''),
    expect: { office: 'ok', leader: 404, department: 404, ...school, ...strangers, others: 403 },
  },
  submitArticle: { call: article('/submit'), expect: { ...school, ...strangers, others: 403 } },
  returnArticle: { call: sent('/return', { reason: '演示' }), expect: office },
  adoptArticle: { call: sent('/adopt', { level: '区' }), expect: office },
  publishArticle: { call: sent('/publish'), expect: office },
  // The secretary, who is called first, has deleted it before the clerk comes.
  deleteArticle: {
    call: article(''),
    expect: { secretary: 'ok', clerk: 404, ...strangers, office: 404, others: 403 },
  },
  correctArticle: { call: of('/api/articles', openArticle)('/correct', { ...words, reason: '错字' }), expect: office },
  raiseArticleLevel: {
    call: of('/api/articles', openArticle)('/level', { level: '省', reason: '省教育厅采用' }),
    expect: office,
  },
  withdrawArticle: { call: sent('/withdraw', { reason: '演示' }), expect: office },
}
