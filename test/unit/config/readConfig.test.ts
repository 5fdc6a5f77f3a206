import { expect } from 'chai'
import { readConfig } from '../../../server/config.ts'
import { CannotStart } from '../../../server/failures.ts'

const messageOf = (environment: Record<string, string>): string => {
  try {
    readConfig(environment)
  } catch (error) {
    expect(error).to.be.instanceOf(CannotStart)
    return (error as Error).message
  }
  return ''
}

describe('the settings', () => {
  it('need nothing to be set', () => {
    expect(readConfig({})).to.deep.equal({
      HOST: '127.0.0.1',
      PORT: 3000,
      DATA_DIR: './data',
      INDEX_PREFIX: 'skillpool',
      ATTACHMENT_MAX_MB: 25,
      SEARCH_BUDGET_MS: 2000,
      TRUST_PROXY: 0,
      WEB_PROCESSES: 1,
      LOG_LEVEL: 'info',
    })
  })

  it('take an empty variable for one that is not set, and leave others alone', () => {
    expect(readConfig({ PORT: ' ', MONGODB_URI: '', HOME: '/root', PORTS: 'x' })).to.deep.equal(readConfig({}))
  })

  it('are read as what they mean', () => {
    const nodes = 'https://one.example:9200, https://two.example:9200'
    const read = readConfig({ PORT: '0', TRUST_PROXY: '2', ELASTICSEARCH_URL: nodes, MONGODB_URI: 'mongodb+srv://a/b' })
    expect(read).to.deep.include({ PORT: 0, TRUST_PROXY: 2, ELASTICSEARCH_URL: ['https://one.example:9200', 'https://two.example:9200'] })
  })

  const wrong: [string, string, RegExp][] = [
    ['PORT', 'eighty', /a whole number from 0 to 65535/],
    ['PORT', '65536', /a whole number from 0 to 65535/],
    ['PORT', '-1', /a whole number from 0 to 65535/],
    ['PORT', '80.5', /a whole number from 0 to 65535/],
    ['MONGODB_URI', 'http://database.example', /begins with mongodb:\/\//],
    ['ELASTICSEARCH_URL', 'search.example', /https:\/\/search\.example:9200, separated by commas/],
    ['ELASTICSEARCH_URL', 'https://one.example,', /separated by commas/],
    ['ELASTICSEARCH_URL', 'ftp://one.example', /separated by commas/],
    ['INDEX_PREFIX', 'Skill Pool', /small letters, digits and hyphens/],
    ['INDEX_PREFIX', '-x', /begins with a letter/],
    ['INDEX_PREFIX', 'x'.repeat(42), /a name of small letters/],
    ['PUBLIC_URL', 'skillpool.example', /https:\/\/skillpool\.example/],
    ['PUBLIC_URL', 'javascript:alert(1)', /https:\/\/skillpool\.example/],
    ['SMTP_URL', 'mail.example', /smtps:\/\//],
    ['SMTP_URL', 'http://mail.example', /smtps:\/\//],
    ['MAIL_FROM', 'Skillpool', /an e-mail address/],
    ['MAIL_FROM', 'a@b.example, c@d.example', /an e-mail address/],
    ['ATTACHMENT_MAX_MB', '0', /from 1 to 200/],
    ['CLAMD', 'clamd', /127\.0\.0\.1:3310/],
    ['TRUST_PROXY', 'yes', /from 0 to 10/],
    ['TRUST_PROXY', '11', /from 0 to 10/],
    ['LOG_LEVEL', 'loud', /fatal, error, warn, info, debug or silent/],
  ]
  for (const [name, value, accepted] of wrong) {
    it(`refuse ${name}=“${value.slice(0, 30)}”, naming it and what is accepted`, () => {
      expect(messageOf({ [name]: value }))
        .to.match(new RegExp(`^${name}: .* is not accepted\\. It must be `))
        .and.match(accepted)
    })
  }

  it('print a wrong value, but no secret', () => {
    expect(messageOf({ LOG_LEVEL: 'loud' })).to.include('"loud"')
    expect(messageOf({ MONGODB_URI: 'mongo://ada:secret@x' }))
      .to.include('MONGODB_URI')
      .and.not.include('secret')
  })

  it('name every wrong one, not only the first', () => {
    expect(messageOf({ PORT: 'x', LOG_LEVEL: 'y' }).split('\n')).to.have.length(2)
  })

  it('want mail to come from somebody, and its links to lead somewhere', () => {
    const all = {
      SMTP_URL: 'smtps://ada:secret@mail.example:465',
      MAIL_FROM: 'Skillpool <a@pool.example>',
      PUBLIC_URL: 'https://pool.example',
    }
    expect(messageOf(all)).to.equal('')
    for (const name of ['MAIL_FROM', 'PUBLIC_URL'])
      expect(messageOf({ ...all, [name]: '' })).to.match(/^SMTP_URL needs MAIL_FROM.*all three or none\.$/)
    expect(messageOf({ SMTP_URL: 'smtp//ada:secret@mail' }))
      .to.include('SMTP_URL')
      .and.not.include('secret')
  })

  it('want a user of Elasticsearch with a password, and the other way round', () => {
    for (const name of ['ELASTICSEARCH_USERNAME', 'ELASTICSEARCH_PASSWORD'])
      expect(messageOf({ [name]: 'x' })).to.equal('ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD go together: set both or neither.')
    expect(messageOf({ ELASTICSEARCH_USERNAME: 'x', ELASTICSEARCH_PASSWORD: 'y' })).to.equal('')
  })
})
