package envelope

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Fuzz these with -fuzzminimizetime=10x: at its default of a minute the engine
// spends all its time on making X-Wing keys shorter.

func FuzzKeyConfig(f *testing.F) {
	for _, kem := range kems {
		key, err := kem.hpke().DeriveKeyPair(make([]byte, 32))
		if err != nil {
			f.Fatal(err)
		}
		config := newPrivateKey(1, kem, key).Config()
		f.Add(config.Bytes())
		f.Add(MarshalKeyConfigs([]KeyConfig{config, config}))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if c, err := ParseKeyConfig(b); err == nil {
			if !bytes.Equal(c.Bytes(), b) {
				t.Errorf("%x became %x", b, c.Bytes())
			}
		}
		configs, err := ParseKeyConfigs(b)
		if err != nil {
			return
		}
		if len(configs) == 0 || len(configs) > MaxKeyConfigs {
			t.Errorf("%d configurations without an error", len(configs))
		}
		again, err := ParseKeyConfigs(MarshalKeyConfigs(configs))
		if err != nil || !cmp.Equal(configs, again) {
			t.Errorf("list does not survive: %v", err)
		}
	})
}

func FuzzRequestMessage(f *testing.F) {
	f.Add(message([]string{"POST", "https", "pod", "/api/chat"}, []string{"content-length", "2", "a", "b"}, "\x02hi\x00\x00\x00"))
	f.Add(message([]string{"GET", "https", "[::1]:1", "/?a=%20"}, nil, ""))
	f.Fuzz(func(t *testing.T, b []byte) {
		req, err := decodeRequest(b)
		if err != nil {
			var malformed messageError
			if !errors.As(err, &malformed) {
				t.Errorf("untyped error %v", err)
			}
			return
		}
		body, err := io.ReadAll(req.Body)
		if err != nil || int64(len(body)) != req.ContentLength {
			t.Fatalf("%d bytes of %d, %v", len(body), req.ContentLength, err)
		}
		// What was accepted can be encoded and says the same again.
		req.URL.Scheme = "https"
		encoded, err := encodeRequest(req, body)
		if err != nil {
			t.Fatalf("accepted but not encodable: %v", err)
		}
		again, err := decodeRequest(encoded)
		if err != nil {
			t.Fatalf("encoded but not accepted: %v", err)
		}
		drop := func(h http.Header) http.Header {
			h.Del("Trailer")
			return h
		}
		if diff := cmp.Diff(drop(req.Header), drop(again.Header)); diff != "" || req.Method != again.Method || req.Host != again.Host {
			t.Errorf("%s %s %s", again.Method, again.Host, diff)
		}
		// And to the same bytes: each message has one encoding of ours.
		again.URL.Scheme = "https"
		if twice, err := encodeRequest(again, body); err != nil || !bytes.Equal(twice, encoded) {
			t.Errorf("%x became %x, %v", encoded, twice, err)
		}
	})
}

func FuzzResponseMessage(f *testing.F) {
	f.Add(responseMessage("\x01a\x01b\x00\x02hi\x02ho\x00\x01c\x01d\x00\x00"))
	f.Add(responseMessage("\x0econtent-length\x012\x00\x02hi\x00"))
	f.Add(responseMessage("\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		res, body, err := readAllResponse(b)
		if err != nil {
			var malformed messageError
			if !errors.As(err, &malformed) {
				t.Errorf("untyped error %v", err)
			}
			return
		}
		if res.ContentLength >= 0 && res.ContentLength != int64(len(body)) {
			t.Errorf("%d bytes announced, %d read", res.ContentLength, len(body))
		}
		if len(res.Header) > maxFields || len(res.Trailer) > maxFields {
			t.Error("more fields than the limit")
		}
		encoded := marshalResponse(t, res, []byte(body))
		again, bodyAgain, err := readAllResponse(encoded)
		if err != nil || body != bodyAgain {
			t.Fatalf("encoded but not accepted: %v", err)
		}
		if twice := marshalResponse(t, again, []byte(bodyAgain)); !bytes.Equal(twice, encoded) {
			t.Errorf("%x became %x", encoded, twice)
		}
	})
}

// marshalResponse encodes a response as a pod does that writes its content at once.
func marshalResponse(t *testing.T, res *http.Response, body []byte) []byte {
	t.Helper()
	b, err := appendResponseHead(nil, res.StatusCode, res.Header)
	if err == nil && len(body) > 0 {
		b = appendContent(b, body)
	}
	if err == nil {
		b, err = appendResponseEnd(b, res.Trailer)
	}
	if err != nil {
		t.Fatalf("accepted but not encodable: %v", err)
	}
	return b
}

func FuzzVarint(f *testing.F) {
	for _, v := range []uint64{0, 63, 64, 1 << 20, maxVarint} {
		f.Add(appendVarint(nil, v))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		c := cursor(b)
		v, err := readVarint(&c)
		if err != nil {
			return
		}
		if read := b[:len(b)-len(c)]; !bytes.Equal(appendVarint(nil, v), read) {
			t.Errorf("%x is %d, which is %x", read, v, appendVarint(nil, v))
		}
	})
}

func FuzzRequestStream(f *testing.F) {
	r, config := newRecipient(f, X25519, Config{MaxRequestBytes: 1000})
	_, sealed := sealRequest(f, config, "one", "two", "three")
	f.Add(sealed)
	f.Add(append(bytes.Clone(sealed), 0))
	f.Fuzz(func(t *testing.T, b []byte) {
		clear(r.keys[config.ID].opened.seen)
		plain, err := tryRequest(r, b)
		if err == nil && !bytes.Equal(b, sealed) {
			t.Errorf("a forgery opened as %q", plain)
		}
		if len(plain) > 1000 {
			t.Errorf("%d bytes, beyond the limit", len(plain))
		}
	})
}

func FuzzResponseStream(f *testing.F) {
	r, config := newRecipient(f, X25519, Config{})
	s, request := sealRequest(f, config, "ask")
	o, _ := openRequest(f, r, request)
	sealed := sealResponse(f, o, "one", "two", "three")
	f.Add(sealed)
	f.Add(sealed[:len(sealed)-1])
	f.Fuzz(func(t *testing.T, b []byte) {
		plain, err := io.ReadAll(s.OpenResponse(bytes.NewReader(b)))
		if err == nil && !bytes.Equal(b, sealed) {
			t.Errorf("a forgery opened as %q", plain)
		}
		if !bytes.HasPrefix([]byte("onetwothree"), plain) {
			t.Errorf("yielded %q", plain)
		}
	})
}
