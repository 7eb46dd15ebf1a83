import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { lifecycles } from '#domain/lifecycles.ts'
import defaultStandard from '#domain/year/default-standard.json' with { type: 'json' }
import type { Role } from '#domain/base/actor.ts'
import { keepPassword } from '#server/identity/access/actions.ts'
import { firstVisitLink } from '#server/schools/setup/actions.ts'
import { releaseRequest } from '#server/identity/accountRequest/actions.ts'
import { addAccount, giveRole } from '#server/identity/account/actions.ts'
import { setSchoolDepartment, setZoneLeaders } from '#server/schools/contact/actions.ts'
import { createCycle, editCycle, importStandard } from '#server/year/cycle/actions.ts'
import { openYear } from '#server/yearTurn.ts'
import { readCycle } from '#server/year/cycle/queries.ts'
import type { Fate } from '#demo/ledger.ts'
import { tellSchool } from '#demo/schools.ts'
import { tellReview } from '#demo/review.ts'
import { type Respondents, tellSurvey } from '#demo/survey.ts'
import { tellEvents } from '#demo/events.ts'
import { tellSupervision } from '#demo/supervision.ts'
import { makeForms } from '#server/ledger/form/actions.ts'
import { addDepartment, keepGroup } from '#server/schools/division/actions.ts'
import { readDivisions } from '#server/schools/division/queries.ts'
import { applySchoolList, ownList } from '#server/schools/import/actions.ts'
import { setUpBureau } from '#server/schools/setup/actions.ts'
import { readCsv } from '#server/kernel/csv.ts'
import { hashPassword } from '#server/kernel/password.ts'
import { refuse } from '#server/kernel/problem.ts'
import type { House } from '#server/kernel/work.ts'
import { countStates, type DemoSchool, listDemoSchools, openStory, type Story } from './story.ts'

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** One password for all who may try this demonstration, another for each: left on the net, it belongs to nobody who was not told. */
const newPassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')).join(
    '-',
  )

export interface DemoOptions {
  respondents: Respondents
  /** Of the set-up link that somebody holds; without it a new one is made. */
  token?: string
  log?: (line: string) => void
  /** For tests, which must know it; otherwise one is made at random. */
  password?: string
  /** How many schools of the list take part. */
  schools?: number
}

export interface SignIn {
  role: string
  name: string
  loginName: string
}

// Few schools show as much as they can, so the first ones differ most; the whole list has some of every kind.
// biome-ignore format: one row per ten schools
const fates: readonly Fate[] = [
  'applies', 'applies', 'summarySigned', 'applies', 'planSubmitted', 'planDraft', 'applies', 'applies', 'summarised', 'summaryReturned',
  'applies', 'applies', 'withdrawn', 'summaryDraft', 'applies', 'planAccepted', 'applies', 'revising', 'applies', 'summarised',
  'applies', 'refused', 'summarySigned', 'applies', 'summarised', 'applyDraft', 'applies', 'planReturned', 'applies', 'summarySigned',
  'applies', 'summarised', 'returned', 'applies', 'summaryDraft', 'summarised', 'planSubmitted', 'summarySigned', 'summarised', 'brandOnly',
  'summarised', 'summarySigned', 'summarised', 'applies', 'summaryReturned', 'summarised', 'planDraft', 'summarised', 'idle',
]

/** Makes a whole believable year through the product's own actions; only in an empty house. */
export async function buildDemo(house: House, options: DemoOptions) {
  const log = options.log ?? (() => undefined)
  const story = openStory(house, 20_260_302)
  const token = options.token ?? (await newToken(story.house))
  const password = options.password ?? newPassword()
  const bureau = await openBureau(story, { token, password, hash: await hashPassword(password) })
  log(`演示区教育局和 ${bureau.people.length} 个局内账号已建立`)
  const schools = await importSchools(story, bureau, options.schools)
  log(`已导入 ${schools.length} 所学校`)
  await nameContacts(story, bureau, schools)
  const cycleId = await beginYear(story, bureau)
  for (const school of schools)
    tellSchool(story, school, {
      fate: fates[school.index % fates.length] ?? 'summarised',
      officeId: bureau.officeId,
      cycleId,
    })
  tellSupervision(story, schools, bureau.officeId)
  tellEvents(story, schools, bureau.officeId)
  const { officeId, deputyId } = bureau
  tellSurvey(story, { officeId, deputyId, schools, respondents: options.respondents })
  tellReview(story, { officeId, deputyId, leaderId: bureau.leaderIds[0] ?? '', cycleId, groups: bureau.groups })
  await story.run(log)
  // Passwords count from the day on which the demonstration is made, or the policy would have them changed at once.
  story.catchUp()
  const signIns = [...bureau.people, ...schoolPeople(schools)]
  const known = await story.house.database.reader.selectFrom('account').select(['loginName', 'personId']).execute()
  for (const { loginName, personId } of known)
    if (signIns.some((one) => one.loginName === loginName))
      await story.as(bureau.adminId, (work) => keepPassword(work, personId, bureau.hash))
  const states = await countStates(
    house,
    lifecycles.map((life) => life.name),
  )
  return { signIns, password, states }
}

async function newToken(house: House): Promise<string> {
  const link = await firstVisitLink(house)
  if (!link)
    throw refuse('alreadyExists', '数据库里已经有账号。演示数据只能放进空的数据库，请另设 DATA_DIR 或 DATABASE_URL。')
  return new URL(link).searchParams.get('token') ?? ''
}

interface Bureau {
  id: string
  hash: string
  officeId: string
  /** The office's second person, for what one alone may not do. */
  deputyId: string
  adminId: string
  securityId: string
  leaderIds: string[]
  departmentIds: string[]
  reviewerIds: string[]
  groups: string[][]
  people: SignIn[]
}

const LEADERS = 3
const REVIEWERS = 5

async function openBureau(
  story: Story,
  { token, password, hash }: { token: string; password: string; hash: string },
): Promise<Bureau> {
  const person = (key: 'office' | 'admin' | 'security' | 'auditor', name: string) => ({
    key,
    name,
    loginName: key,
    password,
    again: password,
  })
  const founders = [
    person('office', '演示党工委办'),
    person('admin', '演示系统管理员'),
    person('security', '演示安全管理员'),
    person('auditor', '演示审计员'),
  ]
  await setUpBureau(story.house, token, {
    bureauName: '演示区教育局',
    shortName: '演示区',
    provinceName: '演示省',
    cityName: '演示市',
    people: founders,
  })
  const rows = await story.house.database.reader
    .selectFrom('account')
    .innerJoin('person', 'person.id', 'account.personId')
    .select(['account.loginName', 'account.personId', 'person.bureauId'])
    .execute()
  const idOf = (loginName: string) => rows.find((row) => row.loginName === loginName)?.personId ?? ''
  const bureau: Bureau = {
    id: rows[0]?.bureauId ?? '',
    hash,
    officeId: idOf('office'),
    deputyId: '',
    adminId: idOf('admin'),
    securityId: idOf('security'),
    leaderIds: [],
    departmentIds: [],
    reviewerIds: [],
    groups: [],
    people: founders.map(({ key, name, loginName }) => ({ role: founderRoles[key], name, loginName })),
  }
  const deputy = { name: '演示党工委办2', loginName: 'office2', role: 'office' as const, label: founderRoles.office }
  bureau.deputyId = await hire(story, bureau, deputy)
  for (const name of ['基础教育股', '教师工作股'])
    bureau.departmentIds.push(await story.as(bureau.officeId, (work) => addDepartment(work, bureau.id, name)))
  for (let at = 1; at <= LEADERS; at += 1) {
    const leader = { name: `演示分包领导${at}`, loginName: `leader${at}`, role: 'leader' as const, label: '分包领导' }
    bureau.leaderIds.push(await hire(story, bureau, leader))
  }
  for (const [at, departmentId] of bureau.departmentIds.entries()) {
    const name = `演示股室干部${at + 1}`
    const officer = { name, loginName: `dept${at + 1}`, role: 'department' as const, label: '联系股室', departmentId }
    await hire(story, bureau, officer)
  }
  for (let at = 1; at <= REVIEWERS; at += 1) {
    const reviewer = { name: `演示评委${at}`, loginName: `expert${at}`, role: 'reviewer' as const, label: '评审专家' }
    bureau.reviewerIds.push(await hire(story, bureau, reviewer))
  }
  return bureau
}

const founderRoles = { office: '局党工委办', admin: '系统管理员', security: '安全管理员', auditor: '审计员' } as const

interface Hired {
  name: string
  loginName: string
  role: Role
  label: string
  departmentId?: string
}

/** The administrator adds the account, the security administrator gives the role: never one of them alone. */
async function hire(
  story: Story,
  bureau: Bureau,
  { name, loginName, role, label, departmentId }: Hired,
): Promise<string> {
  const account = { name, loginName, phone: '', title: label }
  const { id } = await story.as(bureau.adminId, (work) => addAccount(work, account))
  const wanted = { role, organizationId: bureau.id, departmentId: departmentId ?? '', reason: '建立演示账号' }
  const given = await story.as(bureau.securityId, (work) => giveRole(work, id, wanted))
  if (given.waits) await story.as(bureau.adminId, (work) => releaseRequest(work, given.id))
  bureau.people.push({ role: label, name, loginName })
  return id
}

async function importSchools(story: Story, bureau: Bureau, most: number | undefined): Promise<DemoSchool[]> {
  const bytes = readFileSync(new URL('./schools.csv', import.meta.url))
  const read = readCsv(bytes)
  if ('refused' in read) throw new Error(`the demonstration's school list cannot be read: ${read.refused}`)
  const cells = most === undefined ? read.rows : read.rows.slice(0, most + 1)
  await story.as(bureau.officeId, (work) =>
    applySchoolList(work, { ...ownList(bytes, cells), bureauId: bureau.id, accounts: true }),
  )
  return listDemoSchools(story.house)
}

async function nameContacts(story: Story, bureau: Bureau, schools: readonly DemoSchool[]): Promise<void> {
  const { zones } = await readDivisions(story.house.database.reader, bureau.id)
  for (const [at, zone] of zones.entries()) {
    const leaderId = bureau.leaderIds[at % bureau.leaderIds.length] ?? ''
    await story.as(bureau.officeId, (work) => setZoneLeaders(work, zone.id, { personIds: [leaderId] }))
  }
  for (const [at, departmentId] of bureau.departmentIds.entries()) {
    const own = schools.filter((school) => school.index % bureau.departmentIds.length === at).map((one) => one.id)
    if (own.length > 0) await story.as(bureau.officeId, (work) => setSchoolDepartment(work, own, departmentId))
  }
  const members = schools.filter((school) => school.index === 1 || school.index === 6).map((school) => school.id)
  await story.as(bureau.officeId, (work) =>
    keepGroup(work, bureau.id, { name: '演示第一教育集团', schoolIds: members }),
  )
  await story.as(bureau.officeId, async (work) => {
    await makeForms(work, bureau.id)
  })
  // A secretary who also scores shows how the system keeps her from her own school.
  const [, , , fourth] = schools
  if (fourth) {
    const wanted = { role: 'reviewer' as const, organizationId: bureau.id, departmentId: '', reason: '' }
    await story.as(bureau.securityId, (work) => giveRole(work, fourth.secretaryId, wanted))
  }
  const [first, second, ...others] = bureau.reviewerIds
  bureau.groups = [
    [first ?? '', second ?? ''],
    [...others, ...(fourth ? [fourth.secretaryId] : [])],
  ]
  story.forgetActors()
}

async function beginYear(story: Story, bureau: Bureau): Promise<string> {
  const standardId = await story.as(bureau.officeId, (work) => importStandard(work, bureau.id, defaultStandard))
  const year = {
    bureauId: bureau.id,
    year: 2026,
    title: '2026 年度',
    awardTitle: '演示区“一校一品”党建文化品牌项目建设成果奖',
    standardId,
  }
  const id = await story.as(bureau.officeId, (work) => createCycle(work, year))
  const { title, awardTitle, applyFrom, applyUntil, settings } = await readCycle(story.house.database.reader, id)
  const basis = {
    basisTitle: '关于开展“一校一品”党建文化品牌创建活动的通知（演示）',
    basisNumber: '演示教党〔2026〕3 号',
    filingNumber: '演示备〔2026〕1 号',
    approvalNumber: '演示批〔2026〕2 号',
    toldOn: '2026-03-02',
  }
  const terms = { title, awardTitle, applyFrom, applyUntil, settings, standardId, planUntil: '2026-04-30' }
  await story.as(bureau.officeId, (work) => editCycle(work, id, { ...terms, outcomeKind: 'award', ...basis }))
  await story.as(bureau.officeId, (work) => openYear(work, id))
  return id
}

/** Three schools of different standing can be tried by their secretary and their clerk. */
function schoolPeople(schools: readonly DemoSchool[]): SignIn[] {
  const wanted: readonly Fate[] = ['applies', 'summarySigned', 'planSubmitted']
  const chosen = wanted.flatMap((fate) =>
    schools.filter((school) => fates[school.index % fates.length] === fate).slice(0, 1),
  )
  return chosen.flatMap(({ name, code }) => [
    { role: '学校书记', name, loginName: `${code}s` },
    { role: '党务干事', name, loginName: `${code}c` },
  ])
}
