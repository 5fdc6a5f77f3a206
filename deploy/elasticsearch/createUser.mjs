// Gives Skillpool a user in Elasticsearch that may do everything with its own indexes and nothing with others. Safe to repeat.
import { readFileSync } from 'node:fs'

const { SECRETS_DIR = '/run/secrets', ELASTICSEARCH_URL = 'https://elasticsearch:9200', INDEX_PREFIX = 'skillpool' } = process.env
const secret = name => readFileSync(`${SECRETS_DIR}/${name}`, 'utf8').trim()
const credentials = Buffer.from(`elastic:${secret('elasticsearch-admin-password')}`).toString('base64')

async function put(path, body) {
  const headers = { Authorization: `Basic ${credentials}`, 'Content-Type': 'application/json' }
  const answer = await fetch(`${ELASTICSEARCH_URL}${path}`, { method: 'PUT', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`Elasticsearch answered ${answer.status} to ${path}: ${await answer.text()}`)
}

await put('/_security/role/skillpool', { cluster: ['monitor'], indices: [{ names: [`${INDEX_PREFIX}.*`], privileges: ['all'] }] })
await put('/_security/user/skillpool', { password: secret('elasticsearch-password'), roles: ['skillpool'] })
console.log('Skillpool has a user in Elasticsearch.')
