import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { system } from '#domain/base/actor.ts'
import { setPassword } from '#server/identity/access/actions.ts'
import { inWork } from '#server/kernel/work.ts'
import { DEMO_PASSWORD } from '#tests/world/demoPassword.ts'
import { fill, open, press, send } from './form.ts'
import { demoStage } from './pages.ts'
import { lookAt, type Stage } from './fixture.ts'

test('three schools live a second year after a first: each slip on the way is mended, and the first year stays in reach', async (t) => {
  const s = await demoStage(t)
  const office = await s.desktop()
  await signIn(s, office, 'office')
  await enterCalendar(s, office)
  await s.setTime('2027-01-06T01:00:00.000Z')
  await signIn(s, office, 'office')
  await closeTooEarly(s, office)
  await prepareMistyped(s, office)
  const schools = await threeSchools(s)
  for (const [at, code] of schools.entries()) await livePlan(s, office, { code, sentBack: at === 0 })
  await fileTwice(s, schools[0] ?? '')
  await lookBack(s, office, schools[0] ?? '')
})

async function signIn(s: Stage, page: Page, loginName: string): Promise<void> {
  await page.goto(`${s.url}/sign-in`)
  await page.getByLabel('登录名').fill(loginName)
  await page.getByLabel('密码').fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page
    .getByRole('heading', { name: '我的待办' })
    .waitFor()
    .catch(async (error: unknown) => {
      throw new Error(`${loginName} did not get in:\n${await page.locator('body').innerText()}`, { cause: error })
    })
}

/** From November on the office is asked for the next year's holidays; a word that is no day is named before anything is saved. */
async function enterCalendar(s: Stage, office: Page): Promise<void> {
  await office.getByRole('link', { name: '录入 2027 年的节假日安排' }).click()
  await office.getByRole('heading', { level: 1, name: '2027 年节假日安排' }).waitFor()
  await fill(office, { 放假的日子: '元旦：1月1日（周五）至3日\n5月1日至5日\n10月1日至7日' })
  await send(office, '保存')
  await office.getByText('看不懂“元旦').first().waitFor()
  await fill(office, { 放假的日子: '1月1日（周五）至3日\n5月1日至5日\n10月1日至7日' })
  await send(office, '保存')
  await office.getByRole('heading', { level: 1, name: '工作日历' }).waitFor()
}

/** The year is closed with open eyes, found closed too early, opened again with a reason, and closed for good. */
async function closeTooEarly(s: Stage, office: Page): Promise<void> {
  await open(office, s.url, '/cycles', '年度')
  await office.getByRole('link', { name: '2026 年度' }).first().click()
  await office.getByRole('button', { name: '结束年度' }).waitFor()
  await close(office)
  await press(office, '重新开启', '还有两所学校的总结没有审核，结束早了。')
  await office.getByRole('button', { name: '结束年度' }).waitFor()
  await close(office)
}

async function close(office: Page): Promise<void> {
  await office.getByRole('button', { name: '结束年度' }).click()
  const dialog = office.getByRole('dialog')
  const done = dialog.getByRole('button', { name: '结束年度' })
  const boxes = await dialog.getByRole('checkbox').all()
  if (boxes.length > 0) assert.equal(await done.isDisabled(), true, 'nothing unfinished is passed over')
  for (const box of boxes) await box.check()
  await done.click()
  await office.getByRole('button', { name: '重新开启' }).waitFor()
}

/** A year typed wrong hides nothing, is put right, and opens. */
async function prepareMistyped(s: Stage, office: Page): Promise<void> {
  await open(office, s.url, '/cycles/new', '新建年度')
  await fill(office, { 年份: '2072', 名称: '2072 年度' })
  await send(office, '新建')
  await office.getByRole('heading', { level: 1, name: '2072 年度' }).waitFor()
  const page = office.url()
  await open(office, s.url, '/plans', '各校方案')
  await office.getByText('已归档').first().waitFor()
  await office.goto(page)
  await office.getByRole('link', { name: '修改设置' }).click()
  await fill(office, { 年份: '2027' })
  await send(office, '保存')
  await office.getByRole('heading', { level: 1, name: '2027 年度' }).waitFor()
  await press(office, '开启年度')
  await office.getByText('进行中').first().waitFor()
  await lookAt(office, 'second-opened')
}

/** The codes of three schools that published a plan in the first year; those of their people who had no password get one. */
async function threeSchools(s: Stage): Promise<string[]> {
  const plans = await s.house.database.reader
    .selectFrom('plan')
    .innerJoin('organization', 'organization.id', 'plan.schoolId')
    .select('organization.code')
    .distinct()
    .where('plan.state', '=', 'closed')
    .orderBy('organization.code')
    .limit(3)
    .execute()
  const codes = plans.map((one) => one.code ?? '')
  assert.equal(codes.length, 3)
  const waiting = await s.house.database.reader
    .selectFrom('account')
    .select('personId')
    .where(
      'loginName',
      'in',
      codes.flatMap((code) => [`${code}c`, `${code}s`]),
    )
    .where('passwordHash', 'is', null)
    .execute()
  for (const { personId } of waiting)
    await inWork(s.house, system, (work) => setPassword(work, personId, DEMO_PASSWORD))
  return codes
}

/** Last year's plan is taken over; one is sent back by mistake of the school's, mended and signed again; all are published. */
async function livePlan(s: Stage, office: Page, school: { code: string; sentBack: boolean }): Promise<void> {
  const clerk = await s.desktop()
  const secretary = await s.desktop()
  await signIn(s, clerk, `${school.code}c`)
  await signIn(s, secretary, `${school.code}s`)
  await open(clerk, s.url, '/plan', /方案/)
  await press(clerk, '从2026 年度 创建方案带入')
  await clerk.getByRole('button', { name: '保存草稿' }).first().waitFor()
  await sign(s, secretary)
  const path = new URL(secretary.url()).pathname.replace('/console', '')
  if (school.sentBack) {
    await open(office, s.url, path, /方案/)
    await press(office, '退回', '目标没有写清今年比去年多做什么。')
    await open(clerk, s.url, '/plan', /方案/)
    await clerk.getByText('目标没有写清今年比去年多做什么。').first().waitFor()
    await clerk.getByRole('link', { name: '继续起草' }).click()
    await fill(clerk, { 年度工作目标: '比去年多开一门课程，多办两次家长课堂。' })
    await press(clerk, '保存草稿')
    await clerk.getByText('已保存').first().waitFor()
    await sign(s, secretary)
  }
  await open(office, s.url, path, /方案/)
  await press(office, '审核通过')
  await office.getByText('已审核通过').first().waitFor()
  await open(secretary, s.url, path, /方案/)
  await press(secretary, '公布')
  await secretary.getByText('已公布').first().waitFor()
  await clerk.context().close()
  await secretary.context().close()
}

async function sign(s: Stage, secretary: Page): Promise<void> {
  await open(secretary, s.url, '/plan', /方案/)
  await press(secretary, '签报')
  await secretary.getByText('已签报').first().waitFor()
}

/** The same activity is filed twice from a phone; the second one is taken out with a reason and counts no more. */
async function fileTwice(s: Stage, code: string): Promise<void> {
  const phone = await s.phone()
  await signIn(s, phone, `${code}c`)
  for (let time = 0; time < 2; time += 1) {
    await open(phone, s.url, '/ledger/new', /台账/)
    await phone.getByLabel('事项').fill('新年第一次主题党日')
    await phone.locator('label.ant-radio-button-wrapper', { hasText: '活动' }).first().click()
    await press(phone, '归档')
    await phone
      .getByText(/已存好|已归档/)
      .first()
      .waitFor()
  }
  await open(phone, s.url, '/ledger', /台账/)
  await phone.getByRole('link', { name: '新年第一次主题党日' }).first().click()
  await press(phone, '作废', '同一次活动记了两遍。')
  await phone.getByText('已作废').first().waitFor()
  await lookAt(phone, 'second-voided')
  await phone.context().close()
}

/** Nothing of the first year is hidden by the second: plans, names, results, the school's own summary. */
async function lookBack(s: Stage, office: Page, code: string): Promise<void> {
  await open(office, s.url, '/plans', '各校方案')
  await office.getByText('已公布').first().waitFor()
  await open(office, s.url, '/plans?year=2026', '各校方案')
  await office.getByText('已归档').first().waitFor()
  await open(office, s.url, '/naming?year=2026', '审定公布')
  await office.getByText('YXYP-2026-0001').first().waitFor()
  await lookAt(office, 'second-naming-of-the-first')
  const clerk = await s.desktop()
  await signIn(s, clerk, `${code}c`)
  await open(clerk, s.url, '/summary?year=2026', /年度总结/)
  await clerk.getByText('2026').first().waitFor()
}
