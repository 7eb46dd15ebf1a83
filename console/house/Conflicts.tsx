import type { Conflict } from './merge.ts'
import './Conflicts.css'

/** What two people wrote at one place, side by side: nobody's words go before somebody has chosen. */
export function Conflicts(props: {
  conflicts: readonly Conflict[]
  labelOf: (conflict: Conflict) => string
  wordsOf: (conflict: Conflict, value: unknown) => string
  onChoose: (conflict: Conflict, which: 'mine' | 'theirs') => void
}) {
  if (props.conflicts.length === 0) return null
  return (
    <section className="notice notice-warn conflicts" aria-label="两边都改过的内容">
      <p className="notice-title">这里在别处也改过，有 {props.conflicts.length} 处和您写的不一样</p>
      <p>请逐处选定留哪一个，选定以后还可以接着改。没有选定以前不会保存，两边的字都不会丢。</p>
      {props.conflicts.map((conflict) => {
        const label = props.labelOf(conflict)
        return (
          <div key={conflict.path.join('.')} className="conflict" role="group" aria-label={label}>
            <p className="conflict-label">{label}</p>
            {(['mine', 'theirs'] as const).map((which) => (
              <div key={which} className="conflict-side">
                <p className="quiet">{which === 'mine' ? '您的' : '最新的'}</p>
                <p className="conflict-words">{props.wordsOf(conflict, conflict[which]) || '（空）'}</p>
                <button
                  type="button"
                  className="button"
                  aria-label={`${label}：${which === 'mine' ? '留您的' : '用最新的'}`}
                  onClick={() => props.onChoose(conflict, which)}
                >
                  {which === 'mine' ? '留您的' : '用最新的'}
                </button>
              </div>
            ))}
          </div>
        )
      })}
    </section>
  )
}

/** A value of a form in words; `names` are what its ids and codes are called. */
export function inWords(value: unknown, names: Readonly<Record<string, string>> = {}): string {
  const words = (one: unknown) => inWords(one, names)
  if (value === undefined || value === null) return ''
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (Array.isArray(value)) return value.map(words).filter(Boolean).join('；')
  if (typeof value === 'object') {
    if ('name' in value) return words(value.name)
    return Object.entries(value)
      .filter(([name]) => name !== 'id')
      .map(([, one]) => words(one))
      .filter(Boolean)
      .join('，')
  }
  return names[String(value)] ?? String(value)
}

/** The names of a list of choices, for `inWords`. */
export const namesOf = (choices: readonly { value: string; label: string }[]): Record<string, string> =>
  Object.fromEntries(choices.map(({ value, label }) => [value, label]))
