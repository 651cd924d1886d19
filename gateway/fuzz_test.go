package gateway

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// A key that is read is one that NewKey made, and nothing of another is in the error.
func FuzzKey(f *testing.F) {
	_, text, err := NewKey(Key{Name: "seed"})
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{text, text[:20], strings.ToLower(text), KeyPrefix, "sk-proj-123", text + "A", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, err := parseKey(text)
		if err != nil {
			if len(text) > 16 && strings.Contains(err.Error(), text) {
				t.Errorf("the error quotes the key: %v", err)
			}
			return
		}
		if len(text) != keyText || id == (KeyID{}) {
			t.Errorf("%q was read as %x", text, id)
		}
	})
}

// However an answer is cut, and whatever is in it, its pieces are what it was, but for durations; what breaks off gives out
// whole pieces alone.
func FuzzPieces(f *testing.F) {
	f.Add([]byte("{\"message\":{\"content\":\"a\"}}\n{\"done\":true}\n"), uint8(ollama), false, false)
	f.Add([]byte("data: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\ndata: {\"choices\":[],\"usage\":{}}\n\ndata: [DONE]\n\n"), uint8(openAI), true, false)
	f.Add([]byte("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"), uint8(anthropic), true, true)
	f.Add([]byte("event: x\ndata: {\"type\":\"response.completed\"}\ndata: two\n\nrest"), uint8(responses), true, true)
	f.Fuzz(func(t *testing.T, answer []byte, of uint8, sse, broken bool) {
		a := api(of % 4)
		if a == ollama && bytes.Contains(answer, []byte("done")) && !broken {
			return // durations are put in
		}
		end := io.EOF
		if broken {
			end = errors.New("broken off")
		}
		for _, cut := range []func(io.Reader) io.Reader{func(r io.Reader) io.Reader { return r }, iotest.OneByteReader} {
			src := io.MultiReader(cut(bytes.NewReader(answer)), iotest.ErrReader(end))
			got, err := io.ReadAll(&pieces{src: io.NopCloser(src), api: a, sse: sse, since: time.Now()})
			if broken {
				if !errors.Is(err, end) || !bytes.HasPrefix(answer, got) && a != ollama {
					t.Fatalf("%q of %q, %v", got, answer, err)
				}
				if len(got) > 0 && !bytes.HasSuffix(got, separator(sse)) {
					t.Fatalf("%q is not of whole pieces", got)
				}
				continue
			}
			if err != nil || !bytes.Equal(got, answer) {
				t.Fatalf("%q of %q, %v", got, answer, err)
			}
		}
	})
}
