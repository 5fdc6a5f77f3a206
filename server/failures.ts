/** What can go wrong in the words of the domain. Thrown anywhere; http/ shows them as pages, scripts/ as exit codes. */
export abstract class Failure extends Error {
  abstract readonly status: number
  override get name() {
    return this.constructor.name
  }
}

/** There is no such record, or the person may not see it: the two look the same on purpose. */
export class NotFound extends Failure {
  readonly status = 404
}

/** The person sees the record but may not do this with it. */
export class Forbidden extends Failure {
  readonly status = 403
}

/** Somebody else changed the record, or the name is taken. */
export class Conflict extends Failure {
  readonly status = 409
}

/** What somebody filled in cannot be taken; `problems` has one message per field, shown beside it. */
export class Invalid extends Failure {
  readonly status = 422
  readonly problems: Readonly<Record<string, string>>

  constructor(problems: Readonly<Record<string, string>>) {
    super(Object.values(problems).join('. '))
    this.problems = problems
  }
}

/** More was sent or asked, in size or in number, than is taken. */
export class TooMuch extends Failure {
  readonly status: 413 | 429
  readonly retryAfterSeconds: number | undefined

  constructor(message: string, status: 413 | 429, retryAfterSeconds?: number) {
    super(message)
    this.status = status
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** A store or engine does not answer; trying again later may help. */
export class Unavailable extends Failure {
  readonly status = 503
  readonly retryAfterSeconds: number

  constructor(message: string, retryAfterSeconds = 10) {
    super(message)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** A wrong setting or a damaged file stops the start: the message names it and says what is accepted. */
export class CannotStart extends Error {}
