import { system } from '#domain/base/actor.ts'
import { objectTo } from '#server/award/objection/actions.ts'
import { sealRow } from '#server/kernel/seal.ts'
import type { World } from '#tests/world/world.ts'
import type { AccessRow, AccessRows } from './row.ts'

const NOBODY = '00000000-0000-7000-8000-000000000000'

/** A posted notice with one objection against the first school, as the public would have left it. */
async function madeObjection(w: World): Promise<{ noticeId: string; objectionId: string }> {
  return w.work(system, async (work) => {
    const noticeId = work.newId()
    await work.tx
      .insertInto('notice')
      .values({
        id: noticeId,
        bureauId: w.bureauId,
        cycleId: w.cycleId,
        title: '演示公示',
        body: '演示',
        names: '[]',
        state: 'posted',
        postedOn: work.today,
        endsOn: '2026-05-18',
        endedAt: null,
        decisionId: null,
        closedReason: '',
        closedAt: null,
        createdAt: work.now,
        updatedAt: work.now,
      })
      .execute()
    await sealRow(work, 'notice', noticeId)
    const notice = { id: noticeId, bureauId: w.bureauId, cycleId: w.cycleId }
    const content = '演示异议内容，至少要写够二十个字才可以提交。'
    const objector = { name: '演示群众', phone: '0372-0000000', schoolId: w.schoolIds[0], content }
    await objectTo(work, notice, objector, { receipt: '演示', fromThere: 0 })
    const objection = await work.tx.selectFrom('objection').select('id').executeTakeFirstOrThrow()
    return { noticeId, objectionId: objection.id }
  })
}

const onlyOffice = { office: 'ok', others: 403 } as const
const everybody = { visitor: 'ok', others: 'ok' } as const
const objection =
  (move: string, body: object = { text: '演示意见' }): AccessRow['call'] =>
  async (w) => ({
    url: `/api/objections/${(await madeObjection(w)).objectionId}/${move}`,
    body: { ...body, seen: w.house.clock.now().toISOString() },
  })
const SEEN = { seen: '-' }
const notice =
  (path: string, body?: unknown): AccessRow['call'] =>
  async (w) => ({
    url: `/api/notices/${(await madeObjection(w)).noticeId}${path}`,
    body,
  })
const words = {
  name: '演示群众',
  phone: '0372-0000000',
  schoolId: '',
  content: '演示异议内容，至少要写够二十个字才可以提交。',
}

export const rows: AccessRows = {
  readNaming: { call: async () => ({ url: '/api/naming' }), expect: onlyOffice },
  decideResult: {
    call: async () => ({
      url: `/api/results/${NOBODY}/decide`,
      body: { heldOn: '2026-11-10', attendees: '演示', minutes: '演示', grades: [], ...SEEN },
    }),
    // There is no result in the world yet: even the office finds none.
    expect: { office: 404, others: 403 },
  },
  reopenDecision: {
    call: async () => ({ url: `/api/results/${NOBODY}/reopen`, body: { reason: '演示', ...SEEN } }),
    expect: { office: 404, others: 403 },
  },
  draftNotice: { call: async () => ({ url: '/api/notices', body: SEEN }), expect: onlyOffice },
  readNotice: { call: notice(''), expect: onlyOffice },
  saveNotice: { call: notice('', { title: '演示', body: '演示', updatedAt: '' }), expect: onlyOffice },
  postNotice: { call: notice('/post', SEEN), expect: onlyOffice },
  endNotice: { call: notice('/end', SEEN), expect: onlyOffice },
  dropNotice: { call: notice('/drop', { reason: '演示', ...SEEN }), expect: onlyOffice },
  listObjections: {
    call: async () => ({ url: '/api/objections' }),
    expect: { ...onlyOffice, leader: 'ok', department: 'ok' },
  },
  listHandlers: { call: async () => ({ url: '/api/objections/handlers' }), expect: onlyOffice },
  admitObjection: { call: objection('admit'), expect: onlyOffice },
  dismissObjection: { call: objection('dismiss'), expect: onlyOffice },
  assignObjection: { call: objection('assign', { handlerId: NOBODY }), expect: onlyOffice },
  // Only the handler decides; to other people of the bureau the objection is not there.
  decideObjection: { call: objection('decide'), expect: { office: 403, leader: 404, department: 404, others: 403 } },
  reassignObjection: { call: objection('reassign', { handlerId: NOBODY, reason: '演示' }), expect: onlyOffice },
  sendBackObjection: { call: objection('sendBack'), expect: onlyOffice },
  amendReply: { call: objection('amendReply'), expect: onlyOffice },
  restoreObjection: { call: objection('restore'), expect: onlyOffice },
  askJunk: {
    call: async (w) => ({
      url: '/api/objections/junk',
      body: { ids: [(await madeObjection(w)).objectionId], reason: '演示' },
    }),
    expect: onlyOffice,
  },
  judgeJunk: {
    call: async (w) => ({
      url: '/api/objections/junk/judge',
      body: { ids: [(await madeObjection(w)).objectionId], action: 'drop' },
    }),
    expect: onlyOffice,
  },
  askSchool: { call: objection('askSchool'), expect: { office: 'ok', leader: 404, department: 404, others: 403 } },
  listOwnObjections: {
    call: async () => ({ url: '/api/objections/own' }),
    expect: { secretary: 'ok', clerk: 'ok', otherSecretary: 'ok', otherClerk: 'ok', farClerk: 'ok', others: 403 },
  },
  // Nothing was asked yet; to another school's secretary there is nothing.
  answerOwnObjection: {
    call: objection('answer'),
    expect: { secretary: 'ok', otherSecretary: 404, others: 403 },
  },
  replyObjection: { call: objection('reply'), expect: onlyOffice },
  listDecisions: {
    call: async () => ({ url: '/api/decisions' }),
    expect: { office: 'ok', leader: 'ok', others: 403 },
  },
  confirmDecision: {
    call: async () => ({ url: `/api/decisions/${NOBODY}/confirm`, body: SEEN }),
    expect: { office: 404, leader: 404, others: 403 },
  },
  conferAwards: {
    call: async () => ({
      url: '/api/naming/confer',
      body: { documentNumber: '演示〔2026〕1号', conferredOn: '2026-12-01', ...SEEN },
    }),
    expect: onlyOffice,
  },
  draftAnnouncement: { call: async () => ({ url: '/api/naming/announcements', body: SEEN }), expect: onlyOffice },
  amendConferral: {
    call: async () => ({
      url: `/api/awards/${NOBODY}/amend`,
      body: { documentNumber: '演示〔2026〕1号', conferredOn: '2026-12-01', reason: '演示', ...SEEN },
    }),
    expect: { office: 404, others: 403 },
  },
  askRevocation: {
    call: async () => ({ url: `/api/awards/${NOBODY}/revoke`, body: { reason: '演示', ...SEEN } }),
    expect: { office: 404, others: 403 },
  },
  askRestoration: {
    call: async () => ({ url: `/api/awards/${NOBODY}/restore`, body: { reason: '演示', ...SEEN } }),
    expect: { office: 404, others: 403 },
  },
  listRevocations: { call: async () => ({ url: '/api/revocations' }), expect: { ...onlyOffice, leader: 'ok' } },
  decideRevocation: {
    call: async () => ({ url: `/api/revocations/${NOBODY}/decide`, body: { action: 'drop' } }),
    expect: { office: 404, leader: 404, others: 403 },
  },
  listOwnAwards: {
    call: async () => ({ url: '/api/awards/own' }),
    expect: { secretary: 'ok', clerk: 'ok', otherSecretary: 'ok', otherClerk: 'ok', farClerk: 'ok', others: 403 },
  },
  listRecommendations: { call: async () => ({ url: '/api/recommendations' }), expect: onlyOffice },
  selectRecommendation: {
    call: async () => ({ url: '/api/recommendations', body: { awardId: NOBODY, targetLevel: 'city' } }),
    expect: { office: 404, others: 403 },
  },
  recommendationFile: {
    call: async () => ({ url: `/recommendations/${NOBODY}/package.json` }),
    // Nothing is packaged in the world yet.
    expect: { office: 404, others: 403 },
  },
  moveRecommendation: {
    call: async () => ({ url: `/api/recommendations/${NOBODY}/move`, body: { action: 'package', ...SEEN } }),
    expect: { office: 404, others: 403 },
  },
  noticesPage: { call: async () => ({ url: '/notices' }), expect: everybody },
  // No year of the world has an outcome yet.
  outcomePage: { call: async () => ({ url: '/outcomes/2026' }), expect: { visitor: 404, others: 404 } },
  noticePage: { call: async (w) => ({ url: `/notices/${(await madeObjection(w)).noticeId}` }), expect: everybody },
  objectionForm: {
    call: async (w) => ({ url: `/notices/${(await madeObjection(w)).noticeId}/objections` }),
    expect: everybody,
  },
  postObjection: {
    call: async (w) => ({ url: `/notices/${(await madeObjection(w)).noticeId}/objections`, form: words }),
    expect: everybody,
  },
  receiptPage: { call: async () => ({ url: '/objections' }), expect: everybody },
  receiptAnswer: { call: async () => ({ url: '/objections', form: { receipt: 'ABCD' } }), expect: everybody },
  verifyForm: { call: async () => ({ url: '/verify' }), expect: everybody },
  verifyPage: { call: async () => ({ url: '/verify/YXYP-2026-0001' }), expect: { visitor: 404, others: 404 } },
  certificatePage: { call: async () => ({ url: '/certificates/YXYP-2026-0001' }), expect: { others: 404 } },
}
