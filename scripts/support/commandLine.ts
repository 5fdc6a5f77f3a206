import { parseArgs } from 'node:util'
import { WrongUsage } from './runCommand.ts'

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>

/** `node:util`'s parseArgs, with its complaints as wrong usage. */
export function readArguments<O extends Options>(args: string[], options: O) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new WrongUsage((error as Error).message)
  }
}
