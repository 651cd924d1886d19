package envelope

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/cryptotest"
)

// The vectors are for other implementations. Encapsulation is randomised, so
// an exchange holds the private key and all bytes sent. The generator runs on a
// fixed random source, so that regenerating must give the same files, on the
// Go release that go.mod names.
var update = flag.Bool("update", false, "rewrite testdata/vectors/envelope")

const vectorSeed = 0x7068616c6c616d61

// hexBytes are bytes as a lower-case hex string.
type hexBytes []byte

func (h hexBytes) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(h)), nil }

func (h *hexBytes) UnmarshalText(b []byte) error {
	out, err := hex.DecodeString(string(b))
	*h = out
	return err
}

type keyConfigVector struct {
	Name      string   `json:"name"`
	Encoded   hexBytes `json:"encoded"`
	Valid     bool     `json:"valid"`
	KeyID     uint8    `json:"key_id"`
	KEM       KEM      `json:"kem_id"`
	PublicKey hexBytes `json:"public_key,omitempty"`
}

type streamVector struct {
	Sealed hexBytes   `json:"sealed"`
	Chunks []hexBytes `json:"chunks"` // plaintext, the last is the final one
}

type refusalVector struct {
	Name   string   `json:"name"`
	Sealed hexBytes `json:"sealed"`
	Error  string   `json:"error"` // "open", "truncated" or "key"
}

type exchangeVector struct {
	Name             string          `json:"name"`
	PrivateKey       hexBytes        `json:"private_key"`
	KeyConfig        hexBytes        `json:"key_config"`
	Request          streamVector    `json:"request"`
	Response         streamVector    `json:"response"`
	RefusedRequests  []refusalVector `json:"refused_requests"`
	RefusedResponses []refusalVector `json:"refused_responses"`
}

type field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type requestVector struct {
	Name      string   `json:"name"`
	Message   hexBytes `json:"message"`
	Method    string   `json:"method"`
	Authority string   `json:"authority"`
	Path      string   `json:"path"`
	Fields    []field  `json:"fields"`
	Content   string   `json:"content"`
}

type responseVector struct {
	Name     string   `json:"name"`
	Message  hexBytes `json:"message"`
	Status   int      `json:"status"`
	Fields   []field  `json:"fields"`
	Content  string   `json:"content"`
	Trailers []field  `json:"trailers"`
}

type refusedMessage struct {
	Name    string   `json:"name"`
	Message hexBytes `json:"message"`
}

type messageVectors struct {
	Requests         []requestVector  `json:"requests"`
	Responses        []responseVector `json:"responses"`
	RefusedResponses []refusedMessage `json:"refused_responses"`
}

func vectorFields(h http.Header) []field {
	fields := []field{}
	for name, values := range h {
		fields = append(fields, field{name, values[0]})
	}
	slices.SortFunc(fields, func(a, b field) int { return bytes.Compare([]byte(a.Name), []byte(b.Name)) })
	return fields
}

func (f field) set(h http.Header) { h.Set(f.Name, f.Value) }

func header(fields []field) http.Header {
	h := make(http.Header)
	for _, f := range fields {
		f.set(h)
	}
	return h
}

func vectorPath(name string) string {
	return filepath.Join("..", "testdata", "vectors", "envelope", name)
}

// vector compares generated with the committed file, or writes it, and decodes
// the committed file into v.
func vector(t *testing.T, name string, generated, v any) {
	t.Helper()
	want, err := json.MarshalIndent(generated, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if *update {
		if err := os.MkdirAll(filepath.Dir(vectorPath(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(vectorPath(name), want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(vectorPath(name))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale: run go test ./envelope -update and review the difference", name)
	}
	if err := json.Unmarshal(got, v); err != nil {
		t.Fatal(err)
	}
}

func TestKeyConfigVectors(t *testing.T) {
	cryptotest.SetGlobalRandom(t, vectorSeed)
	var generated, vectors []keyConfigVector
	for _, kem := range kems {
		key, err := GenerateKey(17, kem)
		if err != nil {
			t.Fatal(err)
		}
		c := key.Config()
		b := c.Bytes()
		noSuite := bytes.Clone(b)
		noSuite[len(b)-1] = 9
		generated = append(generated,
			keyConfigVector{kem.String(), b, true, c.ID, c.KEM, c.PublicKey},
			keyConfigVector{kem.String() + ", byte after the end", append(bytes.Clone(b), 0), false, c.ID, c.KEM, nil},
			keyConfigVector{kem.String() + ", no supported suite", noSuite, false, c.ID, c.KEM, nil},
			keyConfigVector{kem.String() + ", cut", b[:len(b)-1], false, c.ID, c.KEM, nil},
		)
	}
	vector(t, "key_configs.json", generated, &vectors)
	for _, v := range vectors {
		c, err := ParseKeyConfig(v.Encoded)
		if v.Valid != (err == nil) {
			t.Errorf("%s: %v", v.Name, err)
		}
		if v.Valid && (c.ID != v.KeyID || c.KEM != v.KEM || !bytes.Equal(c.PublicKey, v.PublicKey)) {
			t.Errorf("%s: %+v", v.Name, c)
		}
	}
}

func generateExchange(t *testing.T, kem KEM) exchangeVector {
	t.Helper()
	key, err := GenerateKey(1, kem)
	if err != nil {
		t.Fatal(err)
	}
	private, err := key.key.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewRecipient(Config{}, key)
	if err != nil {
		t.Fatal(err)
	}
	ask, answer := []string{"what is ", "the code word", "?"}, []string{"fal", "con", ""}
	_, request := sealRequest(t, key.Config(), ask...)
	o, _ := openRequest(t, r, request)
	response := sealResponse(t, o, answer...)
	v := exchangeVector{
		Name: kem.String(), PrivateKey: private, KeyConfig: key.Config().Bytes(),
		Request: streamVector{Sealed: request}, Response: streamVector{Sealed: response},
	}
	for i := range ask {
		v.Request.Chunks = append(v.Request.Chunks, hexBytes(ask[i]))
		v.Response.Chunks = append(v.Response.Chunks, hexBytes(answer[i]))
	}
	other := bytes.Clone(request)
	other[0]++
	_, enc, _ := kem.sizes()
	v.RefusedRequests = append(refusals(t, request, headerBytes+enc), refusalVector{"other key id", other, "key"})
	v.RefusedResponses = refusals(t, response, responseNonceBytes)
	return v
}

func refusals(t *testing.T, sealed []byte, head int) []refusalVector {
	t.Helper()
	h, c := sealed[:head], chunks(t, sealed[head:])
	flipped := bytes.Clone(sealed)
	flipped[head+1] ^= 1
	return []refusalVector{
		{"bit flipped", flipped, "open"},
		{"final chunk dropped", join(h, c[0], c[1]), "truncated"},
		{"final chunk of zeros", join(h, c[0], c[1], make([]byte, 1+tagBytes)), "open"},
		{"chunks swapped", join(h, c[1], c[0], c[2]), "open"},
		{"byte after the final chunk", join(sealed, []byte{0}), "open"},
		{"length not in its shortest form", join(h, []byte{0x40}, c[0], c[1], c[2]), "open"},
	}
}

func TestExchangeVectors(t *testing.T) {
	cryptotest.SetGlobalRandom(t, vectorSeed)
	var generated, vectors []exchangeVector
	for _, kem := range kems {
		generated = append(generated, generateExchange(t, kem))
	}
	vector(t, "exchanges.json", generated, &vectors)
	for _, v := range vectors {
		t.Run(v.Name, func(t *testing.T) {
			c, err := ParseKeyConfig(v.KeyConfig)
			if err != nil {
				t.Fatal(err)
			}
			private, err := c.KEM.hpke().NewPrivateKey(v.PrivateKey)
			if err != nil {
				t.Fatal(err)
			}
			key := newPrivateKey(c.ID, c.KEM, private)
			if !bytes.Equal(key.Config().Bytes(), v.KeyConfig) {
				t.Fatal("the private key is not that of the key config")
			}
			r, err := NewRecipient(Config{}, key)
			if err != nil {
				t.Fatal(err)
			}
			for _, bad := range v.RefusedRequests {
				_, err := tryRequest(r, bad.Sealed)
				checkRefusal(t, bad, err)
			}
			o, plain := openRequest(t, r, v.Request.Sealed)
			if plain != joined(v.Request.Chunks) {
				t.Errorf("request: %q", plain)
			}
			// The recipient exports the same secret as the sender did.
			opener := (&RequestSealer{enc: o.enc, export: o.export}).OpenResponse
			for _, bad := range v.RefusedResponses {
				_, err := io.ReadAll(opener(bytes.NewReader(bad.Sealed)))
				checkRefusal(t, bad, err)
			}
			b, err := io.ReadAll(opener(bytes.NewReader(v.Response.Sealed)))
			if err != nil || string(b) != joined(v.Response.Chunks) {
				t.Errorf("response: %q, %v", b, err)
			}
			_, enc, _ := c.KEM.sizes()
			for _, s := range []struct {
				streamVector
				head int
			}{{v.Request, headerBytes + enc}, {v.Response, responseNonceBytes}} {
				for i, chunk := range chunks(t, s.Sealed[s.head:]) {
					if want := 1 + len(s.Chunks[i]) + tagBytes; len(chunk) != want {
						t.Errorf("chunk %d takes %d bytes, expected %d", i, len(chunk), want)
					}
				}
			}
		})
	}
}

func joined(parts []hexBytes) string {
	var b []byte
	for _, p := range parts {
		b = append(b, p...)
	}
	return string(b)
}

func checkRefusal(t *testing.T, v refusalVector, err error) {
	t.Helper()
	var mismatch *KeyMismatchError
	got := map[bool]string{errors.Is(err, ErrOpen): "open", errors.Is(err, ErrTruncated): "truncated", errors.As(err, &mismatch): "key"}[true]
	if got != v.Error {
		t.Errorf("%s: %v, expected the error %q", v.Name, err, v.Error)
	}
}

func TestMessageVectors(t *testing.T) {
	generated := messageVectors{
		Requests: []requestVector{
			{Name: "chat", Method: "POST", Authority: "pod.invalid", Path: "/api/chat", Fields: []field{{"content-type", "application/json"}, {"phallama-shape", "off"}}, Content: `{"model":"wisp","messages":[{"role":"user","content":"hi"}]}`},
			{Name: "no content", Method: "GET", Authority: "pod.invalid:8443", Path: "/api/tags?x=%2F", Fields: []field{}},
		},
		Responses: []responseVector{
			{Name: "with a trailer", Status: 200, Fields: []field{{"content-type", "application/x-ndjson"}}, Content: "{}\n{}\n", Trailers: []field{{"phallama-receipt", "r"}}},
			{Name: "empty", Status: 429, Fields: []field{{"retry-after", "3"}}, Trailers: []field{}},
		},
	}
	for i := range generated.Requests {
		v := &generated.Requests[i]
		req := newInner(t, v.Method, "https://"+v.Authority+v.Path, v.Content)
		req.Header = header(v.Fields)
		b, err := encodeRequest(req, []byte(v.Content))
		if err != nil {
			t.Fatal(err)
		}
		v.Message = b
	}
	for i := range generated.Responses {
		v := &generated.Responses[i]
		b, err := appendResponseHead(nil, v.Status, header(v.Fields))
		if err != nil {
			t.Fatal(err)
		}
		if v.Content != "" {
			b = appendContent(b, []byte(v.Content[:3]))
			b = appendContent(b, []byte(v.Content[3:]))
		}
		v.Message, err = appendResponseEnd(b, header(v.Trailers))
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(refusedResponses)) {
		generated.RefusedResponses = append(generated.RefusedResponses, refusedMessage{name, refusedResponses[name]})
	}
	var vectors messageVectors
	vector(t, "messages.json", generated, &vectors)
	for _, v := range vectors.Requests {
		req, err := decodeRequest(v.Message)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(req.Body)
		if err != nil || req.Method != v.Method || req.Host != v.Authority || req.RequestURI != v.Path || string(body) != v.Content || !slices.Equal(vectorFields(req.Header), vectorFields(header(v.Fields))) {
			t.Errorf("%s: %s %s %s %q %v, %v", v.Name, req.Method, req.Host, req.RequestURI, body, req.Header, err)
		}
	}
	for _, v := range vectors.Responses {
		res, body, err := readAllResponse(v.Message)
		if err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != v.Status || body != v.Content || !slices.Equal(vectorFields(res.Header), vectorFields(header(v.Fields))) || !slices.Equal(vectorFields(res.Trailer), vectorFields(header(v.Trailers))) {
			t.Errorf("%s: %d %q %v %v", v.Name, res.StatusCode, body, res.Header, res.Trailer)
		}
	}
}
