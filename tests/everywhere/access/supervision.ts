import {
  extensionAsked,
  issuedRectification,
  plannedInspection,
  recordedFinding,
  reportedRectification,
  runningInspection,
  sentFinding,
} from '#tests/world/supervision.ts'
import type { World } from '#tests/world/world.ts'
import type { AccessRow, AccessRows } from './row.ts'

const bureau = { office: 'ok', leader: 'ok', department: 'ok' } as const
const reaching = { office: 'ok', leader: 'ok', department: 404 } as const
const school = { secretary: 'ok', clerk: 'ok' } as const
const strangers = { otherSecretary: 404, otherClerk: 404, farClerk: 404 } as const
const everySchool = { ...school, otherSecretary: 'ok', otherClerk: 'ok', farClerk: 'ok' } as const
const office = { office: 'ok', others: 403 } as const

const of =
  (base: string, make: (w: World) => Promise<string>) =>
  (path: string, body?: unknown): AccessRow['call'] =>
  async (w) => ({ url: `${base}/${await make(w)}${path}`, body })
const planned = of('/api/inspections', plannedInspection)
const finding = of('/api/findings', sentFinding)
const order = of('/api/rectifications', issuedRectification)
const askedOrder = of('/api/rectifications', extensionAsked)
const reported = of('/api/rectifications', reportedRectification)
const still =
  (url: string): AccessRow['call'] =>
  async () => ({ url })

const seen = { kind: '到校', visitedOn: '2026-05-11', saw: '演示情况', advised: '', followUp: '', fileIds: [] }
export async function madeVisit(w: World): Promise<string> {
  return (await (await w.as('leader')).post('/api/visits', { schoolId: w.schoolIds[0], ...seen })).body.id
}
const visit = of('/api/visits', madeVisit)
const inSchool =
  (tail: string, body: unknown): AccessRow['call'] =>
  async (w) => ({ url: `/api/inspections/${await runningInspection(w)}/schools/${w.schoolIds[0]}${tail}`, body })

export const rows: AccessRows = {
  createVisit: {
    call: async (w) => ({ url: '/api/visits', body: { schoolId: w.schoolIds[0], ...seen } }),
    expect: { ...reaching, others: 403 },
  },
  // The writer alone: the office reaches the visit and is told so.
  saveVisit: { call: visit('', seen), expect: { leader: 'ok', department: 404, others: 403 } },
  listVisits: { call: still('/api/visits'), expect: { ...bureau, ...everySchool, others: 403 } },
  readVisit: { call: visit(''), expect: { ...reaching, ...school, ...strangers, others: 403 } },
  listVisitors: { call: still('/api/visitors'), expect: office },
  readVisitCoverage: { call: still('/api/visits/coverage'), expect: { ...bureau, others: 403 } },
  createInspection: {
    call: async () => ({
      url: '/api/inspections',
      body: { title: '演示', basis: '演示', startsOn: '2026-05-11', endsOn: '2026-05-12', checklist: ['演示'] },
    }),
    expect: office,
  },
  listInspections: { call: still('/api/inspections'), expect: { ...bureau, others: 403 } },
  readInspection: { call: planned(''), expect: { ...bureau, others: 403 } },
  drawSchools: { call: planned('/draw', { count: 1 }), expect: office },
  chooseSchools: {
    call: async (w) => ({
      url: `/api/inspections/${await plannedInspection(w)}/choose`,
      body: { schoolIds: [w.schoolIds[0]] },
    }),
    expect: office,
  },
  startInspection: { call: planned('/start'), expect: office },
  closeInspection: { call: planned('/close'), expect: office },
  reopenInspection: { call: planned('/reopen', { reason: '演示' }), expect: office },
  editInspection: {
    call: planned('', {
      title: '演示督查',
      basis: '演示',
      startsOn: '2026-05-11',
      endsOn: '2026-05-20',
      checklist: ['演示'],
      seen: '',
    }),
    expect: office,
  },
  deleteInspection: { call: planned(''), expect: office },
  recordInspected: {
    call: inSchool('', { seen: '', inspectedOn: '2026-05-11', answers: ['是'] }),
    expect: { ...reaching, others: 403 },
  },
  recordFinding: {
    call: inSchool('/findings', { content: '演示', severity: '即改' }),
    expect: { ...reaching, others: 403 },
  },
  listFindings: { call: still('/api/findings'), expect: { ...bureau, ...everySchool, others: 403 } },
  sendFinding: {
    call: of('/api/findings', recordedFinding)('/send', { preliminary: '演示' }),
    expect: { ...reaching, others: 403 },
  },
  replyFinding: { call: finding('/reply', { reply: '演示' }), expect: { ...school, ...strangers, others: 403 } },
  issueFinding: { call: finding('/issue', { opinion: '演示' }), expect: office },
  amendFinding: { call: finding('/amend', { reason: '演示' }), expect: office },
  dropFinding: { call: finding('/drop', { reason: '演示' }), expect: office },
  withdrawFinding: { call: finding('/withdraw', { reason: '演示' }), expect: office },
  resumeFinding: { call: finding('/resume', { reason: '演示' }), expect: office },
  orderFinding: { call: finding('/order', { requirement: '演示' }), expect: office },
  listRectifications: { call: still('/api/rectifications'), expect: { ...bureau, ...everySchool, others: 403 } },
  exportRectifications: { call: still('/api/rectifications.xlsx'), expect: { ...bureau, ...everySchool, others: 403 } },
  readRectification: { call: order(''), expect: { ...reaching, ...school, ...strangers, others: 403 } },
  acknowledgeRectification: { call: order('/acknowledge'), expect: { ...school, ...strangers, others: 403 } },
  planRectification: { call: order('/plan', { plan: '演示' }), expect: { ...school, ...strangers, others: 403 } },
  reportRectification: { call: order('/report', { report: '演示' }), expect: { ...school, ...strangers, others: 403 } },
  passRectification: { call: reported('/pass', { verdict: '演示' }), expect: { ...reaching, others: 403 } },
  failRectification: { call: reported('/fail', { verdict: '演示' }), expect: { ...reaching, others: 403 } },
  extendRectification: { call: order('/extend', { dueOn: '2026-08-01', reason: '演示' }), expect: office },
  askExtension: {
    call: order('/ask-extension', { dueOn: '2026-08-01', reason: '演示' }),
    expect: { ...school, ...strangers, others: 403 },
  },
  declineExtension: { call: askedOrder('/decline-extension', { reason: '演示' }), expect: office },
  withdrawRectification: { call: order('/withdraw', { reason: '演示' }), expect: office },
}
