import { afterAll, expect, test } from 'vitest'
import { startReference } from '../../../reference/main.ts'
import type { Any } from './client.ts'
import { clientOf, textOf, wordFormat } from './client.ts'

let clock = 1_800_000_000_000
const reference = await startReference({ now: () => clock })
const client = clientOf(reference)
afterAll(() => reference.close())

const statusOf = async (id: string): Promise<string> =>
  (await client.call('GET', `/responses/${id}`)).body.status

test('a background run is queued, then at work, then done', async () => {
  const { body } = await client.create({ input: 'Hi', background: true })
  expect(body).toMatchObject({ status: 'queued', background: true, output: [], usage: null })
  clock += 150
  expect(await statusOf(body.id)).toBe('in_progress')
  clock += 5000
  const done = await client.call('GET', `/responses/${body.id}`)
  expect(done.body).toMatchObject({ status: 'completed', background: true })
  expect(done.body.output).toHaveLength(1)
  const cancelled = await client.call('POST', `/responses/${body.id}/cancel`)
  expect(cancelled.body).toEqual(done.body)
})

test('a cancelled run stays cancelled', async () => {
  const { body } = await client.create({ input: 'Hi', background: true, store: false })
  const first = await client.call('POST', `/responses/${body.id}/cancel`)
  expect(first.body.status).toBe('cancelled')
  clock += 10_000
  const second = await client.call('POST', `/responses/${body.id}/cancel`)
  expect(second.body).toEqual(first.body)
  expect(await statusOf(body.id)).toBe('cancelled')
  expect((await client.call('POST', '/responses/resp_none/cancel')).status).toBe(404)
  const foreground = await client.create({ input: 'Hi' })
  expect((await client.call('POST', `/responses/${foreground.body.id}/cancel`)).status).toBe(400)
})

test('a background stream can be read again from any event', async () => {
  const events = await client.stream({
    input: 'Count from 1 to 9 in English words.',
    background: true,
  })
  expect(events.slice(0, 3).map((event) => event.type)).toEqual([
    'response.created',
    'response.queued',
    'response.in_progress',
  ])
  clock += 10_000
  const { id } = events[0].response
  const again = await client.call('GET', `/responses/${id}?stream=true`)
  expect(again.body).toEqual(events)
  const rest = await client.call('GET', `/responses/${id}?stream=true&starting_after=5`)
  expect(rest.body).toEqual(events.slice(6))
  const plain = await client.call('GET', `/responses/${id}?stream=true&include_obfuscation=false`)
  expect(plain.body.some((event: Any) => 'obfuscation' in event)).toBe(false)
})

test('only a background stream can be read again', async () => {
  const [created] = await client.stream({ input: 'Hi' })
  const silent = await client.create({ input: 'Hi', background: true })
  for (const id of [created.response.id, silent.body.id]) {
    expect((await client.call('GET', `/responses/${id}`)).status).toBe(200)
    expect((await client.call('GET', `/responses/${id}?stream=true`)).status).toBe(400)
  }
})

test('pages through input items without gap or repeat', async () => {
  const input = Array.from({ length: 7 }, (_, index) => ({
    role: 'user',
    content: `part ${index}`,
  }))
  const { body } = await client.create({ input })
  for (const order of ['asc', 'desc']) {
    const texts: string[] = []
    let after = ''
    for (let pages = 0; pages < 4; pages += 1) {
      const path = `/responses/${body.id}/input_items?limit=3&order=${order}${after}`
      const page = (await client.call('GET', path)).body
      texts.push(...page.data.map((item: Any) => item.content[0].text))
      after = `&after=${page.last_id}`
      if (!page.has_more) break
    }
    const wanted = input.map(({ content }) => content)
    expect(texts).toEqual(order === 'asc' ? wanted : wanted.toReversed())
  }
  expect((await client.call('GET', `/responses/${body.id}/input_items?limit=0`)).status).toBe(400)
})

test('a conversation remembers and can be changed', async () => {
  const metadata = { topic: 'words' }
  const items = [{ role: 'user', content: 'The word is ZX7-00000001.' }]
  const { body: conversation } = await client.call('POST', '/conversations', { metadata, items })
  expect(conversation).toMatchObject({ object: 'conversation', metadata })
  const at = `/conversations/${conversation.id}`
  const asked = await client.create({
    conversation: conversation.id,
    input: 'Which word?',
    text: wordFormat('ZX7-00000001'),
  })
  expect(JSON.parse(textOf(asked.body)).word).toBe('ZX7-00000001')
  expect(asked.body.conversation).toEqual({ id: conversation.id })
  const list = (await client.call('GET', `${at}/items?order=asc`)).body
  expect(list.data.map((item: Any) => item.role)).toEqual(['user', 'user', 'assistant'])
  const first = list.data[0].id
  expect((await client.call('GET', `${at}/items/${first}`)).body).toEqual(list.data[0])
  await client.call('DELETE', `${at}/items/${first}`)
  expect((await client.call('GET', `${at}/items/${first}`)).status).toBe(404)
  const renamed = await client.call('POST', at, { metadata: { topic: 'new' } })
  expect(renamed.body.metadata).toEqual({ topic: 'new' })
  expect((await client.call('DELETE', at)).body).toMatchObject({ deleted: true })
  expect((await client.create({ conversation: conversation.id, input: 'Hi' })).status).toBe(404)
})

test('a compacted history keeps its facts', async () => {
  const { body } = await client.call('POST', '/responses/compact', {
    model: 'reference',
    input: [
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: 'The word is ZX7-00000009.' },
    ],
  })
  expect(body.object).toBe('response.compaction')
  expect(body.output.map((item: Any) => item.type)).toEqual(['message', 'compaction'])
  const input = [...body.output, { role: 'user', content: 'Which word?' }]
  const text = wordFormat('ZX7-00000008', 'ZX7-00000009')
  const next = await client.create({ input, text })
  expect(JSON.parse(textOf(next.body)).word).toBe('ZX7-00000009')
  const stranger = await client.create({ input, text }, 'test-2')
  expect(stranger.body.error.code).toBe('invalid_encrypted_content')
})

test('counts input tokens as a response would', async () => {
  const body = { input: 'Some words to count.', instructions: 'Be brief.' }
  const counted = await client.call('POST', '/responses/input_tokens', {
    model: 'reference',
    ...body,
  })
  const asked = await client.create(body)
  expect(counted.body).toEqual({
    object: 'response.input_tokens',
    input_tokens: asked.body.usage.input_tokens,
  })
})

test('reasoning comes back intact or not at all', async () => {
  const { body } = await client.create({
    input: 'Hi',
    store: false,
    reasoning: { effort: 'low' },
    include: ['reasoning.encrypted_content'],
  })
  const [reasoning] = body.output
  expect(reasoning.type).toBe('reasoning')
  const next = { role: 'user', content: 'And?' }
  const replayed = await client.create({ input: [...body.output, next] })
  expect(replayed.status).toBe(200)
  const tampered = { ...reasoning, encrypted_content: reasoning.encrypted_content.slice(0, -4) }
  const refused = await client.create({ input: [tampered, body.output[1], next] })
  expect(refused.body.error.code).toBe('invalid_encrypted_content')
  const alone = await client.create({ input: [reasoning, next] })
  expect(alone.body.error).toMatchObject({ code: null, param: 'input' })
})

test('stored items can be named instead of repeated', async () => {
  const first = await client.create({ input: 'Reply with exactly: ZX7-00000003' })
  const reference_ = { type: 'item_reference', id: first.body.output[0].id }
  const input = [reference_, { role: 'user', content: 'Which word?' }]
  const text = wordFormat('ZX7-00000003')
  const next = await client.create({ input, text })
  expect(JSON.parse(textOf(next.body)).word).toBe('ZX7-00000003')
  expect((await client.create({ input: [{ id: 'msg_none' }] })).status).toBe(404)
})
