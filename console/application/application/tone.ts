import type { Tone } from '#console/house/StateTag.tsx'

const tones: Record<string, Tone> = {
  draft: 'quiet',
  submitted: 'warn',
  admitted: 'info',
  refused: 'bad',
  inReview: 'info',
  ranked: 'info',
  awarded: 'ok',
  revoked: 'bad',
}

export const toneOf = (state: string): Tone => tones[state] ?? 'quiet'
