import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { againstHouseRules, needless } from './houseRules.ts'

test('SQL stands where its file’s word says: writes in writes.ts, and no reading in actions and routes', () => {
  const breaches = againstHouseRules([
    {
      path: 'server/plan/leaflet/actions.ts',
      text: "const a = 1\nawait db.selectFrom('plan')\nawait tx.insertInto('plan')\n",
    },
    { path: 'server/plan/leaflet/queries.ts', text: "await tx.deleteFrom('plan')\nawait db.selectFrom('plan')\n" },
    { path: 'server/plan/leaflet/writes.ts', text: "await tx\n  .updateTable('plan')\n" },
    { path: 'server/plan/leaflet/plan.test.ts', text: "await tx.updateTable('plan')\n" },
    { path: 'server/kernel/once.ts', text: "await tx.updateTable('onceReply')\n" },
  ])
  assert.deepEqual(breaches, [
    'server/plan/leaflet/actions.ts:3 writes to the database: move it to a function of the subject’s writes.ts',
    'server/plan/leaflet/actions.ts:2 reads the database: move it to a function of the subject’s queries.ts',
    'server/plan/leaflet/queries.ts:1 writes to the database: move it to a function of the subject’s writes.ts',
  ])
})

test('an exported action is called by a verb and its object', () => {
  const text = [
    'export async function submit(work: Work) {}',
    'export async function submitPlan(work: Work) {}',
    'export const Submitting = 1',
    'async function move() {}',
  ].join('\n')
  const uses = {
    path: 'server/a.ts',
    text: "import { submit, submitPlan, Submitting } from '#server/plan/leaflet/actions.ts'\n",
  }
  assert.deepEqual(
    againstHouseRules([{ path: 'server/plan/leaflet/actions.ts', text }, uses]).map((one) => one.split(': ')[0]),
    [
      'server/plan/leaflet/actions.ts:1 submit is no verb with its object',
      'server/plan/leaflet/actions.ts:3 Submitting is no verb with its object',
    ],
  )
})

test('an exported type is declared in one place of the programme; tests and the ballot box have words of their own', () => {
  const twin = (path: string, at = '') => ({ path, text: `${at}export interface Leaflet { it: Leaflet }\n` })
  assert.deepEqual(
    againstHouseRules([
      twin('domain/plan/leaflet.ts'),
      twin('console/plan/Leaflet.tsx', '\n\n'),
      twin('ballot/leaflet.ts'),
      twin('tests/world/leaflet.ts'),
    ]),
    [
      'domain/plan/leaflet.ts:1 the type Leaflet is declared again at console/plan/Leaflet.tsx:3: import the one, or give each its own name',
    ],
  )
})

test('what nobody imports is not exported; a part of an exported type is', () => {
  const breaches = againstHouseRules([
    {
      path: 'domain/plan/a.ts',
      text: 'export const taken = 1\nexport function left() {}\nexport interface Part { a: 1 }\nexport type Alone = 2\nexport const part = (): Part => ({ a: 1 })\n',
    },
    { path: 'domain/plan/whole.ts', text: 'export const all = 1\n' },
    { path: 'server/db/migrations/0009-more.ts', text: 'export async function up() {}\n' },
    {
      path: 'domain/plan/b.ts',
      text: "import {\n  part,\n  taken as mine,\n} from './a.ts'\nimport * as whole from './whole.ts'\n",
    },
  ])
  assert.deepEqual(breaches, [
    'domain/plan/a.ts:2 nobody imports left: drop the word export, or all of it if it is dead',
    'domain/plan/a.ts:4 nobody imports Alone: drop the word export, or all of it if it is dead',
  ])
})

test('no exception stands on its list that has become needless', () => {
  const root = join(import.meta.dirname, '..')
  const paths = globSync('{domain,contract,server,console}/**/*.{ts,tsx}', { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.startsWith('console/dist'))
  assert.deepEqual(needless(paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))), [])
})
