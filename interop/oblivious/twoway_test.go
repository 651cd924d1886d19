// Package oblivious holds our envelope against another implementation of chunked Oblivious HTTP, both ways:
// github.com/openpcc/twoway is the encrypted streams, github.com/openpcc/ohttp the HTTP around them.
//
// twoway has both of our KEMs (circl's HPKE beneath) and all of our stream. Its final chunks are always empty, it accepts
// lengths in any form, and a missing end is an error that wraps io.EOF: compare errors with ==, as io.ReadAll does.
package oblivious

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/cloudflare/circl/hpke"
	"github.com/cloudflare/circl/kem"
	"github.com/openpcc/twoway"
	"github.com/phallama/phallama/envelope"
)

var (
	requestLabel  = []byte("message/bhttp chunked request")
	responseLabel = []byte("message/bhttp chunked response")
)

const keyID = 7

// kems are the mechanisms that both implementations have, by the numbers that they share.
var kems = []envelope.KEM{envelope.XWing, envelope.X25519}

// parts are what a stream is written in: small, one that takes several chunks, and a last one.
var parts = []string{"what is ", strings.Repeat("the code word ", 5000), "?"}

var joined = strings.Join(parts, "")

// last is what our half puts into its final chunk.
const last = "and why"

func suite(k envelope.KEM) hpke.Suite {
	return hpke.NewSuite(hpke.KEM(k), hpke.KDF_HKDF_SHA256, hpke.AEAD_AES256GCM)
}

// chunked are twoway's options for messages with chunks of our size.
func chunked() []twoway.Option {
	return []twoway.Option{twoway.EnableChunking(), twoway.WithMaxChunkPlaintextLen(envelope.MaxChunkBytes)}
}

// theirKey is a key pair of theirs, its public half as our key config.
func theirKey(t *testing.T, k envelope.KEM) (kem.PrivateKey, envelope.KeyConfig) {
	t.Helper()
	public, private, err := hpke.KEM(k).Scheme().GenerateKeyPair()
	if err != nil {
		t.Fatal(err)
	}
	b, err := public.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	encoded := envelope.KeyConfig{ID: keyID, KEM: k, PublicKey: b, Suites: []envelope.Suite{{KDF: 1, AEAD: 2}}}.Bytes()
	config, err := envelope.ParseKeyConfig(encoded)
	if err != nil {
		t.Fatal(err)
	}
	return private, config
}

// ourKey is a key pair of ours, its public half as theirs.
func ourKey(t *testing.T, k envelope.KEM) (*envelope.Recipient, kem.PublicKey) {
	t.Helper()
	key, err := envelope.GenerateKey(keyID, k)
	if err != nil {
		t.Fatal(err)
	}
	recipient, err := envelope.NewRecipient(envelope.Config{}, key)
	if err != nil {
		t.Fatal(err)
	}
	public, err := hpke.KEM(k).Scheme().UnmarshalBinaryPublicKey(key.Config().PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return recipient, public
}

// pieces yields each part by a Read of its own, so that twoway seals it as a chunk of its own.
func pieces() io.Reader {
	readers := make([]io.Reader, len(parts))
	for i, p := range parts {
		readers[i] = strings.NewReader(p)
	}
	return io.MultiReader(readers...)
}

func readAll(t *testing.T, r io.Reader) []byte {
	t.Helper()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// writeAll writes all parts and ends the stream with one more, which may be empty.
func writeAll(t *testing.T, s interface {
	io.Writer
	Finish([]byte) error
}, last string,
) {
	t.Helper()
	for _, p := range parts {
		if _, err := io.WriteString(s, p); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Finish([]byte(last)); err != nil {
		t.Fatal(err)
	}
}

// bounds are where the chunks of a sealed stream begin, after a head of so many bytes, and the end of the stream.
func bounds(t *testing.T, sealed []byte, head int) []int {
	t.Helper()
	at := []int{head}
	for {
		b := sealed[at[len(at)-1]:]
		if len(b) < 2 || b[0]>>6 > 2 {
			t.Fatalf("no chunk length in %x", b[:min(len(b), 8)])
		}
		size, n := int(b[0]&0x3f), 1<<(b[0]>>6)
		for _, c := range b[1:n] {
			size = size<<8 | int(c)
		}
		if size == 0 {
			return append(at, len(sealed))
		}
		at = append(at, at[len(at)-1]+n+size)
	}
}

// checkCuts has every cut of a stream at a chunk boundary, and one byte to either side of it, refused after nothing but a
// prefix of plain.
func checkCuts(t *testing.T, sealed []byte, head int, plain string, open func([]byte) ([]byte, error)) {
	t.Helper()
	at := bounds(t, sealed, head)
	if len(at) < 4 {
		t.Fatalf("%d boundaries: the stream has too few chunks for this test", len(at))
	}
	for _, bound := range at {
		for _, cut := range []int{bound - 1, bound, bound + 1} {
			if cut >= len(sealed) {
				continue
			}
			got, err := open(sealed[:cut])
			if err == nil {
				t.Errorf("cut at %d of %d bytes: accepted", cut, len(sealed))
			}
			if !strings.HasPrefix(plain, string(got)) {
				t.Errorf("cut at %d of %d bytes: yielded what was not sealed", cut, len(sealed))
			}
		}
	}
}

func TestTwowayOpensAndAnswers(t *testing.T) {
	for _, k := range kems {
		t.Run(k.String(), func(t *testing.T) {
			private, config := theirKey(t, k)
			receiver, err := twoway.NewRequestReceiver(suite(k), keyID, private, rand.Reader)
			if err != nil {
				t.Fatal(err)
			}
			var sealed bytes.Buffer
			sealer, err := envelope.NewRequestSealer(config, &sealed)
			if err != nil {
				t.Fatal(err)
			}
			writeAll(t, sealer, last)
			opener, err := receiver.NewRequestOpener(bytes.NewReader(sealed.Bytes()), requestLabel, chunked()...)
			if err != nil {
				t.Fatal(err)
			}
			if got := readAll(t, opener); string(got) != joined+last {
				t.Errorf("request: %d bytes", len(got))
			}
			enc := hpke.KEM(k).Scheme().CiphertextSize()
			checkCuts(t, sealed.Bytes(), twoway.BinaryRequestHeaderLen+enc, joined+last, func(b []byte) ([]byte, error) {
				o, err := receiver.NewRequestOpener(bytes.NewReader(b), requestLabel, chunked()...)
				if err != nil {
					return nil, err
				}
				return io.ReadAll(o)
			})

			answer, err := opener.NewResponseSealer(pieces(), responseLabel, chunked()...)
			if err != nil {
				t.Fatal(err)
			}
			response := readAll(t, answer)
			for name, src := range map[string]io.Reader{
				"whole":        bytes.NewReader(response),
				"byte by byte": iotest.OneByteReader(bytes.NewReader(response)),
			} {
				if got := readAll(t, sealer.OpenResponse(src)); string(got) != joined {
					t.Errorf("response, %s: %d bytes", name, len(got))
				}
			}
			checkCuts(t, response, answer.HeaderLen(), joined, func(b []byte) ([]byte, error) {
				got, err := io.ReadAll(sealer.OpenResponse(bytes.NewReader(b)))
				if !errors.Is(err, envelope.ErrTruncated) {
					t.Errorf("cut to %d bytes: %v, expected %v", len(b), err, envelope.ErrTruncated)
				}
				return got, err
			})
		})
	}
}

func TestTwowaySealsAndReads(t *testing.T) {
	for _, k := range kems {
		t.Run(k.String(), func(t *testing.T) {
			recipient, public := ourKey(t, k)
			sender, err := twoway.NewRequestSender(suite(k), keyID, public, rand.Reader)
			if err != nil {
				t.Fatal(err)
			}
			sealer, err := sender.NewRequestSealer(pieces(), requestLabel, chunked()...)
			if err != nil {
				t.Fatal(err)
			}
			sealed := readAll(t, sealer)
			// Before the whole: once that was opened, a cut would be refused as a replay.
			checkCuts(t, sealed, sealer.HeaderLen(), joined, func(b []byte) ([]byte, error) {
				var got []byte
				o, err := recipient.OpenRequest(bytes.NewReader(b))
				if err == nil {
					got, err = io.ReadAll(o)
				}
				if !errors.Is(err, envelope.ErrTruncated) {
					t.Errorf("cut to %d bytes: %v, expected %v", len(b), err, envelope.ErrTruncated)
				}
				return got, err
			})
			opener, err := recipient.OpenRequest(bytes.NewReader(sealed))
			if err != nil {
				t.Fatal(err)
			}
			if got := readAll(t, opener); string(got) != joined {
				t.Errorf("request: %d bytes", len(got))
			}

			var response bytes.Buffer
			answer, err := opener.SealResponse(&response)
			if err != nil {
				t.Fatal(err)
			}
			writeAll(t, answer, last)
			open := func(b []byte) ([]byte, error) {
				o, err := sealer.NewResponseOpener(bytes.NewReader(b), responseLabel, chunked()...)
				if err != nil {
					return nil, err
				}
				return io.ReadAll(o)
			}
			got, err := open(response.Bytes())
			if err != nil || string(got) != joined+last {
				t.Errorf("response: %d bytes, %v", len(got), err)
			}
			checkCuts(t, response.Bytes(), 32, joined+last, open)
		})
	}
}

// A stream is live both ways: what one side has written, the other can read before there is more.
func TestTwowayStreams(t *testing.T) {
	recipient, public := ourKey(t, envelope.XWing)
	sender, err := twoway.NewRequestSender(suite(envelope.XWing), keyID, public, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sealer, err := sender.NewRequestSealer(strings.NewReader("ask"), requestLabel, chunked()...)
	if err != nil {
		t.Fatal(err)
	}
	opener, err := recipient.OpenRequest(sealer)
	if err != nil {
		t.Fatal(err)
	}
	readAll(t, opener)
	r, w := io.Pipe()
	answer, err := opener.SealResponse(w)
	if err != nil {
		t.Fatal(err)
	}
	token := make([]byte, 5)
	read := make(chan struct{})
	go func() {
		_, _ = io.WriteString(answer, "token")
		<-read // nothing follows before this was read
		_ = w.CloseWithError(answer.Finish([]byte("end")))
	}()
	plain, err := sealer.NewResponseOpener(r, responseLabel, chunked()...)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(plain, token); err != nil || string(token) != "token" {
		t.Fatalf("%q, %v", token, err)
	}
	close(read)
	if got := readAll(t, plain); string(got) != "end" {
		t.Errorf("%q", got)
	}
}
