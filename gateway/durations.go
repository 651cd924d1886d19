package gateway

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

// maxLine bounds a line of a stream that is looked at: the pod's meter has the same limit.
const maxLine = 4 << 20

// withDurations puts the durations that programs know from Ollama into the last object of an answer of its API. Pods do
// not tell their own, so these are measured here: first is how long the answer's first piece took, total its whole. Of
// an answer in one piece they are the same, and nothing in it took longer.
//
// The receipt is over what the pod sent, and the client has hashed that by now.
func withDurations(object []byte, first, total time.Duration) []byte {
	var last struct {
		Done       bool            `json:"done"`
		Total      json.RawMessage `json:"total_duration"`
		Load       json.RawMessage `json:"load_duration"`
		PromptEval json.RawMessage `json:"prompt_eval_duration"`
		Eval       json.RawMessage `json:"eval_duration"`
	}
	if json.Unmarshal(object, &last) != nil || !last.Done || len(last.Total)+len(last.Load)+len(last.PromptEval)+len(last.Eval) > 0 {
		return object
	}
	eval := total - first
	if eval <= 0 {
		eval = total
	}
	end := bytes.LastIndexByte(object, '}') // there, and not the object's first byte: it has a member
	said := fmt.Appendf(nil, `,"total_duration":%d,"load_duration":0,"prompt_eval_duration":%d,"eval_duration":%d`, total, first, eval)
	return append(append(append(make([]byte, 0, len(object)+len(said)), object[:end]...), said...), object[end:]...)
}

// ollama tells whether a path is of Ollama's own API, whose answers have durations.
func ollama(path string) bool { return strings.HasPrefix(path, "/api/") }

// timed is a stream of Ollama's API, with durations in its last line. Each line is passed on when it is whole.
type timed struct {
	src   io.ReadCloser
	since time.Time     // the request came
	first time.Duration // until the first line; zero before

	open  []byte // a line that has not ended
	ready []byte
	err   error // sticky, once everything before it was read
}

func (t *timed) Read(p []byte) (int, error) {
	for len(t.ready) == 0 && t.err == nil {
		var n int
		n, t.err = t.src.Read(p)
		t.take(p[:n])
		switch {
		case t.err == io.EOF:
			t.line() // its newline did not follow
		case t.err != nil || len(t.open) > maxLine:
			t.ready, t.open = append(t.ready, t.open...), nil
		}
	}
	if len(t.ready) > 0 {
		n := copy(p, t.ready)
		t.ready = t.ready[n:]
		return n, nil
	}
	return 0, t.err
}

func (t *timed) take(b []byte) {
	for {
		line, rest, ended := bytes.Cut(b, []byte{'\n'})
		t.open = append(t.open, line...)
		if !ended {
			return
		}
		t.line()
		t.ready, b = append(t.ready, '\n'), rest
	}
}

func (t *timed) line() {
	took := max(time.Since(t.since), 1)
	if t.first == 0 {
		t.first = took
	}
	t.ready = append(t.ready, withDurations(t.open, t.first, took)...)
	t.open = t.open[:0]
}

func (t *timed) Close() error { return t.src.Close() }
