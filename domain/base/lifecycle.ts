import { type Refusal, refusal } from '#domain/base/refusal.ts'

/** A table of state → action → next state. Nothing else changes a document's state. */
export interface Lifecycle<State extends string, Action extends string> {
  name: string
  label: string
  first: State
  states: Record<State, string>
  actions: Record<Action, string>
  moves: { readonly [S in State]: { readonly [A in Action]?: State } }
}

export function lifecycle<State extends string, Action extends string>(
  table: Lifecycle<State, Action>,
): Lifecycle<State, Action> {
  return table
}

/** The states with their Chinese names, in the order of their life. */
export const statesOf = <State extends string>(life: { states: Record<State, string> }): [State, string][] =>
  Object.entries(life.states) as [State, string][]

/** The state that the action leads to, or nothing when the table does not allow it. */
export function nextState<S extends string, A extends string>(
  table: Lifecycle<S, A>,
  state: S,
  action: A,
): S | undefined {
  return table.moves[state][action]
}

export function againstMoving<S extends string, A extends string>(
  table: Lifecycle<S, A>,
  state: S,
  action: A,
): Refusal[] {
  if (nextState(table, state, action) !== undefined) return []
  return [refusal('notInThisState', `${table.label}现在是“${table.states[state]}”，不能“${table.actions[action]}”。`)]
}

/** What the table allows from a state, for the console's buttons. */
export function movesFrom<S extends string, A extends string>(table: Lifecycle<S, A>, state: S): A[] {
  return (Object.keys(table.moves[state]) as A[]).filter((action) => table.moves[state][action] !== undefined)
}

/** What the grey or live buttons of one document need: each possible move with its reasons. */
export function movesOf<S extends string, A extends string>(
  life: Lifecycle<S, A>,
  state: S,
  against: (action: A) => Refusal[],
) {
  return Object.fromEntries(movesFrom(life, state).map((action) => [action, against(action)])) as Record<
    string,
    Refusal[]
  >
}
