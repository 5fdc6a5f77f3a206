import { CannotStart, Failure } from '../../server/failures.ts'

/** Wrong arguments: shown with the usage, exit code 2. */
export class WrongUsage extends Error {}

export const interruptedExitCode = 130

/** Nothing a person can do wrong ends in a stack trace; anything else does. */
export async function runCommand(usage: string, work: (args: string[]) => Promise<number>): Promise<void> {
  const args = process.argv.slice(2)
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage)
    return
  }
  try {
    process.exitCode = await work(args)
  } catch (error) {
    process.exitCode = explain(error, usage)
  }
}

function explain(error: unknown, usage: string): number {
  if (error instanceof WrongUsage) {
    console.error(`${error.message}\n\n${usage}`)
    return 2
  }
  if (error instanceof CannotStart || error instanceof Failure) {
    console.error(error.message)
    return 1
  }
  if (error instanceof DOMException && error.name === 'AbortError') return interruptedExitCode
  console.error(error)
  return 1
}

/** Aborted by Ctrl-C or a stop from outside; the second one ends the process at once. `throwIfAborted` ends a command in order. */
export function interruption(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(interruptedExitCode)
      controller.abort()
    })
  }
  return controller.signal
}
