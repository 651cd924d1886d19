import { Ollama } from 'ollama'
import { collect } from './stream.mjs'

const model = 'wisp'
const user = (content) => [{ role: 'user', content }]
const schema = { type: 'object', properties: { answer: { type: 'string', enum: ['yes', 'no'] }, sure: { type: 'boolean' } }, required: ['answer', 'sure'] }
const tools = [{ type: 'function', function: { name: 'get_weather', description: 'tells the weather', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } } }]

export function ollamaCases(base) {
  const c = new Ollama({ host: base })
  const kind = (p) => (p.done ? `done: ${p.done_reason}` : 'piece')
  return {
    chat: () => c.chat({ model, messages: user('What is a pod?') }),
    'chat, stream': async () => collect(await c.chat({ model, messages: user('Repeat after me: falcon-4711'), stream: true }), kind, (p) => p.message.content),
    'chat, several turns': () =>
      c.chat({ model, messages: [...user('My code word is tango.'), { role: 'assistant', content: 'OK.' }, ...user('What is my code word?')] }),
    'chat, options': () => c.chat({ model, messages: user('Count to 20'), options: { num_predict: 5, temperature: 0, seed: 7 } }),
    'chat, stop': () => c.chat({ model, messages: user('Count to 20'), options: { stop: ['7'] } }),
    'chat, format of a schema': () => c.chat({ model, messages: user('What is a pod?'), format: schema, options: { num_predict: 300 } }),
    'chat, tools': () => c.chat({ model, messages: user('What is the weather in Paris?'), tools }),
    'chat, thinking': () => c.chat({ model, messages: user('What is a pod?'), think: true }),
    'chat, image': () => c.chat({ model, messages: [{ ...user('What is a pod?')[0], images: ['iVBORw0KGgo='] }] }),
    'chat, unknown model': () => c.chat({ model: 'no-such-model', messages: user('Hello') }),
    'chat, unknown model, stream': async () =>
      collect(await c.chat({ model: 'no-such-model', messages: user('Hello'), stream: true }), kind, (p) => p.message.content),
    'chat, aborted': async () => {
      const stream = await c.chat({ model, messages: user('Talk forever'), stream: true })
      let pieces = 0
      for await (const _ of stream) if (++pieces === 2) stream.abort()
      return { pieces }
    },
    generate: () => c.generate({ model, prompt: 'What is a pod?' }),
    'generate, stream': async () => collect(await c.generate({ model, prompt: 'Repeat after me: heron-2020', stream: true }), kind, (p) => p.response),
    'generate, suffix': () => c.generate({ model, prompt: 'What is', suffix: 'pod?' }),
    'embed, many': () => c.embed({ model, input: ['What is a pod?', 'Hello'] }),
    embeddings: () => c.embeddings({ model, prompt: 'What is a pod?' }),
    list: () => c.list(),
    ps: () => c.ps(),
    show: () => c.show({ model }),
    version: () => c.version(),
    pull: () => c.pull({ model }),
    'pull, stream': async () => collect(await c.pull({ model, stream: true }), (p) => p.status, () => ''),
    push: () => c.push({ model }),
    create: () => c.create({ model: 'other', from: model }),
    copy: () => c.copy({ source: model, destination: 'other' }),
    delete: () => c.delete({ model }),
  }
}
