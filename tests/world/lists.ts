import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Role } from '#domain/base/actor.ts'
import { askSlips } from '#server/identity/accountRequest/actions.ts'
import { makeBrand } from '#tests/everywhere/access/brand.ts'
import { makeComment } from '#tests/everywhere/access/comment.ts'
import { draftArticle, draftEvent } from '#tests/everywhere/access/exchange.ts'
import { madeVisit } from '#tests/everywhere/access/supervision.ts'
import { draftedApplication } from './application.ts'
import { object, posted } from './award.ts'
import { ledgerEntry } from './ledger.ts'
import { issuedRectification, plannedInspection, recordedFinding } from './supervision.ts'
import { draftSurvey, talliedSurvey } from './survey.ts'
import { type World, world } from './world.ts'

/** Where a list looks for what is typed: writes a text there, in the one row that the list then finds by it. */
export interface Place {
  name: string
  put(w: World, text: string): Promise<unknown>
  /** How many rows it finds, when the text belongs to more than one. */
  rows?: number
}

export interface List {
  as: Role
  /** Makes what the list shows; answers the address. */
  make(t: TestContext): Promise<{ w: World; url: string }>
  places: Place[]
}

const table = (name: string, column: string, where: (w: World) => string | undefined = () => undefined): Place => ({
  name: `${name}.${column}`,
  put: (w, text) => {
    const id = where(w)
    const change = w.house.database.writer.updateTable(name as 'school').set({ [column]: text })
    return (id === undefined ? change : change.where('id', '=', id)).execute()
  },
})
const ofFirst = (name: string, column: string) => table(name, column, (w) => w.schoolIds[0])
const schoolName = ofFirst('school', 'name')
const personName = table('person', 'name', (w) => w.personOf('clerk'))
const loginName: Place = {
  name: 'account.loginName',
  put: (w, text) =>
    w.house.database.writer
      .updateTable('account')
      .set({ loginName: text })
      .where('personId', '=', w.personOf('clerk'))
      .execute(),
}

/** A list of what `made` makes; nothing when the world has rows enough. */
const list = (as: Role, url: string, places: Place[], made?: (w: World) => Promise<unknown>): List => ({
  as,
  places,
  make: async (t) => {
    const w = await world(t)
    await made?.(w)
    return { w, url }
  },
})

const ofSurvey = (path: string, places: Place[], made: (w: World) => Promise<string>): List => ({
  as: 'office',
  places,
  make: async (t) => {
    const w = await world(t)
    return { w, url: `/api/surveys/${await made(w)}${path}` }
  },
})

async function withRemark(w: World): Promise<string> {
  const surveyId = await talliedSurvey(w)
  const row = { audience: 'parent', doubts: '[]', state: 'waiting', judgedBy: null, judgedAt: null } as const
  await w.house.database.writer
    .insertInto('surveyRemark')
    .values({ id: 'remark', surveyId, schoolId: w.schoolIds[0], body: '很好', ...row })
    .execute()
  return surveyId
}

const asked = async (w: World) =>
  w.work(await w.actorOf('admin'), async (work) => {
    await work.tx
      .updateTable('account')
      .set({ passwordHash: 'x' })
      .where('personId', '=', w.personOf('clerk'))
      .execute()
    return askSlips(work, [w.personOf('clerk')], '本人忘记密码')
  })

const objections: List = {
  as: 'office',
  places: [table('objection', 'content')],
  make: async (t) => {
    const { w, noticeId } = await posted(t)
    const content = '演示异议：四月二十日的主题党日照片与五月三日台账里的是同一组，可以查原始照片的拍摄时间。'
    const { text } = await object(w, noticeId, { name: '演示群众', phone: '0372-0000000', content })
    assert.match(text, /异议已收到/)
    return { w, url: '/api/objections' }
  },
}

/** Every list of the contract that can be searched, by the name of its endpoint. */
export const lists: Record<string, List> = {
  listPeople: list('office', '/api/people?role=leader', [table('person', 'name', (w) => w.personOf('leader'))]),
  listPlaces: list('security', '/api/accounts-places', [schoolName]),
  listSchools: list('office', '/api/schools', [
    schoolName,
    ofFirst('organization', 'code'),
    ofFirst('school', 'secretaryName'),
  ]),
  listAccounts: list('admin', '/api/accounts', [
    personName,
    loginName,
    { ...ofFirst('organization', 'name'), rows: 2 },
  ]),
  listRequests: list('admin', '/api/account-requests', [personName], asked),
  listAudit: list('auditor', '/api/audit', [
    {
      name: 'auditRow.actorName',
      put: (w, text) =>
        w.house.database.writer.updateTable('auditRow').set({ actorName: text }).where('seq', '=', 1).execute(),
    },
  ]),
  listBrands: list('office', '/api/brands', [schoolName, table('brand', 'name')], (w) => makeBrand(w)),
  listEntries: list(
    'office',
    '/api/ledger/entries',
    [table('entry', 'title'), table('entry', 'content'), table('entry', 'place')],
    (w) => ledgerEntry(w, { file: true }),
  ),
  listSummaries: list('office', '/api/summaries', [schoolName]),
  listApplications: list('office', '/api/applications', [schoolName], (w) => draftedApplication(w)),
  listPlans: list('office', '/api/plans', [schoolName]),
  listComments: list('office', '/api/comments', [schoolName, table('comment', 'content')], (w) => makeComment(w)),
  listEvents: list('office', '/api/events', [table('event', 'title')], draftEvent),
  listObjections: objections,
  listArticles: list('clerk', '/api/articles', [table('article', 'title')], draftArticle),
  listVisits: list(
    'office',
    '/api/visits',
    [schoolName, table('visit', 'saw'), table('visit', 'advised'), table('visit', 'followUp')],
    madeVisit,
  ),
  listInspections: list('office', '/api/inspections', [table('inspection', 'title')], plannedInspection),
  listFindings: list('office', '/api/findings', [schoolName, table('finding', 'content')], recordedFinding),
  listRectifications: list(
    'office',
    '/api/rectifications',
    [schoolName, table('rectification', 'requirement')],
    issuedRectification,
  ),
  listRosters: ofSurvey('/schools', [schoolName], (w) => draftSurvey(w)),
  listRemarks: ofSurvey('/remarks', [table('surveyRemark', 'body')], withRemark),
  listResults: ofSurvey('/results', [schoolName], (w) => talliedSurvey(w)),
}
