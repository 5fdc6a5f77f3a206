import type { JobServices } from '../../feature.ts'
import type { Mail } from '../../mail/mailModel.ts'
import type { Letter, MailType, Recipient } from '../../mail/mailType.ts'
import type { Notification } from '../notificationModel.ts'
import { mailTypes } from './mailedNotifications.ts'

const untold = { subject: 'Something new for you', words: 'Something new for you. Sign in to read it.' }

type Needed = Pick<JobServices, 'notifications' | 'notificationChoices' | 'mailedNotifications' | 'mailEndings' | 'partnership'>

/** Of what is told at once, and of what is told once a day. */
export const notificationMails = (services: Needed): MailType[] => [
  {
    name: mailTypes.now,
    title: 'Notification',
    gather: () => services.mailedNotifications.gather(),
    compose: (mail, recipient) => compose(mail, recipient, services),
  },
  { name: mailTypes.daily, title: 'Mail of the day', compose: (mail, recipient) => compose(mail, recipient, services) },
]

/** What its reader may know of now, has not read, and still wants to be mailed. */
async function compose(mail: Mail, { person }: Recipient, services: Needed): Promise<Letter | undefined> {
  const { notifications, notificationChoices, mailedNotifications, mailEndings, partnership } = services
  const found = await mailedNotifications.of(mail._id, person.id)
  const chosen = await notificationChoices.of(person.id, notifications.kinds)
  const wanted = found.filter(({ kind }) => chosen.get(kind) !== 'site')
  const told = await notifications.present(person, wanted)
  const lines = wanted.flatMap(({ _id }) => {
    const news = told.get(_id)
    return news === undefined ? [] : [{ ...(news.mail ?? untold), href: news.mail === undefined ? '/notifications' : news.href }]
  })
  const [first] = lines
  if (first === undefined) return undefined
  return {
    subject: lines.length === 1 ? first.subject : `${lines.length} notifications`,
    lead: `New for you in ${partnership.nameNow()}:`,
    lines,
    closing: ['All of it stands in the site, under Notifications.'],
    choices: { endHref: await mailEndings.addressOf({ personId: person.id, which: whichOf(mail, wanted) }) },
  }
}

/** What ends with one click: the kind of this mail, or the mail of the day. */
const whichOf = ({ type }: Mail, [first]: readonly Notification[]) => (type === mailTypes.daily ? 'daily' : (first?.kind ?? 'daily'))
