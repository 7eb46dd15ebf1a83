import { useQuery } from '@tanstack/react-query'
import { reading } from '#console/api.ts'
import { listAuditEvents, verifyAudit } from '#contract/records/audit.ts'

export const useAuditEvents = () => useQuery(reading(['audit', 'events'], listAuditEvents))

/** Reads the whole chain, so it waits until somebody presses (`refetch`). */
export const useAuditVerdict = () => useQuery({ ...reading(['audit', 'verify'], verifyAudit), enabled: false })
