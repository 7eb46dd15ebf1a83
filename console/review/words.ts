import type { Tone } from '#console/house/StateTag.tsx'
import { scoreSheetLife, type ScoreSheetState } from '#domain/review/scoreSheetLife.ts'
import { type Method, methodLabels } from '#domain/year/standard.ts'

const tones: Record<string, Tone> = {
  assigned: 'warn',
  opened: 'info',
  draft: 'info',
  submitted: 'ok',
  recused: 'quiet',
  excluded: 'quiet',
}

export const sheetTone = (state: string): Tone => tones[state] ?? 'quiet'
export const sheetLabel = (state: string): string => scoreSheetLife.states[state as ScoreSheetState] ?? state
export const methodLabel = (method: string): string => methodLabels[method as Method] ?? method
