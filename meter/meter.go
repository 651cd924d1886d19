package meter

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/bits"
	"sync"
	"time"

	"github.com/phallama/phallama/protocol"
)

// Limits of an answer. Beyond them the answer counts as an engine's failure.
const (
	MaxLine   = 4 << 20  // bytes of a line of a stream: the last of /api/generate holds every token's id
	MaxWhole  = 32 << 20 // bytes of an answer that is not streamed
	MaxStream = 64 << 20 // bytes of a stream
)

// ErrAnswer says that an answer is not one that the meter can read: too long, or not JSON.
var ErrAnswer = errors.New("the engine's answer cannot be metered")

// Meter passes the engine's answer (status 200) on to the client, all but how long the engine took, and counts. Write it
// the engine's bytes, to the answer's end even when the client has gone from one that is not streamed, then call Finish.
// Abort may be called at any time and from anywhere; the rest is for one goroutine.
type Meter struct {
	p     Prepared
	to    io.Writer
	clock func() time.Time

	mu      sync.Mutex // guards the two that Abort and others share
	aborted time.Time  // zero: the client is there
	chunks  uint32     // chunks with generated text that passed before

	size     int
	event    []byte // of a stream: the line that names the event whose data comes next
	rest     []byte // of a stream: a line not yet ended; else: the answer so far
	lastByte time.Time
	hidden   bool // a chunk was just kept back, and the empty line after it is too
	whole    bool // the stream's last line has passed, and the client was there
	failed   error

	prompt     uint32 // tokens, as the engine says before its answer
	in, out    uint32 // the engine's counters
	counters   bool   // they were there
	finish     protocol.Finish
	evaluating time.Duration // how long the engine generated, if it says so
}

// New is a meter for the answer to p. Each chunk of a stream goes to the client in one Write, and so does an answer of
// Ollama's API that is not streamed, from Finish; an error of the client's Write is the same as Abort. clock nil means time.Now.
func New(p Prepared, client io.Writer, clock func() time.Time) *Meter {
	if clock == nil {
		clock = time.Now
	}
	return &Meter{p: p, to: client, clock: clock, finish: protocol.FinishStop}
}

// Abort says that the client has gone. Nothing is passed on from now, and what the engine generates from now is free.
func (m *Meter) Abort() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.aborted.IsZero() {
		m.aborted = m.clock()
	}
}

// Prompt is how many tokens the engine found in the prompt, by what it says ahead of its answer. It counts for a stream
// whose end comes without the engine's counters, and for /api/embeddings, whose answer has none.
func (m *Meter) Prompt(tokens uint32) { m.prompt = tokens }

// Write takes the engine's next bytes. An error means that the answer is of no use; reading on is pointless.
func (m *Meter) Write(b []byte) (int, error) {
	if m.failed != nil {
		return 0, m.failed
	}
	m.size += len(b)
	m.lastByte = m.clock()
	if !m.p.Stream {
		if m.size > MaxWhole {
			return 0, m.fail("more than %d bytes", MaxWhole)
		}
		m.rest = append(m.rest, b...)
		if !m.p.family.ollama() { // nothing in it is left out
			m.pass(b, false)
		}
		return len(b), nil
	}
	if m.size > MaxStream {
		return 0, m.fail("more than %d bytes", MaxStream)
	}
	for left := b; len(left) > 0; {
		end := bytes.IndexByte(left, '\n') + 1
		if end == 0 {
			end = len(left)
		}
		if len(m.event)+len(m.rest)+end > MaxLine {
			return 0, m.fail("a line of more than %d bytes", MaxLine)
		}
		m.rest = append(m.rest, left[:end]...)
		left = left[end:]
		if m.rest[len(m.rest)-1] != '\n' {
			break
		}
		if err := m.line(); err != nil {
			return 0, err
		}
	}
	return len(b), nil
}

func (m *Meter) fail(format string, args ...any) error {
	m.failed = fmt.Errorf("%w: %s", ErrAnswer, fmt.Sprintf(format, args...))
	return m.failed
}

// line takes the line in m.rest.
func (m *Meter) line() error {
	line := m.rest
	body := bytes.TrimSpace(line)
	if !m.p.family.ollama() {
		data, ok := bytes.CutPrefix(body, []byte("data:"))
		if !ok && bytes.HasPrefix(body, []byte("event:")) { // goes with its data
			m.event = append(m.event, line...)
			m.rest = m.rest[:0]
			return nil
		}
		if !ok { // the empty line that ends an event, or a comment
			if !m.hidden || len(body) > 0 {
				m.pass(m.named(line), false)
			}
			m.hidden = false
			m.rest = m.rest[:0]
			return nil
		}
		body = bytes.TrimSpace(data)
	}
	var c chunk
	last := string(body) == "[DONE]"
	if !last && len(body) > 0 {
		if err := json.Unmarshal(body, &c); err != nil {
			return m.fail("a line of %d bytes is not JSON", len(body))
		}
	}
	usageOnly := m.take(c)
	if m.p.family.ollama() && c.timed() {
		line = withoutDurations(line)
	}
	if m.p.hideUsage && c.Usage != nil && !usageOnly {
		line = withoutUsage(line)
	}
	line = m.named(line)
	if m.hidden = usageOnly && m.p.hideUsage; !m.hidden {
		here := m.pass(line, c.generated(m.p.family))
		m.whole = m.whole || here && (last || c.ends(m.p.family))
	}
	m.rest = m.rest[:0]
	return nil
}

// named puts the line that names the event before a line of it; the result is good until the next call.
func (m *Meter) named(line []byte) []byte {
	if len(m.event) == 0 {
		return line
	}
	line = append(m.event, line...)
	m.event = line[:0]
	return line
}

// pass hands b on, unless the client has gone; it tells whether the client took it.
func (m *Meter) pass(b []byte, generated bool) bool {
	m.mu.Lock()
	here := m.aborted.IsZero()
	if here && generated {
		m.chunks++
	}
	m.mu.Unlock()
	if !here || len(b) == 0 {
		return here
	}
	if _, err := m.to.Write(b); err != nil {
		m.Abort()
		return false
	}
	return true
}

// take keeps what a chunk, or an answer that is not streamed, says about itself. It tells whether it is nothing but the
// usage of /v1.
func (m *Meter) take(c chunk) (usageOnly bool) {
	if present(c.Error) {
		m.finish = protocol.FinishError
		return false
	}
	if c.reason(m.p.family) == "length" && m.finish == protocol.FinishStop {
		m.finish = protocol.FinishLength
	}
	if in, out, ok := c.counters(m.p.family, m.p.Stream); ok {
		m.counted(in, out)
	}
	if c.EvalDuration != nil && c.Done {
		m.evaluating = time.Duration(*c.EvalDuration)
	}
	return m.p.family.asksUsage() && m.p.Stream && c.Usage != nil && len(c.Choices) == 0
}

func (m *Meter) counted(in, out int64) {
	if 0 <= in && in <= math.MaxUint32 && 0 <= out && out <= math.MaxUint32 {
		m.in, m.out, m.counters = uint32(in), uint32(out), true
	}
}

// Result is what an answer used, and how it ended.
type Result struct {
	Usage  protocol.Usage
	Finish protocol.Finish

	// Counted: the engine's own counters were missing, or the client had gone, so Usage.Out is what was counted, and
	// Usage.In is what the engine had said until then.
	Counted bool
}

// Finish ends the answer: readErr is why reading it ended, nil or io.EOF if it ended by itself.
//
// An answer that was complete is billed by the engine's counters. One that ended by itself without them (the engine
// stops so at its thirtieth equal token) is billed by the chunks that passed. One that broke is
// not billed, its result is FinishError; but when the client had gone before, it is billed as aborted.
//
// An aborted stream is billed its chunks that passed before the abort; it may have been read no further than that. Where
// chunks are counted the prompt is billed if there was one. An aborted answer that is not streamed is billed what the engine had generated at
// the moment of the abort, as it follows from how long it generated and when it was ready, rounded down; nothing if the
// API does not say. Embeddings are billed in full if they were ready, else nothing.
func (m *Meter) Finish(readErr error) Result {
	defer func() { clear(m.rest[:cap(m.rest)]); clear(m.event[:cap(m.event)]) }() // an answer's text
	if errors.Is(readErr, io.EOF) && !errors.Is(readErr, io.ErrUnexpectedEOF) {
		readErr = nil
	}
	if m.p.family == familyEmbeddings && m.prompt > 0 { // its answer has no counters
		m.counted(int64(m.prompt), 0)
	}
	if m.failed == nil && readErr == nil && len(m.rest) > 0 {
		if m.p.Stream {
			readErr = m.line() // a last line that its newline did not follow
		} else {
			var c chunk
			if err := json.Unmarshal(m.rest, &c); err != nil {
				m.fail("%d bytes are not JSON", len(m.rest))
			} else {
				m.take(c)
				if m.p.family.ollama() {
					m.pass(withoutDurations(m.rest), false)
				}
			}
		}
	}
	m.pass(m.named(nil), false)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.whole && !m.aborted.IsZero() {
		readErr = nil // the client has all of it, and left before the engine's connection had ended
	}
	broken := m.failed != nil || readErr != nil || m.finish == protocol.FinishError
	switch {
	case !m.aborted.IsZero() && !m.whole:
		return m.abortedResult()
	case broken:
		return Result{Finish: protocol.FinishError, Counted: true}
	case m.counters:
		return m.bounded(protocol.Usage{In: m.in, Out: m.out}, m.finish, false)
	}
	return m.bounded(m.passed(m.chunks), m.finish, true)
}

// passed is the usage of a stream of which so many tokens passed on, and that has no counters.
func (m *Meter) passed(out uint32) protocol.Usage {
	if out == 0 {
		return protocol.Usage{}
	}
	return protocol.Usage{In: m.prompt, Out: out}
}

func (m *Meter) abortedResult() Result {
	var u protocol.Usage
	switch late := m.lastByte.Sub(m.aborted); {
	case m.p.Stream:
		u.Out = m.chunks
		if m.counters {
			u.Out = min(u.Out, m.out)
		}
	case !m.counters || m.failed != nil:
	case late <= 0:
		u.Out = m.out
		if m.p.family.embeds() {
			u.In = m.in
		}
	case late < m.evaluating:
		// The last token was ready no later than the answer, so this many of them were ready no earlier than the abort.
		hi, lo := bits.Mul64(uint64(m.out), uint64(m.evaluating-late))
		tokens, _ := bits.Div64(hi, lo, uint64(m.evaluating)) // less than m.out
		u.Out = uint32(tokens)
	}
	if u.Out > 0 && m.counters {
		u.In = m.in
	} else if m.p.Stream {
		u = m.passed(u.Out)
	}
	return m.bounded(u, protocol.FinishAbort, true)
}

// bounded keeps a usage below what the request's maximum cost was computed from, whatever the engine says.
func (m *Meter) bounded(u protocol.Usage, f protocol.Finish, counted bool) Result {
	u.In, u.Out = min(u.In, m.p.MaxUsage.In), min(u.Out, m.p.MaxUsage.Out)
	return Result{Usage: u, Finish: f, Counted: counted}
}
