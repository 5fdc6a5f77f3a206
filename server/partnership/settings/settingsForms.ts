import { z } from 'zod'
import { emailField } from '../../accounts/emailAddress.ts'
import { line, optionalLine } from '../../http/formFields.ts'
import { ratioText, readColour } from '../identity/colour.ts'
import { enough, isReadable, readableNear, whiteOn } from '../identity/identityColours.ts'

/** The revision that was opened; compared when saving. */
const revision = z.coerce.number().int().min(0).catch(0)

const colour = optionalLine(40).transform((typed, refuse) => {
  const read = readColour(typed ?? '')
  if (typed === undefined || (read !== undefined && isReadable(read))) return read
  refuse.addIssue({ code: 'custom', message: read === undefined ? noColour : tooLight(read) })
  return z.NEVER
})

const noColour = 'Enter the colour as # and six digits from 0 to 9 and a to f, such as #0f4c5c'

const tooLight = (read: string) =>
  `White text on ${read} has a contrast of ${ratioText(whiteOn(read))}; at least ${ratioText(enough)} is needed to read it. ` +
  `The nearest darker colour that has it is ${readableNear(read)}`

export const identityForm = z
  .object({ name: line('Enter the name of the partnership', 120), colour, revision })
  .transform(({ revision, name, colour }) => ({ revision, decided: { name, colour } }))

const optionalEmail = optionalLine(254).transform((typed, refuse) => {
  const read = emailField.safeParse(typed ?? '')
  if (typed === undefined || read.success) return read.data
  refuse.addIssue({ code: 'custom', message: read.error.issues[0]?.message ?? '' })
  return z.NEVER
})
const phone = optionalLine(40).refine(
  text => text === undefined || /^[+(\d][\d\s().-]{2,}$/.test(text),
  'Enter a telephone number in digits, such as 01244 500100',
)

export const helpForm = z
  .object({ helpName: optionalLine(120), helpEmail: optionalEmail, helpPhone: phone, revision })
  .refine(({ helpName, helpEmail, helpPhone }) => helpName !== undefined || (helpEmail ?? helpPhone) === undefined, {
    path: ['helpName'],
    message: 'Enter who answers there, such as ICT service desk',
  })
  .transform(({ revision, helpName, helpEmail, helpPhone }) => ({
    revision,
    decided: {
      help:
        helpName === undefined
          ? undefined
          : {
              name: helpName,
              ...(helpEmail === undefined ? {} : { email: helpEmail }),
              ...(helpPhone === undefined ? {} : { phone: helpPhone }),
            },
    },
  }))

const isWebAddress = (text: string) => /^https:\/\//i.test(text) && URL.canParse(text)

export const securityForm = z
  .object({
    securityContact: optionalLine(500).refine(
      text => text === undefined || isWebAddress(text) || emailField.safeParse(text).success,
      'Enter an e-mail address such as security@example.org, or an address that begins with https://',
    ),
    revision,
  })
  .transform(({ revision, securityContact: contact }) => ({ revision, decided: { contact } }))

const days = z
  .string()
  .default('')
  .refine(text => /^\s*([1-9]|[1-8]\d|90)\s*$/.test(text), 'Enter a whole number from 1 to 90')
  .transform(Number)

export const requestsForm = z
  .object({ riseHolders: days, riseContacts: days, riseCoordinators: days, revision })
  .refine(({ riseHolders, riseContacts }) => riseHolders < riseContacts, {
    path: ['riseContacts'],
    message: 'Enter more days than for those with its skills',
  })
  .refine(({ riseContacts, riseCoordinators }) => riseContacts < riseCoordinators, {
    path: ['riseCoordinators'],
    message: 'Enter more days than for the contacts',
  })
  .transform(({ revision, riseHolders, riseContacts, riseCoordinators }) => ({
    revision,
    decided: { requestDays: [riseHolders, riseContacts, riseCoordinators] },
  }))

/** What each of these forms comes to. */
export type SettingForm =
  | z.infer<typeof identityForm>
  | z.infer<typeof helpForm>
  | z.infer<typeof securityForm>
  | z.infer<typeof requestsForm>
