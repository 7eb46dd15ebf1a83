export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'quiet'

/** A state in words; the colour only repeats what the words say. */
export function StateTag(props: { label: string; tone?: Tone }) {
  return <span className={`tag tag-${props.tone ?? 'quiet'}`}>{props.label}</span>
}
