/** Whose file is looked at next: one at a time for each person, and a line short enough that nobody waits in it for long. */
export interface Turns<J extends { owner?: string | undefined }> {
  /** False when the line is full; the job is not taken. */
  join(job: J): boolean
  /** The first whose owner has nothing under way; it is under way from now on. */
  next(): J | undefined
  end(job: J): void
}

export function openTurns<J extends { owner?: string | undefined }>(longest: number): Turns<J> {
  const waiting: J[] = []
  const underWay = new Set<string>()
  const isFree = ({ owner }: J) => owner === undefined || !underWay.has(owner)
  return {
    join(job) {
      if (waiting.length >= longest) return false
      waiting.push(job)
      return true
    },
    next() {
      const at = waiting.findIndex(isFree)
      const job = at < 0 ? undefined : waiting.splice(at, 1)[0]
      if (job?.owner !== undefined) underWay.add(job.owner)
      return job
    },
    end({ owner }) {
      if (owner !== undefined) underWay.delete(owner)
    },
  }
}

/** How many uploads one person may have in hand: two tabs that send two at a time, and some patience. */
const IN_HAND = 6

/** Counts what each person has in hand, from the first byte to the verdict. */
export function openHands(most = IN_HAND) {
  const held = new Map<string, number>()
  return {
    take(owner: string): boolean {
      const now = held.get(owner) ?? 0
      if (now >= most) return false
      held.set(owner, now + 1)
      return true
    },
    drop(owner: string): void {
      const left = (held.get(owner) ?? 1) - 1
      if (left > 0) held.set(owner, left)
      else held.delete(owner)
    },
  }
}
