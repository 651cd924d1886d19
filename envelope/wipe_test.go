package envelope

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
)

// keeping is a reader that remembers every buffer it was given.
type keeping struct {
	io.Reader
	buffers [][]byte
}

func (k *keeping) Read(p []byte) (int, error) {
	n, err := k.Reader.Read(p)
	k.buffers = append(k.buffers, p[:n])
	return n, err
}

func TestReadWholeWipes(t *testing.T) {
	text := bytes.Repeat([]byte("canary"), 5000)
	k := &keeping{Reader: iotest.HalfReader(bytes.NewReader(text))}
	got, err := readWhole(k, ample())
	if err != nil || !bytes.Equal(got, text) {
		t.Fatalf("%d bytes, %v", len(got), err)
	}
	clear(got)
	for i, b := range k.buffers {
		if !zero(b) {
			t.Fatalf("buffer %d of %d keeps what was read", i, len(k.buffers))
		}
	}
	broken := errors.New("broken")
	k = &keeping{Reader: io.MultiReader(bytes.NewReader(text), iotest.ErrReader(broken))}
	if got, err := readWhole(k, ample()); got != nil || !errors.Is(err, broken) {
		t.Fatalf("%d bytes, %v", len(got), err)
	}
	for i, b := range k.buffers {
		if !zero(b) {
			t.Fatalf("after an error buffer %d keeps what was read", i)
		}
	}
}

// What a chunk opened to is wiped as it is read.
func TestOpenedChunksAreWiped(t *testing.T) {
	var opened [][]byte
	o := chunkOpener{
		src: bufio.NewReader(bytes.NewReader(append(appendVarint(nil, 6+tagBytes), append([]byte("canary"), make([]byte, tagBytes)...)...))),
		open: func(_, _, ciphertext []byte) ([]byte, error) {
			plain := bytes.Clone(ciphertext[:len(ciphertext)-tagBytes])
			opened = append(opened, plain)
			return plain, nil
		},
		limit: -1,
	}
	got := make([]byte, 6)
	if n, err := o.read(got); n != 6 || err != nil || string(got) != "canary" {
		t.Fatalf("%q, %v", got[:n], err)
	}
	if len(opened) != 1 || !zero(opened[0]) {
		t.Errorf("still there: %q", opened)
	}
}

// The opened request is gone once its handler has returned, or panicked.
func TestOpenedRequestIsWiped(t *testing.T) {
	for _, panics := range []bool{false, true} {
		var kept []byte
		key, err := GenerateKey(1, XWing)
		if err != nil {
			t.Fatal(err)
		}
		recipient, err := NewRecipient(Config{}, key)
		if err != nil {
			t.Fatal(err)
		}
		h := &Handler{Recipient: recipient, Inner: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			// bytes.Reader hands its own buffer to a Writer: the opened message itself.
			_, _ = r.Body.(io.WriterTo).WriteTo(keepWriter{&kept})
			if string(kept) != "canary" {
				t.Errorf("the handler got %q", kept)
			}
			if panics {
				panic(http.ErrAbortHandler)
			}
		})}
		req, err := http.NewRequest(http.MethodPost, "https://pod.invalid/", strings.NewReader("canary"))
		if err != nil {
			t.Fatal(err)
		}
		exchange, err := Seal(key.Config(), req)
		if err != nil {
			t.Fatal(err)
		}
		outer, err := exchange.NewRequest(t.Context(), "http://pod.invalid/enc")
		if err != nil {
			t.Fatal(err)
		}
		h.ServeHTTP(httptest.NewRecorder(), outer)
		if len(kept) != 6 || !zero(kept) {
			t.Errorf("panics %t: still there: %q", panics, kept)
		}
	}
}

type keepWriter struct{ into *[]byte }

func (k keepWriter) Write(p []byte) (int, error) {
	*k.into = p
	return len(p), nil
}

// ample is a claim that nothing exceeds.
func ample() *claim { return &claim{of: new(allowance), limit: 1 << 40} }
