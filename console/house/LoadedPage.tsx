import type { UseQueryResult } from '@tanstack/react-query'
import type { ComponentProps, ReactNode } from 'react'
import { Loaded } from './Loaded.tsx'
import { Page } from './Page.tsx'

/** A page whose frame stands at once and whose content waits for what is read, such as a form that needs its choices. */
export function LoadedPage<T>({
  query,
  children,
  ...page
}: Omit<ComponentProps<typeof Page>, 'children'> & {
  query: UseQueryResult<T, Error>
  children: (data: T) => ReactNode
}) {
  return (
    <Page {...page}>
      <Loaded query={query}>{children}</Loaded>
    </Page>
  )
}
