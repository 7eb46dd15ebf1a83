import type { Locator, Page } from 'playwright-core'

/** What a person does at a screen: fill by label, choose, press. Everything goes by the words that the person reads. */
export const PASSWORD = 'Tb7#rkWq2x清晨'

export async function signIn(page: Page, url: string, loginName: string): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('登录名').fill(loginName)
  await page.getByLabel('密码').fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page
    .getByRole('heading', { name: '我的待办' })
    .waitFor()
    .catch(async (error: unknown) => {
      throw new Error(`${loginName} did not get in:\n${await page.locator('body').innerText()}`, { cause: error })
    })
}

/** Opens a console page and waits for its title. */
export async function open(page: Page, url: string, path: string, title: string | RegExp): Promise<void> {
  await page.goto(`${url}/console${path}`)
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
}

/**
 * From one part of the console to another as a tap on the menu goes, which loads nothing anew; everything else is loaded. The title
 * that was left is marked: pages of two parts have no element in common.
 */
export async function turnTo(page: Page, url: string, path: string): Promise<void> {
  const part = (at: string) => /^\/console\/?([^/?#]*)/.exec(at)?.[1]
  const here = page.url().startsWith(url) ? part(page.url().slice(url.length)) : undefined
  if (here === undefined || part(path) === undefined || here === part(path)) await page.goto(`${url}${path}`)
  else
    await page.evaluate((to) => {
      for (const one of document.querySelectorAll('h1')) one.dataset['left'] = 'yes'
      history.pushState(null, '', to)
      dispatchEvent(new PopStateEvent('popstate'))
    }, path)
}

/** Follows a link and waits until its page has taken over: a list has fields of its own. */
export async function follow(page: Page, link: string | RegExp, title: string | RegExp): Promise<void> {
  await page.getByRole('link', { name: link }).first().click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
}

export async function fill(scope: Page | Locator, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values))
    await scope.getByRole('textbox', { name }).or(scope.getByRole('spinbutton', { name })).first().fill(value)
}

/** A date field takes typed text and is left by the keyboard, so that its calendar closes. */
export async function fillDate(scope: Page | Locator, label: string, date: string): Promise<void> {
  const field = scope.getByLabel(label).first()
  await field.fill(date)
  await field.press('Tab')
}

/** Chooses an option of a drop-down by its label; the list is drawn at the end of the page. */
export async function choose(page: Page, scope: Page | Locator, label: string, option: string | RegExp): Promise<void> {
  const field = scope.getByRole('combobox', { name: label }).first()
  await field.click()
  // A list that cannot be searched has a field that cannot be typed in.
  if (typeof option === 'string' && (await field.isEditable())) await field.fill(option)
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: option }).first().click()
  await page.keyboard.press('Escape')
}

/** Presses the button of a form, which never asks: what follows on the page says that it is done. */
export async function send(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).first().click()
}

/** Presses a button and, where it asks, confirms in the dialog. */
export async function press(page: Page, label: string, answer?: string): Promise<void> {
  const button = page.getByRole('button', { name: label, exact: true }).first()
  const failed = async (error: unknown) => {
    throw new Error(`${String(error)}\n${page.url()}\n${await page.locator('body').innerText()}`, { cause: error })
  }
  // The button itself says whether it asks; one in the middle of its work says nothing any more.
  const asks = (await button.getAttribute('aria-haspopup').catch(failed)) === 'dialog'
  await button.click().catch(failed)
  if (!asks) return
  const dialog = page.getByRole('dialog')
  await dialog.first().waitFor({ state: 'visible' })
  if (answer !== undefined) await dialog.getByRole('textbox').first().fill(answer)
  await dialog.getByRole('button', { name: label }).last().click()
  await dialog.first().waitFor({ state: 'hidden' })
}

/** What is not there, or goes after what was pressed: a list that is read anew still shows the old one for a moment. */
export const gone = (what: Locator): Promise<void> => what.first().waitFor({ state: 'detached' })
