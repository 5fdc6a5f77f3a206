import { type Algorithm, hash, verify } from '@node-rs/argon2'
import { z } from 'zod'

export const shortestPassword = 12
const longestPassword = 200

/** argon2id with the parameters that OWASP's Password Storage Cheat Sheet names first for little memory. */
const parameters = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Two keyboards may send the same letters in different code points. */
const sameLetters = (password: string) => password.normalize('NFKC')

export const hashPassword = (password: string): Promise<string> => hash(sameLetters(password), parameters)

let nobodysHash: Promise<string> | undefined

/** Takes as long when there is no hash, so that the time does not tell which e-mail addresses have an account. */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  nobodysHash ??= hashPassword('the password of nobody at all')
  const right = await verify(passwordHash ?? (await nobodysHash), sameLetters(password))
  return right && passwordHash !== undefined
}

const common =
  'password passwort qwerty qwertz letmein welcome iloveyou administrator skillpool changeme football summer winter spring autumn'.split(
    ' ',
  )
const sequences = 'abcdefghijklmnopqrstuvwxyz qwertyuiop asdfghjkl zxcvbnm 01234567890123456789 09876543210987654321 1q2w3e4r5t6y7u8i9o0p'

/** Why a password cannot be taken, or undefined. */
export function weaknessOf(password: string, email: string): string | undefined {
  const plain = sameLetters(password).toLowerCase()
  const [mailbox = ''] = email.toLowerCase().split('@')
  if (plain === email.toLowerCase() || isMadeOf(plain, mailbox)) return 'Choose a password that is not your e-mail address'
  if (isCommon(plain)) return 'Choose a password that is harder to guess: three words that have nothing to do with each other are good'
  return undefined
}

function isCommon(plain: string): boolean {
  const spelledOut = plain.replaceAll('0', 'o').replaceAll('@', 'a').replaceAll('$', 's')
  const isOneWord = common.some(word => isMadeOf(plain, word) || isMadeOf(spelledOut, word))
  return isOneWord || new Set(plain).size < 4 || sequences.includes(plain)
}

/** One word, perhaps repeated, with figures and signs around it. */
function isMadeOf(plain: string, word: string): boolean {
  const letters = withoutDecoration(plain)
  return letters !== '' && letters.replaceAll(withoutDecoration(word) || word, '') === ''
}

const withoutDecoration = (text: string) => text.replace(/[^\p{L}]/gu, '')

/** A field for a new password. */
export const newPasswordField = z
  .string({ error: 'Choose a password' })
  .min(1, 'Choose a password')
  .min(shortestPassword, `The password must have ${shortestPassword} characters or more`)
  .max(longestPassword, `The password must have ${longestPassword} characters or fewer`)

/** A field for a password that exists already: as long as somebody may send. */
export const passwordField = z
  .string({ error: 'Enter your password' })
  .min(1, 'Enter your password')
  .max(longestPassword * 5, 'Enter your password')
