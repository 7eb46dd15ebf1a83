import type { Tone } from '#console/house/StateTag.tsx'
import { scoreSheetLife, type ScoreSheetState } from '#domain/review/scoreSheetLife.ts'
import { type Method, methodLabels } from '#domain/year/standard.ts'

const tones: Record<ScoreSheetState, Tone> = {
  assigned: 'warn',
  opened: 'info',
  draft: 'info',
  submitted: 'ok',
  recused: 'quiet',
  excluded: 'quiet',
}

export const sheetTone = (state: ScoreSheetState): Tone => tones[state]
export const sheetLabel = (state: ScoreSheetState): string => scoreSheetLife.states[state]
export const methodLabel = (method: Method): string => methodLabels[method]
