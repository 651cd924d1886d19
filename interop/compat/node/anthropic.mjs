import Anthropic from '@anthropic-ai/sdk'
import { collect } from './stream.mjs'

const ask = (content) => ({ model: 'wisp', max_tokens: 200, temperature: 0, messages: [{ role: 'user', content }] })
const tools = [{ name: 'get_weather', description: 'tells the weather', input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } }]

export function anthropicCases(base) {
  const c = new Anthropic({ baseURL: base, apiKey: 'any', maxRetries: 0 })
  const create = (body) => c.messages.create(body)
  const delta = (e) => e.delta?.text
  return {
    messages: () => create(ask('What is a pod?')),
    'messages, system': () => create({ ...ask('What is a pod?'), system: 'Be brief.' }),
    'messages, several turns': () =>
      create({
        ...ask(''),
        messages: [...ask('My code word is tango.').messages, { role: 'assistant', content: 'OK.' }, ...ask('What is my code word?').messages],
      }),
    'messages, blocks': () => create({ ...ask(''), messages: [{ role: 'user', content: [{ type: 'text', text: 'What is a pod?' }] }] }),
    'messages, max_tokens': () => create({ ...ask('Count to 20'), max_tokens: 5 }),
    'messages, stop_sequences': () => create({ ...ask('Count to 20'), stop_sequences: ['7'] }),
    'messages, tools': () => create({ ...ask('What is the weather in Paris?'), tools }),
    'messages, stream': async () => collect(await create({ ...ask('Repeat after me: falcon-4711'), stream: true }), (e) => e.type, delta),
    'messages, stream, max_tokens': async () => collect(await create({ ...ask('Count to 20'), max_tokens: 5, stream: true }), (e) => e.type, delta),
    'messages, stream helper': () => c.messages.stream(ask('Repeat after me: falcon-4711')).finalMessage(),
    'messages, no max_tokens': () => create({ ...ask('What is a pod?'), max_tokens: undefined }),
    'messages, no messages': () => create({ ...ask(''), messages: [] }),
    'messages, unknown model': () => create({ ...ask('Hello'), model: 'no-such-model' }),
    'messages, unknown model, stream': async () => collect(await create({ ...ask('Hello'), model: 'no-such-model', stream: true }), (e) => e.type, delta),
    'count_tokens': () => c.messages.countTokens({ model: 'wisp', messages: ask('Hello').messages }),
  }
}
