import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { differencesIn } from '#ballot/box/audit.ts'
import { routes } from '#server/app.ts'
import { formKey } from '#server/kernel/pace.ts'
import { matrix } from './access/index.ts'
import { callers } from './access/row.ts'
import { draftedApplication } from '#tests/world/application.ts'
import { breakEveryCall, skipOnPostgres } from '#tests/world/faultInjection.ts'
import { panelsWithSheets, scoreAll } from '#tests/world/review.ts'
import { castAll, confirmRosters, countedSurvey, draftSurvey, indexFor, takeCodes } from '#tests/world/survey.ts'
import { afterSeeing, callerFor, callAs } from '#tests/world/callAs.ts'
import { draft, namingSeen } from '#tests/world/award.ts'
import { type Caller, type World, world } from '#tests/world/world.ts'

// The calls that are broken are those of the embedded database.
const writing = skipOnPostgres
  ? []
  : matrix
      .flatMap((feature) => Object.entries(feature))
      .flatMap(([name, row]) =>
        routes.filter((one) => one.name === name && one.method !== 'GET').map((route) => ({ row, route })),
      )

for (const { row, route } of writing)
  test(`${route.name}: whichever call of the database fails, once or for good, nothing is half done and the next try works`, async (t) => {
    const w = await world(t)
    const asked = await row.call(w)
    // Made with the first public form that is drawn, and so before anything of one is sent.
    await formKey(w.house)
    const state = openState(w, route.name)
    t.after(() => state.close())
    // The first who may knock need not be the one who may do it now; whoever is refused leaves all as it was for the next.
    for (const name of callers.filter((one) => row.expect[one] === 'ok')) {
      const caller = await callerFor(w, name)
      const sent = await afterSeeing(caller, route.method, asked)
      state.changed()
      const answer = await breakEveryCall(
        () => callAs(caller, route.method, sent),
        (broken, where) => {
          assert.ok(broken.status === 'fulfilled')
          const { status, text } = broken.value
          const told = `${where}: ${status} ${text.slice(0, 300)}`
          assert.ok(status >= 500, told)
          assert.match(text, /系统出了问题/, told)
          assert.deepEqual(state.changed(), [], told)
        },
      )
      assert.ok(answer.status < 500, answer.text)
      if (answer.status < 400) break
    }
  })

// Seeing who asks moves the end of the session, whatever is asked.
const IDLE = ['session']
// A wrong password or slip counts, even when the page that says so cannot be drawn.
const WRONG_TRIES = new Set(['signInForm', 'activateForm', 'changePasswordForm'])
const COUNTED = ['signInFailure', 'auditHead', 'auditRow']

/** What the database holds, read again only when something was committed to it. */
function openState(w: World, name: string) {
  const idle = WRONG_TRIES.has(name) ? [...IDLE, ...COUNTED] : IDLE
  const file = new DatabaseSync(join(w.house.settings.dataDir, 'yipin.db'), { readOnly: true })
  const tables = file
    .prepare("select name from sqlite_master where type = 'table' order by name")
    .all()
    .map((one) => String(one['name']))
    .filter((one) => !idle.includes(one))
  const read = () => new Map(tables.map((one) => [one, JSON.stringify(file.prepare(`select * from "${one}"`).all())]))
  const commits = () => Number(file.prepare('pragma data_version').get()?.['data_version'])
  let seen = commits()
  let held = read()
  return {
    /** The tables that hold something else than when this was asked the last time. */
    changed(): string[] {
      if (commits() === seen) return []
      seen = commits()
      const before = held
      held = read()
      return [...held].flatMap(([one, rows]) => (before.get(one) === rows ? [] : [one]))
    },
    close: () => file.close(),
  }
}

test('a survey that loses the database at every call of every step counts every ballot once and ends as an undisturbed one', {
  skip: skipOnPostgres,
}, async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const id = await draftSurvey(w)
  await confirmRosters(w, id)
  const step = async (name: string, typed: unknown = {}) => {
    const url = `/api/surveys/${id}/${name}`
    // What the page had shown before is not part of what is broken.
    const body = await office.seeing('POST', url, typed)
    const answer = await breakEveryCall(
      () => office.post(url, body),
      (broken, told) => assert.ok(broken.status === 'fulfilled' && broken.value.status >= 500, told),
    )
    assert.equal(answer.status, 200, `${name}: ${answer.text}`)
    return answer.body
  }
  await step('freeze')
  await step('issue')
  const slips = await takeCodes(w, id)
  await step('open')
  const [first, ...others] = slips
  assert.ok(first)
  const { voting, shuffleWhenTold } = await w.ballot.box()
  shuffleWhenTold()
  const looked = await breakEveryCall(() => voting.look(first.secret, 'home'), refused)
  assert.ok(looked.state === 'ready')
  const answers = Object.fromEntries(looked.slip.questionnaire.questions.map((one) => [one.id, 'satisfied' as const]))
  const ballot = { code: first.secret, attempt: randomUUID(), answers, text: '', seconds: 60 }
  const cast = await breakEveryCall(() => voting.cast(ballot, 'home'), refused)
  assert.equal(cast.state, 'counted')
  await castAll(w, others)
  assert.deepEqual(await step('close', { reason: '全部答完' }), { cast: slips.length })
  const { digest } = await step('tally')
  await step('publish', { text: '感谢大家。' })

  const result = (await office.get(`/api/surveys/${id}/schools/${w.schoolIds[0]}/result`)).body
  assert.deepEqual([result.index, result.n, result.digest], [8_875, 80, digest])
  const file = JSON.parse((await office.get(`/surveys/${id}/audit.json`)).text)
  assert.deepEqual(differencesIn(file), [])
})

test('the way from the submission to the certificate, with the database lost at every call, ends with one certificate', {
  skip: skipOnPostgres,
}, async (t) => {
  const w = await world(t)
  const { id } = await draftedApplication(w)
  const state = openState(w, '')
  t.after(() => state.close())
  const step = async (caller: Caller, url: string, body: unknown = {}) => {
    const sent = await caller.seeing('POST', url, body)
    state.changed()
    const answer = await breakEveryCall(
      () => caller.post(url, sent),
      (broken, where) => {
        const status = broken.status === 'fulfilled' ? broken.value.status : 0
        assert.ok(status >= 500, `${url}, ${where}: ${status}`)
        assert.deepEqual(state.changed(), [], `${url}, ${where}`)
      },
    )
    assert.equal(answer.status, 200, `${url}: ${answer.text}`)
    return answer.body
  }
  await step(await w.as('secretary'), `/api/applications/${id}/submit`)
  const office = await w.as('office')
  await step(office, `/api/applications/${id}/admit`)
  await panelsWithSheets(w)
  await scoreAll(await w.as('reviewer'))
  await countedSurvey(w, { [w.schoolIds[0]]: indexFor(1800) })
  const { id: resultId, digest: seen } = await step(office, '/api/review/compute')
  await step(office, `/api/results/${resultId}/moderate`, { remark: '复核无误', seen })
  await step(office, `/api/results/${resultId}/seal`, { seen })
  const [grade] = (await office.get('/api/naming')).body.grades
  const minutes = { heldOn: '2026-10-12', attendees: '演示党工委委员', minutes: '会议同意。' }
  const shown = async (caller: Caller) => ({ seen: await namingSeen(caller) })
  const named = { ...minutes, grades: [{ applicationId: id, grade }], ...(await shown(office)) }
  await step(office, `/api/results/${resultId}/decide`, named)
  const leader = await w.as('leader')
  const [waiting] = (await leader.get('/api/decisions')).body
  await step(leader, `/api/decisions/${waiting.id}/confirm`, { seen: waiting.digest })
  const noticeId = await draft(office)
  const noticeSeen = async (caller: Caller) => ({
    seen: (await caller.get(`/api/notices/${noticeId}`)).body.updatedAt as string,
  })
  await step(office, `/api/notices/${noticeId}/post`, await noticeSeen(office))
  w.setTime('2026-10-20T02:00:00.000Z')
  const later = await w.as('office')
  await step(later, `/api/notices/${noticeId}/end`, await noticeSeen(later))
  const conferral = { documentNumber: '演示教党〔2026〕12号', conferredOn: '2026-10-20' }
  await step(later, '/api/naming/confer', { ...conferral, ...(await shown(later)) })
  assert.match((await w.visitor.get('/verify/YXYP-2026-0001')).text, /证书真实有效/)
  assert.equal((await w.visitor.get('/verify/YXYP-2026-0002')).status, 404)
})

function refused(broken: PromiseSettledResult<unknown>, told: string): void {
  assert.equal(broken.status, 'rejected', told)
}
