import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

/** Pages about one thing: the address tells their dialogues apart. Everything else may stand in a list. */
const aboutOneThing =
  /\/(InspectionPage|RectificationPage|BrandsPage|EventPage|SheetPage|ReviewedPage|RankingPage|PlanPage|SummaryPage|ArticlePage|Next|ContactsPage|EntryPage|ApplicationPage|ImportPage|SchoolPage|TreePage|CyclePage|AccountPage|NamingPage|NoticePage|ObjectionsPage)\.tsx$/

test('a dialogue that asks for words has a name of its own wherever it stands in a list, so that kept words never mix', () => {
  const nameless: string[] = []
  let asking = 0
  for (const file of globSync('console/features/**/*.tsx')) {
    const rows = readFileSync(file, 'utf8').matchAll(/^( *)<Act\n([\s\S]*?)\n\1\/>/gm)
    for (const [, , inside = ''] of rows) {
      if (!/^ *ask=/m.test(inside)) continue
      asking += 1
      if (!/^ *name=/m.test(inside) && !aboutOneThing.test(`/${file}`)) nameless.push(file)
    }
  }
  assert.ok(asking > 40)
  assert.deepEqual(nameless, [])
})

test('no field of the console cuts off what is pasted into it', () => {
  const cutting = globSync('console/**/*.tsx').filter((file) => /\bmaxLength=/.test(readFileSync(file, 'utf8')))
  assert.deepEqual(cutting, [])
})
