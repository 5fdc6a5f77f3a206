import { expect } from 'chai'
import pino from 'pino'
import { createLogger } from '../../../server/monitoring/createLogger.ts'
import { inLogContext } from '../../../server/monitoring/logContext.ts'

const secret = 'hollyhock-7'

/** What somebody could log without thinking. */
const careless: Record<string, object | Error> = {
  'a password': { password: secret },
  'a form': { form: { email: 'ada@example.org', password: secret } },
  'a cookie': { headers: { cookie: `skillpool=${secret}` } },
  'the headers of a request': { incoming: { method: 'GET', headers: { authorization: `Bearer ${secret}` } } },
  'a cookie that is set': { answer: { 'set-cookie': [`skillpool=${secret}; Path=/`] } },
  'an account': { account: { _id: '1', passwordHash: secret, email: `${secret}@example.org` } },
  'a list of settings': { settings: [{ _id: 'sign-in-secret', secret }] },
  'a field deep within': { a: { b: { c: [{ d: { Authorization: secret } }] } } },
  'what is deeper than anybody looks': { a: { b: { c: { d: { e: { f: { g: { h: secret } } } } } } } },
  'a record that prints itself': { account: { toJSON: () => ({ _id: '1', passwordHash: secret }) } },
  'an article': { article: { title: secret, text: secret } },
  'a search': { q: secret },
  'the address of a link': { url: `https://skillpool.example/links/${secret}` },
  'an address with a search': { address: `/search?q=${secret}&page=2` },
  'the address of the first run': { url: `/first-run?token=${secret}` },
  'the address of MongoDB': { uri: `mongodb://skillpool:${secret}@mongo-0.example,mongo-1.example/skillpool?replicaSet=rs` },
  'the address of MongoDB by DNS': { uri: `mongodb+srv://skillpool:${secret}@mongo.example` },
  'the address of Elasticsearch': new Error(`connect ECONNREFUSED https://elastic:${secret}@search.example:9200/`),
  'a bearer': new Error(`refused: Authorization: Bearer ${secret}==`),
  'an e-mail address': new Error(`no account ${secret}@example.org`),
  'a duplicate key': new Error(`E11000 duplicate key error index: email_1 dup key: { email: "${secret} } \\" ${secret}" }`),
  'a value that could not be cast': new Error(`Cast to date failed for value "${secret}" (type string) at path "createdAt"`),
  'a value that is none of the list': new Error(`kind: \`${secret}\` is not a valid enum value for path \`kind\`.`),
  'a value that is too long': new Error(`Path \`name\` (\`${secret}\`) is longer than the maximum allowed length (5).`),
  'a field that the engine refused': { reason: `failed to parse. Preview of field's value: '${secret} and "${secret}"'` },
  'fields of an error': Object.assign(new Error('it failed'), { keyValue: { name: secret }, meta: { body: secret } }),
  'the cause of an error': new Error('it failed', { cause: new Error(`mongodb://a:${secret}@b`) }),
  'an answer of Elasticsearch': Object.assign(new Error(`parsing_exception: ${secret}`), {
    name: 'ResponseError',
    statusCode: 400,
    body: { error: { type: 'parsing_exception', reason: secret } },
  }),
}

describe('the logger', () => {
  let lines: string[]
  const keep = { write: (line: string) => void lines.push(line) }

  beforeEach(() => {
    lines = []
  })

  for (const [what, logged] of Object.entries(careless)) {
    it(`hides ${what}, and says the rest`, () => {
      createLogger({ LOG_LEVEL: 'info' }, keep).error(logged instanceof Error ? { err: logged } : logged, 'it went wrong')
      expect(lines.join()).to.not.include(secret)
      expect(JSON.parse(lines[0] as string)).to.include({ level: 50, msg: 'it went wrong' })
      // The same object again: nothing of it was changed.
      pino({}, keep).error(logged instanceof Error ? { err: logged } : logged)
      expect(lines[1], 'without hiding it is there').to.include(secret)
    })
  }

  it('keeps what finds the fault: the type, the message, the code, the place and the causes', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:27017'), { code: 'ECONNREFUSED' })
    createLogger({ LOG_LEVEL: 'info' }, keep).error({ err: new RangeError('too far', { cause }) })
    const { err } = JSON.parse(lines[0] as string)
    expect(err).to.include({ type: 'RangeError', message: 'too far' })
    expect(err.stack).to.match(/^RangeError: too far\n\s+at .*createLogger\.test/)
    expect(err.cause).to.include({ message: 'connect ECONNREFUSED 10.0.0.7:27017', code: 'ECONNREFUSED' })
  })

  it('adds the ids of what the work is for, to the end of it and not beyond', async () => {
    const log = createLogger({ LOG_LEVEL: 'info' }, keep)
    await inLogContext({ requestId: 'first' }, async () => {
      await Promise.resolve()
      log.info('inside')
      inLogContext({ part: 'jobs', jobId: 'j1' }, () => log.info('deeper'))
    })
    log.info('outside')
    const ids = lines.map(line => JSON.parse(line)).map(({ requestId, part, jobId }) => [requestId, part, jobId])
    expect(ids).to.deep.equal([
      ['first', undefined, undefined],
      [undefined, 'jobs', 'j1'],
      [undefined, undefined, undefined],
    ])
  })
})
