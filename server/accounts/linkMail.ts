import { NotFound } from '../failures.ts'
import type { JobServices } from '../feature.ts'
import { dateAndTime } from '../http/dates.ts'
import type { Letter, MailType } from '../mail/mailType.ts'
import type { OpenedLink } from './accountService.ts'
import { linkMailType } from './mailedLinks.ts'

type Needed = Pick<JobServices, 'accounts' | 'mailedLinks' | 'partnership'>

/** About the account, so nobody chooses whether it comes. One that was used or replaced by now is not sent. */
export const linkMail = ({ accounts, mailedLinks, partnership }: Needed): MailType => ({
  name: linkMailType,
  title: 'Invitation or new password',
  alsoToInvited: true,
  async compose({ _id }) {
    const token = await mailedLinks.tokenOf(_id)
    const link = await accounts.openLink(token).catch(error => {
      if (error instanceof NotFound) return undefined
      throw error
    })
    return link === undefined ? undefined : letterOf(link, token, partnership.nameNow())
  },
})

function letterOf({ purpose, expiresAt }: OpenedLink, token: string, partnership: string): Letter {
  const works = `The link works once, until ${dateAndTime(expiresAt)}. Pass it on to nobody: whoever opens it first chooses the password.`
  const href = `/links/${token}`
  return purpose === 'invitation'
    ? {
        subject: `An invitation to ${partnership}`,
        lead: `You are invited to ${partnership}, where the ICT people of several organisations find who knows what. Choose a password to begin:`,
        lines: [{ words: 'Choose a password', href }],
        closing: [works],
      }
    : {
        subject: `A new password for ${partnership}`,
        lead: 'An administrator sends you this link to choose a new password. If you did not ask for one, tell them, and open nothing.',
        lines: [{ words: 'Choose a new password', href }],
        closing: [works],
      }
}
