import { type Kit, kitData, type Paper, paperData } from './printed.ts'
import { typesetPdf } from './typeset.ts'

export type PrintOrder = { kit: Kit } | { paper: Paper }
export type PrintReply = { pdf: Uint8Array } | { failed: string }

function print(order: PrintOrder): PrintReply {
  try {
    const pdf = 'kit' in order ? typesetPdf('kit', kitData(order.kit)) : typesetPdf('paper', paperData(order.paper))
    return { pdf }
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}

process.on('message', (order: PrintOrder) => {
  process.send?.(print(order))
})
// Whoever ordered is gone: nobody waits for the sheets any more.
process.on('disconnect', () => process.exit())
