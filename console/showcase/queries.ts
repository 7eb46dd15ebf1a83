import { useQuery } from '@tanstack/react-query'
import { reading } from '#console/api.ts'
import { readArticle } from '#contract/showcase/article.ts'
import { readEvent } from '#contract/showcase/event.ts'

export const showcaseKeys = {
  events: ['event'],
  article: (id: string) => ['article', id],
}

export const useArticle = (id: string) => useQuery(reading(showcaseKeys.article(id), readArticle, { params: { id } }))

/** Without an id nothing is read: a new event begins from nothing. */
export const useEvent = (id: string | undefined) =>
  useQuery({
    ...reading([...showcaseKeys.events, id], readEvent, { params: { id: id ?? '' } }),
    enabled: id !== undefined,
  })
