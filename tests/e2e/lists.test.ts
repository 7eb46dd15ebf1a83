import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { choose, open, signIn } from './form.ts'
import { furnished } from './oneSchool.ts'
import { stage } from './fixture.ts'

test('a list past its end or filtered to nothing says so with a way back, and schools are found by pinyin', async (t) => {
  let loginName = ''
  const s = await stage(t, '2026-05-11T02:00:00.000Z', async (house) => {
    loginName = (await furnished(house)).office
  })
  const office = await s.desktop()
  await signIn(office, s.url, loginName)
  await open(office, s.url, '/schools?page=9', '学校名录')
  await office.getByText('第 9 页没有内容，共 1 页').waitFor()
  await s.look(office, 'lists-past')
  await office.getByRole('button', { name: '看第 1 页' }).click()
  await office.getByRole('link', { name: '演示第一小学' }).waitFor()

  await open(office, s.url, '/schools?q=没有的校名&stage=小学', '学校名录')
  await office.getByText('条件是：查找“没有的校名”，学段：小学。').waitFor()
  await s.look(office, 'lists-filtered')
  await office.getByRole('button', { name: '清除条件' }).click()
  const search = office.getByRole('search').getByRole('textbox')
  await search.fill('ysdexx')
  await search.press('Enter')
  await office.getByText('共 1 条').waitFor()
  await office.getByRole('link', { name: '演示第二小学' }).waitFor()

  await typesAtOnce(office, s.url)

  await open(office, s.url, '/findings?page=3&q=没有', '督查问题')
  await office.getByText('条件是：查找“没有”。').waitFor()
  await office.getByRole('button', { name: '清除条件' }).click()
  await office.getByText('督查中发现并送达的问题会出现在这里。').waitFor()

  // The picker asks the server: what is typed need not be part of the name.
  await open(office, s.url, '/visits/new', /走访/)
  const picker = office.getByRole('combobox', { name: '学校' })
  await picker.click()
  await picker.fill('演示二小学')
  await office.locator('.ant-select-item-option').filter({ hasText: '演示第二小学' }).click()
  await s.look(office, 'lists-picked')
  await choose(office, office, '学校', '演示第一小学')

  const phone = await s.phone()
  await signIn(phone, s.url, loginName)
  await open(phone, s.url, '/schools?page=9', '学校名录')
  await phone.getByText('第 9 页没有内容，共 1 页').waitFor()
  await s.look(phone, 'lists-past-phone')
})

/** Clears the conditions and types before the screen has followed, as a quick person does on a slow machine. */
async function typesAtOnce(page: Page, url: string): Promise<void> {
  await open(page, url, '/schools?q=没有的校名&stage=小学', '学校名录')
  const clear = page.getByRole('button', { name: '清除条件' })
  await clear.waitFor()
  await clear.evaluate((button: HTMLButtonElement) => {
    const box = document.querySelector<HTMLInputElement>('[role="search"] input')
    button.click()
    // As a browser does it: React hears of a new value only by the field's own setter.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(box, '演示第二')
    box?.dispatchEvent(new Event('input', { bubbles: true }))
  })
  await page.waitForURL((address) => address.search === '')
  await page.getByRole('link', { name: '演示第一小学' }).waitFor()
  const search = page.getByRole('search').getByRole('textbox')
  assert.equal(await search.inputValue(), '演示第二', 'what was typed stands in the box still')
  await search.press('Enter')
  await page.getByText('共 1 条').waitFor()
}
