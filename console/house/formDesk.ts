import { createContext, useContext, useEffect, useId } from 'react'

/** What a field tells its form beyond its value. */
export interface FieldNews {
  /** Files on their way, and files that did not arrive. */
  running?: number
  failed?: number
  retry?: () => void
  /** Why what is written in it cannot be sent, in a sentence. */
  wrong?: string | undefined
}

export interface FormDesk {
  tell(field: string, news: FieldNews | undefined): void
}

export const FormDeskContext = createContext<FormDesk | undefined>(undefined)

/** A field's news reach the form around it, if there is one, for as long as the field stands. */
export function useNews(news: FieldNews) {
  const desk = useContext(FormDeskContext)
  const id = useId()
  useEffect(() => desk?.tell(id, news))
  useEffect(() => () => desk?.tell(id, undefined), [desk, id])
}
