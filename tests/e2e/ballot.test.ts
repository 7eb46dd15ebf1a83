import assert from 'node:assert/strict'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { type TestContext, test } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { openBallotApp } from '#ballot/voting/app.ts'
import { newTyped } from '#ballot/box/code.ts'
import { type Audience, audiences } from '#domain/survey/survey.ts'
import { newDesktop, newPhone, openBrowser } from '#tests/world/browser.ts'
import { castIn, batchBody, openSurvey, surveyBody, testBox } from '#tests/world/testBox.ts'
import { glanceAt, lookAt } from './fixture.ts'

/** What the line does: it carries, lets nothing through, or loses every reply although the box has heard. */
interface Line {
  does: 'carries' | 'refuses' | 'losesReplies'
}

/** The real box behind its pages, on a line that can break, and browsers before it. */
async function booth(t: TestContext, audience: Audience, rehearsal = false) {
  const { box, time } = await testBox(t)
  const batch = batchBody({ audience, codes: 6, size: 6 })
  const { survey, codes } = await openSurvey(box, [batch], surveyBody({ rehearsal }))
  const app = await openBallotApp(box.voting, {
    publicUrl: 'https://yipin.test',
    trustProxy: false,
    now: () => new Date(time.now),
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const line: Line = { does: 'carries' }
  const wire = await openWire(portOf(app.server), line)
  const browser = await openBrowser()
  t.after(async () => {
    await browser.close()
    wire.close()
    await app.close()
  })
  const [code, next] = codes
  assert.ok(code && next)
  return {
    url: `http://127.0.0.1:${portOf(wire)}`,
    box,
    survey,
    batch,
    code,
    next,
    line,
    async phone(options: BrowserContextOptions = {}): Promise<Page> {
      const context = await newPhone(browser, { viewport: { width: 390, height: 844 }, ...options })
      return context.newPage()
    },
    desktop: async (): Promise<Page> => (await newDesktop(browser)).newPage(),
    cast: () => castIn(box, survey.id),
  }
}

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port

function openWire(target: number, line: Line): Promise<Server> {
  const wire = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    const cut = () => {
      near.destroy()
      far.destroy()
    }
    near.on('data', (bytes) => (line.does === 'refuses' ? cut() : far.write(bytes)))
    far.on('data', (bytes) => (line.does === 'carries' ? near.write(bytes) : cut()))
    for (const end of [near, far]) end.on('error', cut).on('close', cut)
  })
  return new Promise((opened) => wire.listen(0, '127.0.0.1', () => opened(wire)))
}

const enter = async (page: Page, code: string): Promise<void> => {
  await page.getByLabel('纸条上的编码').fill(code)
  await page.getByRole('button', { name: '开始答题' }).click()
}

/** Chooses in every question but those left out. */
async function choose(page: Page, word: string, leave: readonly number[] = []): Promise<void> {
  const questions = page.locator('fieldset')
  await questions.first().waitFor()
  for (let at = 0; at < (await questions.count()); at += 1)
    if (!leave.includes(at)) await questions.nth(at).getByRole('radio', { name: word, exact: true }).click()
}

const submit = (page: Page) => page.getByRole('button', { name: '提交', exact: true }).click()
const thanked = (page: Page) => page.getByRole('heading', { name: '已经收到，谢谢' }).waitFor()

test('a parent answers a whole questionnaire on a phone without script, makes mistakes and loses nothing', async (t) => {
  const b = await booth(t, 'parent')
  const page = await b.phone({ javaScriptEnabled: false })
  await page.goto(`${b.url}/t`)
  await glanceAt(page, 'start-phone')
  await enter(page, `${b.code.typed.slice(0, -1)}${b.code.typed.endsWith('7') ? '8' : '7'}`)
  await page.getByText('编码抄错了').waitFor()
  await glanceAt(page, 'misspelt-phone')
  await enter(page, b.code.typed.toLowerCase().replaceAll('-', ' '))
  await page.getByRole('heading', { name: '演示第一小学' }).waitFor()
  await glanceAt(page, 'parent-phone')
  await choose(page, '满意', [1, 3])
  await page.getByLabel('还想对学校说些什么？').fill('图书角开得再晚一点，我的电话 13800001111')
  await submit(page)
  await page.getByText('有 3 处要改').waitFor()
  await glanceAt(page, 'mistakes-phone')
  assert.equal(await b.cast(), 0)
  await page.getByRole('link', { name: '第 2 题还没有选' }).click()
  await page.locator('fieldset').nth(1).getByLabel('基本满意').click()
  await page.getByRole('button', { name: '大字版' }).click()
  await page.locator('html.large').waitFor()
  await glanceAt(page, 'parent-large')
  assert.equal(await page.locator('input:checked').count(), 5)
  await page.locator('fieldset').nth(3).getByLabel('不了解').click()
  await page.keyboard.press('Enter')
  await page.waitForTimeout(300)
  assert.equal(await b.cast(), 0, 'Enter in an answer sends nothing')
  assert.equal(await page.locator('input:checked').count(), 6)
  await page.getByLabel('还想对学校说些什么？').fill('图书角开得再晚一点')
  await submit(page)
  await thanked(page)
  await glanceAt(page, 'thanks-large')
  assert.equal(await b.cast(), 1)
})

test('V10: from the QR to the thanks nothing is asked of another host, kept in the browser or written in an address', async (t) => {
  const b = await booth(t, 'parent')
  const page = await b.phone()
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(`${b.url}/t#${b.code.secret}`)
  await choose(page, '很满意')
  assert.equal(page.url(), `${b.url}/t`)
  await page.getByRole('button', { name: '大字版' }).click()
  await page.locator('html.large').waitFor()
  assert.equal(await page.locator('input:checked').count(), 6)
  await page.getByRole('button', { name: '标准字号' }).click()
  await submit(page)
  await thanked(page)
  await lookAt(page, 'thanks-phone')
  assert.equal(await b.cast(), 1)
  for (const url of asked) {
    assert.equal(new URL(url).origin, b.url)
    assert.match(new URL(url).pathname, /^\/t(\/questions|\/assets\/ballot\.\w+\.(css|js))?$/)
    assert.equal(new URL(url).search, '')
  }
  assert.deepEqual(await page.context().cookies(), [])
  assert.deepEqual((await page.context().storageState({ indexedDB: true })).origins, [])
  assert.equal(await page.evaluate(() => sessionStorage.length + localStorage.length), 0)
  assert.deepEqual(await page.evaluate(() => caches.keys()), [])
})

test('pupils choose among faces, teachers among words; each fits a phone, a desktop and large type', async (t) => {
  for (const audience of audiences) {
    const b = await booth(t, audience, audience === 'pupil')
    const phone = await b.phone()
    await phone.goto(`${b.url}/t#${b.code.secret}`)
    await choose(phone, audience === 'pupil' ? '开心' : '满意', [0])
    await lookAt(phone, `${audience}-phone-chosen`)
    await phone.getByRole('button', { name: '大字版' }).click()
    await phone.locator('html.large').waitFor()
    await lookAt(phone, `${audience}-phone-large`)
    await choose(phone, audience === 'pupil' ? '不知道' : '不了解')
    await submit(phone)
    await thanked(phone)
    assert.equal(await b.cast(), 1)
    const desktop = await b.desktop()
    await desktop.goto(`${b.url}/t`)
    await lookAt(desktop, 'start-desktop')
    await enter(desktop, b.next.typed)
    await desktop.locator('fieldset').first().waitFor()
    await lookAt(desktop, `${audience}-desktop`)
    await desktop.keyboard.press('Tab')
    for (let at = 0; at < 3; at += 1) await desktop.keyboard.press('Tab')
    await desktop.keyboard.press('Space')
    await desktop.keyboard.press('Enter')
    await lookAt(desktop, `${audience}-desktop-keyboard`)
    assert.equal(await b.cast(), 1, 'Enter in an answer sends nothing')
    assert.equal(await desktop.locator('html.large').count(), 0)
    assert.equal(await desktop.locator('input:checked').count(), 1)
  }
})

test('a line that breaks while sending loses no answer and counts no ballot twice', async (t) => {
  const b = await booth(t, 'teacher')
  const page = await b.phone()
  await page.goto(`${b.url}/t#${b.code.secret}`)
  await choose(page, '基本满意')
  await page.getByLabel('还想对学校说些什么？').fill('少填表')
  b.line.does = 'refuses'
  await submit(page)
  await page.getByText('网络断了，答案还在这一页上，正在重新提交（第 1 次）').waitFor()
  await lookAt(page, 'broken-phone')
  assert.equal(await b.cast(), 0)
  assert.equal(await page.getByLabel('还想对学校说些什么？').inputValue(), '少填表')
  b.line.does = 'losesReplies'
  const until = Date.now() + 20_000
  while ((await b.cast()) === 0 && Date.now() < until) await page.waitForTimeout(100)
  assert.equal(await b.cast(), 1, 'the box has it, and the phone does not know')
  await page.getByText(/正在重新提交（第 [3-9] 次）/).waitFor()
  b.line.does = 'carries'
  await thanked(page)
  assert.equal(await b.cast(), 1)
})

for (const script of [true, false])
  test(`on a shared tablet the next one finds nothing of the one before, ${script ? 'with' : 'without'} script`, async (t) => {
    const b = await booth(t, 'pupil')
    const page = await b.phone({ javaScriptEnabled: script, viewport: { width: 820, height: 1180 } })
    const look = script ? lookAt : glanceAt
    await page.goto(`${b.url}/t/shared`)
    await look(page, `shared-start-${script}`)
    await enter(page, b.code.typed)
    await choose(page, '不开心')
    await page.getByLabel('还有想说的吗？').fill('作业太多')
    await submit(page)
    await thanked(page)
    await look(page, `shared-thanks-${script}`)
    await page.getByRole('heading', { name: '公用平板答题' }).waitFor()
    assert.equal(new URL(page.url()).pathname, '/t/shared')
    for (let back = 0; back < 4; back += 1) {
      // Without script the browser refuses to show the page of a form again; that error page is what shall be seen.
      await page.goBack({ waitUntil: script ? 'load' : 'commit', timeout: 0 }).catch(() => undefined)
      await page.waitForTimeout(500)
      const seen = await page.content()
      assert.doesNotMatch(seen, /作业太多/)
      assert.ok(!seen.includes(b.code.typed), 'no code')
      assert.equal(await page.locator('input:checked').count(), 0)
      for (const field of await page.locator('#code, textarea').all()) assert.equal(await field.inputValue(), '')
    }
    await page.goto(`${b.url}/t/shared`)
    await enter(page, b.next.typed)
    await choose(page, '一般', [0])
    await page.goBack()
    await page.goForward().catch(() => undefined)
    assert.equal(await page.locator('input:checked').count(), 0, 'a page left half-answered comes back empty')
  })

test('every code that opens nothing, and the page for those who are watched, is readable and leads on', async (t) => {
  const b = await booth(t, 'parent')
  const page = await b.phone()
  const fill = async (code: string, heading: string, name: string) => {
    await page.goto(`${b.url}/t`)
    await enter(page, code)
    await page.getByText(heading).first().waitFor()
    await lookAt(page, name)
  }
  await page.goto(`${b.url}/t#${b.code.secret}`)
  await choose(page, '满意', [0])
  await page.getByRole('link', { name: '有人在旁边看着我' }).click()
  await page.getByRole('heading', { name: '先不用答' }).waitFor()
  await lookAt(page, 'private-phone')
  await page.getByRole('link', { name: '回到开始页' }).click()
  await page.goto(`${b.url}/t#${b.code.secret}`)
  await choose(page, '满意')
  await submit(page)
  await thanked(page)
  await page.goto(`${b.url}/t#${b.next.secret}`)
  await choose(page, '满意', [1, 2])
  await submit(page)
  await page.getByText('有 2 处要改').waitFor()
  await lookAt(page, 'mistakes-scripted')
  await fill(`${b.code.typed.slice(0, -1)}${b.code.typed.endsWith('7') ? '8' : '7'}`, '编码抄错了', 'misspelt-scripted')
  await fill(b.code.typed, '这个编码已经用过了', 'spent-phone')
  await fill(newTyped(), '没有这个编码', 'unknown-phone')
  await b.box.calls.voidBatch(b.survey.id, b.batch.id)
  await fill(b.next.typed, '这张纸条已经作废', 'void-phone')
  await b.box.calls.close(b.survey.id)
  await page.goto(`${b.url}/t/nowhere`)
  await lookAt(page, 'nowhere-phone')
})

test('old phones answer too: one that does not say which button was pressed, one that lacks what the script needs', async (t) => {
  const b = await booth(t, 'parent')
  const lacks = ['delete SubmitEvent.prototype.submitter', 'delete window.AbortController']
  for (const [at, lack] of lacks.entries()) {
    const page = await b.phone()
    await page.addInitScript(lack)
    await page.goto(`${b.url}/t`)
    await enter(page, (at === 0 ? b.code : b.next).typed)
    await choose(page, '满意')
    await page.getByRole('button', { name: '大字版' }).click()
    await page.locator('html.large').waitFor()
    assert.equal(await b.cast(), at, 'larger type sends nothing')
    assert.equal(await page.locator('input:checked').count(), 6)
    await submit(page)
    await thanked(page)
    assert.equal(await b.cast(), at + 1)
  }
})

test('T2-20: an address that an app passed on opens the questions, or says what to do; the code leaves the address bar and nothing is spent', async (t) => {
  const b = await booth(t, 'parent')
  const { secret } = b.code
  for (const address of [`/t#${secret}`, `/t?from=singlemessage#${secret}`, `/t#${secret}&from=timeline`]) {
    const page = await b.phone()
    await page.goto(`${b.url}${address}`)
    await page.getByRole('heading', { name: '演示第一小学' }).waitFor()
    assert.ok(!page.url().includes(secret), address)
    await page.context().close()
  }
  const page = await b.phone()
  await page.goto(`${b.url}/t#${secret.slice(0, 15)}`)
  await page.getByText('二维码没有读全，请输入纸条上的编码。').waitFor()
  assert.ok(!page.url().includes(secret.slice(0, 15)))
  await page.goto(`${b.url}/t`)
  await page.getByLabel('纸条上的编码').waitFor()
  await page.goto(`${b.url}/t%23${secret}`)
  await page.getByRole('heading', { name: '没有这一页' }).waitFor()
  await page.getByRole('link', { name: '回到开始页' }).click()
  await page.getByLabel('纸条上的编码').waitFor()
  assert.equal(await b.cast(), 0)
})

test('public-31: what is answered is no longer marked as missing, before it is sent again', async (t) => {
  const b = await booth(t, 'parent')
  const page = await b.phone()
  await page.goto(`${b.url}/t`)
  await enter(page, b.code.typed)
  await choose(page, '满意', [1, 3])
  await submit(page)
  await page.getByRole('link', { name: '第 2 题还没有选' }).waitFor()
  assert.equal(await page.locator('fieldset .mistake').count(), 2)
  await page.locator('fieldset').nth(1).getByLabel('基本满意').click()
  assert.equal(await page.locator('fieldset .mistake').count(), 1)
  assert.equal(await page.getByRole('link', { name: '第 2 题还没有选' }).count(), 0)
  assert.equal(await page.getByRole('link', { name: '第 4 题还没有选' }).count(), 1)
})
