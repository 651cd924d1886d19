import OpenAI from 'openai'
import { collect } from './stream.mjs'

const model = 'wisp'
const ask = (content) => ({ model, temperature: 0, messages: [{ role: 'user', content }] })
const schema = { type: 'object', properties: { answer: { type: 'string', enum: ['yes', 'no'] }, sure: { type: 'boolean' } }, required: ['answer', 'sure'] }
const tools = [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } } }]

export function openaiCases(base) {
  const c = new OpenAI({ baseURL: `${base}/v1`, apiKey: 'any', maxRetries: 0 })
  const kind = (p) => (p.choices.length === 0 ? 'no choices' : (p.choices[0].finish_reason ?? 'piece'))
  const delta = (p) => p.choices[0]?.delta?.content
  const chat = (body) => c.chat.completions.create(body)
  return {
    chat: () => chat(ask('What is a pod?')),
    'chat, system': () => chat({ ...ask(''), messages: [{ role: 'system', content: 'Be brief.' }, ...ask('What is a pod?').messages] }),
    'chat, max_tokens': () => chat({ ...ask('Count to 20'), max_tokens: 5 }),
    'chat, stop': () => chat({ ...ask('Count to 20'), stop: ['7'] }),
    'chat, tools': () => chat({ ...ask('What is the weather in Paris?'), tools }),
    'chat, json_schema': () => chat({ ...ask('What is a pod?'), max_tokens: 300, response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } } }),
    'chat, unknown model': () => chat({ ...ask('Hello'), model: 'no-such-model' }),
    'chat, stream': async () => collect(await chat({ ...ask('Repeat after me: falcon-4711'), stream: true }), kind, delta),
    'chat, stream with usage': async () =>
      collect(await chat({ ...ask('Repeat after me: falcon-4711'), stream: true, stream_options: { include_usage: true } }), kind, delta),
    'chat, stream helper': () => c.chat.completions.stream(ask('Repeat after me: falcon-4711')).finalChatCompletion(),
    'chat, stream, unknown model': async () => collect(await chat({ ...ask('Hello'), model: 'no-such-model', stream: true }), kind, delta),
    completions: () => c.completions.create({ model, temperature: 0, prompt: 'What is a pod?' }),
    'completions, stream': async () =>
      collect(await c.completions.create({ model, temperature: 0, prompt: 'What is a pod?', stream: true }), kind, (p) => p.choices[0]?.text),
    embeddings: () => c.embeddings.create({ model, input: ['What is a pod?', 'Hello'] }),
    'embeddings, float': () => c.embeddings.create({ model, input: 'What is a pod?', encoding_format: 'float' }),
    models: async () => collect(await c.models.list(), () => 'model', (m) => m.id),
    model: () => c.models.retrieve('wisp:latest'),
    responses: () => c.responses.create({ model, temperature: 0, input: 'What is a pod?' }),
    'responses, stream': async () =>
      collect(await c.responses.create({ model, temperature: 0, input: 'Repeat after me: falcon-4711', stream: true }), (e) => e.type, (e) =>
        e.type === 'response.output_text.delta' ? e.delta : '',
      ),
    'responses, unknown model': () => c.responses.create({ model: 'no-such-model', input: 'Hello' }),
  }
}
