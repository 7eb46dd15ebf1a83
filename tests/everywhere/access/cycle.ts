import { noticeOf } from '#tests/world/calendar.ts'
import type { World } from '#tests/world/world.ts'
import type { AccessRows } from './row.ts'

const everybody = { others: 'ok' } as const
const onlyOffice = { office: 'ok', others: 403 } as const

const terms = {
  title: '2026 年度',
  awardTitle: '成果奖',
  outcomeKind: 'award',
  planUntil: null,
  applyFrom: '2026-10-01',
  applyUntil: '2026-10-31',
  standardId: null,
  settings: {
    commentDays: 10,
    lateAfterDays: 30,
    noticeDays: 5,
    awardShareOfApplicants: 30,
    awardShareOfSchools: 15,
    recommendationShare: 30,
    awardYears: 3,
    disagreementShare: 15,
    rectificationDays: 30,
    grades: ['成果奖'],
  },
}
const basis = {
  basisTitle: '关于开展创建工作的通知',
  basisNumber: null,
  filingNumber: null,
  approvalNumber: null,
  toldOn: null,
}

const at = (tail: string, body?: unknown) => async (w: World) => ({ url: `/api/cycles/${w.cycleId}${tail}`, body })

export const rows: AccessRows = {
  listCycles: { call: async () => ({ url: '/api/cycles' }), expect: everybody },
  readCurrentCycle: { call: async () => ({ url: '/api/cycles/current' }), expect: everybody },
  readCycleDetail: { call: at(''), expect: everybody },
  createCycle: {
    call: async () => ({ url: '/api/cycles', body: { year: 2027, title: '2027 年度', awardTitle: '成果奖' } }),
    expect: onlyOffice,
  },
  editCycle: { call: at('', { ...terms, ...basis }), expect: onlyOffice },
  recordBasis: { call: at('/basis', basis), expect: onlyOffice },
  openCycle: { call: at('/open', { seen: '' }), expect: onlyOffice },
  closeCycle: { call: at('/close'), expect: onlyOffice },
  reopenCycle: { call: at('/reopen', { reason: '还有方案没有审完。' }), expect: onlyOffice },
  deleteCycle: { call: at(''), expect: onlyOffice },
  grantGrace: { call: at('/grace', { until: '2026-11-05', reason: '停电一天' }), expect: onlyOffice },
  listStandards: { call: async () => ({ url: '/api/standards' }), expect: everybody },
  readStandard: { call: async (w) => ({ url: `/api/standards/${w.standardId}` }), expect: everybody },
  importStandard: { call: async () => ({ url: '/api/standards', body: { body: {} } }), expect: onlyOffice },
  importDefaultStandard: { call: async () => ({ url: '/api/standards/default' }), expect: onlyOffice },
  printStandard: { call: async (w) => ({ url: `/standards/${w.standardId}/print` }), expect: everybody },
  listCalendar: { call: async () => ({ url: '/api/calendar' }), expect: everybody },
  saveCalendarYear: {
    call: async () => ({
      url: '/api/calendar/2027',
      body: { ...noticeOf(2027), seen: '' },
    }),
    expect: onlyOffice,
  },
}
