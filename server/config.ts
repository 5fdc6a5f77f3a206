import { z } from 'zod'
import { CannotStart } from './failures.ts'
import { searchBudgetMs } from './search/searchEngine.ts'

const nodeUrls = z
  .string()
  .transform(text => text.split(',').map(part => part.trim()))
  .pipe(z.array(z.url({ protocol: /^https?$/ })).min(1))

const settings = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  DATA_DIR: z.string().min(1).default('./data'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//)
    .optional(),
  ELASTICSEARCH_URL: nodeUrls.optional(),
  ELASTICSEARCH_API_KEY: z.string().min(1).optional(),
  ELASTICSEARCH_USERNAME: z.string().min(1).optional(),
  ELASTICSEARCH_PASSWORD: z.string().min(1).optional(),
  ELASTICSEARCH_CA: z.string().min(1).optional(),
  INDEX_PREFIX: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,40}$/)
    .default('skillpool'),
  SEARCH_BUDGET_MS: z.coerce.number().int().min(100).max(60_000).default(searchBudgetMs),
  SEMANTIC_MODEL: z.string().min(1).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>@\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/)
    .optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  ATTACHMENT_MAX_MB: z.coerce.number().int().min(1).max(200).default(25),
  CLAMD: z
    .string()
    .regex(/^(\/\S+|[^\s/]+:\d{1,5})$/)
    .optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  METRICS_TOKEN: z.string().min(16).optional(),
  WEB_PROCESSES: z.coerce.number().int().min(1).max(64).default(1),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
})

const accepted: Record<keyof z.infer<typeof settings>, string> = {
  HOST: 'an address to listen on, such as 127.0.0.1 or 0.0.0.0',
  PORT: 'a whole number from 0 to 65535',
  DATA_DIR: 'a folder for the embedded stores',
  MONGODB_URI: 'an address that begins with mongodb:// or mongodb+srv://',
  ELASTICSEARCH_URL: 'one or more addresses such as https://search.example:9200, separated by commas',
  ELASTICSEARCH_API_KEY: 'an API key of Elasticsearch',
  ELASTICSEARCH_USERNAME: 'a user of Elasticsearch, with ELASTICSEARCH_PASSWORD',
  ELASTICSEARCH_PASSWORD: 'the password of ELASTICSEARCH_USERNAME',
  ELASTICSEARCH_CA: 'a file with the certificate authority of Elasticsearch, in PEM',
  INDEX_PREFIX: 'a name of small letters, digits and hyphens that begins with a letter',
  SEARCH_BUDGET_MS: 'a whole number from 100 to 60000',
  SEMANTIC_MODEL: 'a folder with a sentence model: model.onnx and tokenizer.json',
  SMTP_URL: 'an address such as smtp://user:password@mail.example:587, or smtps:// with TLS from the beginning',
  MAIL_FROM: 'an e-mail address, such as skillpool@example.org or Skillpool <skillpool@example.org>',
  PUBLIC_URL: 'the address people use, such as https://skillpool.example',
  ATTACHMENT_MAX_MB: 'a whole number from 1 to 200',
  CLAMD: 'the address of a virus scanner, clamd, such as 127.0.0.1:3310, or the path of its socket, such as /run/clamav/clamd.ctl',
  TRUST_PROXY: 'the number of proxies in front, from 0 to 10',
  METRICS_TOKEN: 'a secret of 16 characters or more',
  WEB_PROCESSES: 'a whole number from 1 to 64',
  LOG_LEVEL: 'fatal, error, warn, info, debug or silent',
}

const secret = new Set(['ELASTICSEARCH_API_KEY', 'ELASTICSEARCH_PASSWORD', 'METRICS_TOKEN', 'MONGODB_URI', 'SMTP_URL'])

export type Config = z.infer<typeof settings>

/**
 * Reads the settings once, at start. An empty variable counts as not set.
 * @throws CannotStart with the variable's name, its value (unless secret) and what is accepted
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''))
  const read = settings.safeParse(given)
  if (!read.success) throw new CannotStart(read.error.issues.map(issue => explain(String(issue.path[0]), given)).join('\n'))
  if (Boolean(read.data.ELASTICSEARCH_USERNAME) !== Boolean(read.data.ELASTICSEARCH_PASSWORD)) {
    throw new CannotStart('ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD go together: set both or neither.')
  }
  if (read.data.SMTP_URL && !(read.data.MAIL_FROM && read.data.PUBLIC_URL)) {
    throw new CannotStart('SMTP_URL needs MAIL_FROM, whom mails come from, and PUBLIC_URL, where their links lead: set all three or none.')
  }
  if (read.data.WEB_PROCESSES > 1 && !(read.data.MONGODB_URI && read.data.ELASTICSEARCH_URL)) {
    throw new CannotStart(
      `WEB_PROCESSES: "${read.data.WEB_PROCESSES}" needs stores that several processes can share. Set MONGODB_URI and ELASTICSEARCH_URL, or WEB_PROCESSES to 1.`,
    )
  }
  return read.data
}

function explain(name: string, given: Readonly<Record<string, string | undefined>>): string {
  const value = secret.has(name) ? 'its value' : `"${given[name]}"`
  return `${name}: ${value} is not accepted. It must be ${accepted[name as keyof Config]}.`
}
