import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { openApp } from '#server/app.ts'
import { firstVisitLink } from '#server/schools/setup/actions.ts'
import { openHouse } from '#server/main.ts'
import { axe, newDesktop, newPhone, openBrowser } from '#tests/world/browser.ts'

/** The real product on a port of its own with a clock that the test moves; everything else goes through the screens. */
export interface Stage {
  /** For what has no screen of its own yet in a test: the counted survey that the review begins from. */
  house: Awaited<ReturnType<typeof openHouse>>
  url: string
  setupLink: string
  browser: Browser
  /** A desktop browser in which somebody signs in. */
  desktop(): Promise<Page>
  phone(options?: BrowserContextOptions): Promise<Page>
  setTime(instant: string): Promise<void>
  /** Looks at the page as it stands: no accessibility violation, nothing wider than the screen. A picture when SHOTS names a folder. */
  look(page: Page, name: string): Promise<void>
}

export async function stage(
  t: TestContext,
  start: string,
  prepare?: (house: Awaited<ReturnType<typeof openHouse>>) => Promise<unknown>,
): Promise<Stage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yipin-e2e-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const time = { now: new Date(start) }
  const settings = {
    port,
    host: '127.0.0.1',
    dataDir,
    databaseUrl: undefined,
    publicUrl: url,
    logLevel: process.env['TEST_LOG'] ?? 'silent',
    trustProxy: false,
    ballot: {},
  }
  const house = await openHouse(settings, { now: () => new Date(time.now) })
  await prepare?.(house)
  const app = await openApp(house, { strictReplies: true, respondents: house.ballot.handle })
  await app.listen({ port, host: '127.0.0.1' })
  const setupLink = (await firstVisitLink(house)) ?? ''
  const browser = await openBrowser()
  const contexts: BrowserContext[] = []
  t.after(async () => {
    await browser.close()
    await app.close()
    await house.ballot.close()
    await house.database.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const opening = async (made: Promise<BrowserContext>): Promise<Page> => {
    const context = await made
    contexts.push(context)
    context.on('close', () => contexts.splice(contexts.indexOf(context), 1))
    await context.clock.setSystemTime(time.now)
    const page = await context.newPage()
    page.on('dialog', (dialog) => void dialog.accept())
    return page
  }
  return {
    house,
    url,
    setupLink,
    browser,
    desktop: () => opening(newDesktop(browser)),
    phone: (options) => opening(newPhone(browser, options)),
    setTime: async (instant) => {
      time.now = new Date(instant)
      for (const context of contexts) await context.clock.setSystemTime(time.now)
    },
    look: lookAt,
  }
}

/** No accessibility violation, nothing wider than the screen; a picture when SHOTS names a folder. */
export async function lookAt(page: Page, name: string, since: 'opened' | 'pressed' = 'pressed'): Promise<void> {
  await page.waitForLoadState('load')
  // What is still being read shows grey lines; a page is judged when it has its content.
  await page.waitForFunction(() => document.querySelector('.skeleton, [aria-busy="true"]') === null)
  // A dialog that fades away is still half there, in colours that nobody reads; a page just opened has none.
  if (since === 'pressed') await page.waitForTimeout(300)
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'))
  await glanceAt(page, name)
  assert.deepEqual(await axe(page), [], `axe on ${name}`)
}

/** The same without axe, which cannot run where script is off. */
export async function glanceAt(page: Page, name: string): Promise<void> {
  const shots = process.env['SHOTS']
  if (shots) mkdirSync(shots, { recursive: true })
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true })
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  assert.ok(over <= 1, `${name} is ${over} px wider than the screen`)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
