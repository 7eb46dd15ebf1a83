import { draftSurvey, frozenSurvey, openedSurvey, talliedSurvey } from '#tests/world/survey.ts'
import type { World } from '#tests/world/world.ts'
import type { AccessRow, AccessRows } from './row.ts'

const NONE = '00000000-0000-7000-8000-000000000000'
const bureau = { office: 'ok', leader: 'ok', department: 'ok' } as const
const school = { secretary: 'ok', clerk: 'ok' } as const
const everySchool = { ...school, otherSecretary: 'ok', otherClerk: 'ok', farClerk: 'ok' } as const
const strangers = { otherSecretary: 404, otherClerk: 404, farClerk: 404 } as const
const onlyOffice = { office: 'ok', others: 403 } as const

const opened = async (w: World) => (await openedSurvey(w)).id
const tallied = (w: World) => talliedSurvey(w)

async function published(w: World): Promise<string> {
  const id = await tallied(w)
  await (await w.as('office')).post(`/api/surveys/${id}/publish`, { text: '感谢参与。' })
  return id
}

const at =
  (make: (w: World) => Promise<string>, path: string, body?: unknown): AccessRow['call'] =>
  async (w) => ({ url: `/api/surveys/${await make(w)}${path.replace(':school', w.schoolIds[0])}`, body })

const batch =
  (path: string, body?: unknown): AccessRow['call'] =>
  async (w) => {
    const id = await opened(w)
    const row = await w.house.database.reader
      .selectFrom('surveyBatch')
      .select('id')
      .where('surveyId', '=', id)
      .executeTakeFirstOrThrow()
    return { url: `/api/survey-batches/${row.id}${path}`, body }
  }

const settings = {
  title: '测评',
  opensOn: '2026-05-12',
  closesOn: '2026-05-18',
  questions: { teacher: ['t1', 't2', 't3', 't8'], parent: [], pupil: [] },
  minimum: { share: { teacher: 60, parent: 30, pupil: 30 }, ballots: 5 },
  impactReference: '',
}

export const rows: AccessRows = {
  listSurveys: {
    call: async () => ({ url: '/api/surveys' }),
    expect: { ...bureau, ...everySchool, auditor: 'ok', others: 403 },
  },
  createSurvey: {
    call: async () => ({ url: '/api/surveys', body: { kind: 'real', title: '测评', opensOn: '2026-05-12' } }),
    expect: onlyOffice,
  },
  readSurvey: { call: at(draftSurvey, ''), expect: { ...bureau, ...everySchool, auditor: 'ok', others: 403 } },
  saveSurvey: { call: at(draftSurvey, '', settings), expect: onlyOffice },
  freezeSurvey: { call: at(draftSurvey, '/freeze'), expect: onlyOffice },
  issueSurvey: { call: at(frozenSurvey, '/issue'), expect: onlyOffice },
  openSurvey: { call: at(frozenSurvey, '/open'), expect: onlyOffice },
  closeSurvey: { call: at(opened, '/close', { reason: '提前' }), expect: onlyOffice },
  tallySurvey: { call: at(opened, '/tally'), expect: onlyOffice },
  publishSurvey: { call: at(opened, '/publish', { text: '说明' }), expect: onlyOffice },
  voidSurvey: { call: at(draftSurvey, '/void', { reason: '密钥丢失' }), expect: onlyOffice },
  eraseSurvey: { call: at(draftSurvey, '/erase'), expect: onlyOffice },
  listRosters: { call: at(draftSurvey, '/schools'), expect: onlyOffice },
  readRoster: {
    call: at(draftSurvey, '/schools/:school/roster'),
    expect: { office: 'ok', ...school, ...strangers, others: 403 },
  },
  saveRoster: {
    call: at(draftSurvey, '/schools/:school/roster', { teachers: 3, classes: [], updatedAt: '' }),
    expect: { office: 'ok', ...school, ...strangers, others: 403 },
  },
  confirmRoster: {
    call: at(draftSurvey, '/schools/:school/roster/confirm'),
    expect: { secretary: 'ok', otherSecretary: 404, others: 403 },
  },
  printKit: { call: at(frozenSurvey, '/schools/:school/kit'), expect: onlyOffice },
  printPaper: { call: async (w) => ({ url: `/surveys/${await draftSurvey(w)}/paper.pdf` }), expect: onlyOffice },
  readProgress: { call: at(opened, '/progress'), expect: onlyOffice },
  readSchoolProgress: {
    call: at(opened, '/schools/:school/progress'),
    expect: { office: 'ok', ...school, ...strangers, others: 403 },
  },
  remindClasses: {
    call: async (w) => {
      const { url } = await batch('')(w)
      const row = await w.house.database.reader.selectFrom('surveyBatch').select(['id', 'surveyId']).executeTakeFirst()
      return { url: `/api/surveys/${row?.surveyId ?? url}/reminders`, body: { batchIds: [row?.id ?? NONE] } }
    },
    expect: onlyOffice,
  },
  askVoid: { call: batch('/void', { reason: '发现一人多答' }), expect: onlyOffice },
  confirmVoid: { call: batch('/void/confirm'), expect: onlyOffice },
  dropVoid: { call: batch('/void/drop', { reason: '核实无误' }), expect: onlyOffice },
  enterPaper: { call: at(opened, '/papers', { code: '7777-7777-7777', answers: {} }), expect: onlyOffice },
  withdrawPaper: { call: at(opened, '/papers/nothing/withdraw', { reason: '录错了' }), expect: onlyOffice },
  listPapers: { call: at(opened, '/papers'), expect: onlyOffice },
  readSchoolResult: {
    call: at(tallied, '/schools/:school/result'),
    expect: { office: 'ok', leader: 'ok', department: 404, ...school, ...strangers, others: 403 },
  },
  listResults: { call: at(tallied, '/results'), expect: onlyOffice },
  readTotals: { call: at(tallied, '/totals'), expect: { ...bureau, ...everySchool, others: 403 } },
  listRemarks: { call: at(tallied, '/remarks'), expect: { office: 'ok', ...everySchool, others: 403 } },
  judgeRemark: {
    call: async () => ({ url: `/api/survey-remarks/${NONE}/judge`, body: { state: 'held' } }),
    expect: { office: 404, others: 403 },
  },
  listCheckCodes: {
    call: at(tallied, '/schools/:school/check-codes'),
    expect: { office: 'ok', auditor: 'ok', ...school, ...strangers, others: 403 },
  },
  surveyResultSheet: {
    call: async (w) => ({ url: `/surveys/${await tallied(w)}/results.xlsx` }),
    expect: onlyOffice,
  },
  schoolSurveySheet: {
    call: async (w) => ({ url: `/surveys/${await tallied(w)}/schools/${w.schoolIds[0]}/result.xlsx` }),
    expect: { office: 'ok', leader: 'ok', department: 404, ...school, ...strangers, others: 403 },
  },
  publishedSurveysPage: { call: async () => ({ url: '/surveys' }), expect: { visitor: 'ok', others: 'ok' } },
  publishedSurveyPage: {
    call: async (w) => ({ url: `/surveys/${await published(w)}` }),
    expect: { visitor: 'ok', others: 'ok' },
  },
  checkCodesPage: {
    call: async (w) => ({ url: `/survey-codes/${await published(w)}?school=${w.schoolIds[0]}` }),
    expect: { visitor: 'ok', others: 'ok' },
  },
  surveyAuditFile: {
    call: async (w) => ({ url: `/surveys/${await tallied(w)}/audit.json` }),
    expect: { office: 'ok', auditor: 'ok', others: 403 },
  },
}
