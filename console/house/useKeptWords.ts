import { useState } from 'react'
import { useMe } from '#console/me.ts'
import { keep, kept, letGo } from './kept.ts'

/** Words typed in a dialogue: kept in this browser through a lost session or the back key, until they have been sent. */
export function useKeptWords(name: string, initial: string) {
  const person = useMe().data?.personId ?? 'nobody'
  const key = `yipin:${person}:act:${location.pathname}:${name}`
  const [typed, setTyped] = useState(() => {
    const words = kept(key)?.['text']
    return typeof words === 'string' ? words : undefined
  })
  const type = (next: string) => {
    setTyped(next)
    keep(key, { text: next })
  }
  const forget = () => {
    setTyped(undefined)
    letGo(key)
  }
  return [typed ?? initial, type, forget] as const
}
