package oblivious

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/cloudflare/circl/hpke"
	"github.com/openpcc/bhttp"
	"github.com/openpcc/ohttp"
	"github.com/openpcc/ohttp/encoding"
	encoder "github.com/openpcc/ohttp/encoding/bhttp"
	"github.com/phallama/phallama/envelope"
)

// ohttp chooses chunked messages by the inner message: those of unknown length are chunked, others are message/ohttp-req
// and message/ohttp-res, whatever the other side sent. Ours are all chunked, and a pod takes requests of known length
// only. So its client needs an encoder that puts a request of known length into chunks, and its gateway must be made to
// answer in chunks, by a Flush or a Trailer. By default its gateway takes chunks of 4096 bytes, less than the draft has every
// receiver take, and it does not send Incremental. Its client shows only trailers that a Trailer field announced, which we
// do not send.

// TestMain keeps quiet what the gateway logs at Info: host and URL of inner requests.
func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	os.Exit(m.Run())
}

const (
	question = "what is the code word?"
	target   = "https://pod.invalid/api/chat?x=%2F"
	receipt  = "Phallama-Receipt" // a trailer
)

// gateway serves next behind their gateway, under a new key, and returns our key config for it.
func gateway(t *testing.T, k envelope.KEM, next http.HandlerFunc) (*httptest.Server, envelope.KeyConfig) {
	t.Helper()
	private, config := theirKey(t, k)
	decoder, err := encoder.NewRequestDecoder(encoder.MaxRequestChunkLen(envelope.MaxChunkBytes))
	if err != nil {
		t.Fatal(err)
	}
	g, err := ohttp.NewGateway(ohttp.KeyPair{
		SecretKey: private,
		KeyConfig: ohttp.KeyConfig{
			KeyID: keyID, KemID: hpke.KEM(k), PublicKey: private.Public(),
			SymmetricAlgorithms: []ohttp.SymmetricAlgorithm{{KDFID: hpke.KDF_HKDF_SHA256, AEADID: hpke.AEAD_AES256GCM}},
		},
	}, ohttp.WithRequestDecoder(decoder), ohttp.WithRequestValidator(ohttp.NewHostnameAllowlist("pod.invalid")))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(ohttp.Middleware(g, next))
	t.Cleanup(server.Close)
	return server, config
}

// ask seals a question to config and opens what url answers.
func ask(t *testing.T, config envelope.KeyConfig, url, body string) (*http.Response, error) {
	t.Helper()
	inner, err := http.NewRequest(http.MethodPost, target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	inner.Header.Set("Content-Type", "text/plain")
	x, err := envelope.Seal(config, inner)
	if err != nil {
		t.Fatal(err)
	}
	outer, err := x.NewRequest(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultTransport.RoundTrip(outer)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	return x.Open(answer)
}

// serve answers a request with its own body in two parts and a trailer. Between the parts it waits for a word on next.
func serve(t *testing.T, next <-chan struct{}) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Errorf("inner body: %v", err)
		}
		if r.Method != http.MethodPost || r.Host != "pod.invalid" || r.URL.RequestURI() != "/api/chat?x=%2F" || r.Header.Get("Content-Type") != "text/plain" {
			t.Errorf("inner request: %s %s %s %v", r.Method, r.Host, r.URL, r.Header)
		}
		w.Header().Set("Content-Type", "text/plain")
		w.Header().Set("Trailer", receipt)
		w.WriteHeader(http.StatusAccepted)
		_, _ = w.Write(body)
		w.(http.Flusher).Flush()
		<-next
		_, _ = w.Write(body)
		w.Header().Set(receipt, "r")
	}
}

// check reads an answer of serve: its first part before it lets the handler write the second, then all of it.
func check(t *testing.T, res *http.Response, body string, next chan<- struct{}) {
	t.Helper()
	first := make([]byte, len(body))
	if _, err := io.ReadFull(res.Body, first); err != nil || string(first) != body {
		t.Fatalf("first part: %d bytes, %v", len(first), err)
	}
	close(next)
	rest, err := io.ReadAll(res.Body)
	if err != nil || string(rest) != body || res.StatusCode != http.StatusAccepted || res.Trailer.Get(receipt) != "r" {
		t.Errorf("%d, %d bytes, %v, trailers %v", res.StatusCode, len(rest), err, res.Trailer)
	}
}

func TestTheirGatewayAnswersUs(t *testing.T) {
	for _, k := range kems {
		for _, body := range []string{question, strings.Repeat(question, 4000)} {
			t.Run(fmt.Sprintf("%s, %d bytes", k, len(body)), func(t *testing.T) {
				next := make(chan struct{})
				server, config := gateway(t, k, serve(t, next))
				res, err := ask(t, config, server.URL, body)
				if err != nil {
					t.Fatal(err)
				}
				check(t, res, body, next)
			})
		}
	}
}

// An answer in one piece is not one that we asked for: refused, never read in another way.
func TestTheirUnchunkedAnswerIsRefused(t *testing.T) {
	server, config := gateway(t, envelope.XWing, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hi") })
	_, err := ask(t, config, server.URL, question)
	var refused *envelope.RefusedError
	if !errors.As(err, &refused) || refused.Status != http.StatusOK {
		t.Errorf("%v, expected a refusal of %s", err, ohttp.ResponseMediaType)
	}
}

// inChunks has their client send a request of known length in chunks.
type inChunks struct{ *encoder.RequestEncoder }

func (e inChunks) EncodeRequest(r *http.Request) (*encoding.Message, encoding.ResponseDecoder, error) {
	m, d, err := e.RequestEncoder.EncodeRequest(r)
	if err == nil {
		m.Chunked, m.MediaType = true, encoder.ChunkedRequestMediaType.Bytes()
	}
	return m, d, err
}

// transport is their client for a Handler of ours around inner.
func transport(t *testing.T, k envelope.KEM, inner http.HandlerFunc, wrap func(*encoder.RequestEncoder) encoding.RequestEncoder) *ohttp.Transport {
	t.Helper()
	key, err := envelope.GenerateKey(keyID, k)
	if err != nil {
		t.Fatal(err)
	}
	recipient, err := envelope.NewRecipient(envelope.Config{}, key)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(&envelope.Handler{Recipient: recipient, Inner: inner})
	t.Cleanup(server.Close)
	var configs ohttp.KeyConfigs
	if err := configs.UnmarshalBinary(envelope.MarshalKeyConfigs(recipient.KeyConfigs())); err != nil {
		t.Fatal(err)
	}
	decoder := &bhttp.ResponseDecoder{MapFunc: func(_ context.Context, r *bhttp.Response) (*http.Response, error) {
		r.FinalHeader.Set("Trailer", receipt)
		return bhttp.MapToHTTP1Response(r)
	}}
	enc, err := encoder.NewRequestEncoder(
		encoder.WithCustomRequestEncoder(&bhttp.RequestEncoder{PadToMultipleOf: 2048}),
		encoder.WithCustomResponseDecoder(decoder), encoder.MaxResponseChunkLen(envelope.MaxChunkBytes))
	if err != nil {
		t.Fatal(err)
	}
	client, err := ohttp.NewTransport(configs[0], server.URL, ohttp.WithRequestEncoder(wrap(enc)))
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestTheirClientReadsOurAnswer(t *testing.T) {
	for _, k := range kems {
		for _, body := range []string{question, strings.Repeat(question, 4000)} {
			t.Run(fmt.Sprintf("%s, %d bytes", k, len(body)), func(t *testing.T) {
				next := make(chan struct{})
				client := transport(t, k, serve(t, next), func(e *encoder.RequestEncoder) encoding.RequestEncoder { return inChunks{e} })
				req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, target, strings.NewReader(body))
				if err != nil {
					t.Fatal(err)
				}
				req.Header.Set("Content-Type", "text/plain")
				res, err := client.RoundTrip(req)
				if err != nil {
					t.Fatal(err)
				}
				defer res.Body.Close()
				check(t, res, body, next)
			})
		}
	}
}

// What their client sends of its own accord is refused: a request in one piece outside the envelope, one of unknown length
// inside.
func TestTheirPlainClientIsRefused(t *testing.T) {
	inner := func(http.ResponseWriter, *http.Request) { t.Error("the handler was asked") }
	client := transport(t, envelope.X25519, inner, func(e *encoder.RequestEncoder) encoding.RequestEncoder { return e })
	ask := func(body io.Reader) (*http.Response, error) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, target, body)
		if err != nil {
			t.Fatal(err)
		}
		return client.RoundTrip(req)
	}
	_, err := ask(strings.NewReader(question))
	var status ohttp.ResponseStatusError
	if !errors.As(err, &status) || status.StatusCode != http.StatusBadRequest {
		t.Errorf("in one piece: %v, expected status 400", err)
	}
	res, err := ask(io.MultiReader(strings.NewReader(question)))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if b := readAll(t, res.Body); res.StatusCode != http.StatusBadRequest || !strings.Contains(string(b), "not a known-length request") {
		t.Errorf("of unknown length: %d %q", res.StatusCode, b)
	}
}
