import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const places = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export function openBrowser(): Promise<Browser> {
  const executablePath = places.find((place) => place !== '' && existsSync(place))
  if (!executablePath) throw new Error('Chromium is missing: install it or set CHROMIUM to its path')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** How long a page may take to do what it was asked: long, for no test here is about speed. */
const PATIENCE = 60_000

async function context(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const made = await browser.newContext({ locale: 'zh-CN', ...options })
  made.setDefaultTimeout(PATIENCE)
  return made
}

export const newPhone = (browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> =>
  context(browser, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, ...options })

export const newDesktop = (browser: Browser): Promise<BrowserContext> =>
  context(browser, { viewport: { width: 1280, height: 860 } })

interface Violation {
  id: string
  help: string
  nodes: { target: unknown; html: string }[]
}

/** What axe-core finds wrong on the page as it stands; evaluated from outside, so that the page's policy is untouched. */
export async function axe(page: Page): Promise<string[]> {
  if (!(await page.evaluate(`'axe' in globalThis`))) await page.evaluate(axeSource)
  const violations = await page.evaluate<Violation[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then((found) => found.violations)`,
  )
  return violations.map(
    (one) =>
      `${one.id}: ${one.help} – ${one.nodes.map((node) => `${String(node.target)} ${node.html.slice(0, 160)}`).join(' | ')}`,
  )
}
