import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { buildDemo } from '#demo/bureau.ts'
import { DEMO_PASSWORD } from '#tests/world/demoPassword.ts'
import { playedRespondents } from '#server/respondents.ts'
import { turnTo } from './form.ts'
import { lookAt, type Stage, stage } from './fixture.ts'
import { smallTargets } from './targets.ts'

/** Who works with a phone in the hand. */
const onPhones = ['leader1', 'expert1', '2141503001c']
const portal = [
  '/',
  '/brands',
  '/articles',
  '/events',
  '/notices',
  '/objections',
  '/verify',
  '/verify/YXYP-2026-0001',
  '/outcomes/2026',
  '/sign-in',
  '/activate',
  '/api-docs',
]

/** A demonstration year on a day in November. */
export const demoStage = (t: TestContext): Promise<Stage> =>
  stage(t, '2026-11-19T08:00:00.000Z', (house) =>
    buildDemo(house, { respondents: playedRespondents(house.ballot), schools: 8, password: DEMO_PASSWORD }),
  )

/** Looks at every page that a visitor can open, on a phone and a desktop; what is wrong, all of it. */
export async function faultsOfPortal(s: Stage): Promise<string[]> {
  const faults: string[] = []
  for (const width of ['phone', 'desktop'] as const) {
    const page = width === 'phone' ? await s.phone() : await s.desktop()
    for (const path of portal) await visit(s, page, { path, name: `${width}${path}`, faults })
    for (const path of await firstLinks(page, s, ['/brands', '/articles', '/events', '/notices']))
      await visit(s, page, { path, name: `${width}${path.split('/').slice(0, 2).join('/')}-one`, faults })
    await page.context().close()
  }
  return faults
}

/** Looks at every page of somebody's menu and at the first thing that it leads to. */
export async function faultsOf(s: Stage, person: string): Promise<string[]> {
  const faults: string[] = []
  const desktop = await s.desktop()
  await signIn(s, desktop, person)
  const phone = onPhones.includes(person) ? await s.phone() : undefined
  if (phone) await signIn(s, phone, person)
  const paths = await linksIn(desktop, 'nav a[href^="/console"]')
  assert.ok(paths.length > 1, `${person} has a menu`)
  for (const path of new Set(paths)) {
    if (phone) await visit(s, phone, { path, name: `${person}-phone${path}`, faults })
    await visit(s, desktop, { path, name: `${person}${path}`, faults })
    const deeper = (await linksIn(desktop, 'main a[href^="/console/"]')).find((href) => /[0-9a-f-]{36}$/.test(href))
    if (deeper) await visit(s, desktop, { path: deeper, name: `${person}${path}-one`, faults })
  }
  await phone?.context().close()
  await desktop.context().close()
  return faults
}

const linksIn = (page: Page, selector: string): Promise<string[]> =>
  page.locator(selector).evaluateAll((links) => links.map((one) => one.getAttribute('href') ?? ''))

async function signIn(s: Stage, page: Page, loginName: string): Promise<void> {
  await page.goto(`${s.url}/sign-in`)
  await page.getByLabel('登录名').fill(loginName)
  await page.getByLabel('密码').fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { name: '我的待办' }).waitFor()
}

/** Opens a page and looks at it; what is wrong is collected, so that one run names every fault. */
async function visit(s: Stage, page: Page, at: { path: string; name: string; faults: string[] }): Promise<void> {
  try {
    await turnTo(page, s.url, at.path)
    await page.locator('h1:not([data-left])').first().waitFor()
    await lookAt(page, at.name.replaceAll('/', '_'), 'opened')
    at.faults.push(...(await underAFinger(page)).map((fault) => `${at.name}: too small for a finger: ${fault}`))
    const said = await page.locator('main').innerText()
    if (/没有读到内容|系统出了问题|没有找到，或者/.test(said)) at.faults.push(`${at.name}: ${said.slice(0, 200)}`)
    // One form of dates everywhere: 2026年9月1日, never as programs write it.
    const bare = /.{0,20}\b20\d\d-\d\d-\d\d\b.{0,20}/.exec(said)?.[0]
    if (bare && at.path !== '/api-docs') at.faults.push(`${at.name}: a date as programs write it: ${bare}`)
  } catch (error) {
    at.faults.push(`${at.name}: ${error instanceof Error ? error.message.slice(0, 500) : String(error)}`)
  }
}

/** What is too small for a finger where the page is shown on a phone; a desktop is made narrow for it. */
async function underAFinger(page: Page): Promise<string[]> {
  const wide = page.viewportSize()
  if (!wide || wide.width < 400) return smallTargets(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.waitForFunction(() => document.querySelector('nav.side') === null)
  const found = await smallTargets(page)
  await page.setViewportSize(wide)
  return found
}

/** What a school shows on a phone of its standard and its certificate: all of it without pushing anything aside. */
export async function pushedAside(s: Stage, person: string, paths: readonly string[]): Promise<string[]> {
  const phone = await s.phone()
  await signIn(s, phone, person)
  const found: string[] = []
  for (const path of paths) {
    await phone.goto(`${s.url}${path}`)
    await phone.locator('h1').first().waitFor()
    await lookAt(phone, `narrow${path.replaceAll('/', '_')}`, 'opened')
    const wide = await phone.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('main, main *')]
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(one).overflowX))
        .map((one) => `${one.tagName.toLowerCase()}.${one.className}`),
    )
    found.push(...wide.map((one) => `${path}: ${one}`))
  }
  await phone.context().close()
  return found
}

async function firstLinks(page: Page, s: Stage, lists: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const list of lists) {
    await page.goto(`${s.url}${list}`)
    const links = await linksIn(page, `main a[href^="${list}/"]`)
    if (links[0]) found.push(links[0])
  }
  return found
}
