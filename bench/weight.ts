import { gzipSync } from 'node:zlib'
import { COOKIE } from '#server/kernel/session.ts'
import { openBrowser } from '#tests/world/browser.ts'
import { type District, makeDistrict, openHere, withDataDir } from './district.ts'
import { type Finding, startServer } from './measure.ts'

// What a first visit has to load in styles and scripts, gzipped; asked of the running server, not of the folder.

const KIB = 1024

interface Weighed {
  page: string
  bytes: number
  allowed: number
  files: { url: string; bytes: number }[]
}

export const weigh = (): Promise<Finding> =>
  withDataDir('weight', async (dataDir) => {
    const house = await openHere(dataDir)
    const district = await makeDistrict(house)
    await house.database.close()
    const server = await startServer({ dataDir })
    const pages: Weighed[] = []
    for (const [page, path] of [
      ['portal', '/'],
      ['sign-in', '/sign-in'],
    ] as const)
      pages.push(await weighed(server.url, { page, urls: await linkedFrom(server.url, path), allowed: 15 * KIB }))
    const urls = await loadedByConsole(server.url, district)
    pages.push(await weighed(server.url, { page: 'console, my to-do list', urls, allowed: 300 * KIB }))
    await server.stop()
    const worst = pages.toSorted((a, b) => b.bytes / b.allowed - a.bytes / a.allowed)[0]
    if (!worst) throw new Error('nothing was weighed')
    return {
      bench: 'weight',
      ratio: worst.bytes / worst.allowed,
      goal: 1,
      better: 'less',
      ours: worst.bytes,
      limit: worst.allowed,
      runs: pages.map((one) => ({ ours: one.bytes, limit: one.allowed })),
      pages,
      lines: pages.map(
        (one) =>
          `${one.page}: ${(one.bytes / KIB).toFixed(1)} KiB in ${one.files.length} files (at most ${one.allowed / KIB})`,
      ),
    }
  })

async function weighed(
  origin: string,
  { page, urls, allowed }: { page: string; urls: string[]; allowed: number },
): Promise<Weighed> {
  if (urls.length === 0) throw new Error(`${page} loads neither styles nor scripts: it was not built`)
  const files = []
  for (const url of urls) {
    // Asked for plain and squeezed here, so that every file is weighed by the same scale.
    const answer = await fetch(new URL(url, origin), { headers: { 'accept-encoding': 'identity' } })
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`)
    files.push({ url, bytes: gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 9 }).length })
  }
  return { page, bytes: files.reduce((sum, one) => sum + one.bytes, 0), allowed, files }
}

async function linkedFrom(origin: string, path: string): Promise<string[]> {
  const text = await (await fetch(new URL(path, origin))).text()
  return [...text.matchAll(/<(?:link|script)\b[^>]*?\b(?:href|src)="([^"]+\.(?:css|js))"[^>]*>/g)]
    .filter(([tag]) => !tag.includes('media="print"'))
    .map(([, url = '']) => url)
}

/** What a real browser loads until the clerk's first page stands still; lazy parts count as well. */
async function loadedByConsole(origin: string, district: District): Promise<string[]> {
  const browser = await openBrowser()
  try {
    const context = await browser.newContext()
    const { token } = district.clerk
    await context.addCookies([{ name: COOKIE, value: token, url: origin.replace('http:', 'https:'), secure: true }])
    const page = await context.newPage()
    const urls = new Set<string>()
    page.on('response', (answer) => {
      if (/\.(js|css)$/.test(new URL(answer.url()).pathname)) urls.add(new URL(answer.url()).pathname)
    })
    await page.goto(`${origin}/console/`)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.waitForLoadState('networkidle')
    return [...urls]
  } finally {
    await browser.close()
  }
}
