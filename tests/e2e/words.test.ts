import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import { open, press, signIn } from './form.ts'
import { furnished } from './oneSchool.ts'
import { type Stage, stage } from './fixture.ts'

test('two people at one plan: what each changed meets, what both changed is chosen, an old draft overwrites nothing', async (t) => {
  const { s, clerk, secretary } = await school(t)
  const id = await startPlan(clerk)
  await open(clerk, s.url, `/plans/${id}/edit`, '起草创建方案')
  await open(secretary, s.url, `/plans/${id}/edit`, '起草创建方案')
  await clerk.getByLabel('年度工作目标').fill('干事的目标')
  await clerk.getByRole('textbox', { name: '切入点' }).fill('干事的切入点')
  await secretary.getByLabel('年度工作目标').fill('书记的目标')
  await secretary.getByLabel('承诺书').fill('书记的承诺')
  await secretary.getByRole('button', { name: '保存草稿' }).click()
  await secretary.getByRole('heading', { level: 1, name: /方案/ }).waitFor()

  // The old page saves: nothing is written, the newer words come in beside the own ones.
  await clerk.getByRole('button', { name: '保存草稿' }).click()
  const both = clerk.getByRole('group', { name: '年度工作目标' })
  await both.getByText('书记的目标').waitFor()
  await both.getByText('干事的目标').waitFor()
  assert.equal(await clerk.getByLabel('承诺书').inputValue(), '书记的承诺')
  assert.equal(await clerk.getByRole('textbox', { name: '切入点' }).inputValue(), '干事的切入点')
  await s.look(clerk, 'words-conflict')
  // A reload is what people do then: both stand there still, and nothing saves over the other before one is chosen.
  await clerk.reload()
  await both.getByText('书记的目标').waitFor()
  assert.equal(await clerk.getByLabel('承诺书').inputValue(), '书记的承诺')
  await clerk.getByRole('button', { name: '保存草稿' }).click()
  await clerk.getByText('请先在上面逐处选定').waitFor()
  assert.equal((await read(clerk, `/api/plans/${id}`))['goals'], '书记的目标')
  await clerk.getByRole('button', { name: '年度工作目标：用最新的' }).click()
  await clerk.getByRole('button', { name: '保存草稿' }).click()
  await clerk.waitForURL(`**/plans/${id}`)
  const plan = await read(clerk, `/api/plans/${id}`)
  assert.deepEqual(
    [plan['goals'], plan['entryPoint'], plan['commitment']],
    ['书记的目标', '干事的切入点', '书记的承诺'],
  )
})

test('publishing beside unsaved words asks to save them first, and publishes what was saved', async (t) => {
  const { s, office } = await school(t)
  const made = (await post(office, '/api/articles', {
    kind: 'news',
    title: '现场会',
    body: '旧正文',
    authorName: '局党工委办',
  })) as { id: string }
  await open(office, s.url, `/articles/${made.id}`, '现场会')
  await office.getByLabel('正文').fill('新正文：昨天在一所学校开了现场会。')
  await office.getByRole('button', { name: '发布', exact: true }).click()
  await office.getByText('有未保存的修改').waitFor()
  assert.equal((await read(office, `/api/articles/${made.id}`))['state'], 'draft')
  await s.look(office, 'words-unsaved')
  await office.getByRole('button', { name: '先保存' }).click()
  await office.getByText('有未保存的修改').waitFor({ state: 'hidden' })
  // What is said is said for a moment only; the server says it for good.
  await office.waitForFunction(
    async (url) => ((await (await fetch(url)).json()) as { body: string }).body.startsWith('新正文'),
    `/api/articles/${made.id}`,
  )
  await press(office, '发布')
  await office.getByText('已发布').first().waitFor()
  const article = await read(office, `/api/articles/${made.id}`)
  assert.deepEqual([article['state'], article['body']], ['published', '新正文：昨天在一所学校开了现场会。'])
})

test('an entry waits for its photo, asks when one failed, and Enter, a long text or a folded field never file or hide', async (t) => {
  const { s, clerk } = await school(t)
  await open(clerk, s.url, '/ledger/new', '记台账')
  const title = clerk.getByLabel('事项')
  await title.fill('读书会')
  await clerk.locator('#pillar').getByText('活动', { exact: true }).click()
  await title.press('Enter')
  assert.ok(clerk.url().endsWith('/ledger/new'))
  await clerk.getByRole('textbox', { name: '学生' }).fill('１２０')
  await clerk.getByRole('textbox', { name: '教师' }).fill('1.5')
  await clerk.getByRole('button', { name: '归档' }).click()
  await clerk
    .getByText(/“1.5”不是整数/)
    .first()
    .waitFor()
  assert.equal(await clerk.getByRole('textbox', { name: '教师' }).inputValue(), '1.5')
  await clerk.getByRole('textbox', { name: '教师' }).fill('2')
  const words = clerk.getByLabel('一句话说明做了什么、结果怎样')
  await words.fill('长'.repeat(5_010))
  await clerk
    .getByText(/请删去 10 个字/)
    .first()
    .waitFor()
  assert.equal((await words.inputValue()).length, 5_010)
  await words.fill('三年级全体参加。')

  // The photo is on its way when the button is pressed.
  let letGo = () => undefined as void
  const arrived = new Promise<void>((done) => (letGo = done))
  await clerk.route('**/api/files*', async (route) => {
    await arrived
    await route.continue()
  })
  await clerk
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: '照片.png', mimeType: 'image/png', buffer: PNG })
  await clerk.getByRole('button', { name: '归档' }).click()
  await clerk.getByText('还有 1 个文件在传').waitFor()
  assert.ok(clerk.url().endsWith('/ledger/new'))
  letGo()
  await clerk.waitForURL(/ledger\/[0-9a-f-]{36}/)
  const entry = await read(clerk, `/api/ledger/entries/${clerk.url().split('/').at(-1)}`)
  assert.equal((entry['evidence'] as unknown[]).length, 1)
  assert.deepEqual([entry['pupilCount'], entry['teacherCount']], [120, 2])

  // One that fails is asked about.
  await open(clerk, s.url, '/ledger/new', '记台账')
  await clerk.getByLabel('事项').fill('第二次读书会')
  await clerk.locator('#pillar').getByText('活动', { exact: true }).click()
  await clerk.unroute('**/api/files*')
  await clerk.route('**/api/files*', (route) => route.abort())
  await clerk
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: '照片.png', mimeType: 'image/png', buffer: PNG })
  await clerk.getByRole('button', { name: '再传一次' }).waitFor()
  await clerk.getByRole('button', { name: '归档' }).click()
  await clerk.getByRole('dialog', { name: '有 1 个文件没有传上' }).waitFor()
  await clerk.unroute('**/api/files*')
  await clerk.getByRole('dialog').getByRole('button', { name: '再传一次' }).click()
  await clerk.getByRole('button', { name: '移除 照片.png' }).waitFor()
  await clerk.getByRole('button', { name: '归档' }).click()
  await clerk.waitForURL(/ledger\/[0-9a-f-]{36}/)
})

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

async function school(t: TestContext): Promise<{ s: Stage; clerk: Page; secretary: Page; office: Page }> {
  let names: Record<'clerk' | 'secretary' | 'office', string> | undefined
  const s = await stage(t, '2026-05-11T02:00:00.000Z', async (house) => {
    names = await furnished(house)
  })
  const [clerk, secretary, office] = [await s.desktop(), await s.desktop(), await s.desktop()]
  await signIn(clerk, s.url, names?.clerk ?? '')
  await signIn(secretary, s.url, names?.secretary ?? '')
  await signIn(office, s.url, names?.office ?? '')
  return { s, clerk, secretary, office }
}

async function startPlan(page: Page): Promise<string> {
  const { cycle } = (await read(page, '/api/plans/own')) as { cycle: { id: string } }
  return ((await post(page, '/api/plans', { cycleId: cycle.id })) as { id: string }).id
}

const read = (page: Page, url: string) =>
  page.evaluate(async (at) => (await fetch(at)).json() as Promise<Record<string, unknown>>, url)

const post = (page: Page, url: string, body: unknown) =>
  page.evaluate(
    async ([at, sent]) =>
      (
        await fetch(at as string, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(sent),
        })
      ).json() as Promise<unknown>,
    [url, body] as const,
  )
