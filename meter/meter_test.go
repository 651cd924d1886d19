package meter

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/phallama/phallama/protocol"
)

// sample is an exchange with a real engine, Ollama 0.17.4.
type sample struct {
	path, request, answer string
}

func readSample(t testing.TB, name string) sample {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	head, answer, ok := strings.Cut(string(raw), "\n\n")
	path, request, ok2 := strings.Cut(strings.TrimPrefix(head, "POST "), "\n")
	if !ok || !ok2 {
		t.Fatalf("%s: want POST path, body, an empty line, answer", name)
	}
	return sample{path, request, answer}
}

var samples = []struct {
	name   string
	in     uint32
	out    uint32
	finish protocol.Finish
	chunks uint32 // with text
}{
	{"chat-stream-stop", 20, 9, protocol.FinishStop, 8},
	{"chat-stream-length", 10, 5, protocol.FinishLength, 5},
	{"chat-whole-stop", 20, 9, protocol.FinishStop, 0},
	{"chat-whole-length", 10, 5, protocol.FinishLength, 0},
	{"generate-stream-length", 10, 4, protocol.FinishLength, 4},
	{"generate-whole-stop", 20, 9, protocol.FinishStop, 0},
	{"openai-stream-stop", 20, 9, protocol.FinishStop, 8},
	{"openai-stream-length", 10, 3, protocol.FinishLength, 3},
	{"openai-whole-stop", 20, 9, protocol.FinishStop, 0},
	{"openai-whole-length", 10, 5, protocol.FinishLength, 0},
	{"completions-stream-stop", 21, 10, protocol.FinishStop, 9},
	{"completions-stream-length", 9, 3, protocol.FinishLength, 3},
	{"completions-whole-stop", 21, 10, protocol.FinishStop, 0},
	{"responses-stream-stop", 21, 10, protocol.FinishStop, 9},
	{"responses-whole-stop", 21, 10, protocol.FinishStop, 0},
	{"messages-stream-stop", 21, 10, protocol.FinishStop, 9},
	{"messages-stream-length", 9, 4, protocol.FinishLength, 4},
	{"messages-whole-stop", 21, 10, protocol.FinishStop, 0},
	{"messages-whole-length", 9, 5, protocol.FinishLength, 0},
	{"embed-whole", 10, 0, protocol.FinishStop, 0},
	{"embeddings-whole", 1, 0, protocol.FinishStop, 0},
	{"openai-embeddings-whole", 10, 0, protocol.FinishStop, 0},
}

func prepare(t testing.TB, s sample) Prepared {
	t.Helper()
	p, err := Prepare(s.path, []byte(s.request), testOffer)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// timings are how recorded answers tell how long the engine took.
var timings = regexp.MustCompile(`,"(total|load|prompt_eval|eval)_duration":\d+`)

// Every cut of the engine's bytes into two, and single bytes, count and pass on the same.
func TestSamples(t *testing.T) {
	for _, c := range samples {
		t.Run(c.name, func(t *testing.T) {
			s := readSample(t, c.name)
			p := prepare(t, s)
			want := Result{Usage: protocol.Usage{In: c.in, Out: c.out}, Finish: c.finish}
			passed := timings.ReplaceAllString(s.answer, "")
			if timed := strings.HasPrefix(s.path, "/api/") && p.family != familyEmbeddings; timed == (passed == s.answer) {
				t.Fatal("the sample has changed")
			}
			check := func(cut int, pieces ...string) {
				t.Helper()
				var client bytes.Buffer
				m := New(p, &client, nil)
				if p.family == familyEmbeddings { // it has no other counter
					m.Prompt(c.in)
				}
				for _, piece := range pieces {
					if n, err := m.Write([]byte(piece)); n != len(piece) || err != nil {
						t.Fatalf("cut at %d: %d, %v", cut, n, err)
					}
				}
				if got := m.Finish(io.EOF); got != want {
					t.Fatalf("cut at %d: %+v, want %+v", cut, got, want)
				}
				if client.String() != passed {
					t.Fatalf("cut at %d: the client got\n%s", cut, client.String())
				}
				if m.chunks != c.chunks {
					t.Fatalf("cut at %d: %d chunks, want %d", cut, m.chunks, c.chunks)
				}
			}
			for cut := 0; cut <= len(s.answer); cut += 1 + len(s.answer)/2000 {
				check(cut, s.answer[:cut], s.answer[cut:])
			}
			check(-1, strings.Split(s.answer, "")...)
		})
	}
}

func TestLastLineWithoutNewline(t *testing.T) {
	for _, name := range []string{"chat-stream-stop", "openai-stream-stop"} {
		s := readSample(t, name)
		var client bytes.Buffer
		m := New(prepare(t, s), &client, nil)
		answer := strings.TrimRight(s.answer, "\n")
		if _, err := io.Copy(m, strings.NewReader(answer)); err != nil {
			t.Fatal(err)
		}
		if got := m.Finish(nil); got.Usage != (protocol.Usage{In: 20, Out: 9}) || client.String() != timings.ReplaceAllString(answer, "") {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// The usage chunk is asked for on every stream, and passed on to those who asked for it.
func TestHiddenUsage(t *testing.T) {
	s := readSample(t, "openai-stream-stop")
	s.request = strings.Replace(s.request, `"stream_options":{"include_usage":true},`, "", 1)
	p := prepare(t, s)
	i := strings.Index(s.answer, `data: {"id":"chatcmpl-346","object":"chat.completion.chunk","created":1795383694,"model":"wisp","system_fingerprint":"fp_ollama","choices":[],"usage"`)
	end := strings.Index(s.answer, "data: [DONE]")
	if i < 0 || end < 0 || !p.hideUsage {
		t.Fatal("the sample has changed")
	}
	want := s.answer[:i] + s.answer[end:]
	for cut := range len(s.answer) + 1 {
		var client bytes.Buffer
		m := New(p, &client, nil)
		m.Write([]byte(s.answer[:cut]))
		m.Write([]byte(s.answer[cut:]))
		if got := m.Finish(nil); got != (Result{Usage: protocol.Usage{In: 20, Out: 9}, Finish: protocol.FinishStop}) {
			t.Fatalf("cut at %d: %+v", cut, got)
		}
		if client.String() != want {
			t.Fatalf("cut at %d: the client got\n%s", cut, client.String())
		}
	}
}

// /v1/completions says a usage of zeros in each chunk to whom asks for the last one: who did not sees none of them.
func TestHiddenUsageOfCompletions(t *testing.T) {
	s := readSample(t, "completions-stream-stop")
	s.request = strings.Replace(s.request, `"stream_options":{"include_usage":true},`, "", 1)
	var client bytes.Buffer
	m := New(prepare(t, s), &client, nil)
	io.WriteString(m, s.answer)
	if got := m.Finish(nil); got != (Result{Usage: protocol.Usage{In: 21, Out: 10}, Finish: protocol.FinishStop}) {
		t.Errorf("%+v", got)
	}
	last := strings.Index(s.answer, `"choices":[]`)
	first := strings.LastIndex(s.answer[:last], "data: ")
	want := strings.ReplaceAll(s.answer[:first], `,"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}`, "") + "data: [DONE]\n\n"
	if diff := cmp.Diff(want, client.String()); diff != "" {
		t.Error(diff)
	}
}

// A stream may end without its last lines, by itself (billed what passed) or by breaking (free).
func TestEndsEarly(t *testing.T) {
	for _, name := range []string{"chat-stream-stop", "generate-stream-length", "openai-stream-stop", "messages-stream-length"} {
		s := readSample(t, name)
		p := prepare(t, s)
		lines := strings.SplitAfter(s.answer, "\n")
		var passed uint32
		for n, line := range lines {
			if strings.Contains(line, "eval_count") || strings.Contains(line, "prompt_tokens") || strings.Contains(line, "stop_reason") {
				break
			}
			var chunk uint32
			if piece.MatchString(line) {
				chunk = 1
			}
			passed += chunk
			part := strings.Join(lines[:n+1], "")
			m := New(p, io.Discard, nil)
			io.WriteString(m, part)
			if got, want := m.Finish(io.EOF), (Result{Usage: protocol.Usage{Out: passed}, Counted: true, Finish: protocol.FinishStop}); got.Usage != want.Usage || !got.Counted {
				t.Errorf("%s, %d lines: %+v, want %+v", name, n+1, got, want)
			}
			m = New(p, io.Discard, nil)
			io.WriteString(m, part)
			if got, want := m.Finish(io.ErrUnexpectedEOF), (Result{Finish: protocol.FinishError, Counted: true}); got != want {
				t.Errorf("%s, %d lines, broken: %+v, want %+v", name, n+1, got, want)
			}
		}
		if passed == 0 {
			t.Errorf("%s: no chunk before the counters", name)
		}
	}
}

// leaver is a client that goes after a number of writes: with an error, or by an abort beside it.
type leaver struct {
	left   int
	m      *Meter
	silent bool
	got    bytes.Buffer
}

func (l *leaver) Write(b []byte) (int, error) {
	if l.left == 0 {
		return 0, errors.New("gone")
	}
	l.left--
	l.got.Write(b)
	if l.silent && l.left == 0 {
		l.m.Abort()
	}
	return len(b), nil
}

// piece is what stands before a piece of generated text in a stream, and its first letter.
var piece = regexp.MustCompile(`"(?:content|response|delta|text)":"[^"]|"text_delta","text":"[^"]`)

// ending is in the last line of a stream.
var ending = regexp.MustCompile(`"done":true|\[DONE\]|event: response.completed|event: message_stop`)

// writes are what a meter passes on of an answer, one at a time.
type writes []string

func (w *writes) Write(b []byte) (int, error) {
	*w = append(*w, string(b))
	return len(b), nil
}

func TestAbortAtEveryChunk(t *testing.T) {
	for _, c := range samples {
		s := readSample(t, c.name)
		p := prepare(t, s)
		if !p.Stream {
			continue
		}
		var all writes
		io.WriteString(New(p, &all, nil), s.answer)
		var passed uint32
		for after, next := range all {
			// What is not silent had been generated before the client was seen to be gone.
			now := passed
			if piece.MatchString(next) && !strings.Contains(next, ".done") && !ending.MatchString(next) {
				now++
			}
			for _, silent := range []bool{false, true} {
				client := &leaver{left: after, silent: silent}
				m := New(p, client, nil)
				client.m = m
				if silent && after == 0 {
					m.Abort()
				}
				if _, err := io.WriteString(m, s.answer); err != nil {
					t.Fatal(err)
				}
				want := protocol.Usage{Out: now}
				if silent {
					want.Out = passed
				}
				if want.Out > 0 {
					want.In = c.in
				}
				if got := m.Finish(io.EOF); got != (Result{Usage: want, Finish: protocol.FinishAbort, Counted: true}) {
					t.Errorf("%s, gone after %d writes, silently %v: %+v, want %+v", c.name, after, silent, got, want)
				}
				if client.got.String() != strings.Join(all[:after], "") {
					t.Errorf("%s: passed on after the client was gone", c.name)
				}
			}
			passed = now
			if ending.MatchString(next) {
				break
			}
		}
		if passed != c.chunks {
			t.Errorf("%s: %d pieces, want %d", c.name, passed, c.chunks)
		}
	}
}

// After the last line there is nothing left to abort.
func TestAbortAfterTheEnd(t *testing.T) {
	for _, name := range []string{"chat-stream-stop", "openai-stream-stop"} {
		s := readSample(t, name)
		m := New(prepare(t, s), io.Discard, nil)
		io.WriteString(m, s.answer)
		m.Abort()
		if got := m.Finish(nil); got != (Result{Usage: protocol.Usage{In: 20, Out: 9}, Finish: protocol.FinishStop}) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestAbortBoundedByEngine(t *testing.T) {
	m := New(Prepared{Stream: true, MaxUsage: protocol.Usage{In: 9, Out: 9}}, io.Discard, nil)
	for range 3 {
		io.WriteString(m, `{"message":{"content":"x"},"done":false}`+"\n")
	}
	m.Abort()
	io.WriteString(m, `{"done":true,"prompt_eval_count":4,"eval_count":2}`+"\n")
	if got := m.Finish(nil); got.Usage != (protocol.Usage{In: 4, Out: 2}) {
		t.Errorf("%+v, want no more than the engine's counters", got)
	}
}

// An answer of 10 tokens that took a second to generate, the client gone so long before it was ready.
func TestAbortBeforeWholeAnswer(t *testing.T) {
	const ollama = `{"done":true,"done_reason":"stop","prompt_eval_count":20,"eval_count":10,"eval_duration":1000000000}`
	const openai = `{"choices":[{"message":{"content":"x"},"finish_reason":"stop"}],"usage":{"prompt_tokens":20,"completion_tokens":10}}`
	for _, c := range []struct {
		fam    family
		answer string
		before time.Duration
		in     uint32
		out    uint32
	}{
		{familyChat, ollama, 0, 20, 10},
		{familyChat, ollama, 1, 20, 9},
		{familyChat, ollama, 100 * time.Millisecond, 20, 9},
		{familyChat, ollama, 101 * time.Millisecond, 20, 8},
		{familyGenerate, ollama, 900 * time.Millisecond, 20, 1},
		{familyGenerate, ollama, 901 * time.Millisecond, 0, 0},
		{familyGenerate, ollama, time.Second, 0, 0},
		{familyGenerate, ollama, time.Hour, 0, 0},
		{familyOpenAI, openai, 0, 20, 10},
		{familyOpenAI, openai, 1, 0, 0},
		{familyChat, strings.Replace(ollama, "eval_duration", "x", 1), 1, 0, 0},
		{familyChat, ollama[:40], 0, 0, 0},
		{familyChat, `{"error":"out of memory"}`, 0, 0, 0},
		{familyCompletions, openai, 0, 20, 10},
		{familyResponses, `{"usage":{"input_tokens":20,"output_tokens":10}}`, 0, 20, 10},
		{familyMessages, `{"usage":{"input_tokens":20,"output_tokens":10}}`, 1, 0, 0},
		{familyEmbed, `{"embeddings":[[1]],"prompt_eval_count":20}`, 0, 20, 0},
		{familyEmbed, `{"embeddings":[[1]],"prompt_eval_count":20}`, 1, 0, 0},
		{familyOpenAIEmbeddings, openai, 0, 20, 0},
		{familyOpenAIEmbeddings, openai[:50], 0, 0, 0},
	} {
		now := time.Unix(1_800_000_000, 0)
		m := New(Prepared{family: c.fam, MaxUsage: protocol.Usage{In: 99, Out: 99}}, io.Discard, func() time.Time { return now })
		m.Abort()
		now = now.Add(c.before)
		io.WriteString(m, c.answer)
		want := Result{Usage: protocol.Usage{In: c.in, Out: c.out}, Finish: protocol.FinishAbort, Counted: true}
		if got := m.Finish(nil); got != want {
			t.Errorf("%s, gone %v before: %+v, want %+v", c.answer, c.before, got, want)
		}
	}
}

func TestOddAnswers(t *testing.T) {
	stop, length, failed := protocol.FinishStop, protocol.FinishLength, protocol.FinishError
	for _, c := range []struct {
		name   string
		fam    family
		stream bool
		answer string
		want   Result
	}{
		{"error in a stream", familyChat, true, `{"message":{"content":"x"}}` + "\n" + `{"error":"boom"}` + "\n", Result{protocol.Usage{}, failed, true}},
		{"error in whole", familyChat, false, `{"error":"boom"}`, Result{protocol.Usage{}, failed, true}},
		{"not JSON in a stream", familyChat, true, "<html>\n", Result{protocol.Usage{}, failed, true}},
		{"not JSON in whole", familyChat, false, "<html>", Result{protocol.Usage{}, failed, true}},
		{"cut in whole", familyGenerate, false, `{"response":"x","done":true,"eval`, Result{protocol.Usage{}, failed, true}},
		{"nothing", familyChat, true, "", Result{protocol.Usage{}, stop, true}},
		{"loaded only", familyGenerate, false, `{"done":true,"done_reason":"load"}`, Result{protocol.Usage{}, stop, false}},
		{"no counters in whole", familyChat, false, `{"message":{"content":"x"},"done":false}`, Result{protocol.Usage{}, stop, true}},
		{"thinking and tools count", familyChat, true, `{"message":{"thinking":"x"}}` + "\n" + `{"message":{"content":"","tool_calls":[{}]}}` + "\n", Result{protocol.Usage{Out: 2}, stop, true}},
		{"reasoning counts", familyOpenAI, true, `data: {"choices":[{"delta":{"reasoning":"x"}}]}` + "\n\n", Result{protocol.Usage{Out: 1}, stop, true}},
		{"log probabilities count", familyOpenAI, true, `data: {"choices":[{"delta":{"content":""},"logprobs":{"content":[1]}}]}` + "\n\n", Result{protocol.Usage{Out: 1}, stop, true}},
		{"comments and carriage returns", familyOpenAI, true, ": hello\r\n\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"length\"}]}\r\n\r\n", Result{protocol.Usage{Out: 1}, length, true}},
		{"negative counters", familyChat, true, `{"done":true,"prompt_eval_count":-1,"eval_count":5}` + "\n", Result{protocol.Usage{}, stop, true}},
		{"huge counters", familyChat, true, `{"done":true,"prompt_eval_count":1,"eval_count":4294967296}` + "\n", Result{protocol.Usage{}, stop, true}},
		{"more than was allowed", familyChat, true, `{"done":true,"prompt_eval_count":1001,"eval_count":1001}` + "\n", Result{protocol.Usage{In: 1000, Out: 1000}, stop, false}},
		{"embeddings without counters", familyEmbeddings, false, `{"embedding":[1]}`, Result{protocol.Usage{}, stop, true}},
		{"embeddings that failed", familyEmbed, false, `{"error":"boom"}`, Result{protocol.Usage{}, failed, true}},
		{"an event without data", familyMessages, true, "event: ping\n\nevent: content_block_delta\ndata: {\"delta\":{\"text\":\"x\"}}\n\nevent: cut", Result{protocol.Usage{Out: 1}, stop, true}},
		{"an error event", familyMessages, true, "event: error\ndata: {\"type\":\"error\",\"error\":{\"message\":\"boom\"}}\n\n", Result{protocol.Usage{}, failed, true}},
		{"deltas that are not objects", familyMessages, true, `data: {"delta":[1]}` + "\n\n" + `data: {"delta":"x"}` + "\n\n", Result{protocol.Usage{}, stop, true}},
		{"tools and thinking in messages", familyMessages, true, `data: {"delta":{"partial_json":"{}"}}` + "\n\n" + `data: {"delta":{"thinking":"x"}}` + "\n\n", Result{protocol.Usage{Out: 2}, stop, true}},
		{"a response that is no object", familyResponses, true, `data: {"type":"response.completed","response":"x"}` + "\n\n", Result{protocol.Usage{}, stop, true}},
		{"deltas of responses", familyResponses, true, `data: {"type":"response.function_call_arguments.delta","delta":"x"}` + "\n\n" + `data: {"type":"response.output_text.done","delta":"x"}` + "\n\n", Result{protocol.Usage{Out: 1}, stop, true}},
		{"usage of zeros in each chunk", familyOpenAI, true, `data: {"choices":[{"delta":{"content":"x"}}],"usage":{"prompt_tokens":0,"completion_tokens":0}}` + "\n\n" + `data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}` + "\n\n", Result{protocol.Usage{In: 3, Out: 2}, stop, false}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := New(Prepared{family: c.fam, Stream: c.stream, MaxUsage: protocol.Usage{In: 1000, Out: 1000}}, io.Discard, nil)
			io.WriteString(m, c.answer)
			if got := m.Finish(nil); got != c.want {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	block := bytes.Repeat([]byte{' '}, 1<<20)
	for _, c := range []struct {
		name   string
		stream bool
		suffix string
		limit  int
	}{
		{"line", true, "", MaxLine},
		{"stream", true, "\n", MaxStream},
		{"whole", false, "", MaxWhole},
	} {
		m := New(Prepared{Stream: c.stream}, io.Discard, nil)
		sent := 0
		for {
			n, err := m.Write(append(block[:1<<20-len(c.suffix)], c.suffix...))
			sent += n
			if err != nil {
				if !errors.Is(err, ErrAnswer) {
					t.Error(err)
				}
				break
			}
			if sent > c.limit {
				t.Fatalf("%s: %d bytes taken, at most %d", c.name, sent, c.limit)
			}
		}
		if sent < c.limit-1<<20 {
			t.Errorf("%s: refused after %d bytes, the limit is %d", c.name, sent, c.limit)
		}
		if got := m.Finish(nil); got.Finish != protocol.FinishError || got.Usage != (protocol.Usage{}) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func FuzzMeter(f *testing.F) {
	for _, c := range samples {
		s := readSample(f, c.name)
		p := prepare(f, s)
		f.Add(uint8(p.family), p.Stream, true, []byte(s.answer), uint16(7), uint16(3))
		f.Add(uint8(p.family), p.Stream, false, []byte(s.answer), uint16(100), uint16(1000))
	}
	f.Fuzz(func(t *testing.T, fam uint8, stream, hide bool, answer []byte, cut, leave uint16) {
		p := Prepared{family: family(fam) % someFamilies, Stream: stream, hideUsage: hide, MaxUsage: protocol.Usage{In: 50, Out: 30}}
		run := func(leave int, pieces ...[]byte) (Result, string) {
			client := &leaver{left: leave}
			m := New(p, client, func() time.Time { return time.Unix(1, 0) })
			var err error
			for _, piece := range pieces {
				if _, err = m.Write(piece); err != nil {
					break
				}
			}
			r := m.Finish(err)
			if r.Usage.In > 50 || r.Usage.Out > 30 || r.Finish == 0 {
				t.Fatalf("%+v", r)
			}
			if r.Finish == protocol.FinishError && r.Usage != (protocol.Usage{}) {
				t.Fatalf("billed a failure: %+v", r)
			}
			return r, client.got.String()
		}
		whole, got := run(1<<30, answer)
		at := int(cut) % (len(answer) + 1)
		split, gotSplit := run(1<<30, answer[:at], answer[at:])
		if whole != split || got != gotSplit {
			t.Fatalf("cut at %d: %+v, in one: %+v", at, split, whole)
		}
		if left, _ := run(int(leave), answer); stream && left.Finish == protocol.FinishAbort && left.Usage.Out > whole.Usage.Out && whole.Finish != protocol.FinishError && !whole.Counted {
			t.Fatalf("aborted %+v costs more than complete %+v", left, whole)
		}
	})
}

// A stream that is cut short when its client goes is billed its prompt by what the engine said before the answer, within the
// request's maximum; a whole one, and one that nothing had passed of, are not billed by that.
func TestPromptOfCutStreams(t *testing.T) {
	for _, name := range []string{"chat-stream-stop", "generate-stream-length", "openai-stream-stop"} {
		s := readSample(t, name)
		p := prepare(t, s)
		lines := strings.SplitAfter(s.answer, "\n")
		for said, want := range map[uint32]uint32{0: 0, 7: 7, p.MaxUsage.In + 1: p.MaxUsage.In} {
			m := New(p, io.Discard, nil)
			m.Prompt(said)
			io.WriteString(m, lines[0])
			io.WriteString(m, strings.Join(lines[1:3], ""))
			m.Abort()
			got := m.Finish(errors.New("cut"))
			if got.Finish != protocol.FinishAbort || got.Usage.Out == 0 || got.Usage.In != want {
				t.Errorf("%s: %+v, want a prompt of %d", name, got, want)
			}

			m = New(p, io.Discard, nil) // ended by itself, without counters
			m.Prompt(said)
			io.WriteString(m, strings.Join(lines[:3], ""))
			got = m.Finish(nil)
			if got.Finish != protocol.FinishStop || got.Usage.Out == 0 || got.Usage.In != want {
				t.Errorf("%s, without counters: %+v, want a prompt of %d", name, got, want)
			}

			m = New(p, io.Discard, nil)
			m.Prompt(said)
			if got := m.Finish(nil); got.Usage != (protocol.Usage{}) {
				t.Errorf("%s, nothing came: %+v", name, got)
			}

			m = New(p, io.Discard, nil)
			m.Prompt(said)
			m.Abort()
			if got := m.Finish(errors.New("cut")); got.Usage != (protocol.Usage{}) || got.Finish != protocol.FinishAbort {
				t.Errorf("%s, before anything passed: %+v", name, got)
			}

			m = New(p, io.Discard, nil)
			m.Prompt(said)
			io.WriteString(m, s.answer)
			if got := m.Finish(nil); got.Usage.In == said {
				t.Errorf("%s, whole: %+v", name, got)
			}
		}
	}
}

// Who leaves after the last line has the answer, and pays for it, though the engine's connection is given up before its end.
func TestLeavingAfterTheLastLine(t *testing.T) {
	for _, c := range samples {
		s := readSample(t, c.name)
		p := prepare(t, s)
		if !p.Stream {
			continue
		}
		m := New(p, io.Discard, nil)
		io.WriteString(m, s.answer)
		m.Abort()
		if got, want := m.Finish(errors.New("cut")), (Result{Usage: protocol.Usage{In: c.in, Out: c.out}, Finish: c.finish}); got != want {
			t.Errorf("%s: %+v, want %+v", c.name, got, want)
		}
	}
}
