import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '#domain/base/actor.ts'
import { keepPassword } from '#server/identity/access/actions.ts'
import { assignSheets, makePanel } from '#server/review/panel/actions.ts'
import { hashPassword } from '#server/kernel/password.ts'
import { sealRow } from '#server/kernel/seal.ts'
import { readActor } from '#server/kernel/session.ts'
import { type House, inWork } from '#server/kernel/work.ts'
import { furnish } from '#tests/world/furnish.ts'
import { open, PASSWORD, press, signIn } from './form.ts'
import { stage } from './fixture.ts'

/** One school under review and one reviewer with its sheet on documents. */
async function handedOut(house: House) {
  const hash = await hashPassword(PASSWORD)
  const made = await inWork(house, system, async (work) => {
    const { bureauId, schoolIds, cycleId, people } = await furnish(work)
    const id = work.newId()
    const words = { state: 'admitted' as const, highlights: '亮点', entryIds: '[]', frozen: '{"highlights":"亮点"}' }
    const stamps = { submittedAt: work.now, createdAt: work.now, updatedAt: work.now }
    const rest = { digest: 'a'.repeat(64), receiptNumber: 'SB', submittedBy: null, reason: null, completeUntil: null }
    await work.tx
      .insertInto('application')
      .values({ id, schoolId: schoolIds[0], cycleId, bureauId, ...words, ...stamps, ...rest })
      .execute()
    await sealRow(work, 'application', id)
    await keepPassword(work, people.get('reviewer') ?? '', hash)
    return { bureauId, office: people.get('office') ?? '', reviewer: people.get('reviewer') ?? '' }
  })
  const { bureauId, office, reviewer } = made
  const actor = await readActor(house.database.reader, { personId: office, name: '', bureauId })
  const panel = { method: 'documents' as const, name: '一组', reviewerIds: [reviewer] }
  const { id } = await inWork(house, actor, (work) => makePanel(work, panel))
  await inWork(house, actor, (work) => assignSheets(work, id))
  const { reader } = house.database
  const sheet = await reader.selectFrom('scoreSheet').select('id').executeTakeFirstOrThrow()
  const account = await reader
    .selectFrom('account')
    .select('loginName')
    .where('personId', '=', reviewer)
    .executeTakeFirstOrThrow()
  return { sheetId: sheet.id, loginName: account.loginName }
}

test('two tabs on one score sheet: what each typed meets, what both typed is chosen, and Enter goes to the next score', async (t) => {
  let made: Awaited<ReturnType<typeof handedOut>> | undefined
  const s = await stage(t, '2026-10-09T02:00:00.000Z', async (house) => {
    made = await handedOut(house)
  })
  const first = await s.desktop()
  await signIn(first, s.url, made?.loginName ?? '')
  const path = `/sheets/${made?.sheetId}`
  await open(first, s.url, path, /演示第一小学/)
  await press(first, '我没有以上情形，开始评分')
  const field = (page: typeof first, at: number) => page.locator('.score-lines input:not([type=radio])').nth(at)
  await field(first, 0).waitFor()
  const second = await first.context().newPage()
  await open(second, s.url, path, /演示第一小学/)
  await field(second, 0).waitFor()

  // The clock of a stage stands still; what is saved a minute later bears another stamp.
  await s.setTime('2026-10-09T02:01:00.000Z')
  await field(first, 0).fill('1')
  await field(first, 0).press('Enter')
  await first.keyboard.type('1')
  assert.equal(await field(first, 1).inputValue(), '1')
  await first.getByText('已自动保存').waitFor()
  await s.setTime('2026-10-09T02:02:00.000Z')
  await field(second, 0).fill('2')
  await field(second, 2).fill('0.5')
  await second.getByText(/有 1 处和您写的不一样/).waitFor()
  assert.equal(await field(second, 1).inputValue(), '1', 'what only the other tab scored came in')
  assert.equal(await field(second, 2).inputValue(), '0.5', 'what was typed here stays')
  await s.look(second, 'sheet-two-tabs')
  await second.reload()
  await second.getByText(/有 1 处和您写的不一样/).waitFor()
  await second
    .getByRole('button', { name: /留您的/ })
    .first()
    .click()
  await second.getByText('已自动保存').waitFor()
  const { scores } = (await second.evaluate(
    async (id) => (await fetch(`/api/sheets/${id}`)).json(),
    made?.sheetId ?? '',
  )) as { scores: Record<string, number> }
  assert.deepEqual(
    Object.values(scores).toSorted((one, other) => one - other),
    [50, 100, 200],
  )
})
