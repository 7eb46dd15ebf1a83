import type { Page } from 'playwright-core'
import { choose, fill, fillDate, open, press, signIn } from './form.ts'
import type { Stage } from './fixture.ts'
import type { SchoolPeople } from './year.test.ts'

const brands = [
  { name: '渠润童心', concept: '以红旗渠精神润泽童心', category: '综合类' },
  { name: '岳色先锋', concept: '学岳飞精神，做先锋党员', category: '创先争优类' },
  { name: '花开有声', concept: '党员教师陪伴每一朵花开放', category: '爱心帮扶类' },
]

export async function writeBrand(s: Stage, school: SchoolPeople, at: number): Promise<void> {
  const page = school.clerk
  const brand = brands[at] ?? { name: '', concept: '', category: '' }
  await open(page, s.url, '/brand/edit', /品牌/)
  await fill(page, {
    品牌名称: brand.name,
    品牌理念: brand.concept,
    品牌内涵: `${brand.name}取自本地历史文化，落在日常教育里。`,
  })
  await choose(page, page, '品牌类别', brand.category)
  if (at === 0) await s.look(page, '10-brand-edit')
  await press(page, '保存品牌')
  await page.getByRole('heading', { level: 1, name: brand.name }).waitFor()
  await open(page, s.url, '/brand/argue', /论证/)
  await fillDate(page, '日期', '2026-05-08')
  await choose(page, page, '方式', /.+/)
  await fill(page, { 参加人员: '党员、教师和家长代表', 意见: '名称贴切，建议突出课程。', 结果: '同意采用。' })
  await press(page, '保存论证记录')
  await page.getByRole('heading', { level: 1, name: brand.name }).waitFor()
}

const areas = ['党员发展', '教育管理', '党内民主', '党建制度建设']
const pillars = ['制度', '活动', '阵地', '媒介']

export async function livePlan(s: Stage, school: SchoolPeople, office: Page, at: number): Promise<void> {
  await draftPlan(s, school.clerk, at)
  await open(school.secretary, s.url, '/plan', /方案/)
  await press(school.secretary, '签报')
  await school.secretary.getByText('已签报').first().waitFor()
  const path = new URL(school.secretary.url()).pathname.replace('/console', '')
  await office.goto(`${s.url}/console/plans`)
  await office.getByRole('link', { name: school.name }).first().click()
  await press(office, '审核通过')
  await office.getByText('已审核通过').first().waitFor()
  await open(school.clerk, s.url, path, /方案/)
  await press(school.clerk, '公布')
  await school.clerk.getByText('已公布').first().waitFor()
  if (at === 0) await s.look(school.clerk, '12-plan-published')
  await comment(s, school, office, at)
}

async function draftPlan(s: Stage, page: Page, at: number): Promise<void> {
  await open(page, s.url, '/plan', /方案/)
  await press(page, '从空白开始')
  await page.getByText('全文还缺').waitFor()
  for (const area of areas)
    await fill(page, { [`${area}的亮点`]: '基础扎实，示范岗作用明显。', [`${area}的薄弱环节`]: '载体不够丰富。' })
  await fill(page, {
    切入点: '从课程和家校共育入手。',
    年度工作目标: '建好一门课程，办好四次主题活动。',
    不列预算的理由: '利用现有条件，不另列经费。',
  })
  for (const [index, pillar] of pillars.entries()) {
    await page.getByRole('button', { name: `加一项${pillar}任务` }).click()
    const row = page.locator('.plan-row', { has: page.getByText(`任务 ${index + 1}`, { exact: true }) })
    await fill(row, {
      责任人: '演示教师',
      工作内容: `${pillar}建设任务`,
      具体措施: '每月一次，专人负责。',
      预期成果: '形成可以看到的成果。',
    })
    await fillDate(row, '完成时限', '2026-09-30')
  }
  await page.getByRole('button', { name: '加一条承诺' }).click()
  await fill(page, { 承诺内容: '每月向家长公开一次进展。' })
  await page.getByText('内容已经填齐').waitFor()
  if (at === 0) await s.look(page, '11-plan-edit')
  await press(page, '保存草稿')
  await page
    .getByText(/已保存/)
    .first()
    .waitFor()
}

/** A parent on a phone without script says something; the office shows it, the school answers; both stand on the public page. */
async function comment(s: Stage, school: SchoolPeople, office: Page, at: number): Promise<void> {
  if (at > 0) return
  const phone = await s.phone({ javaScriptEnabled: false })
  await phone.goto(`${s.url}/brands`)
  await phone.getByRole('link', { name: brands[at]?.name ?? '' }).click()
  await phone.locator('a[href^="/plans/"]').first().click()
  const plan = phone.url()
  await phone.getByRole('link', { name: '提意见' }).first().click()
  await phone.locator('textarea').fill('希望多开放一些家长可以参加的活动。')
  await phone.getByRole('radio').first().check()
  await s.setTime('2026-06-01T01:05:00.000Z')
  await phone.locator('main form button[type="submit"]').first().click()
  await phone.getByText('希望多开放一些家长可以参加的活动。').first().waitFor()
  await open(office, s.url, '/comments', '意见建议')
  await press(office, '公开')
  await open(school.clerk, s.url, '/comments', '意见建议')
  await press(school.clerk, '答复', '每月最后一个周五是家长开放日，欢迎参加。')
  await phone.goto(plan)
  await phone.reload()
  await phone.getByText('每月最后一个周五是家长开放日').first().waitFor()
  await s.look(await portalTwin(s, phone.url()), '13-portal-plan-phone')
  await phone.context().close()
}

/** The same address on a phone with script, where the look can be measured. */
async function portalTwin(s: Stage, url: string): Promise<Page> {
  const page = await s.phone()
  await page.goto(url)
  return page
}

/** Four entries, one of each pillar, written on a phone; the first with a photo. */
export async function writeLedger(s: Stage, school: SchoolPeople, at: number): Promise<void> {
  const phone = await s.phone()
  await signIn(phone, s.url, school.clerkLogin)
  for (const [index, pillar] of pillars.entries()) {
    await open(phone, s.url, '/ledger/new', /台账/)
    await phone.getByLabel('事项').fill(`${pillar}类工作记录`)
    await phone.locator('label.ant-radio-button-wrapper', { hasText: pillar }).first().click()
    if (at === 0 && index === 0) await s.look(phone, '14-ledger-new-phone')
    await press(phone, '归档')
    await phone
      .getByText(/已存好|已归档/)
      .first()
      .waitFor()
  }
  await phone.context().close()
}

const achievements = '这一年围绕品牌开展了一系列活动，党员示范岗带动教研和帮扶，师生和家长的参与面逐月扩大。'.repeat(4)

/** The clerk writes what no record says, the secretary signs, the office accepts. */
export async function sumUp(s: Stage, school: SchoolPeople, office: Page, at: number): Promise<void> {
  await open(school.clerk, s.url, '/summary', /年度总结/)
  await press(school.clerk, '开始写总结')
  await fill(school.clerk, {
    主要做法与成效: achievements,
    存在的问题: '家长参与还不够。',
    下一步打算: '把家长课堂固定下来。',
  })
  await press(school.clerk, '保存草稿')
  await school.clerk.getByText('已保存').first().waitFor()
  if (at === 0) await s.look(school.clerk, '20-summary')
  await open(school.secretary, s.url, '/summary', /年度总结/)
  await press(school.secretary, '签报总结')
  await school.secretary.getByText('已签报').first().waitFor()
  await open(office, s.url, '/summaries', '各校总结')
  await office.getByRole('link', { name: school.name }).first().click()
  await press(office, '审核通过')
  await office.getByText('已审核通过').first().waitFor()
}

/** All conditions met, the highlights written, entries picked, submitted with a receipt; the office admits. */
export async function apply(s: Stage, school: SchoolPeople, office: Page, at: number): Promise<void> {
  await open(school.clerk, s.url, '/apply', '申报')
  await school.clerk.getByText('条件都已达到').waitFor()
  if (at === 0) await s.look(school.clerk, '21-apply')
  await press(school.clerk, '起草申报')
  await school.clerk.getByText('佐证台账').first().waitFor()
  await fill(school.clerk, {
    亮点说明: '品牌进课堂、进家庭、进社区，形成了可以推广的做法，家长和学生的反响都很好，兄弟学校多次前来交流学习。',
  })
  await choose(school.clerk, school.clerk, '佐证台账', /活动类工作记录/)
  await press(school.clerk, '保存草稿')
  await school.clerk.getByText('已保存').first().waitFor()
  await open(school.secretary, s.url, '/apply', '申报')
  await school.secretary.getByRole('link', { name: '继续填写申报' }).click()
  await press(school.secretary, '提交申报')
  await school.secretary.getByText('回执编号').waitFor()
  if (at === 0) await s.look(school.secretary, '22-receipt')
  await open(office, s.url, '/applications', '申报受理')
  await office.getByRole('link', { name: school.name }).first().click()
  await press(office, '受理')
  await office.getByText('已受理').first().waitFor()
}
