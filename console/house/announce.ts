/** The quiet line at the foot of the screen after something was done; read out by screen readers. */
type Listener = (words: string) => void

let listener: Listener | undefined

export function announce(words: string) {
  listener?.(words)
}

export function listen(next: Listener): () => void {
  listener = next
  return () => {
    if (listener === next) listener = undefined
  }
}
