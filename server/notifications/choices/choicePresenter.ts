import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { Services } from '../../services.ts'
import { type Delivery, deliveries } from '../notificationKind.ts'

const texts: Record<Delivery, string> = { site: 'In the site only', now: 'Mail at once', daily: 'Mail once a day' }

/** Everything that views/notifications/choices prints. */
export async function presentChoices(person: SignedInPerson, services: Services, typed: Record<string, unknown>) {
  const { notifications, notificationChoices, outbox, accounts } = services
  const kinds = notifications.kinds.filter(({ isFor }) => isFor?.(person) ?? true)
  const [chosen, email] = await Promise.all([notificationChoices.of(person.id, kinds), accounts.emailOf(person.id)])
  return {
    title: 'How you are told',
    isMailOn: outbox.isOn,
    mailIsMissing: !outbox.isOn && may(person, { verb: 'see operations' }),
    email,
    kinds: kinds.map(({ id, title }) => {
      const current = typed[id] ?? chosen.get(id)
      return { id, title, choices: deliveries.map(value => ({ value, text: texts[value], checked: value === current })) }
    }),
  }
}
