import { useId } from 'react'

/** A question answered by one number key; the focus then moves on by itself. */
export function AnswerKeys<V extends string>(props: {
  title: string
  differs: boolean
  choices: readonly { value: V; label: string }[]
  value: V | undefined
  onChange: (value: V) => void
  onNext: () => void
  onBack: () => void
}) {
  const id = useId()
  const { choices, value } = props
  const chosen = choices.findIndex((one) => one.value === value)

  function press(event: React.KeyboardEvent) {
    const number = choices[Number(event.key) - 1]
    if (number) {
      props.onChange(number.value)
      props.onNext()
    } else if (event.key === 'Enter' || event.key === 'ArrowDown') props.onNext()
    else if (event.key === 'ArrowUp') props.onBack()
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      const step = event.key === 'ArrowRight' ? 1 : -1
      const next = choices[(chosen + step + choices.length) % choices.length]
      if (next) props.onChange(next.value)
    } else return
    event.preventDefault()
  }

  return (
    <div className="poll-paper">
      <p id={id} className={props.differs ? 'bad' : ''}>
        {props.title}
        {props.differs && '（和另一人不一样）'}
      </p>
      <div className="poll-keys" role="radiogroup" aria-labelledby={id} tabIndex={0} data-stop onKeyDown={press}>
        {choices.map((one, at) => (
          <button
            key={one.value}
            type="button"
            role="radio"
            tabIndex={-1}
            aria-checked={one.value === value}
            onClick={() => props.onChange(one.value)}
          >
            <kbd>{at + 1}</kbd>
            {one.label}
          </button>
        ))}
      </div>
    </div>
  )
}
