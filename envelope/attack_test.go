package envelope

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The attacks of whoever carries the bytes: a host, a relay, a network. They are made while an answer goes on: the pod
// writes each frame only when it is told to, so that an attack at the k-th frame comes at the k-th frame.

// attackParts is what the pod under attack answers, a frame each.
var attackParts = []string{"one ", "two ", "three ", "four ", "five"}

// slowPod answers part by part, as told; gone gets how its client's context ended.
type slowPod struct {
	*pod
	next chan struct{}
	gone chan error
}

func newSlowPod(t *testing.T) *slowPod {
	s := &slowPod{next: make(chan struct{}), gone: make(chan error, 1)}
	s.pod = newPod(t, func(w http.ResponseWriter, r *http.Request) {
		prefix := r.URL.Query().Get("as")
		_ = http.NewResponseController(w).Flush() // the head alone
		for _, part := range attackParts {
			select {
			case <-s.next:
			case <-r.Context().Done():
				s.gone <- context.Cause(r.Context())
				return
			}
			if _, err := io.WriteString(w, prefix+part); err != nil {
				s.gone <- err
				return
			}
			_ = http.NewResponseController(w).Flush()
		}
		w.Header().Set(http.TrailerPrefix+"Phallama-Receipt", "receipt")
		s.gone <- nil
	})
	return s
}

// ask opens an exchange whose frames are read one by one.
func (s *slowPod) ask(t *testing.T, path string) (*Exchange, *carried) {
	t.Helper()
	x, outer := s.send(t, newInner(t, "POST", "https://pod"+path, "ask"))
	return x, &carried{pod: s, outer: outer, in: bufio.NewReader(outer.Body)}
}

// carried are the frames of an answer on their way: its nonce, its head, its parts, its end.
type carried struct {
	pod   *slowPod
	outer *http.Response
	in    *bufio.Reader
	read  int
}

var attackFrames = 2 + len(attackParts) + 1

// frame has the pod write the next frame, and takes it.
func (c *carried) frame(t *testing.T) []byte {
	t.Helper()
	defer func() { c.read++ }()
	switch {
	case c.read == 0:
		nonce := make([]byte, responseNonceBytes)
		if _, err := io.ReadFull(c.in, nonce); err != nil {
			t.Fatal(err)
		}
		return nonce
	case c.read > 1 && c.read < attackFrames-1:
		c.pod.next <- struct{}{}
	}
	n, err := readVarint(c.in)
	if err != nil {
		t.Fatal(err)
	}
	frame := appendVarint(nil, n)
	if n == 0 {
		end, err := io.ReadAll(c.in)
		if err != nil {
			t.Fatal(err)
		}
		return append(frame, end...)
	}
	sealed := make([]byte, n)
	if _, err := io.ReadFull(c.in, sealed); err != nil {
		t.Fatal(err)
	}
	return append(frame, sealed...)
}

// all takes the whole answer.
func (c *carried) all(t *testing.T) [][]byte {
	t.Helper()
	frames := make([][]byte, attackFrames)
	for i := range frames {
		frames[i] = c.frame(t)
	}
	return frames
}

// open has the client read what it was sent in place of the answer.
func (c *carried) open(x *Exchange, sent ...[]byte) (string, http.Header, error) {
	c.outer.Body = io.NopCloser(bytes.NewReader(bytes.Join(sent, nil)))
	res, err := x.Open(c.outer)
	if err != nil {
		return "", nil, err
	}
	body, err := io.ReadAll(res.Body)
	return string(body), res.Trailer, err
}

// refusedAnswer holds the client to an error that is no clean end, a true prefix, and no receipt.
func refusedAnswer(t *testing.T, what string, most int, body string, trailer http.Header, err error) {
	t.Helper()
	whole := strings.Join(attackParts[:most], "")
	if err == nil || err == io.EOF || !strings.HasPrefix(whole, body) || len(trailer) > 0 {
		t.Errorf("%s: %q, %v, %v, want a prefix of %q, no trailers, and an error", what, body, trailer, err, whole)
	}
}

func TestAttackTruncatedAnswer(t *testing.T) {
	for k := range attackFrames {
		t.Run("after frame "+strconv.Itoa(k), func(t *testing.T) {
			p := newSlowPod(t)
			x, c := p.ask(t, "/")
			var sent [][]byte
			for range k {
				sent = append(sent, c.frame(t))
			}
			// Cut as cleanly as can be: the outer answer ends as a complete one does.
			body := c.outer.Body
			got, trailer, err := c.open(x, sent...)
			refusedAnswer(t, "cut", max(0, k-2), got, trailer, err)
			if !errors.Is(err, ErrTruncated) {
				t.Errorf("%v, want %v", err, ErrTruncated)
			}
			_ = body.Close()
			// The pod learns that nobody listens, and stops, unless it has said all.
			if err := <-p.gone; (err == nil) != (k >= attackFrames-1) {
				t.Errorf("the pod ended with %v", err)
			}
		})
	}
}

func TestAttackAlteredAnswer(t *testing.T) {
	// The frames of an answer to another request, with the same plaintext; and of one to the same request path with another.
	p := newSlowPod(t)
	_, c := p.ask(t, "/")
	same := c.all(t)
	<-p.gone
	_, c = p.ask(t, "/?as=x")
	other := c.all(t)
	<-p.gone
	// What is sent in the place of frame k, and how many parts may be read then.
	attacks := map[string]func(frames [][]byte, k int) [][]byte{
		"forged end": func(f [][]byte, k int) [][]byte {
			return append(slices.Clone(f[:k]), append([]byte{0}, make([]byte, tagBytes)...))
		},
		"frame as the end, end as a frame": func(f [][]byte, k int) [][]byte {
			n, sealed := cutFrame(f[k])
			if n == 0 {
				return replace(f, k, append(appendVarint(nil, uint64(len(sealed))), sealed...))
			}
			return append(slices.Clone(f[:k]), append([]byte{0}, sealed...))
		},
		"end brought forward": func(f [][]byte, k int) [][]byte {
			if k == len(f)-1 {
				return f[:k]
			}
			return append(slices.Clone(f[:k]), f[len(f)-1])
		},
		"dropped": func(f [][]byte, k int) [][]byte { return slices.Delete(slices.Clone(f), k, k+1) },
		"duplicated": func(f [][]byte, k int) [][]byte {
			return slices.Insert(slices.Clone(f), k, f[k])
		},
		"reordered": func(f [][]byte, k int) [][]byte {
			f = slices.Clone(f)
			j := (k + 1) % len(f)
			f[k], f[j] = f[j], f[k]
			return f
		},
		"from another stream":            func(f [][]byte, k int) [][]byte { return replace(f, k, other[k]) },
		"from a stream that says it too": func(f [][]byte, k int) [][]byte { return replace(f, k, same[k]) },
		"bit flipped": func(f [][]byte, k int) [][]byte {
			b := bytes.Clone(f[k])
			b[len(b)-1] ^= 1
			return replace(f, k, b)
		},
		"length beyond all": func(f [][]byte, k int) [][]byte {
			return append(slices.Clone(f[:k]), appendVarint(nil, maxVarint), make([]byte, 4*MaxChunkBytes))
		},
		"length one above": func(f [][]byte, k int) [][]byte {
			return append(slices.Clone(f[:k]), appendVarint(nil, MaxChunkBytes+tagBytes+1), make([]byte, MaxChunkBytes+tagBytes+1))
		},
		"empty frame": func(f [][]byte, k int) [][]byte {
			return slices.Insert(slices.Clone(f), k, append([]byte{tagBytes}, make([]byte, tagBytes)...))
		},
		"length in a longer form": func(f [][]byte, k int) [][]byte {
			n, sealed := cutFrame(f[k])
			return replace(f, k, append([]byte{0x80, 0, byte(n >> 8), byte(n)}, sealed...))
		},
	}
	for name, attack := range attacks {
		t.Run(name, func(t *testing.T) {
			x, c := p.ask(t, "/")
			f := c.all(t)
			if err := <-p.gone; err != nil {
				t.Fatal(err)
			}
			for k := 1; k < attackFrames; k++ { // the nonce is before frame 1: altered, nothing opens, see below
				got, trailer, err := c.open(x, attack(f, k)...)
				refusedAnswer(t, fmt.Sprintf("frame %d", k), len(attackParts), got, trailer, err)
			}
			if got, trailer, err := c.open(x, f...); err != nil || got != strings.Join(attackParts, "") || trailer.Get("Phallama-Receipt") == "" {
				t.Errorf("as it was: %q %v %v", got, trailer, err)
			}
		})
	}
	t.Run("nonce", func(t *testing.T) {
		x, c := p.ask(t, "/")
		f := c.all(t)
		<-p.gone
		for what, nonce := range map[string][]byte{"another answer's": same[0], "zero": make([]byte, responseNonceBytes), "none": nil} {
			got, trailer, err := c.open(x, replace(f, 0, nonce)...)
			refusedAnswer(t, what, 0, got, trailer, err)
		}
	})
	t.Run("swapped answers", func(t *testing.T) {
		x, c := p.ask(t, "/")
		_ = c.all(t)
		<-p.gone
		got, trailer, err := c.open(x, same...) // says the very same, to another request
		refusedAnswer(t, "swapped", 0, got, trailer, err)
		if !errors.Is(err, ErrOpen) {
			t.Errorf("%v, want %v", err, ErrOpen)
		}
	})
}

func replace(f [][]byte, k int, with []byte) [][]byte {
	f = slices.Clone(f)
	f[k] = with
	return f
}

// cutFrame splits a frame into its length and what follows that.
func cutFrame(f []byte) (uint64, []byte) {
	c := cursor(f)
	n, err := readVarint(&c)
	if err != nil {
		panic(err)
	}
	return n, c
}

// attackedRequest is a request of several chunks with its parts: its head, then its chunks.
func attackedRequest(t *testing.T, config KeyConfig) (sealed []byte, frames [][]byte) {
	t.Helper()
	req := newInner(t, "POST", "https://pod/", strings.Repeat("a prompt. ", 6000))
	x, err := Seal(config, req)
	if err != nil {
		t.Fatal(err)
	}
	_, enc, _ := config.KEM.sizes()
	frames = append([][]byte{x.sealed[:headerBytes+enc]}, chunks(t, x.sealed[headerBytes+enc:])...)
	if len(frames) != 5 {
		t.Fatalf("%d frames, the test wants a head and 4 chunks", len(frames))
	}
	return x.sealed, frames
}

// post sends what claims to be a sealed request.
func post(t *testing.T, url string, body []byte) (status int, text string) {
	t.Helper()
	res, err := http.Post(url, MediaTypeRequest, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

func TestAttackAlteredRequest(t *testing.T) {
	runs := 0
	p := newPod(t, func(http.ResponseWriter, *http.Request) { runs++ })
	sealed, f := attackedRequest(t, p.config)
	_, other := attackedRequest(t, p.config)
	for what, attack := range map[string]func(k int) [][]byte{
		"truncated":           func(k int) [][]byte { return f[:k] },
		"forged end":          func(k int) [][]byte { return append(slices.Clone(f[:k]), append([]byte{0}, make([]byte, tagBytes)...)) },
		"end brought forward": func(k int) [][]byte { return append(slices.Clone(f[:min(k, len(f)-2)]), f[len(f)-1]) },
		"dropped":             func(k int) [][]byte { return slices.Delete(slices.Clone(f), k, k+1) },
		"duplicated":          func(k int) [][]byte { return slices.Insert(slices.Clone(f), k, f[k]) },
		"reordered": func(k int) [][]byte {
			j := k%(len(f)-1) + 1
			return replace(replace(f, k, f[j]), j, f[k])
		},
		"from another request": func(k int) [][]byte { return replace(f, k, other[k]) },
		"all from another request but the head": func(k int) [][]byte {
			return append([][]byte{f[0]}, other[1:]...)
		},
		"length beyond all": func(k int) [][]byte { return append(slices.Clone(f[:k]), appendVarint(nil, maxVarint)) },
	} {
		for k := 1; k < len(f); k++ {
			if status, text := post(t, p.URL, bytes.Join(attack(k), nil)); status != http.StatusBadRequest || text != ErrOpen.Error()+"\n" {
				t.Errorf("%s, frame %d: %d %q", what, k, status, text)
			}
		}
	}
	if runs != 0 {
		t.Fatalf("%d altered requests were acted on", runs)
	}
	if status, _ := post(t, p.URL, sealed); status != http.StatusOK || runs != 1 {
		t.Errorf("the request itself, after all that: status %d, acted on %d times", status, runs)
	}
}

func TestAttackWrongKeyAndDowngrade(t *testing.T) {
	runs := 0
	p := newPod(t, func(http.ResponseWriter, *http.Request) { runs++ })
	sealed, _ := attackedRequest(t, p.config)
	// The header of a sealed request is the HPKE info: whatever is changed in it, nothing opens.
	for what, change := range map[string]func([]byte){
		"key id":      func(b []byte) { b[0]++ },
		"KEM X25519":  func(b []byte) { b[1], b[2] = 0x00, 0x20 },
		"KEM P-256":   func(b []byte) { b[1], b[2] = 0x00, 0x10 },
		"KDF":         func(b []byte) { b[4] = 0x03 },
		"AES-128-GCM": func(b []byte) { b[6] = 0x01 },
		"export only": func(b []byte) { b[5], b[6] = 0xff, 0xff },
	} {
		b := bytes.Clone(sealed)
		change(b)
		if status, text := post(t, p.URL, b); status != http.StatusBadRequest || !strings.Contains(text, KeyProblemType) {
			t.Errorf("%s: %d %q, want the key problem", what, status, text)
		}
	}
	// The other way round: what a host may hand out in place of the config makes no weaker sealing.
	for what, change := range map[string]func(*KeyConfig){
		"no suite but AES-128-GCM": func(c *KeyConfig) { c.Suites = []Suite{{KDF: 1, AEAD: 1}} },
		"no suite but export only": func(c *KeyConfig) { c.Suites = []Suite{{KDF: 1, AEAD: 0xffff}} },
		"KEM P-256":                func(c *KeyConfig) { c.KEM = 0x10 },
		"a key cut short":          func(c *KeyConfig) { c.PublicKey = c.PublicKey[:32] },
	} {
		c := p.config
		change(&c)
		if _, err := ParseKeyConfig(c.Bytes()); err == nil {
			t.Errorf("%s: the config parses", what)
		}
	}
	// With weaker suites before and behind it, the one suite is what is sealed with.
	c := p.config
	c.Suites = []Suite{{KDF: 1, AEAD: 1}, defaultSuite, {KDF: 1, AEAD: 3}}
	parsed, err := ParseKeyConfig(c.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	x, err := Seal(parsed, newInner(t, "POST", "https://pod/", "hi"))
	if err != nil || !bytes.Equal(x.sealed[:headerBytes], p.config.header()) {
		t.Errorf("sealed with %x, %v, want %x", x.sealed[:headerBytes], err, p.config.header())
	}
	if runs != 0 {
		t.Errorf("%d requests were acted on", runs)
	}
}

func TestAttackReplay(t *testing.T) {
	runs := 0
	count := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { runs++ })
	first, second := mustKey(t, 1), mustKey(t, 2)
	r, err := NewRecipient(Config{}, first)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(&Handler{Recipient: r, Inner: count})
	defer server.Close()
	sealed, _ := attackedRequest(t, first.Config())
	if status, _ := post(t, server.URL, sealed); status != http.StatusOK {
		t.Fatalf("the request itself: %d", status)
	}
	replay := func(when, want string) {
		t.Helper()
		for range 3 {
			if status, text := post(t, server.URL, sealed); status != http.StatusBadRequest || !strings.Contains(text, want) {
				t.Errorf("%s: %d %q, want %q", when, status, text, want)
			}
		}
	}
	replay("under the same key", ErrOpen.Error())
	if err := r.Add(second); err != nil {
		t.Fatal(err)
	}
	replay("while the key is on its way out", ErrOpen.Error())
	r.Remove(1)
	replay("after the rotation", KeyProblemType)
	if err := r.Add(first); err != nil {
		t.Fatal(err)
	}
	replay("to the key taken on again", ErrOpen.Error())

	again, err := NewRecipient(Config{}, mustKey(t, 1)) // a restart: the same key id, another key
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = &Handler{Recipient: again, Inner: count}
	restarted := httptest.NewServer(server.Config.Handler)
	defer restarted.Close()
	if status, text := post(t, restarted.URL, sealed); status != http.StatusBadRequest || text != ErrOpen.Error()+"\n" {
		t.Errorf("after a restart: %d %q", status, text)
	}
	if runs != 1 {
		t.Errorf("acted on %d times", runs)
	}
}

// TestAttackLengthPrefixes sends lengths that promise more than comes: memory goes by what came.
func TestAttackLengthPrefixes(t *testing.T) {
	r, config := newRecipient(t, X25519, Config{MaxRequestsPerKey: 1 << 20})
	s, sealed := sealRequest(t, config, "ask")
	o, _ := openRequest(t, r, sealed)
	answer := sealResponse(t, o, "one", "two")
	_, enc, _ := config.KEM.sizes()
	const most = 128 << 10 // allocated for one of these, whatever it says
	for _, length := range []uint64{MaxChunkBytes + tagBytes, MaxChunkBytes + tagBytes + 1, 1 << 20, 1<<30 - 1, 1 << 40, maxVarint} {
		prefix := appendVarint(nil, length)
		for what, open := range map[string]func() error{
			"request chunk": func() error {
				_, err := tryRequest(r, append(bytes.Clone(sealed[:headerBytes+enc]), prefix...))
				return err
			},
			"response chunk": func() error {
				_, err := io.ReadAll(s.OpenResponse(bytes.NewReader(append(bytes.Clone(answer[:responseNonceBytes]), prefix...))))
				return err
			},
			"request message field": func() error {
				_, err := decodeRequest(append([]byte{framingRequest}, prefix...))
				return err
			},
			"response message field": func() error {
				_, _, err := readAllResponse(append([]byte{framingResponse, 0x40, 200}, prefix...))
				return err
			},
			"response message content": func() error {
				_, _, err := readAllResponse(append([]byte{framingResponse, 0x40, 200, 0}, prefix...))
				return err
			},
			"list of key configs": func() error {
				_, err := ParseKeyConfigs([]byte{0xff, 0xff, 0})
				return err
			},
		} {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err := open()
			runtime.ReadMemStats(&after)
			if err == nil {
				t.Errorf("%s of %d bytes: accepted", what, length)
			}
			if took := after.TotalAlloc - before.TotalAlloc; took > most {
				t.Errorf("%s of %d bytes that never come took %d bytes, want at most %d", what, length, took, most)
			}
		}
	}
}

// TestAttackSlowLoris has many clients begin a long request and not end it.
func TestAttackSlowLoris(t *testing.T) {
	const (
		limit     = 1 << 20
		attackers = 40
	)
	r, config := newRecipient(t, X25519, Config{})
	h := &Handler{Recipient: r, Inner: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), MaxHeldBytes: limit}
	server := httptest.NewUnstartedServer(h)
	server.Config.ReadTimeout = 2 * time.Second // a pod's is longer
	server.Start()
	defer server.Close()
	body := newInner(t, "POST", "https://pod/", strings.Repeat("x", 200<<10))
	x, err := Seal(config, body)
	if err != nil {
		t.Fatal(err)
	}
	part := x.sealed[:len(x.sealed)/2]
	answers := make(chan string, attackers)
	for range attackers {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: pod\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", MediaTypeRequest, len(x.sealed), part); err != nil {
			t.Fatal(err)
		}
		go func() {
			answer, _ := io.ReadAll(conn)
			answers <- string(answer)
		}()
	}
	refused := 0
	for range attackers {
		if used := h.held.used.Load(); used > limit {
			t.Errorf("requests take %d bytes, want at most %d", used, limit)
		}
		if answer := <-answers; strings.Contains(answer, errBusy.Error()) {
			refused++
		} else if !strings.Contains(answer, ErrOpen.Error()) && answer != "" {
			t.Errorf("answered %q", answer)
		}
	}
	if refused == 0 || refused == attackers {
		t.Errorf("%d of %d were refused for want of memory, expected some", refused, attackers)
	}
	// All are gone: the memory is there again.
	if used := h.held.used.Load(); used != 0 {
		t.Errorf("%d bytes are still taken", used)
	}
	if status, text := post(t, server.URL, x.sealed); status != http.StatusOK {
		t.Errorf("an honest request afterwards: %d %s", status, text)
	}
}
