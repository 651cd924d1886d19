package envelope

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"
)

var kems = []KEM{XWing, X25519}

// newRecipient returns a recipient with one fresh key and its configuration.
func newRecipient(t testing.TB, kem KEM, config Config) (*Recipient, KeyConfig) {
	t.Helper()
	key, err := GenerateKey(7, kem)
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewRecipient(config, key)
	if err != nil {
		t.Fatal(err)
	}
	return r, key.Config()
}

// sealRequest seals parts as one chunk each, the last as the final one.
func sealRequest(t testing.TB, config KeyConfig, parts ...string) (*RequestSealer, []byte) {
	t.Helper()
	var b bytes.Buffer
	s, err := NewRequestSealer(config, &b)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parts[:len(parts)-1] {
		if _, err := io.WriteString(s, p); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Finish([]byte(parts[len(parts)-1])); err != nil {
		t.Fatal(err)
	}
	return s, b.Bytes()
}

func openRequest(t testing.TB, r *Recipient, sealed []byte) (*RequestOpener, string) {
	t.Helper()
	o, err := r.OpenRequest(bytes.NewReader(sealed))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(o)
	if err != nil {
		t.Fatal(err)
	}
	return o, string(plain)
}

func sealResponse(t testing.TB, o *RequestOpener, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	s, err := o.SealResponse(&b)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parts[:len(parts)-1] {
		if _, err := io.WriteString(s, p); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Finish([]byte(parts[len(parts)-1])); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tryRequest opens and reads a request to its end.
func tryRequest(r *Recipient, sealed []byte) ([]byte, error) {
	o, err := r.OpenRequest(bytes.NewReader(sealed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(o)
}

func TestRoundTrip(t *testing.T) {
	long := string(bytes.Repeat([]byte("prompt "), 10_000))
	for _, kem := range kems {
		for name, parts := range map[string][]string{
			"empty":         {""},
			"final only":    {"hello"},
			"many":          {"a", "b", "c", ""},
			"long":          {long, long},
			"full chunk":    {long[:MaxChunkBytes]},
			"one more byte": {long[:MaxChunkBytes+1]},
		} {
			t.Run(kem.String()+"/"+name, func(t *testing.T) {
				r, config := newRecipient(t, kem, Config{})
				want := ""
				for _, p := range parts {
					want += p
				}
				s, sealed := sealRequest(t, config, parts...)
				o, got := openRequest(t, r, sealed)
				if got != want {
					t.Fatalf("request of %d bytes came out as %d bytes", len(want), len(got))
				}
				res, err := io.ReadAll(s.OpenResponse(bytes.NewReader(sealResponse(t, o, parts...))))
				if err != nil || string(res) != want {
					t.Fatalf("response of %d bytes came out as %d bytes, err %v", len(want), len(res), err)
				}
			})
		}
	}
}

// chunks splits a sealed stream after its head into its chunks as sent.
func chunks(t testing.TB, b []byte) [][]byte {
	t.Helper()
	var all [][]byte
	for {
		c := cursor(b)
		n, err := readVarint(&c)
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return append(all, b)
		}
		size := len(b) - len(c) + int(n)
		all = append(all, b[:size])
		b = b[size:]
	}
}

func join(head []byte, chunks ...[]byte) []byte {
	return append(slices.Clone(head), bytes.Join(chunks, nil)...)
}

func TestRequestTampering(t *testing.T) {
	for _, kem := range kems {
		t.Run(kem.String(), func(t *testing.T) {
			r, config := newRecipient(t, kem, Config{})
			_, sealed := sealRequest(t, config, "one", "two", "three", "four")
			tamper(t, sealed, headerBytes+len(mustEnc(t, config)), func(b []byte) ([]byte, error) { return tryRequest(r, b) })
			if _, err := tryRequest(r, sealed); err != nil {
				t.Fatalf("the untouched request, after every forgery of it: %v", err)
			}
		})
	}
}

func mustEnc(t testing.TB, config KeyConfig) []byte {
	t.Helper()
	_, n, ok := config.KEM.sizes()
	if !ok {
		t.Fatal("unsupported KEM")
	}
	return make([]byte, n)
}

func TestResponseTampering(t *testing.T) {
	for _, kem := range kems {
		t.Run(kem.String(), func(t *testing.T) {
			r, config := newRecipient(t, kem, Config{})
			s, sealed := sealRequest(t, config, "ask")
			o, _ := openRequest(t, r, sealed)
			res := sealResponse(t, o, "one", "two", "three", "four")
			tamper(t, res, responseNonceBytes, func(b []byte) ([]byte, error) {
				return io.ReadAll(s.OpenResponse(bytes.NewReader(b)))
			})
		})
	}
}

// tamper tries every way to alter a stream of four chunks after a head. Each
// must end in an error that is not io.EOF, and yield no more than a prefix.
func tamper(t *testing.T, sealed []byte, head int, open func([]byte) ([]byte, error)) {
	t.Helper()
	const plain = "onetwothreefour"
	refuse := func(what string, b []byte) {
		t.Helper()
		got, err := open(b)
		if err == nil {
			t.Errorf("%s: accepted", what)
		}
		if !bytes.HasPrefix([]byte(plain), got) || len(got) == len(plain) {
			t.Errorf("%s: yielded %q", what, got)
		}
	}
	for i := range sealed {
		for bit := range 8 {
			if bit > 0 && i >= headerBytes && i < head && i%97 != 0 {
				continue // one bit of each byte of a key, all bits of some
			}
			b := slices.Clone(sealed)
			b[i] ^= 1 << bit
			refuse("bit flipped", b)
		}
	}
	for i := range sealed {
		got, err := open(sealed[:i])
		if err == nil || !bytes.HasPrefix([]byte(plain), got) {
			t.Errorf("cut to %d of %d bytes: %q, %v", i, len(sealed), got, err)
		}
	}
	h, c := sealed[:head], chunks(t, sealed[head:])
	if len(c) != 4 {
		t.Fatalf("%d chunks, expected 4", len(c))
	}
	for i := range c {
		_, err := open(join(h, c[:i]...))
		if !errors.Is(err, ErrTruncated) || !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("truncated after chunk %d: %v, expected ErrTruncated", i, err)
		}
	}
	forged := append([]byte{0}, make([]byte, tagBytes)...)
	relabelled := append([]byte{0}, c[2][1:]...)
	demoted := append(appendVarint(nil, uint64(len(c[3])-1)), c[3][1:]...)
	for what, b := range map[string][]byte{
		"chunks swapped":              join(h, c[1], c[0], c[2], c[3]),
		"chunk dropped":               join(h, c[0], c[2], c[3]),
		"chunk repeated":              join(h, c[0], c[0], c[1], c[2], c[3]),
		"final forged":                join(h, c[0], c[1], c[2], forged),
		"final made of another chunk": join(h, c[0], c[1], relabelled),
		"final made a common chunk":   join(h, c[0], c[1], c[2], demoted),
		"final brought forward":       join(h, c[3]),
		"byte after the final chunk":  join(h, c[0], c[1], c[2], c[3], []byte{0}),
		"chunk after the final chunk": join(h, c[0], c[1], c[2], c[3], c[3]),
		"length in a longer form":     join(h, append([]byte{0x40}, c[0]...), c[1], c[2], c[3]),
		"empty chunk":                 join(h, append([]byte{tagBytes}, make([]byte, tagBytes)...), c[0], c[1], c[2], c[3]),
		"chunk shorter than a tag":    join(h, []byte{1, 0}, c[0], c[1], c[2], c[3]),
		"oversized chunk":             join(h, appendVarint(nil, MaxChunkBytes+tagBytes+1), make([]byte, MaxChunkBytes+tagBytes+1)),
		"oversized final chunk":       join(h, []byte{0}, make([]byte, MaxChunkBytes+tagBytes+1)),
		"length beyond all":           join(h, appendVarint(nil, maxVarint)),
	} {
		refuse(what, b)
	}
}

// TestErrorsAreSticky reads on after a failure: a stream that failed must not
// resume, and its end must not become a clean one.
func TestErrorsAreSticky(t *testing.T) {
	r, config := newRecipient(t, X25519, Config{})
	s, sealed := sealRequest(t, config, "ask")
	o, _ := openRequest(t, r, sealed)
	res := sealResponse(t, o, "one", "two", "three")
	res[responseNonceBytes+3] ^= 1
	in := s.OpenResponse(bytes.NewReader(res))
	for range 5 {
		n, err := in.Read(make([]byte, 100))
		if n != 0 || !errors.Is(err, ErrOpen) {
			t.Fatalf("read %d bytes, %v", n, err)
		}
	}
}

func TestWriteAfterFinish(t *testing.T) {
	_, config := newRecipient(t, X25519, Config{})
	s, _ := sealRequest(t, config, "ask")
	if _, err := s.Write([]byte("more")); err == nil {
		t.Error("wrote after the final chunk")
	}
	if err := s.Close(); err == nil {
		t.Error("a second final chunk")
	}
}

func TestSwappedResponses(t *testing.T) {
	r, config := newRecipient(t, XWing, Config{})
	s1, sealed1 := sealRequest(t, config, "first")
	s2, sealed2 := sealRequest(t, config, "second")
	o1, _ := openRequest(t, r, sealed1)
	o2, _ := openRequest(t, r, sealed2)
	r1, r2 := sealResponse(t, o1, "to first"), sealResponse(t, o2, "to second")
	for _, got := range []io.Reader{s1.OpenResponse(bytes.NewReader(r2)), s2.OpenResponse(bytes.NewReader(r1))} {
		if b, err := io.ReadAll(got); !errors.Is(err, ErrOpen) || len(b) > 0 {
			t.Errorf("the other request's response: %q, %v", b, err)
		}
	}
}

func TestReplay(t *testing.T) {
	r, config := newRecipient(t, XWing, Config{})
	_, sealed := sealRequest(t, config, "once")
	// Two copies under way at once: the first to be whole wins.
	a, err := r.OpenRequest(bytes.NewReader(sealed))
	if err != nil {
		t.Fatal(err)
	}
	openRequest(t, r, sealed)
	if b, err := io.ReadAll(a); !errors.Is(err, ErrReplayed) || len(b) > 0 {
		t.Errorf("copy under way: %q, %v, expected ErrReplayed", b, err)
	}
	if _, err := a.SealResponse(io.Discard); err == nil {
		t.Error("a replayed request got a response")
	}
	if _, err := tryRequest(r, sealed); !errors.Is(err, ErrReplayed) {
		t.Errorf("later copy: %v, expected ErrReplayed", err)
	}
}

func TestKeyExhausted(t *testing.T) {
	r, config := newRecipient(t, X25519, Config{MaxRequestsPerKey: 2})
	_, cut := sealRequest(t, config, "never whole")
	for range 5 {
		if _, err := tryRequest(r, cut[:len(cut)-1]); err == nil {
			t.Fatal("truncated request accepted")
		}
	}
	for i := range 3 {
		_, sealed := sealRequest(t, config, "ask")
		_, err := tryRequest(r, sealed)
		if i < 2 && err != nil || i == 2 && !errors.Is(err, ErrKeyExhausted) {
			t.Errorf("request %d: %v", i, err)
		}
		if got, want := r.Opened(), min(i+1, 2); got != want {
			t.Errorf("%d requests opened, want %d", got, want)
		}
	}
	key, err := GenerateKey(config.ID+1, X25519)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Add(key); err != nil || r.Opened() != 0 {
		t.Errorf("%d requests opened with a new key, %v", r.Opened(), err)
	}
}

func TestRequestLimit(t *testing.T) {
	r, config := newRecipient(t, X25519, Config{MaxRequestBytes: 10})
	for _, tc := range []struct {
		parts []string
		want  error
	}{
		{[]string{"0123456789"}, nil},
		{[]string{"01234", "56789"}, nil},
		{[]string{"0123456789a"}, ErrTooLarge},
		{[]string{"0123456789", "a"}, ErrTooLarge},
		{[]string{"0123456789a", ""}, ErrTooLarge},
	} {
		_, sealed := sealRequest(t, config, tc.parts...)
		if _, err := tryRequest(r, sealed); !errors.Is(err, tc.want) {
			t.Errorf("%q: %v, expected %v", tc.parts, err, tc.want)
		}
	}
}

func TestKeyMismatch(t *testing.T) {
	r, config := newRecipient(t, XWing, Config{})
	other, err := GenerateKey(7, X25519)
	if err != nil {
		t.Fatal(err)
	}
	wrongID := config
	wrongID.ID++
	var mismatch *KeyMismatchError
	for what, c := range map[string]KeyConfig{"key id": wrongID, "KEM": other.Config()} {
		_, sealed := sealRequest(t, c, "ask")
		if _, err := tryRequest(r, sealed); !errors.As(err, &mismatch) || mismatch.KeyID != c.ID || mismatch.KEM != c.KEM {
			t.Errorf("other %s: %v", what, err)
		}
	}
	for _, at := range []int{4, 6} { // KDF, AEAD
		_, sealed := sealRequest(t, config, "ask")
		sealed[at]++
		if _, err := tryRequest(r, sealed); !errors.As(err, &mismatch) || mismatch.Suite == defaultSuite {
			t.Errorf("other suite: %v", err)
		}
	}
	// The same key id with another key is told from tampering by nothing.
	same, err := GenerateKey(7, XWing)
	if err != nil {
		t.Fatal(err)
	}
	_, sealed := sealRequest(t, same.Config(), "ask")
	if _, err := tryRequest(r, sealed); !errors.Is(err, ErrOpen) {
		t.Errorf("other key under the same id: %v", err)
	}
}

func TestOneResponseAfterTheEnd(t *testing.T) {
	r, config := newRecipient(t, X25519, Config{})
	_, sealed := sealRequest(t, config, "one", "two")
	o, err := r.OpenRequest(bytes.NewReader(sealed))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.SealResponse(io.Discard); err == nil {
		t.Error("a response to a request that was not read")
	}
	if _, err := io.ReadAll(o); err != nil {
		t.Fatal(err)
	}
	if _, err := o.SealResponse(io.Discard); err != nil {
		t.Error(err)
	}
	if _, err := o.SealResponse(io.Discard); err == nil {
		t.Error("a second response")
	}
}

// TestLiveness reads each chunk of a response before the next is written.
func TestLiveness(t *testing.T) {
	r, config := newRecipient(t, XWing, Config{})
	s, sealed := sealRequest(t, config, "ask")
	o, _ := openRequest(t, r, sealed)
	src, dst := io.Pipe()
	w, err := o.SealResponse(dst)
	if err != nil {
		t.Fatal(err)
	}
	next := make(chan string)
	go func() {
		for p := range next {
			_, _ = io.WriteString(w, p)
		}
		_ = w.Close()
		_ = dst.Close()
	}()
	in := s.OpenResponse(src)
	for _, want := range []string{"to", "ken", "s"} {
		next <- want
		got := make([]byte, 100)
		n, err := in.Read(got)
		if err != nil || string(got[:n]) != want {
			t.Fatalf("%q, %v, expected %q", got[:n], err, want)
		}
	}
	close(next)
	if _, err := in.Read(make([]byte, 1)); err != io.EOF {
		t.Fatalf("%v, expected io.EOF", err)
	}
}

func TestVarint(t *testing.T) {
	for _, v := range []uint64{0, 63, 64, 16383, 16384, 1<<30 - 1, 1 << 30, maxVarint} {
		c := cursor(appendVarint(nil, v))
		if got, err := readVarint(&c); err != nil || got != v || len(c) != 0 {
			t.Errorf("%d: %d, %v", v, got, err)
		}
	}
	for _, b := range [][]byte{{0x40, 0}, {0x40, 63}, {0x80, 0, 0, 1}, {0x80, 0, 0x3f, 0xff}, {0xc0, 0, 0, 0, 0x3f, 0xff, 0xff, 0xff}} {
		c := cursor(b)
		if _, err := readVarint(&c); err != errVarint {
			t.Errorf("%x: %v, expected errVarint", b, err)
		}
	}
}
