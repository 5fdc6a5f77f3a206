import type { Services } from '../../server/services.ts'

/** What a command reads, by collection: one that joins several reads is as many. */
export function readsOf(name: string, command: Record<string, unknown>): string[] {
  const stages = (command.pipeline ?? []) as { $unionWith?: { coll: string }; $lookup?: { from: string } }[]
  const joined = stages.flatMap(({ $unionWith, $lookup }) => $unionWith?.coll ?? $lookup?.from ?? [])
  return [String(command[name === 'getMore' ? 'collection' : name]), ...joined]
}

/** Of each command from now on, in their order, what it reads. */
export function commandsOf({ storage }: Pick<Services, 'storage'>): string[][] {
  const commands: string[][] = []
  storage.connection.getClient().on('commandStarted', ({ commandName, command }) => commands.push(readsOf(commandName, command)))
  return commands
}
