import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { buildDemo } from '#demo/bureau.ts'
import { DEMO_PASSWORD } from '#tests/world/demoPassword.ts'
import { playedRespondents } from '#server/respondents.ts'
import { type Stage, stage } from './fixture.ts'

test('a clerk pastes the classes, the secretary confirms, and the school follows its survey to the result', async (t) => {
  const s = await stage(t, '2026-11-19T08:00:00.000Z', (house) =>
    buildDemo(house, { respondents: playedRespondents(house.ballot), schools: 8, password: DEMO_PASSWORD }),
  )
  const visitor = await s.desktop()
  const phoneVisitor = await s.phone()
  await visitor.goto(`${s.url}/surveys`)
  await s.look(visitor, 'surveys')
  const published = (await visitor.locator('.titles a').first().getAttribute('href')) ?? ''
  await visitor.goto(`${s.url}${published}`)
  await s.look(visitor, 'survey')
  await phoneVisitor.goto(`${s.url}${published}`)
  await s.look(phoneVisitor, 'survey-phone')
  await visitor.getByRole('link', { name: '看自己那一份是否计入' }).click()
  await visitor.getByLabel('学校').selectOption({ index: 1 })
  await visitor.getByRole('button', { name: '查找' }).click()
  assert.ok((await visitor.locator('.codes li').count()) > 20)
  await s.look(visitor, 'codes')
  await phoneVisitor.goto(visitor.url())
  await s.look(phoneVisitor, 'codes-phone')

  const clerk = await signedIn(s, '2141503001c', 'desktop')
  const phone = await signedIn(s, '2141503001s', 'phone')
  await open(clerk, s, '/console/own-surveys')
  await clerk.getByRole('link', { name: '查看本校结果' }).click()
  await clerk.getByText('指数怎样算出来').waitFor()
  await clerk.getByText(/共计入 \d+ 份/).waitFor()
  await s.look(clerk, 'result')
  await phone.goto(clerk.url())
  await phone.getByText('指数怎样算出来').waitFor()
  await phone.getByText(/共计入 \d+ 份/).waitFor()
  await s.look(phone, 'result-phone')

  const office = await signedIn(s, 'office', 'desktop')
  const made = await api(office, 'POST', '/api/surveys', {
    kind: 'rehearsal',
    title: '秋季演练',
    opensOn: '2026-11-19',
  })
  const { id } = made as { id: string }
  const settings = (await api(office, 'GET', `/api/surveys/${id}`)) as {
    questionnaires: { audience: string; questions: { id: string }[] }[]
    minimum: unknown
    stamp: string
  }
  await api(office, 'PUT', `/api/surveys/${id}`, {
    title: '秋季演练',
    opensOn: '2026-11-19',
    closesOn: '2026-11-26',
    questions: Object.fromEntries(
      settings.questionnaires.map((one) => [one.audience, one.questions.map((each) => each.id)]),
    ),
    minimum: settings.minimum,
    impactReference: '演练评估 1 号',
    seen: settings.stamp,
  })

  await open(clerk, s, '/console/own-surveys')
  await s.look(clerk, 'own-surveys')
  await clerk.getByRole('link', { name: '填报班级人数' }).click()
  await clerk.getByRole('button', { name: '带入上一次的人数' }).click()
  await clerk.getByLabel('各班人数').fill('年级\t班级\t人数\n三年级\t1班\t四十\n十年级\t2班\t40\n三年级\t3班\t42')
  await clerk.getByText('有 2 处要改', { exact: true }).waitFor()
  await clerk.getByRole('button', { name: '保存人数' }).click()
  await s.look(clerk, 'roster-mistakes')
  await clerk.getByRole('button', { name: '带入上一次的人数' }).click()
  await clerk.getByRole('button', { name: '保存人数' }).click()
  await clerk.getByRole('button', { name: '修改' }).waitFor()
  await s.look(clerk, 'roster-saved')
  await open(phone, s, '/console/own-surveys')
  await phone.getByRole('link', { name: '核对并确认' }).click()
  await phone.getByRole('button', { name: '确认班级人数' }).click()
  await phone.getByRole('dialog').getByRole('button', { name: '确认班级人数' }).click()
  await phone.getByText(/已于 .+ 确认/).waitFor()
  await s.look(phone, 'roster-confirmed-phone')

  const rosters = (await api(office, 'GET', `/api/surveys/${id}/schools?size=50`)) as {
    items: { schoolId: string; roster: string }[]
  }
  const others = rosters.items.filter((one) => one.roster !== 'confirmed').map((one) => one.schoolId)
  const { stamp: seen } = (await api(office, 'GET', `/api/surveys/${id}`)) as { stamp: string }
  await api(office, 'POST', `/api/surveys/${id}/freeze`, { leaveOut: others, reason: '演练只请一所学校', seen })
  await api(office, 'POST', `/api/surveys/${id}/issue`, {})
  const schoolId = rosters.items.find((one) => one.roster === 'confirmed')?.schoolId ?? ''
  await clerk.reload()
  await clerk.getByRole('heading', { name: '抽中的班级' }).waitFor()
  await s.look(clerk, 'drawn')
  // A page that is printed is asked for by a form.
  const printed = await office.evaluate(
    async (where) => (await fetch(where, { method: 'POST', body: new URLSearchParams() })).status,
    `/api/surveys/${id}/schools/${schoolId}/kit`,
  )
  assert.equal(printed, 200)
  await api(office, 'POST', `/api/surveys/${id}/open`, {})
  for (const [page, name] of [
    [clerk, 'day'],
    [phone, 'day-phone'],
  ] as const) {
    await page.reload()
    await page
      .getByText(/^0 \/ \d+$/)
      .first()
      .waitFor()
    await page
      .getByRole('button', { name: /提醒文字/ })
      .first()
      .click()
    await s.look(page, name)
  }
  const words = await clerk.locator('.reminder-text').first().inputValue()
  assert.match(words, /不要在群里说/)
  assert.doesNotMatch(words, /\d+ ?\/ ?\d+/)
})

async function signedIn(s: Stage, loginName: string, device: 'desktop' | 'phone'): Promise<Page> {
  const page = await s[device]()
  await page.goto(`${s.url}/sign-in`)
  await page.getByLabel('登录名').fill(loginName)
  await page.getByLabel('密码').fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { name: '我的待办' }).waitFor()
  return page
}

async function open(page: Page, s: Stage, path: string): Promise<void> {
  await page.goto(`${s.url}${path}`)
  await page.locator('h1').first().waitFor()
}

/** What the office does on pages of its own, told in their own test. */
async function api(page: Page, method: string, path: string, body?: unknown): Promise<unknown> {
  return page.evaluate(
    async ([how, where, what]) => {
      const response = await fetch(where, {
        method: how,
        headers: what === '' ? {} : { 'content-type': 'application/json' },
        ...(what === '' ? {} : { body: what }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${where}: ${response.status} ${text.slice(0, 300)}`)
      return text.startsWith('{') ? JSON.parse(text) : null
    },
    [method, path, body === undefined ? '' : JSON.stringify(body)] as const,
  )
}
