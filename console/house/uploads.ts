import { useMemo, useRef, useState } from 'react'
import type { FieldNews, FormDesk } from './formDesk.ts'

/** What the fields of one form have told, and waiting until no file is on its way any more. */
export function useFieldNews() {
  const news = useRef(new Map<string, FieldNews>())
  const waiting = useRef<(() => void)[]>([])
  const [running, setRunning] = useState(0)
  const all = () => [...news.current.values()]
  const sum = (which: 'running' | 'failed') => all().reduce((total, one) => total + (one[which] ?? 0), 0)
  const desk = useMemo<FormDesk>(
    () => ({
      tell(field, one) {
        if (one) news.current.set(field, one)
        else news.current.delete(field)
        const left = [...news.current.values()].reduce((total, each) => total + (each.running ?? 0), 0)
        setRunning(left)
        if (left === 0) for (const done of waiting.current.splice(0)) done()
      },
    }),
    [],
  )
  return {
    desk,
    running,
    busy: () => sum('running') > 0,
    failed: () => sum('failed'),
    retry: () => all().forEach((one) => one.retry?.()),
    wrong: () => all().flatMap((one) => (one.wrong ? [one.wrong] : [])),
    settled: () => new Promise<void>((done) => (sum('running') > 0 ? waiting.current.push(done) : done())),
  }
}
