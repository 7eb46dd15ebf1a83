import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { choose, fill, open, PASSWORD, press, signIn } from './form.ts'
import type { Stage } from './fixture.ts'

const header = '学校名称,学段,办学性质,片区,学校标识码,党组织类型,党组织书记,党员人数,教职工人数,学生人数\n'
const list = `${header}演示第一小学,小学,公办,第一片区,2141503001,党支部,演示书记甲,25,78,1567
演示第二小学,小学,公办,第一片区,2141503002,党支部,演示书记乙,29,65,1141
演示中心幼儿园,幼儿园,民办,第二片区,1141503004,党支部,演示书记丙,7,25,269
`

export async function setUp(s: Stage, page: Page): Promise<void> {
  await page.goto(s.setupLink)
  await s.look(page, '01-setup')
  const values: Record<string, string> = { bureauName: '演示区教育局', shortName: '演示区' }
  const people = {
    office: ['演示科长', 'bangongshi'],
    admin: ['演示管理员', 'guanli'],
    security: ['演示安全员', 'anquan'],
    auditor: ['演示审计', 'shenji'],
  }
  for (const [role, [name = '', login = '']] of Object.entries(people))
    Object.assign(values, {
      [`${role}Name`]: name,
      [`${role}LoginName`]: login,
      [`${role}Password`]: PASSWORD,
      [`${role}Again`]: PASSWORD,
    })
  for (const [name, value] of Object.entries(values)) await page.locator(`[name="${name}"]`).fill(value)
  await page.getByRole('button', { name: '建立' }).click()
  await page.getByRole('heading', { name: '初始化完成' }).waitFor()
}

export interface SchoolLogins {
  name: string
  secretary: string
  clerk: string
}

/** The school list, the slips handed out, the standard and the year opened. */
export async function openSchools(s: Stage, office: Page): Promise<SchoolLogins[]> {
  await importSchools(s, office)
  const logins = await handOutSlips(s, office)
  await openYear(s, office)
  return logins
}

async function importSchools(s: Stage, page: Page): Promise<void> {
  await open(page, s.url, '/schools/import', '导入学校名单')
  const file = { name: '名单.csv', mimeType: 'text/csv' }
  const wrong = Buffer.from(list.replace('25,78', '二十五,78'))
  await page.locator('input[type=file]').setInputFiles({ ...file, buffer: wrong })
  await page.getByText('党员人数“二十五”不是数字').first().waitFor()
  await page.locator('input[type=file]').setInputFiles({ ...file, buffer: Buffer.from(list) })
  await page.getByRole('button', { name: '按此导入' }).click()
  await page.getByText('导入完成').waitFor()
}

interface Slip {
  place: string
  role: string
  name: string
  loginName: string
  code: string
}

function readSlip(text: string): Slip {
  const line = text.split('\n').map((one) => one.trim())
  const after = (label: string) => line[line.indexOf(label) + 1] ?? ''
  return {
    place: line[0] ?? '',
    role: after('岗位'),
    name: after('姓名'),
    loginName: after('登录名'),
    code: after('激活码'),
  }
}

async function printed(page: Page, button: ReturnType<Page['getByRole']>): Promise<Slip[]> {
  const [sheet] = await Promise.all([page.context().waitForEvent('page'), button.click()])
  await sheet.waitForLoadState()
  const slips = await sheet.locator('.slip').allInnerTexts()
  await sheet.close()
  return slips.map(readSlip)
}

/** Everybody sets an own password with the code on the slip, without script as on an old phone. */
async function activate(s: Stage, slips: readonly Slip[]): Promise<void> {
  const page = await s.phone({ javaScriptEnabled: false })
  for (const slip of slips) {
    await page.goto(`${s.url}/activate`)
    await page.locator('[name="loginName"]').fill(slip.loginName)
    await page.locator('[name="code"]').fill(slip.code)
    // Made without a name: whoever activates it says who they are.
    if (slip.name === '党务干事') await page.locator('[name="personName"]').fill('演示干事')
    await page.locator('[name="password"]').fill(PASSWORD)
    await page.locator('[name="again"]').fill(PASSWORD)
    await page.locator('form button[type="submit"]').first().click()
    // Whoever is through stands on the console's first page.
    await page.waitForURL((url) => !url.pathname.startsWith('/activate'))
    await page.context().clearCookies()
  }
  await page.context().close()
}

async function handOutSlips(s: Stage, office: Page): Promise<SchoolLogins[]> {
  await open(office, s.url, '/schools/slips', '打印激活单')
  await office.getByRole('button', { name: '全部 3 所' }).click()
  const slips = await printed(office, office.getByRole('button', { name: '打印 3 所学校的激活单' }))
  assert.equal(slips.length, 6)
  await activate(s, slips)
  const names = [...new Set(slips.map((slip) => slip.place))]
  const login = (place: string, role: string) =>
    slips.find((slip) => slip.place === place && slip.role.includes(role))?.loginName ?? ''
  return names.map((name) => ({ name, secretary: login(name, '书记'), clerk: login(name, '干事') }))
}

async function openYear(s: Stage, office: Page): Promise<void> {
  await open(office, s.url, '/standards', '评估标准')
  await press(office, '采用自带的标准')
  await office.getByText('第 1 版').first().waitFor()
  await open(office, s.url, '/cycles/new', '新建年度')
  await office.getByRole('button', { name: '新建' }).click()
  await office.getByRole('button', { name: '开启年度' }).waitFor()
  // A new year shows results; this bureau has the right to give an award (rule 2).
  await office.getByRole('link', { name: '修改设置' }).click()
  await office.getByRole('radio', { name: '授予成果奖' }).check()
  await office.getByRole('button', { name: '保存', exact: true }).first().click()
  await office.getByRole('button', { name: '开启年度' }).waitFor()
  await s.look(office, '03-cycle')
  await press(office, '开启年度')
  await office.getByText('进行中').first().waitFor()
}

interface Newcomer {
  name: string
  login: string
}

const reviewers: Newcomer[] = [
  { name: '演示评委甲', login: 'pingwei1' },
  { name: '演示评委乙', login: 'pingwei2' },
]

const CROWN = '局党工委办'

/** The administrator makes accounts and hands out their slips, the security officer gives the role. */
async function setUpPeople(
  s: Stage,
  people: readonly Newcomer[],
  role: string,
): Promise<{ name: string; page: Page }[]> {
  const admin = await s.desktop()
  await signIn(admin, s.url, 'guanli')
  const pages: { name: string; page: Page }[] = []
  for (const { name, login } of people) {
    await open(admin, s.url, '/accounts/new', /账号/)
    await fill(admin, { 姓名: name, 登录名: login })
    await press(admin, '建立账号')
    await admin.getByRole('heading', { level: 1, name }).waitFor()
    // Before the role: who holds one that decides gets a slip from two keepers only.
    await activate(s, await printed(admin, admin.getByRole('button', { name: /激活单/ }).first()))
  }
  const security = await s.desktop()
  await signIn(security, s.url, 'anquan')
  for (const { name } of people) {
    await open(security, s.url, '/accounts', '账号与岗位')
    await security.getByRole('link', { name }).first().click()
    await security.getByRole('heading', { level: 1, name }).waitFor()
    await choose(security, security, '岗位', role)
    await choose(security, security, '单位', '演示区教育局')
    if (role === CROWN) await fill(security, { 授予的理由: '局里任命为副科长，协助组织评审。' })
    await press(security, '授予')
    if (role !== CROWN) {
      await security.getByText('已授予岗位').waitFor()
      continue
    }
    // A role that decides is asked by one keeper and released by another (rule 19).
    await security.getByText('等另一位管理员放行后生效').waitFor()
    await open(admin, s.url, '/account-requests', '双人办理')
    await press(admin, '放行')
    await admin
      .getByText(/已办理|已放行/)
      .first()
      .waitFor()
  }
  for (const { name, login } of people) {
    const page = await s.desktop()
    await signIn(page, s.url, login)
    pages.push({ name, page })
  }
  return pages
}

export const setUpReviewers = (s: Stage): Promise<{ name: string; page: Page }[]> =>
  setUpPeople(s, reviewers, '评审专家')

/** The second person of the office: whoever decided does not check an objection to it (rule 19). */
export async function setUpColleague(s: Stage): Promise<{ name: string; login: string; page: Page }> {
  const colleague = { name: '演示副科长', login: 'fukezhang' }
  const [made] = await setUpPeople(s, [colleague], CROWN)
  if (!made) throw new Error('no colleague came in')
  return { ...made, login: colleague.login }
}
