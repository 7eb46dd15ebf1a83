import { admit, panelsWithSheets } from '#tests/world/review.ts'
import type { World } from '#tests/world/world.ts'
import type { AccessRow, AccessRows } from './row.ts'

const NOBODY = '00000000-0000-7000-8000-000000000000'
const onlyOffice = { office: 'ok', others: 403 } as const

const inReview = async (w: World) => {
  const applicationId = await admit(w, w.schoolIds[0])
  const [panelId = ''] = await panelsWithSheets(w)
  const sheet = await w.house.database.reader
    .selectFrom('scoreSheet')
    .select('id')
    .where('panelId', '=', panelId)
    .executeTakeFirstOrThrow()
  return { applicationId, panelId, sheetId: sheet.id }
}
const panel =
  (path: string, body?: unknown): AccessRow['call'] =>
  async (w) => ({
    url: `/api/panels/${(await inReview(w)).panelId}${path}`,
    body,
  })
const sheet =
  (path: string, body?: unknown): AccessRow['call'] =>
  async (w) => ({
    url: `/api/sheets/${(await inReview(w)).sheetId}${path}`,
    body,
  })
const application =
  (path: string, body: unknown): AccessRow['call'] =>
  async (w) => ({
    url: `/api/applications/${(await inReview(w)).applicationId}${path}`,
    body,
  })
const words = { scores: {}, remark: '', updatedAt: '' }
const noResult =
  (path: string, body?: unknown): AccessRow['call'] =>
  async () => ({ url: `/api/results/${NOBODY}${path}`, body })

export const rows: AccessRows = {
  listPanels: { call: async () => ({ url: '/api/panels' }), expect: onlyOffice },
  createPanel: {
    call: async () => ({ url: '/api/panels', body: { method: 'documents', name: '演示组', reviewerIds: [] } }),
    expect: onlyOffice,
  },
  setPanelReviewers: { call: panel('/reviewers', { reviewerIds: [] }), expect: onlyOffice },
  editPanel: { call: panel('', { name: '演示组', seen: '' }), expect: onlyOffice },
  deletePanel: { call: panel(''), expect: onlyOffice },
  previewAssignment: { call: panel('/assignment'), expect: onlyOffice },
  assignSheets: { call: panel('/assignment'), expect: onlyOffice },
  listOwnSheets: { call: async () => ({ url: '/api/sheets' }), expect: { reviewer: 'ok', others: 403 } },
  readSheet: { call: sheet(''), expect: { office: 'ok', reviewer: 'ok', others: 403 } },
  declareSheet: { call: sheet('/declare', { seen: '' }), expect: { reviewer: 'ok', others: 403 } },
  recuseSheet: {
    call: sheet('/recuse', { kind: 'relative', reason: '演示', seen: '' }),
    expect: { office: 'ok', reviewer: 'ok', others: 403 },
  },
  recuseSelf: { call: application('/recuse', { reason: '演示' }), expect: { office: 'ok', leader: 'ok', others: 403 } },
  saveSheet: { call: sheet('', words), expect: { reviewer: 'ok', others: 403 } },
  submitSheet: { call: sheet('/submit', words), expect: { reviewer: 'ok', others: 403 } },
  returnSheet: { call: sheet('/return', { reason: '演示', seen: '' }), expect: onlyOffice },
  askExclusion: { call: sheet('/exclude', { reason: '演示', seen: '' }), expect: onlyOffice },
  judgeExclusion: { call: sheet('/exclusion', { confirm: true, reason: '演示', seen: '' }), expect: onlyOffice },
  readReview: { call: async () => ({ url: '/api/review' }), expect: onlyOffice },
  ruleSurvey: { call: application('/survey-ruling', { reason: '演示' }), expect: onlyOffice },
  addAdjustment: {
    call: application('/adjustments', { kind: 'bonus', code: 'P1', points: 100, reason: '演示' }),
    expect: onlyOffice,
  },
  dropAdjustment: {
    call: async () => ({ url: `/api/adjustments/${NOBODY}/drop`, body: { reason: '演示' } }),
    expect: { office: 404, others: 403 },
  },
  ruleDisagreement: { call: application('/rulings', { method: 'documents', reason: '演示' }), expect: onlyOffice },
  computeResult: { call: async () => ({ url: '/api/review/compute' }), expect: onlyOffice },
  moderateResult: { call: noResult('/moderate', { remark: '演示', seen: '' }), expect: { office: 404, others: 403 } },
  correctResult: { call: noResult('/correct', { reason: '演示', seen: '' }), expect: { office: 404, others: 403 } },
  sealResult: { call: noResult('/seal', { seen: '' }), expect: { office: 404, others: 403 } },
  readRanking: { call: async () => ({ url: '/api/ranking' }), expect: { office: 'ok', leader: 'ok', others: 403 } },
  explainPlace: { call: noResult(`/applications/${NOBODY}`), expect: { office: 404, leader: 404, others: 403 } },
  resultFile: {
    call: async () => ({ url: `/results/${NOBODY}/sealed.json` }),
    expect: { office: 404, auditor: 404, others: 403 },
  },
  rankingSheet: {
    call: async () => ({ url: `/results/${NOBODY}/ranking.xlsx` }),
    expect: { office: 404, others: 403 },
  },
}
