import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endpoints } from '#contract/index.ts'
import { conferred, decide, decision, draft, object, posted, sealed } from '#tests/world/award.ts'
import { grant, reviewed, scoreAll } from '#tests/world/review.ts'
import { type Caller, type World } from '#tests/world/world.ts'

/** What there is of the school that the office has recused from: one id for every kind of row. */
type Ids = Record<string, string>

const NOBODY = '00000000-0000-4000-8000-000000000000'

/** The newest row of each kind that belongs to the school, or to the year as a whole. */
async function idsOf(w: World, schoolId: string): Promise<Ids> {
  const db = w.house.database.reader
  const ids: Ids = { schoolId }
  for (const table of ['application', 'scoreSheet', 'award', 'objection', 'recommendation'] as const) {
    const rows = db
      .selectFrom(table as 'application')
      .select('id')
      .where('schoolId', '=', schoolId)
    ids[table] = (await rows.executeTakeFirst())?.id ?? NOBODY
  }
  for (const table of ['panel', 'notice', 'result', 'revocation', 'adjustment', 'decision'] as const)
    ids[table] =
      (
        await db
          .selectFrom(table as 'notice')
          .select('id')
          .executeTakeFirst()
      )?.id ?? NOBODY
  return ids
}

const SEEN = { seen: '-' }
const REASON = { reason: '演示' }

/** The url and body of every act and every page of review, naming and recommendation, or why it is none of a recused person's matter. */
const calls: Record<string, (ids: Ids) => { url: string; body?: object } | string> = {
  listApplications: () => ({ url: '/api/applications' }),
  readApplication: ({ application }) => ({ url: `/api/applications/${application}` }),
  readDossier: ({ application }) => ({ url: `/api/applications/${application}/dossier` }),
  returnApplication: ({ application }) => ({ url: `/api/applications/${application}/return`, body: REASON }),
  admitApplication: ({ application }) => ({ url: `/api/applications/${application}/admit`, body: SEEN }),
  refuseApplication: ({ application }) => ({ url: `/api/applications/${application}/refuse`, body: REASON }),
  reinstateApplication: ({ application }) => ({ url: `/api/applications/${application}/reinstate`, body: REASON }),
  listPanels: () => ({ url: '/api/panels' }),
  createPanel: ({ schoolId }) => ({
    url: '/api/panels',
    body: { method: 'documents', name: '另一组', reviewerIds: [], schoolIds: [schoolId] },
  }),
  setPanelReviewers: () => 'refused where it takes sheets of the school back: see the test of panels below',
  editPanel: ({ panel, schoolId }) => ({
    url: `/api/panels/${panel}`,
    body: { name: '第一组', schoolIds: [schoolId], ...REASON, ...SEEN },
  }),
  deletePanel: ({ panel }) => ({ url: `/api/panels/${panel}` }),
  previewAssignment: ({ panel }) => ({ url: `/api/panels/${panel}/assignment` }),
  assignSheets: () => 'hands out nothing of the school: see the test of panels below',
  readSheet: ({ scoreSheet }) => ({ url: `/api/sheets/${scoreSheet}` }),
  recuseSheet: ({ scoreSheet }) => ({
    url: `/api/sheets/${scoreSheet}/recuse`,
    body: { kind: 'other', ...REASON, ...SEEN },
  }),
  recuseSelf: ({ application }) => ({ url: `/api/applications/${application}/recuse`, body: REASON }),
  returnSheet: ({ scoreSheet }) => ({ url: `/api/sheets/${scoreSheet}/return`, body: { ...REASON, ...SEEN } }),
  askExclusion: ({ scoreSheet }) => ({ url: `/api/sheets/${scoreSheet}/exclude`, body: { ...REASON, ...SEEN } }),
  judgeExclusion: ({ scoreSheet }) => ({
    url: `/api/sheets/${scoreSheet}/exclusion`,
    body: { confirm: true, ...REASON, ...SEEN },
  }),
  readReview: () => ({ url: '/api/review' }),
  ruleSurvey: ({ application }) => ({ url: `/api/applications/${application}/survey-ruling`, body: REASON }),
  addAdjustment: ({ application }) => ({
    url: `/api/applications/${application}/adjustments`,
    body: { kind: 'bonus', code: 'P1', points: 100, ...REASON },
  }),
  dropAdjustment: ({ adjustment }) => ({ url: `/api/adjustments/${adjustment}/drop`, body: REASON }),
  ruleDisagreement: ({ application }) => ({
    url: `/api/applications/${application}/rulings`,
    body: { method: 'documents', ...REASON },
  }),
  computeResult: () => ({ url: '/api/review/compute', body: {} }),
  moderateResult: ({ result }) => ({ url: `/api/results/${result}/moderate`, body: { remark: '演示', ...SEEN } }),
  sealResult: ({ result }) => ({ url: `/api/results/${result}/seal`, body: SEEN }),
  correctResult: ({ result }) => ({ url: `/api/results/${result}/correct`, body: { ...REASON, ...SEEN } }),
  readRanking: () => ({ url: '/api/ranking' }),
  explainPlace: ({ result, application }) => ({ url: `/api/results/${result}/applications/${application}` }),
  readNaming: () => ({ url: '/api/naming' }),
  decideResult: ({ result }) => ({ url: `/api/results/${result}/decide`, body: { ...decision([]), ...SEEN } }),
  listDecisions: () => ({ url: '/api/decisions' }),
  confirmDecision: ({ decision: id }) => ({ url: `/api/decisions/${id}/confirm`, body: SEEN }),
  reopenDecision: ({ result }) => ({ url: `/api/results/${result}/reopen`, body: { ...REASON, ...SEEN } }),
  conferAwards: () => ({
    url: '/api/naming/confer',
    body: { documentNumber: '1', conferredOn: '2026-11-17', ...SEEN },
  }),
  amendConferral: ({ award }) => ({
    url: `/api/awards/${award}/amend`,
    body: { documentNumber: '1', conferredOn: '2026-11-17', ...REASON, ...SEEN },
  }),
  askRevocation: ({ award }) => ({ url: `/api/awards/${award}/revoke`, body: { ...REASON, ...SEEN } }),
  askRestoration: ({ award }) => ({ url: `/api/awards/${award}/restore`, body: { ...REASON, ...SEEN } }),
  listRevocations: () => ({ url: '/api/revocations' }),
  decideRevocation: ({ revocation }) => ({ url: `/api/revocations/${revocation}/decide`, body: { action: 'confirm' } }),
  draftNotice: () => ({ url: '/api/notices', body: SEEN }),
  draftAnnouncement: () => 'tells only what has been made public before',
  readNotice: ({ notice }) => ({ url: `/api/notices/${notice}` }),
  saveNotice: ({ notice }) => ({
    url: `/api/notices/${notice}`,
    body: { title: '演示', body: '演示', updatedAt: '-' },
  }),
  postNotice: ({ notice }) => ({ url: `/api/notices/${notice}/post`, body: SEEN }),
  endNotice: ({ notice }) => ({ url: `/api/notices/${notice}/end`, body: SEEN }),
  dropNotice: ({ notice }) => ({ url: `/api/notices/${notice}/drop`, body: { ...REASON, ...SEEN } }),
  listObjections: () => ({ url: '/api/objections?size=200' }),
  listHandlers: () => ({ url: '/api/objections/handlers' }),
  ...Object.fromEntries(
    ['admit', 'dismiss', 'decide', 'sendBack', 'reply', 'restore'].map((move) => [
      `${move}Objection`,
      ({ objection }: Ids) => ({ url: `/api/objections/${objection}/${move}`, body: { text: '演示', ...SEEN } }),
    ]),
  ),
  amendReply: ({ objection }) => ({ url: `/api/objections/${objection}/amendReply`, body: { text: '演示', ...SEEN } }),
  askSchool: ({ objection }) => ({ url: `/api/objections/${objection}/askSchool`, body: { text: '演示', ...SEEN } }),
  assignObjection: ({ objection }) => ({
    url: `/api/objections/${objection}/assign`,
    body: { handlerId: NOBODY, ...SEEN },
  }),
  reassignObjection: ({ objection }) => ({
    url: `/api/objections/${objection}/reassign`,
    body: { handlerId: NOBODY, ...REASON, ...SEEN },
  }),
  askJunk: ({ objection }) => ({ url: '/api/objections/junk', body: { ids: [objection], ...REASON } }),
  judgeJunk: ({ objection }) => ({ url: '/api/objections/junk/judge', body: { ids: [objection], action: 'confirm' } }),
  listRecommendations: () => ({ url: '/api/recommendations' }),
  selectRecommendation: ({ award }) => ({ url: '/api/recommendations', body: { awardId: award, targetLevel: 'city' } }),
  moveRecommendation: ({ recommendation }) => ({
    url: `/api/recommendations/${recommendation}/move`,
    body: { action: 'withdraw', note: '演示', ...SEEN },
  }),
}

const ROOMS =
  /^\/api\/(applications|panels|sheets|review|adjustments|results|ranking|naming|decisions|awards|revocations|notices|objections|recommendations)\b/

const ofOffice = endpoints.filter(
  ({ path, access }) => ROOMS.test(path) && Array.isArray(access) && (access as readonly string[]).includes('office'),
)

/** Files that are handed out beside the API. */
const documents = ({ result, recommendation }: Ids) => [
  `/results/${result}/sealed.json`,
  `/results/${result}/ranking.xlsx`,
  `/recommendations/${recommendation}/package.json`,
]

async function walk(w: World, office: Caller, schoolId: string) {
  const { name } = await w.house.database.reader
    .selectFrom('school')
    .select('name')
    .where('id', '=', schoolId)
    .executeTakeFirstOrThrow()
  const ids = await idsOf(w, schoolId)
  const wrong: string[] = []
  const secrets = [name, schoolId, ids['application'] ?? '', ids['scoreSheet'] ?? ''].filter((one) => one !== NOBODY)
  const look = async (url: string) => {
    const { text } = await office.get(url)
    if (secrets.some((one) => text.includes(one))) wrong.push(`GET ${url} tells of the school`)
  }
  for (const { name: endpoint, method } of ofOffice) {
    const made = calls[endpoint]?.(ids)
    if (made === undefined || typeof made === 'string') continue
    if (method === 'GET') {
      await look(made.url)
      continue
    }
    const answer =
      method === 'DELETE'
        ? await office.delete(made.url)
        : await (method === 'PUT' ? office.put : office.post)(made.url, made.body)
    const reasons = (answer.body?.reasons ?? []) as { code: string }[]
    if (answer.status !== 404 && !reasons.some((one) => one.code === 'conflictOfInterest'))
      wrong.push(`${method} ${made.url} → ${answer.status} ${answer.text.slice(0, 120)}`)
  }
  // The satisfaction index is points in the review.
  const surveys = await w.house.database.reader.selectFrom('survey').select('id').execute()
  const ofSurveys = surveys.flatMap(({ id }) => [
    `/api/surveys/${id}/results`,
    `/api/surveys/${id}/remarks`,
    `/api/surveys/${id}/schools/${schoolId}/result`,
  ])
  for (const url of [...documents(ids), ...ofSurveys, '/api/todo']) await look(url)
  assert.deepEqual(wrong, [])
}

async function recuse(w: World, office: Caller, schoolId: string): Promise<void> {
  const { application } = await idsOf(w, schoolId)
  const done = await office.post(`/api/applications/${application}/recuse`, { reason: '近亲属在校任教' })
  assert.equal(done.status, 200, done.text)
}

test('every act and page of review, naming and recommendation says how it stands to a recused person', () => {
  assert.deepEqual(
    ofOffice.map((one) => one.name).filter((one) => !(one in calls)),
    [],
  )
})

test('who recused from a school sees nothing of it and touches nothing of it while it is scored and computed', async (t) => {
  const { w, office, reviewer } = await reviewed(t)
  await recuse(w, office, w.schoolIds[0])
  await walk(w, office, w.schoolIds[0])
  await scoreAll(reviewer)
  await walk(w, office, w.schoolIds[0])
})

test('nor of a school that was ranked, decided on and stands in a draft of the notice', async (t) => {
  const { w, office, resultId, applications } = await sealed(t)
  const grade = (await office.get('/api/naming')).body.grades[0]
  assert.equal((await decide(office, resultId, decision([applications[0]], grade))).status, 200)
  await draft(office)
  await recuse(w, office, w.schoolIds[0])
  await walk(w, office, w.schoolIds[0])
})

test('nor of objections to it, of its award, its revocation and its recommendation', async (t) => {
  const state = await posted(t)
  const { w } = state
  const words = {
    name: '张三',
    phone: '13800000000',
    content: '名单里的这所学校材料不真实，去年十月的活动照片是别校的。',
  }
  const sent = await object(w, state.noticeId, { ...words, schoolId: w.schoolIds[0] })
  assert.equal(sent.status, 200, sent.text)
  await recuse(w, state.office, w.schoolIds[0])
  await walk(w, state.office, w.schoolIds[0])
})

test('nor of what was conferred and asked to be taken back', async (t) => {
  const { w, office, award } = await conferred(t)
  const made = await office.post('/api/recommendations', { awardId: award.id, targetLevel: 'city' })
  assert.equal(made.status, 200, made.text)
  await office.post(`/api/awards/${award.id}/revoke`, { reason: '材料不实', seen: award.updatedAt })
  await recuse(w, office, w.schoolIds[0])
  await walk(w, office, w.schoolIds[0])
})

test('panels of a recused member of the office keep the school as it was, and another one hands out its sheets', async (t) => {
  const { w, office } = await reviewed(t)
  const { id } = (
    await office.post('/api/panels', {
      method: 'documents',
      name: '加评',
      reviewerIds: [],
      schoolIds: w.schoolIds.slice(0, 2),
    })
  ).body
  await recuse(w, office, w.schoolIds[0])
  const shown = (await office.get('/api/panels')).body.panels.find((one: { id: string }) => one.id === id)
  assert.deepEqual(shown.schoolIds, [w.schoolIds[1]])
  const edited = { name: '加评组', schoolIds: shown.schoolIds, stage: '', zoneId: null, seen: shown.updatedAt }
  assert.equal((await office.put(`/api/panels/${id}`, edited)).status, 200)
  const kept = await w.house.database.reader
    .selectFrom('panel')
    .select('schoolIds')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  assert.deepEqual((JSON.parse(kept.schoolIds) as string[]).toSorted(), w.schoolIds.slice(0, 2).toSorted())
  await grant(w, w.personOf('clerk', w.schoolIds[2]), 'reviewer', w.bureauId)
  await office.put(`/api/panels/${id}/reviewers`, { reviewerIds: [w.personOf('clerk', w.schoolIds[2])] })
  const plan = (await office.post(`/api/panels/${id}/assignment`)).body
  assert.deepEqual([plan.make.length, plan.hidden], [1, 1])
  const [first] = (await office.get('/api/panels')).body.panels
  const back = await office.put(`/api/panels/${first.id}/reviewers`, { reviewerIds: [], reason: '调整' })
  assert.equal(back.body.reasons[0].code, 'conflictOfInterest')
  await grant(w, w.personOf('leader'), 'office', w.bureauId)
  const other = await w.asPerson(w.personOf('leader'))
  assert.equal((await other.post(`/api/panels/${id}/assignment`)).body.make.length, 1)
})

test('a secretary who reviews elsewhere and is recused from the own school still reads the own dossier', async (t) => {
  const { w, first } = await reviewed(t)
  await grant(w, w.personOf('secretary'), 'reviewer', w.bureauId)
  await w.house.database.writer
    .insertInto('recusal')
    .values({
      id: crypto.randomUUID(),
      bureauId: w.bureauId,
      cycleId: w.cycleId,
      personId: w.personOf('secretary'),
      schoolId: w.schoolIds[0],
      kind: 'ownSchool',
      source: 'computed',
      reason: '演示',
      createdAt: '2026-05-11T00:00:00.000Z',
    })
    .execute()
  w.expectBreaches()
  const secretary = await w.as('secretary')
  assert.equal((await secretary.get(`/api/applications/${first}/dossier`)).status, 200)
  assert.equal((await secretary.get(`/api/applications/${first}`)).status, 200)
})
