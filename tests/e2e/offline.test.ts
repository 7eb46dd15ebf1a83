import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { open } from './form.ts'
import { clerkOnThePhone } from './oneSchool.ts'

test('without a network a tap on the menu says what is the matter, and the page opens by itself afterwards', async (t) => {
  const { s, clerk } = await clerkOnThePhone(t)
  await open(clerk, s.url, '/ledger', '台账')
  await clerk.context().setOffline(true)
  await tap(clerk, '年度总结')
  await clerk.getByRole('heading', { name: '这一页没有打开' }).waitFor()
  await clerk.getByText('网络恢复后会自动打开').waitFor()
  await clerk.context().setOffline(false)
  await clerk.getByRole('heading', { level: 1, name: '年度总结' }).waitFor()
})

test('where the network is there but the server is not, the page opens by itself once the server answers', async (t) => {
  const { s, clerk } = await clerkOnThePhone(t)
  await open(clerk, s.url, '/ledger', '台账')
  await clerk.route('**/*', (route) => route.abort())
  await tap(clerk, '年度总结')
  await clerk.getByRole('heading', { name: '这一页没有打开' }).waitFor()
  await clerk.unroute('**/*')
  await clerk.getByRole('heading', { level: 1, name: '年度总结' }).waitFor()
})

test('a page whose code is there but whose content cannot be read says so, and shows it once the network is back', async (t) => {
  const { s, clerk } = await clerkOnThePhone(t)
  for (const title of ['读书会', '座谈会'])
    await clerk.evaluate(
      async (name) =>
        fetch('/api/ledger/entries', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ title: name, happenedOn: '2026-05-09', pillar: 'activity', file: true }),
        }),
      title,
    )
  await open(clerk, s.url, '/ledger', '台账')
  await clerk.getByRole('link', { name: '读书会' }).first().click()
  await clerk.getByRole('heading', { level: 1, name: '读书会' }).waitFor()
  await clerk.goBack()
  await clerk.context().setOffline(true)
  await clerk.getByRole('link', { name: '座谈会' }).first().click()
  await clerk.getByText('网络断开了').waitFor()
  await clerk.context().setOffline(false)
  await clerk.getByRole('heading', { level: 1, name: '座谈会' }).waitFor()
})

/** Opens the menu of a narrow screen and taps one of its entries. */
async function tap(page: Page, entry: string): Promise<void> {
  await page.getByRole('button', { name: '菜单' }).click()
  await page.getByRole('dialog').getByRole('link', { name: entry }).click()
}
