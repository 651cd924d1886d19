// collect is a stream as its shape, its text and its last piece. Equal kinds one after another are counted.
export async function collect(stream, kind, text) {
  const runs = []
  let content = ''
  let last
  for await (const piece of stream) {
    const name = kind(piece)
    const run = runs.at(-1)
    if (run?.name === name) run.count++
    else runs.push({ name, count: 1 })
    content += text(piece) ?? ''
    last = piece
  }
  return { shape: runs.map((r) => (r.count > 1 ? `${r.name} × ${r.count}` : r.name)), content, last }
}
