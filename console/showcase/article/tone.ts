import type { Tone } from '#console/house/StateTag.tsx'
import type { ArticleState } from '#domain/showcase/articleLife.ts'

export const articleTones: Record<ArticleState, Tone> = {
  draft: 'quiet',
  submitted: 'warn',
  returned: 'bad',
  adopted: 'info',
  published: 'ok',
  withdrawn: 'quiet',
}
