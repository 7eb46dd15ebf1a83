import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { PDF } from '#tests/world/upload.ts'
import { choose, fill, fillDate, follow, gone, open, press, send } from './form.ts'
import type { Stage } from './fixture.ts'

/** Whoever takes part, each at an own screen; the school is the second, which a department looks after. */
export interface Cast {
  office: Page
  /** On a phone of 390 px. */
  leader: Page
  department: Page
  secretary: Page
  clerk: Page
  /** The clerk of the other school of the zone, which lets its order lie. */
  late: Page
  /** The clerk of a school in the other zone. */
  stranger: Page
}

export const SCHOOL = '演示第二小学'
export const LATE_SCHOOL = '演示第一小学'

export const photo = (red: number): Promise<Buffer> =>
  sharp({ create: { width: 1200, height: 900, channels: 3, background: { r: red, g: 120, b: 90 } } })
    .jpeg()
    .toBuffer()

/** Chooses a file at a form's first field for files and waits until the server has it. */
export async function attach(scope: Page | Locator, file: { name: string; mimeType: string; buffer: Buffer }) {
  await scope.locator('input[type=file]').first().setInputFiles(file)
  await scope.getByRole('button', { name: `移除 ${file.name}` }).waitFor()
}

/** A picture counts only when the browser could draw it. */
export async function drawn(picture: Locator): Promise<void> {
  await picture.first().scrollIntoViewIfNeeded()
  const width = await picture.first().evaluate(async (image: HTMLImageElement) => {
    await image.decode()
    return image.naturalWidth
  })
  assert.ok(width > 100, `the picture is ${width} px wide`)
}

/** Saves a file: a picture opens at a tap and has a link of its own to save it by. */
export async function saved(page: Page, link: string): Promise<string> {
  const own = page.getByRole('link', { name: `保存原图 ${link}` })
  const asked = (await own.count()) > 0 ? own : page.getByRole('link', { name: link })
  const [download] = await Promise.all([page.waitForEvent('download'), asked.click()])
  assert.equal(await download.failure(), null)
  return download.suggestedFilename()
}

/** The to-do of that title for that school is opened from the home page. */
export async function takeUp(page: Page, s: Stage, title: string): Promise<void> {
  await open(page, s.url, '/', '我的待办')
  await page.getByRole('link', { name: title, exact: true }).first().click()
}

/** A leader at the school writes on the phone what was seen, with a photo; the school reads it, another school cannot. */
export async function visit(s: Stage, { leader, clerk, stranger }: Cast): Promise<void> {
  await open(leader, s.url, '/visits', '走访')
  await follow(leader, '记一次走访', '记一次走访')
  await choose(leader, leader, '学校', SCHOOL)
  await fill(leader, { 看到的情况: '展示长廊已布置好，学生会讲解。', 提出的建议: '请学生参与写品牌故事。' })
  assert.equal(await leader.locator('input[type=file][capture=environment]').count(), 1)
  await attach(leader, { name: '长廊.jpg', mimeType: 'image/jpeg', buffer: await photo(200) })
  await drawn(leader.locator('.files img'))
  await s.look(leader, '50-visit-new-phone')
  await send(leader, '保存走访')
  await leader.getByRole('heading', { level: 1, name: `走访${SCHOOL}` }).waitFor()
  await drawn(leader.locator('.evidence img'))
  await s.look(leader, '51-visit-phone')
  await follow(leader, '修改', '修改走访记录')
  await fill(leader, { 需要跟进的事: '六月再看讲解队。' })
  await attach(leader, { name: '讲解队.jpg', mimeType: 'image/jpeg', buffer: await photo(90) })
  await send(leader, '保存修改')
  await leader.getByText('六月再看讲解队。').waitFor()

  await open(clerk, s.url, '/visits', '走访')
  await follow(clerk, SCHOOL, `走访${SCHOOL}`)
  await drawn(clerk.locator('.evidence img'))
  assert.equal(await clerk.locator('.evidence img').count(), 2)
  await gone(clerk.getByRole('link', { name: '修改' }))
  await s.look(clerk, '52-visit')
  assert.equal(await saved(clerk, '长廊.jpg'), '长廊.jpg')
  const file = (await clerk.getByRole('link', { name: '保存原图 长廊.jpg' }).getAttribute('href')) ?? ''
  assert.match(file, /^\/api\/files\/[0-9a-f-]{36}$/)
  for (const path of [file, `${file}/thumbnail`]) {
    const status = (page: Page) => page.evaluate(async (at) => (await fetch(at)).status, path)
    assert.deepEqual([await status(clerk), await status(stranger)], [200, 404])
  }
  await stranger.goto(clerk.url())
  await stranger.getByText('没有找到').first().waitFor()
}

async function planned(s: Stage, office: Page, title: string): Promise<void> {
  await open(office, s.url, '/inspections', '督查')
  await follow(office, '建立督查', '建立督查')
  await fill(office, { 名称: title, 依据: '年度工作安排。', 检查项目: '方案任务按期推进\n台账与实际一致' })
  await fillDate(office, '开始日期', '2026-05-11')
  await fillDate(office, '结束日期', '2026-05-18')
  await send(office, '建立')
  await office.getByRole('heading', { level: 1, name: title }).waitFor()
}

/** One round with drawn schools and one with a chosen school; the department looks at its own and notes a problem. */
export async function inspect(s: Stage, { office, department, late, stranger }: Cast): Promise<void> {
  await planned(s, office, '春季督查')
  // A grey button is pressed all the same: it says why.
  await office.getByRole('button', { name: '启动督查' }).click({ force: true })
  await office.getByText('还没有抽取或选定受检学校。').first().waitFor()
  await s.look(office, '53-inspection-draft')
  await fill(office, { 抽取几所: '3' })
  await send(office, '开始抽取')
  await office.getByText(/随机抽取，随机数 .+，候选 3 所，可以复算/).waitFor()
  await gone(office.getByRole('button', { name: '选定这些学校' }))
  await press(office, '启动督查')
  await office.getByRole('button', { name: '结束督查' }).waitFor()

  await open(department, s.url, '/inspections', '督查')
  await follow(department, '春季督查', '春季督查')
  await department.getByRole('heading', { name: SCHOOL }).waitFor()
  await gone(department.getByRole('heading', { name: LATE_SCHOOL }))
  await press(department, '记录检查情况')
  await fillDate(department, '检查日期', '2026-05-11')
  await fill(department, { 方案任务按期推进: '基本按期。', 台账与实际一致: '一致。' })
  await send(department, '保存')
  await department.getByText('基本按期。').waitFor()
  await note(department, '承诺公开栏缺少第二季度的对账记录。')
  await s.look(department, '54-inspection-school')
  await press(department, '送达初步意见', '请说明未对账的原因。')
  await department.getByText('初步意见已送达', { exact: true }).waitFor()
  await gone(department.getByRole('button', { name: '出具意见' }))

  await planned(s, office, '专项督查')
  await office.locator('label', { hasText: '直接选定' }).click()
  await choose(office, office, '选定学校', LATE_SCHOOL)
  await send(office, '选定这些学校')
  await office.getByRole('heading', { name: LATE_SCHOOL }).waitFor()
  await press(office, '启动督查')
  await note(office, '品牌故事没有更新。')
  await press(office, '送达初步意见', '请说明原因。')
  await takeUp(late, s, '督查初步意见待回复')
  await press(late, '回复', '正在组织撰写。')
  await office.reload()
  await press(office, '出具意见', '应按季更新。')
  await office.getByRole('button', { name: '下达整改', exact: true }).click()
  const order = office.getByRole('dialog')
  await fill(order, { 整改要求: '更新品牌故事。' })
  await fillDate(order, '整改期限（选填）', '2026-05-01')
  await order.getByRole('button', { name: '下达整改' }).click()
  await order.getByText('整改期限不能早于今天。').waitFor()
  await fillDate(order, '整改期限（选填）', '2026-05-20')
  await order.getByRole('button', { name: '下达整改' }).click()
  await office.getByRole('link', { name: '看整改通知' }).click()
  await office.getByText('期限 2026年5月20日').first().waitFor()
  await open(stranger, s.url, '/findings', '督查问题')
  await stranger.getByText('没有督查问题').waitFor()
}

async function note(page: Page, problem: string): Promise<void> {
  await send(page, '记一个问题')
  await fill(page, { 问题: problem })
  await send(page, '记下问题')
  await page.getByRole('button', { name: '送达初步意见' }).waitFor()
}

/** From the school's answer to the closed order; the department verifies what the school reports. */
export async function mend(s: Stage, { office, department, secretary, clerk }: Cast): Promise<void> {
  await takeUp(clerk, s, '督查初步意见待回复')
  await clerk.getByText('请说明未对账的原因。').waitFor()
  await s.look(clerk, '55-finding-school')
  await press(clerk, '回复', '交接时遗漏，已安排补记。')
  await clerk.getByText('学校已回复，等局党工委办出具督查意见。').waitFor()
  await takeUp(office, s, '督查意见待出具')
  await office.getByText('交接时遗漏，已安排补记。').waitFor()
  await press(office, '出具意见', '应补齐记录并建立交接清单。')
  await press(office, '下达整改', '补齐对账记录，建立交接清单。')
  await office.getByRole('link', { name: '看整改通知' }).waitFor()
  await s.look(office, '56-inspection-office')

  await takeUp(secretary, s, '整改通知待签收')
  await secretary.getByRole('heading', { level: 1, name: `${SCHOOL}整改` }).waitFor()
  await press(secretary, '签收')
  await secretary.getByText('已签收', { exact: true }).first().waitFor()
  await open(clerk, s.url, '/rectifications', '整改')
  await follow(clerk, SCHOOL, `${SCHOOL}整改`)
  await fill(clerk, { 整改措施: '一周内补齐，书记把关。' })
  await send(clerk, '填报措施')
  await clerk.getByRole('button', { name: '报送结果' }).waitFor()
  await fill(clerk, { 整改结果: '记录已补齐，清单已上墙。' })
  await attach(clerk, { name: '交接清单.pdf', mimeType: 'application/pdf', buffer: PDF })
  await s.look(clerk, '57-rectification-report')
  await send(clerk, '报送结果')
  await clerk.getByText('学校已报送结果，等局党工委办、分包领导或联系股室核验。').waitFor()
  await gone(clerk.getByRole('button', { name: '核验通过' }))

  await takeUp(department, s, '整改结果待核验')
  assert.equal(await saved(department, '交接清单.pdf'), '交接清单.pdf')
  await s.look(department, '58-rectification-verify')
  await press(department, '核验通过', '到校查看，记录齐全。')
  await department.getByText('已销号', { exact: true }).first().waitFor()
  await clerk.reload()
  await clerk.getByText('到校查看，记录齐全。').first().waitFor()
  await s.look(clerk, '59-rectification-closed')
}

/** The order of the other school was never acknowledged: it is marked late, called up to the leader, and holds up the school. */
export async function overdue(s: Stage, { office, leader, late }: Cast): Promise<void> {
  await open(office, s.url, '/rectifications?overdue=yes', '整改')
  const table = office.getByRole('table', { name: '整改台账' })
  await table.getByRole('link', { name: LATE_SCHOOL }).waitFor()
  await table.getByText('已逾期').waitFor()
  await gone(table.getByRole('link', { name: SCHOOL }))
  await s.look(office, '60-rectifications-overdue')
  await takeUp(leader, s, '整改逾期：分包领导督办')
  await leader.getByText('已逾期').first().waitFor()
  await leader.getByText('等学校签收。').waitFor()
  await s.look(leader, '61-rectification-overdue-phone')
  await open(late, s.url, '/', '我的待办')
  await late.getByRole('link', { name: '整改通知待签收' }).waitFor()
  await s.look(late, '62-home-overdue')
  await open(late, s.url, '/apply', '申报')
  await late
    .getByText(/整改.*逾期|逾期.*整改/)
    .first()
    .waitFor()
}
