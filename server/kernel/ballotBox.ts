import { refuse } from './problem.ts'

/** Asks the box, and says its refusals (an error named `BoxRefused`) as the server's own. */
export async function askBox<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Error && error.name === 'BoxRefused') throw refuse('notInThisState', error.message)
    throw error
  }
}
