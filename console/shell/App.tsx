import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import zhCN from 'antd/es/locale/zh_CN.js'
import { createBrowserRouter, type RouteObject } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { Refused } from '#console/api.ts'
import { forgetWhatIsLeftOld } from '#console/house/anew.ts'
import { Skeleton } from '#console/house/Empty.tsx'
import { theme } from '#console/house/theme.ts'
import { meQuery } from '#console/me.ts'
import { features } from '#console/registry.ts'
import { Shell } from './Shell.tsx'
import { nonce } from './nonce.ts'
import { NotFound, Trouble } from './Trouble.tsx'
import { Unread } from './Unread.tsx'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal is an answer: only a lost connection or a defect is worth a second try.
      // A server that could not be reached is asked again until it can be.
      refetchInterval: ({ state }) => (state.error instanceof Refused && state.error.status === 0 ? 5_000 : false),
      retry: (count, error) => count < 1 && !(error instanceof Refused && error.status >= 400 && error.status < 500),
    },
  },
})

forgetWhatIsLeftOld(queries)
void queries.prefetchQuery(meQuery)

const router = createBrowserRouter(
  [
    {
      path: '/',
      element: <Shell />,
      errorElement: <Trouble />,
      hydrateFallbackElement: <Skeleton rows={6} />,
      children: [
        ...features.flatMap((feature) =>
          feature.routes.map(
            (route): RouteObject => ({
              path: route.path.replace(/^\//, ''),
              errorElement: <Trouble inside />,
              lazy: async () => ({ Component: (await route.lazy().catch(() => ({ default: Unread }))).default }),
            }),
          ),
        ),
        { path: '*', element: <NotFound /> },
      ],
    },
  ],
  { basename: '/console' },
)

export function App() {
  return (
    <ConfigProvider
      locale={zhCN}
      theme={theme}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  )
}
