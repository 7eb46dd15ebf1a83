import { lifecycle } from '#domain/base/lifecycle.ts'

export type ResultState = 'computed' | 'moderated' | 'sealed' | 'decided' | 'noticed' | 'final'
export type ResultAction = 'moderate' | 'seal' | 'decide' | 'notice' | 'finish' | 'reopen'

/**
 * A correction never moves back: it computes a new result that points to the old one. A decision that was wrong is superseded by a
 * new one; until then the result waits for its decision again.
 */
export const resultLife = lifecycle<ResultState, ResultAction>({
  name: 'result',
  label: '评审结果',
  first: 'computed',
  states: {
    computed: '已计算',
    moderated: '已复核',
    sealed: '已封存',
    decided: '已审定',
    noticed: '公示中',
    final: '已生效',
  },
  actions: { moderate: '复核', seal: '封存', decide: '审定', notice: '公示', finish: '生效', reopen: '更正审定' },
  moves: {
    computed: { moderate: 'moderated' },
    moderated: { seal: 'sealed' },
    sealed: { decide: 'decided' },
    decided: { notice: 'noticed', reopen: 'sealed' },
    noticed: { finish: 'final', reopen: 'sealed' },
    final: { reopen: 'sealed' },
  },
})

/** Scores, rulings and adjustments may change until the result is sealed; where none is computed yet, all are open. */
export const isResultOpen = (state: ResultState | undefined): boolean =>
  state === undefined || state === 'computed' || state === 'moderated'
