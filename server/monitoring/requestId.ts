import { randomUUID } from 'node:crypto'

const sane = /^[\w.-]{8,64}$/

/** The id that a proxy gave the request, so that its log and ours meet; a new one where it gave none, or anything but a plain id. */
export const requestIdOf = (given: string | undefined): string => (given !== undefined && sane.test(given) ? given : randomUUID())
