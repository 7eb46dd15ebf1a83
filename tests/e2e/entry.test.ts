import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { open } from './form.ts'
import { clerkOnThePhone } from './oneSchool.ts'

test('what is wrong in a folded part of the form opens it, and its reason leads into the field', async (t) => {
  const { s, clerk } = await clerkOnThePhone(t)
  await begin(clerk, s.url)
  const more = clerk.locator('details.entry-more')
  const link = clerk.getByLabel('媒体专栏链接')
  await more.locator('summary').click()
  await link.fill('http://mp.weixin.qq.com/s/abcdef')
  await more.locator('summary').click()
  await link.waitFor({ state: 'hidden' })
  await clerk.getByRole('button', { name: '归档' }).click()
  const reason = clerk.locator('.complaints').getByRole('button', { name: /链接须以 https/ })
  await reason.waitFor()
  await link.waitFor()
  assert.ok(await clerk.evaluate(() => document.querySelector('.complaints')?.contains(document.activeElement)))
  await reason.click()
  assert.equal(await link.evaluate((field) => field === document.activeElement), true)
})

test('a large photograph goes out small and upright with its time, and its caption stands with it', async (t) => {
  const { s, clerk } = await clerkOnThePhone(t)
  await begin(clerk, s.url)
  const taken = { IFD2: { DateTimeOriginal: '2026:05:09 08:30:00' } }
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const
  const photo = await sharp({ create: { width: 3_200, height: 2_400, channels: 3, background: '#b3261e', noise } })
    .jpeg()
    .withExif(taken)
    .withMetadata({ orientation: 6 })
    .withExifMerge(taken)
    .toBuffer()
  const file = { name: '现场.jpg', mimeType: 'image/jpeg', buffer: photo }
  await clerk.locator('input[type=file]').first().setInputFiles(file)
  const row = clerk.locator('.files li').filter({ hasText: '现场.jpg' })
  await row.getByRole('button', { name: '移除 现场.jpg' }).waitFor()
  await row.getByLabel('“现场.jpg”的说明').fill('党员在长廊前')
  await clerk.getByRole('button', { name: '归档' }).click()
  await clerk.waitForURL(/ledger\/[0-9a-f-]{36}/)
  const sent = await s.house.database.reader.selectFrom('file').selectAll().executeTakeFirstOrThrow()
  assert.deepEqual([sent.width, sent.height, sent.takenAt?.slice(0, 16)], [1_920, 2_560, '2026-05-09T08:30'])
  assert.ok(sent.size < photo.length)
  await clerk.getByText('党员在长廊前').waitFor()
})

async function begin(clerk: Page, url: string): Promise<void> {
  await open(clerk, url, '/ledger/new', '记台账')
  await clerk.getByLabel('事项').fill('读书会')
  await clerk.locator('#pillar').getByText('活动', { exact: true }).click()
}
