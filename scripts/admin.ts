import { emailField } from '../server/accounts/emailAddress.ts'
import { rescue } from '../server/accounts/rescue.ts'
import { readArguments } from './support/commandLine.ts'
import { openCommandServices } from './support/commandServices.ts'
import { runCommand, WrongUsage } from './support/runCommand.ts'

const usage = `Usage: npm run admin -- create EMAIL

Makes an administrator of the partnership, for when nobody else can sign in, and prints a link to choose a password. Somebody who has an account
with that address gets the role and a new link; a suspension ends.`

await runCommand(usage, async args => {
  const [verb, asked, ...rest] = readArguments(args, {}).positionals
  const email = emailField.safeParse(asked)
  if (verb !== 'create' || rest.length > 0 || !email.success) throw new WrongUsage('Say "create" and an e-mail address.')
  const services = await openCommandServices()
  try {
    const { HOST, PORT, PUBLIC_URL } = services.config
    const { token, expiresAt } = await rescue(services, email.data)
    console.log(
      `Open this once, before ${expiresAt.toISOString()}, and choose a password:\n\n  ${PUBLIC_URL ?? `http://${HOST}:${PORT}`}/links/${token}\n`,
    )
    return 0
  } finally {
    await services.close()
  }
})
