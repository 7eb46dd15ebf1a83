import { useState } from 'react'
import { useMe } from '#console/me.ts'
import { keep, kept, letGo } from './kept.ts'
import { begunFrom, type TypedWords, wordsOf } from './typedWords.ts'

/**
 * Words typed in a dialogue: kept in this browser through a lost session or the back key, until they have been sent. `older` says that
 * what stood there when they were begun has been written over since.
 */
export function useKeptWords(name: string, initial: string) {
  const person = useMe().data?.personId ?? 'nobody'
  const key = `yipin:${person}:act:${location.pathname}:${name}`
  const [typed, setTyped] = useState<TypedWords | undefined>(() => wordsOf(kept(key)))
  const type = (text: string) => {
    const words = { text, from: typed?.from ?? initial }
    setTyped(words)
    keep(key, words)
  }
  const forget = () => {
    setTyped(undefined)
    letGo(key)
  }
  return { text: typed?.text ?? initial, older: !begunFrom(typed, initial), type, forget }
}
