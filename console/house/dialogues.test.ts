import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

/** Pages about one thing: the address tells their dialogues apart. Everything else may stand in a list. */
const aboutOneThing =
  /\/(InspectionPage|RectificationPage|BrandsPage|EventPage|SheetPage|ReviewedPage|RankingPage|PlanActs|SummaryPage|ArticlePage|SurveyEnds|SurveySteps|ContactsPage|EntryPage|ApplicationPage|ImportPage|SchoolPage|TreePage|CyclePage|AccountPage|NamingPage|NoticePage|ObjectionsPage)\.tsx$/

test('a dialogue that asks for words has a name of its own wherever it stands in a list, so that kept words never mix', () => {
  const nameless: string[] = []
  let asking = 0
  for (const file of globSync('console/**/*.tsx')) {
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

/** Whole `<Act …/>` elements of a source, whatever is nested in their properties. */
function actsIn(source: string): string[] {
  return [...source.matchAll(/<Act\b/g)].map((found) => {
    let depth = 0
    let at = found.index
    for (; at < source.length; at += 1) {
      if (source[at] === '{') depth += 1
      if (source[at] === '}') depth -= 1
      if (depth === 0 && source.startsWith('/>', at)) break
    }
    return source.slice(found.index, at)
  })
}

/** Acts on one click that only take note, or whose page has said before what follows, each with its reason. */
const onOneClick: Record<string, string> = {
  acknowledgeRectification: 'a receipt, which nothing takes back and nothing follows from',
  fileEntry: 'a filed entry is corrected with a reason',
  declareSheet: 'the declaration itself stands above the button',
  withdrawRequest: 'the own request, which is made again at once',
  signPlan: 'grey while something is missing; the button that signs asks',
  importDefaultStandard: 'adds a standard beside the others',
}

test('office-47 whoever accepts, adopts, publishes, starts, closes or confirms something is asked first', () => {
  const consequential =
    /^(accept|adopt|publish|submit|sign|start|close|end|post|open|reopen|freeze|tally|issue|withdraw|retire|delete|declare|acknowledge|fileEntry|import|confer|seal|return|refuse|exclude)/
  let asking = 0
  const silent: string[] = []
  for (const file of globSync('console/**/*.tsx'))
    for (const act of actsIn(readFileSync(file, 'utf8'))) {
      const called = /\bcall\(\s*(\w+)/.exec(act)?.[1] ?? ''
      if (!consequential.test(called)) continue
      if (/\b(confirm|ask)=/.test(act)) asking += 1
      else if (onOneClick[called] === undefined) silent.push(`${file}: ${called}`)
    }
  assert.ok(asking > 30, String(asking))
  assert.deepEqual(silent, [])
})
