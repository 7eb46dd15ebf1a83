import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { buildDemo } from '#demo/bureau.ts'
import { DEMO_PASSWORD } from '#tests/world/demoPassword.ts'
import { playedRespondents } from '#server/respondents.ts'
import { gone } from './form.ts'
import { type Stage, stage } from './fixture.ts'

test('the office leads a rehearsal from the first date to the count and erases it, and reads the counted survey', async (t) => {
  const s = await stage(t, '2026-11-19T08:00:00.000Z', (house) =>
    buildDemo(house, { respondents: playedRespondents(house.ballot), schools: 8, password: DEMO_PASSWORD }),
  )
  const office = await signedIn(s, 'office', 'desktop')
  const phone = await signedIn(s, 'office', 'phone')
  await readCounted(s, office, phone)

  const id = await prepare(s, office)
  await confirmAs(s, '2141503001', id, ['三年级', '四年级'])
  await confirmAs(s, '3141503003', id, ['七年级', '八年级'])
  await freezeWithoutTheRest(s, office, id)
  await act(office, '制发编码')
  await office.getByRole('link', { name: '打印纸条' }).click()
  await printAll(s, office)
  await see(s, office, `/surveys/${id}/schools?roster=confirmed`, 'office-kits')
  await see(s, office, `/surveys/${id}`, 'office-issued')
  await act(office, '开始答题')
  await office.getByRole('heading', { name: '看进度' }).waitFor()
  await typePaper(s, office, id)
  await voidAsked(s, office, phone, id)

  await see(s, office, `/surveys/${id}`, 'office-open')
  await act(office, '截止答题', '演练结束')
  await act(office, '计票')
  await office.getByRole('heading', { name: '演练到此结束' }).waitFor()
  await see(s, phone, `/surveys/${id}/results`, 'office-rehearsed-phone')
  await phone.getByText('演练：不计入评审').waitFor()
  await phone.getByText('少于 5 票，不显示').first().waitFor()
  await act(office, '清除演练')
  await office.waitForURL(/\/surveys$/)
  await gone(office.getByText('第一次演练'))
})

async function readCounted(s: Stage, office: Page, phone: Page): Promise<void> {
  await see(s, office, '/surveys', 'office-surveys')
  await office.locator('.card-title a').first().click()
  await office.getByRole('heading', { name: '已经公布' }).waitFor()
  const id = office.url().split('/').pop() ?? ''
  await s.look(office, 'office-published')
  await see(s, office, `/surveys/${id}/results`, 'office-results')
  // A canvas that the policy or a missing part kept from being drawn would be an empty box.
  await office.locator('.chart canvas').first().waitFor()
  assert.ok((await office.locator('.chart tbody tr').count()) >= 8)
  await see(s, phone, `/surveys/${id}/results`, 'office-results-phone')
  await see(s, office, `/surveys/${id}/remarks`, 'office-remarks')
  const remarks = office.locator('.poll-remark')
  await remarks.first().focus()
  await office.keyboard.press('j')
  await office.keyboard.press('2')
  await office.getByText('已保留', { exact: true }).last().waitFor()
  await office.getByTitle('已保留').click()
  // The list of those that wait stands until the other one has come.
  await office.waitForFunction(() => document.querySelectorAll('.poll-remark').length === 1)
  await office.getByRole('button', { name: '放行' }).waitFor()
}

async function prepare(s: Stage, office: Page): Promise<string> {
  await office.goto(`${s.url}/console/surveys`)
  await office.getByRole('link', { name: '新建演练' }).click()
  await office.getByLabel('名称').fill('第一次演练')
  await office.getByLabel('开始答题的日期').fill('2026-11-19')
  await office.getByRole('button', { name: '新建' }).click()
  await office.getByText('演练：不计入评审').waitFor()
  const id = office.url().split('/').pop() ?? ''
  await office.getByText('还不能冻结').waitFor()
  await s.look(office, 'office-draft')
  await see(s, office, `/surveys/${id}/edit`, 'office-edit')
  await office.getByLabel(/影响评估/).fill('演练评估 1 号')
  await office.getByRole('button', { name: '保存' }).click()
  await office.waitForURL(new RegExp(`/surveys/${id}$`))
  await see(s, office, `/surveys/${id}/schools`, 'office-rosters')
  return id
}

/** What the school does on pages of its own, told in their own test. */
async function confirmAs(s: Stage, school: string, surveyId: string, grades: string[]): Promise<void> {
  const secretary = await signedIn(s, `${school}s`, 'desktop')
  const statuses = await secretary.evaluate(
    async ([id, grades]) => {
      const { items } = await (await fetch('/api/surveys')).json()
      const { schoolId } = items.find((one: { id: string }) => one.id === id).own
      const roster = `/api/surveys/${id}/schools/${schoolId}/roster`
      const headers = { 'content-type': 'application/json' }
      const classes = grades.map((grade) => ({ grade, name: '1 班', pupils: 30 }))
      const body = JSON.stringify({ teachers: 12, classes, updatedAt: '' })
      const saved = await fetch(roster, { method: 'PUT', headers, body })
      const { updatedAt } = await saved.json()
      const confirmed = await fetch(`${roster}/confirm`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ seen: updatedAt }),
      })
      return [saved.status, confirmed.status]
    },
    [surveyId, grades] as const,
  )
  assert.deepEqual(statuses, [200, 200])
  await secretary.context().close()
}

/** One click, a file for every school, and each of them once more for a browser that kept only the first. */
async function printAll(s: Stage, office: Page): Promise<void> {
  const files: string[] = []
  office.on('download', (file) => files.push(file.suggestedFilename()))
  await office.getByRole('button', { name: '打印没印的 2 所' }).click()
  await office.getByRole('button', { name: '开始打印' }).click()
  await office.getByRole('heading', { name: '打印结束' }).waitFor()
  const again = office.getByRole('button', { name: /^再存一次/ })
  assert.equal(await again.count(), 2)
  const saved = office.waitForEvent('download')
  await again.last().click()
  await saved
  assert.equal(new Set(files).size, 2)
  assert.deepEqual([files[2], files[0]?.endsWith('纸条.pdf')], [files[1], true])
  await office.getByRole('link', { name: '纸条都印好了，去开始答题' }).waitFor()
  await s.look(office, 'office-printed')
}

async function freezeWithoutTheRest(s: Stage, office: Page, id: string): Promise<void> {
  await see(s, office, `/surveys/${id}/freeze`, 'office-freeze')
  await office.getByRole('button', { name: '全部勾选为不参加' }).click()
  await office.getByLabel('不参加的理由').fill('演练只请两所学校')
  await act(office, '冻结')
  await office.getByRole('heading', { name: '开始制发编码' }).waitFor()
}

/** One sheet typed by the number keys, then by somebody else with another answer to the third question. */
async function typePaper(s: Stage, office: Page, id: string): Promise<void> {
  const { issueKit } = await import('#ballot/office/office.ts')
  const { context } = await s.house.ballot.box()
  const row = await s.house.database.reader
    .selectFrom('surveyBatch')
    .select('schoolId')
    .where('surveyId', '=', id)
    .executeTakeFirstOrThrow()
  const kit = await issueKit(context, id, row.schoolId)
  const code = kit.batches.find((one) => one.audience === 'teacher')?.slips[0]?.typed ?? ''
  const answers = { t1: 'verySatisfied', t2: 'satisfied', t3: 'satisfied' } as const
  await s.house.ballotBox.enterPaper(id, { code, enteredBy: 'somebody else', answers, text: '' })

  await see(s, office, `/surveys/${id}/papers`, 'office-papers')
  await office.getByLabel('纸条上的编码').fill(code)
  await office.keyboard.press('Enter')
  for (const key of '12366666') await office.keyboard.press(key)
  await office.keyboard.press('Enter')
  await office.getByText('不一样的：第 3 题。').waitFor()
  await s.look(office, 'office-differs')
  // The question that differs has the focus already.
  await office.keyboard.press('2')
  await office.getByRole('button', { name: '录入这一份' }).click()
  await office.getByText('两遍一致，已计入。').waitFor()
}

async function voidAsked(s: Stage, office: Page, phone: Page, id: string): Promise<void> {
  await see(s, office, `/surveys/${id}/progress`, 'office-progress')
  await office.getByRole('table').getByRole('link').first().click()
  await office.getByRole('heading', { name: '各班' }).waitFor()
  await s.look(office, 'office-classes')
  await act(office, '申请作废', '先向学校了解')
  await office.getByText('作废待确认').first().waitFor()
  await see(s, phone, `/surveys/${id}/progress`, 'office-void-phone')
  await phone.getByText('理由：先向学校了解').waitFor()
  // Who asked cannot decide alone; the grey button says so.
  await phone.getByRole('button', { name: '确认作废' }).click({ force: true })
  await phone.getByText('申请作废的人不能自己确认').waitFor()
  await act(office, '不作废', '学校已说明')
}

async function signedIn(s: Stage, loginName: string, device: 'desktop' | 'phone'): Promise<Page> {
  const page = await s[device]()
  await page.goto(`${s.url}/sign-in`)
  await page.getByLabel('登录名').fill(loginName)
  await page.getByLabel('密码').fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { name: '我的待办' }).waitFor()
  return page
}

async function see(s: Stage, page: Page, path: string, name: string): Promise<void> {
  await page.goto(`${s.url}/console${path}`)
  await page.locator('h1').waitFor()
  await s.look(page, name)
}

/** Presses a button that asks first, and says yes with the words it wants. */
async function act(page: Page, label: string, words?: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  if (words !== undefined) await dialog.getByRole('textbox').fill(words)
  await dialog.getByRole('button', { name: label, exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
}
