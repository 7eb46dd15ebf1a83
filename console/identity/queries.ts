import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Reply, reading } from '#console/api.ts'
import { listAccounts, listPlaces, readAccount } from '#contract/identity/account.ts'

export type Account = Reply<typeof readAccount>

export const identityKeys = { account: (id: string) => ['account', id] }

export const useAccount = (id: string) => useQuery(reading(identityKeys.account(id), readAccount, { params: { id } }))

/** Where a role can be held, as far as it fits what is typed. */
export const usePlaces = (q: string) =>
  useQuery({ ...reading(['places', q], listPlaces, { query: { q } }), placeholderData: keepPreviousData })

/** Accounts whose holders have not signed in yet, at most `size` of them. */
export const useWaitingAccounts = (size: number) =>
  useQuery(reading(['accounts', 'waiting'], listAccounts, { query: { state: 'waiting', size } }))
