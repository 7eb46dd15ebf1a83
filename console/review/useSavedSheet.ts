import { useEffect, useRef, useState } from 'react'
import { call, Refused, sentences } from '#console/api.ts'
import { keep, keptForm, letGo } from '#console/house/kept.ts'
import { type Conflict, merge, put, same } from '#console/house/merge.ts'
import { readSheet, saveSheet } from '#contract/review/sheet.ts'
import { type TypedScores, typedOf, wrongIn } from './typed.ts'
import type { Sheet } from './queries.ts'

const QUIET = 1200

type Fields = Record<string, unknown>
const fields = (typed: TypedScores): Fields => ({ scores: typed.scores, remark: typed.remark })
const typedFrom = (values: Fields): TypedScores => values as unknown as TypedScores

/** What stands in the fields beside what it began from: kept in this browser, and merged with what the server has by now. */
function useTypedSheet(sheet: Sheet, key: string) {
  const [start] = useState(() => {
    const own = keptForm(key)
    const now = fields(typedOf(sheet))
    return own ? merge(own.base, own.mine, now) : { values: now, base: now, conflicts: [], taken: [] }
  })
  const [typed, setTyped] = useState<TypedScores>(() => typedFrom(start.values))
  const [conflicts, setConflicts] = useState<Conflict[]>(start.conflicts)
  const mine = useRef(typed)
  const base = useRef(start.base)
  const open = useRef(start.conflicts.length)
  const seen = useRef(sheet.updatedAt)

  function remember(next: TypedScores) {
    mine.current = next
    setTyped(next)
    keep(key, { base: base.current, mine: next, id: sheet.id })
  }

  function setAll(list: Conflict[]) {
    open.current = list.length
    setConflicts(list)
  }

  /** Puts what the server has together with what is typed; answers how many places the reviewer must choose in. */
  function takeIn(now: Sheet): number {
    const merged = merge(base.current, fields(mine.current), fields(typedOf(now)))
    base.current = merged.base
    seen.current = now.updatedAt
    setAll(merged.conflicts)
    remember(typedFrom(merged.values))
    return merged.conflicts.length
  }

  /** What was sent stands on the server; a score that is wrong stays in this browser until it is mended. */
  function saved(sent: TypedScores, body: Parameters<typeof typedOf>[0], { wrong, at }: { wrong: number; at: string }) {
    seen.current = at
    base.current = fields(typedOf(body))
    if (wrong === 0 && same(fields(sent), fields(mine.current))) letGo(key)
    else keep(key, { base: base.current, mine: mine.current, id: sheet.id })
  }

  /** The reviewer's choice in one place; answers what stands in the fields then. */
  function settle({ path, theirs }: Conflict, which: 'mine' | 'theirs'): TypedScores {
    base.current = put(base.current, path, theirs)
    if (which === 'theirs') mine.current = typedFrom(put(fields(mine.current), path, theirs))
    setAll(conflicts.filter((one) => one.path.join('.') !== path.join('.')))
    return mine.current
  }

  return { typed, conflicts, mine, open, seen, remember, takeIn, saved, settle }
}

const UNCHOSEN = '没有保存：请先在上面选定留哪一个。'

/**
 * What is typed on a sheet: saved by itself a moment later, kept in this browser until the server has it, and merged with what
 * another tab or device saved meanwhile; where both wrote something else at one place, the reviewer chooses.
 */
export function useSavedSheet(sheet: Sheet, key: string) {
  const words = useTypedSheet(sheet, key)
  const { mine, open, seen } = words
  const [status, setStatus] = useState('')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const sending = useRef<Promise<void>>(Promise.resolve())

  useEffect(() => () => clearTimeout(timer.current), [])

  function change(next: TypedScores) {
    words.remember(next)
    setStatus('')
    later()
  }

  function later() {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void save(), QUIET)
  }

  function save(): Promise<void> {
    // One after the other, since each save answers the time stamp that the next one has to show.
    sending.current = sending.current.then(send)
    return sending.current
  }

  async function send() {
    if (open.current > 0) return setStatus(UNCHOSEN)
    const sent = mine.current
    const { scores, wrong } = wrongIn(sheet.lines, sent)
    try {
      const body = { scores, remark: sent.remark, updatedAt: seen.current }
      const { updatedAt } = await call(saveSheet, { params: { id: sheet.id }, body })
      words.saved(sent, body, { wrong: wrong.size, at: updatedAt })
      setStatus(wrong.size === 0 ? '已自动保存' : `已保存其余各项，${wrong.size} 项分数不对`)
    } catch (error) {
      const late = error instanceof Refused && error.status === 409
      await (late ? meet() : Promise.reject(error)).catch((why: unknown) =>
        setStatus(`没有保存：${sentences(why).join('')}已填的内容留在这台设备上。`),
      )
    }
  }

  /** Somebody was faster, most often oneself in another tab: both are put together before anything is sent again. */
  async function meet(): Promise<void> {
    const now = await call(readSheet, { params: { id: sheet.id } })
    if (now.updatedAt === seen.current || now.moves['save']?.length !== 0)
      return setStatus('没有保存：这张评分表现在不能改了，请刷新页面看最新情况。您填的内容留在这台设备上。')
    if (words.takeIn(now) > 0) return setStatus(UNCHOSEN)
    setStatus('这张表在别处也改过，已经合在一起')
    later()
  }

  return {
    typed: words.typed,
    conflicts: words.conflicts,
    status,
    change,
    choose: (conflict: Conflict, which: 'mine' | 'theirs') => change(words.settle(conflict, which)),
    meet,
    seen: () => seen.current,
    /** Before submitting: nothing is under way any more. */
    async settled() {
      clearTimeout(timer.current)
      await sending.current
    },
    done: () => letGo(key),
  }
}
