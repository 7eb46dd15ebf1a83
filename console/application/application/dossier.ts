import { z } from 'zod'
import { yearFacts } from '#contract/application/summary.ts'

const text = z.string().nullish()
const count = z.number().nullish()

/** The frozen dossier as it is shown; dossiers of earlier years may know fewer parts, so none is demanded. */
const shape = z.object({
  school: z
    .object({
      stage: text,
      ownership: text,
      secretaryName: text,
      memberCount: count,
      staffCount: count,
      studentCount: count,
    })
    .optional(),
  brand: z
    .object({
      name: text,
      category: text,
      concept: text,
      connotation: text,
      slogan: text,
      localResources: z.array(z.string()).catch([]),
    })
    .optional(),
  argumentations: z
    .array(z.object({ heldOn: z.string(), kind: text, participants: text, opinions: text, outcome: text }))
    .catch([]),
  plan: z
    .object({
      diagnosis: z.record(z.string(), z.object({ highlights: text, weakPoints: text })).catch({}),
      entryPoint: text,
      goals: text,
      commitment: text,
      comments: z.array(z.object({ content: z.string(), answer: text })).catch([]),
    })
    .optional(),
  year: yearFacts.optional(),
  summary: z.object({ achievements: text, problems: text, nextSteps: text }).optional(),
  highlights: text,
  entries: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        happenedOn: z.string(),
        pillar: z.string(),
        form: text,
        place: text,
        content: text,
        files: z.array(z.object({ id: z.string(), name: z.string(), kind: z.string(), caption: text })),
      }),
    )
    .catch([]),
})

export type DossierParts = z.output<typeof shape>

export function readDossier(json: string): DossierParts | undefined {
  const read = shape.safeParse(JSON.parse(json))
  return read.success ? read.data : undefined
}
