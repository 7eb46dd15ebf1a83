import { keysOf } from '#domain/base/record.ts'

/** The texts of a brand with their greatest length: what is asked for, kept by versions, shown and searched. */
export const brandTexts = { name: 30, concept: 500, connotation: 3000, slogan: 60 } as const
export type BrandText = keyof typeof brandTexts
export const brandTextKeys = keysOf(brandTexts)
