import {
  againstClosing,
  againstDeleting,
  againstEditing,
  againstGrace,
  againstOpening,
  againstRecordingBasis,
  againstReopening,
  warningsOf,
} from '#domain/year/cycle.ts'
import { hasRole } from '#domain/base/actor.ts'
import { cycleLife } from '#domain/year/cycleLife.ts'
import defaultStandard from '#domain/year/default-standard.json' with { type: 'json' }
import * as contract from '#contract/year/cycle.ts'
import { isUsed, listUnfinished } from '#server/year/closing/queries.ts'
import { act, answer, type Route, show } from '#server/kernel/routes.ts'
import type { Look } from '#server/kernel/work.ts'
import {
  createCycle,
  deleteCycle,
  editCycle,
  grantGrace,
  importStandard,
  officeBureau,
  recordBasis,
} from './actions.ts'
import { printStandard } from './documents.ts'
import {
  calendarStamp,
  currentCycle,
  type Cycle,
  findCycle,
  findStandard,
  isNaming,
  listCalendarYears,
  listCycles,
  listStandards,
  openCycleTitle,
  readCalendar,
} from './queries.ts'

const ok = { ok: true } as const
const bureauOf = (look: Look): string => look.actor.bureauId

export const cycleRoutes: readonly Route[] = [
  answer(contract.listCycles, async (look) => ({ items: (await listCycles(look.db, bureauOf(look))).map(shown) })),
  answer(contract.readCurrentCycle, async (look) => {
    const cycle = await currentCycle(look.db, bureauOf(look))
    return { cycle: cycle ? shown(cycle) : null }
  }),
  answer(contract.readCycleDetail, (look, { params }) => detail(look, params.id)),
  act(contract.createCycle, async (work, { body }) => ({
    id: await createCycle(work, { ...body, bureauId: officeBureau(work) }),
  })),
  act(contract.editCycle, async (work, { params, body }) => {
    await editCycle(work, params.id, body)
    return ok
  }),
  act(contract.recordBasis, async (work, { params, body }) => {
    await recordBasis(work, params.id, body)
    return ok
  }),
  act(contract.deleteCycle, async (work, { params }) => {
    await deleteCycle(work, params.id)
    return ok
  }),
  act(contract.grantGrace, async (work, { params, body }) => {
    await grantGrace(work, params.id, body)
    return ok
  }),
  answer(contract.listStandards, async (look) => ({ items: await listStandards(look.db, bureauOf(look)) })),
  answer(contract.readStandard, async (look, { params }) => {
    const { bureauId: _bureau, ...standard } = await findStandard(look.db, params.id, look.actor.bureauId)
    return standard
  }),
  act(contract.importStandard, async (work, { body }) => ({
    id: await importStandard(work, officeBureau(work), body.body),
  })),
  act(contract.importDefaultStandard, async (work) => ({
    id: await importStandard(work, officeBureau(work), defaultStandard),
  })),
  show({ name: 'printStandard', path: '/standards/:id/print', access: 'signedIn' }, printStandard),
  answer(contract.listCalendar, async (look) => ({
    items: (await listCalendarYears(look.db)).map((one) => ({
      ...one,
      holidays: [...one.holidays],
      makeUpDays: [...one.makeUpDays],
      stamp: calendarStamp(one),
    })),
  })),
]

function shown({ createdAt: _created, ...cycle }: Cycle) {
  return { ...cycle, stateLabel: cycleLife.states[cycle.state] }
}

async function detail(look: Look, id: string) {
  const cycle = await findCycle(look.db, id, look.actor.bureauId)
  const standard = cycle.standardId ? await findStandard(look.db, cycle.standardId, cycle.bureauId) : undefined
  const office = hasRole(look.actor, 'office')
  return {
    cycle: shown(cycle),
    standard: standard ? { id: standard.id, title: standard.title, version: standard.version } : null,
    warnings: office ? warningsOf(cycle) : [],
    unfinished: office && cycle.state === 'open' ? await listUnfinished(look.db, cycle) : [],
    moves: office ? await movesOf(look, cycle) : {},
  }
}

async function movesOf(look: Look, cycle: Cycle) {
  const { actor, today } = look
  if (cycle.state === 'closed') return { reopen: againstReopening(actor, cycle, await openCycleTitle(look.db, cycle)) }
  if (cycle.state === 'open')
    return {
      close: againstClosing(actor, cycle, { today, naming: await isNaming(look.db, cycle.id) }),
      grace: againstGrace(actor, cycle, undefined, today),
      basis: againstRecordingBasis(actor, cycle),
    }
  const facts = { openCycle: await openCycleTitle(look.db, cycle), calendar: await readCalendar(look.db), today }
  return {
    open: againstOpening(actor, cycle, facts),
    edit: againstEditing(actor, cycle),
    delete: againstDeleting(actor, cycle, await isUsed(look.db, cycle.id)),
    basis: againstRecordingBasis(actor, cycle),
  }
}
