package gateway

import (
	"bytes"
	"encoding/json"
	"io"
	"time"
)

// maxPiece bounds a piece of a stream that is looked at: the pod's meter has the same limit.
const maxPiece = 4 << 20

// pieces is a stream cut into lines of JSON or events, of which each is passed on once it is whole. Those that say that
// the answer is complete are held until the receipt is verified; where it breaks off they never come, nor does a piece
// that had only begun.
type pieces struct {
	src   io.ReadCloser
	api   api
	sse   bool
	label func(object []byte) []byte // puts the answer's label into its last object, once the receipt is verified
	since time.Time                  // the request came
	first time.Duration              // until the first piece; zero before

	open  []byte   // a piece that has not ended
	held  [][]byte // the answer's last ones
	ready []byte
	raw   bool  // a piece was longer than maxPiece: the rest goes through as it is
	err   error // sticky, once everything before it was read
}

func (s *pieces) Read(p []byte) (int, error) {
	for len(s.ready) == 0 && s.err == nil {
		var n int
		n, s.err = s.src.Read(p)
		s.take(p[:n])
		if s.err == io.EOF {
			if len(s.open) > 0 { // its end did not follow
				s.piece(s.open)
			}
			s.labelLast()
			s.release()
		}
	}
	if len(s.ready) > 0 {
		n := copy(p, s.ready)
		s.ready = s.ready[n:]
		return n, nil
	}
	return 0, s.err
}

func (s *pieces) take(b []byte) {
	if s.raw {
		s.ready = append(s.ready, b...)
		return
	}
	sep := separator(s.sse)
	looked := max(len(s.open)-1, 0)
	s.open = append(s.open, b...)
	for {
		at := bytes.Index(s.open[looked:], sep)
		if at < 0 {
			break
		}
		size := looked + at + len(sep)
		s.piece(s.open[:size])
		s.open, looked = s.open[size:], 0
	}
	if len(s.open) > maxPiece {
		s.release()
		s.ready, s.open, s.raw = append(s.ready, s.open...), nil, true
	}
}

func separator(sse bool) []byte {
	if sse {
		return []byte("\n\n")
	}
	return []byte("\n")
}

func (s *pieces) piece(b []byte) {
	took := max(time.Since(s.since), 1)
	if s.first == 0 {
		s.first = took
	}
	if s.api == ollama {
		b = withDurations(b, s.first, took)
	}
	switch s.api.partOf(s.sse, b) {
	case last:
		s.release()
		s.held = append(s.held, bytes.Clone(b))
	case end:
		s.held = append(s.held, bytes.Clone(b))
	default:
		s.release()
		s.ready = append(s.ready, b...)
	}
}

// labelLast puts the label into the object of the last piece, which is the first of those held.
func (s *pieces) labelLast() {
	if len(s.held) == 0 || s.label == nil || s.api.partOf(s.sse, s.held[0]) != last {
		return
	}
	data := dataOf(s.sse, s.held[0])
	s.held[0] = bytes.Replace(s.held[0], data, s.label(data), 1)
}

func (s *pieces) release() {
	for _, b := range s.held {
		s.ready = append(s.ready, b...)
	}
	s.held = nil
}

func (s *pieces) Close() error { return s.src.Close() }

// part is what a piece is of its stream.
type part int

const (
	middle part = iota
	last        // after it the answer is complete, unless more come
	end         // follows the last one, and says nothing
)

func (a api) partOf(sse bool, piece []byte) part {
	data := dataOf(sse, piece)
	if a == openAI && string(data) == "[DONE]" {
		return end
	}
	var said struct {
		Type    string          `json:"type"`
		Done    bool            `json:"done"`
		Usage   json.RawMessage `json:"usage"`
		Choices []struct {
			Finish *string `json:"finish_reason"`
		} `json:"choices"`
	}
	if json.Unmarshal(data, &said) != nil {
		return middle
	}
	complete := false
	switch a {
	case ollama:
		complete = said.Done
	case openAI:
		complete = len(said.Choices) == 0 && len(said.Usage) > 0 && string(said.Usage) != "null"
		for _, c := range said.Choices {
			complete = complete || c.Finish != nil
		}
	case responses:
		complete = said.Type == "response.completed" || said.Type == "response.incomplete"
	case anthropic:
		complete = said.Type == "message_stop"
	}
	if complete {
		return last
	}
	return middle
}

// dataOf is what a piece carries: of an event its one line of data, or nothing.
func dataOf(sse bool, piece []byte) (data []byte) {
	if !sse {
		return bytes.TrimSpace(piece)
	}
	for line := range bytes.SplitSeq(piece, []byte{'\n'}) {
		if d, ok := bytes.CutPrefix(line, []byte("data:")); ok {
			if data != nil {
				return nil
			}
			data = bytes.TrimSpace(d)
		}
	}
	return data
}

// stream is an answer on its way. When it fails it ends with an error that its reader understands, and then with an
// error of Read, which breaks the connection off.
type stream struct {
	src    io.ReadCloser
	api    api
	sse    bool
	ready  []byte // to be read before src
	last   byte   // that was read
	events int    // that were read
	err    error  // sticky
	said   bool   // the error's piece is in ready, or was
	note   *note
}

func (s *stream) Read(p []byte) (int, error) {
	if len(s.ready) == 0 && s.err == nil {
		var n int
		n, s.err = s.src.Read(p)
		if n > 0 {
			s.saw(p[:n])
			return n, nil
		}
	}
	if len(s.ready) == 0 && s.err != nil && s.err != io.EOF && !s.said {
		s.said, s.note.err = true, s.err
		if s.last != '\n' { // of a piece too long to be held
			s.ready = separator(s.sse)
		}
		s.ready = append(s.ready, s.api.streamError(s.sse, s.events, s.err)...)
	}
	if len(s.ready) > 0 {
		n := copy(p, s.ready)
		s.saw(p[:n])
		s.ready = s.ready[n:]
		return n, nil
	}
	return 0, s.err
}

func (s *stream) saw(b []byte) {
	for _, c := range b {
		if c == '\n' && s.last == '\n' {
			s.events++
		}
		s.last = c
	}
}

func (s *stream) Close() error { return s.src.Close() }
