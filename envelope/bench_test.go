package envelope

import (
	"bytes"
	"crypto/hpke"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"testing"
	"time"
)

func benchmarkPair(b *testing.B, kem KEM) (*Recipient, KeyConfig, []byte) {
	r, config := newRecipient(b, kem, Config{MaxRequestsPerKey: 1 << 30})
	msg := bytes.Repeat([]byte("a prompt"), 512)
	b.SetBytes(int64(len(msg)))
	b.ReportAllocs()
	return r, config, msg
}

// BenchmarkRequest seals and opens 4 KiB.
func BenchmarkRequest(b *testing.B) {
	for _, kem := range kems {
		seal := func(b *testing.B, config KeyConfig, msg []byte, into io.Writer) {
			s, err := NewRequestSealer(config, into)
			if err != nil {
				b.Fatal(err)
			}
			if err := s.Finish(msg); err != nil {
				b.Fatal(err)
			}
		}
		open := func(b *testing.B, r *Recipient, sealed []byte) {
			o, err := r.OpenRequest(bytes.NewReader(sealed))
			if err != nil {
				b.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, o); err != nil {
				b.Fatal(err)
			}
		}
		b.Run(kem.String()+"/seal", func(b *testing.B) {
			_, config, msg := benchmarkPair(b, kem)
			for b.Loop() {
				seal(b, config, msg, io.Discard)
			}
		})
		b.Run(kem.String()+"/open", func(b *testing.B) {
			r, config, msg := benchmarkPair(b, kem)
			_, sealed := sealRequest(b, config, string(msg))
			for b.Loop() {
				clear(r.keys[config.ID].opened.seen)
				open(b, r, sealed)
			}
		})
		// What of both is HPKE itself: encapsulating, sealing, decapsulating, opening.
		b.Run(kem.String()+"/hpke", func(b *testing.B) {
			r, config, msg := benchmarkPair(b, kem)
			public, err := config.public()
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				enc, sender, err := hpke.NewSender(public, hpke.HKDFSHA256(), hpke.AES256GCM(), nil)
				if err != nil {
					b.Fatal(err)
				}
				sealed, err := sender.Seal(nil, msg)
				if err != nil {
					b.Fatal(err)
				}
				recipient, err := hpke.NewRecipient(enc, r.keys[config.ID].key, hpke.HKDFSHA256(), hpke.AES256GCM(), nil)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := recipient.Open(nil, sealed); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(kem.String()+"/both", func(b *testing.B) {
			r, config, msg := benchmarkPair(b, kem)
			var sealed bytes.Buffer
			for b.Loop() {
				sealed.Reset()
				seal(b, config, msg, &sealed)
				open(b, r, sealed.Bytes())
			}
		})
	}
}

// BenchmarkResponse seals and opens 200 chunks of 128 bytes, one answer's worth.
func BenchmarkResponse(b *testing.B) {
	r, config := newRecipient(b, XWing, Config{})
	s, sealed := sealRequest(b, config, "ask")
	o, _ := openRequest(b, r, sealed)
	var out bytes.Buffer
	chunk := make([]byte, 128)
	seal := func(b *testing.B) {
		out.Reset()
		o.answered = false
		w, err := o.SealResponse(&out)
		if err != nil {
			b.Fatal(err)
		}
		for range 199 {
			_, _ = w.Write(chunk)
		}
		if err := w.Finish(chunk); err != nil {
			b.Fatal(err)
		}
	}
	open := func(b *testing.B) {
		if _, err := io.Copy(io.Discard, s.OpenResponse(bytes.NewReader(out.Bytes()))); err != nil {
			b.Fatal(err)
		}
	}
	for name, run := range map[string]func(*testing.B){
		"seal": seal,
		"open": open,
		"both": func(b *testing.B) { seal(b); open(b) },
	} {
		b.Run(name, func(b *testing.B) {
			seal(b)
			b.SetBytes(200 * int64(len(chunk)))
			b.ReportAllocs()
			for b.Loop() {
				run(b)
			}
		})
	}
}

// BenchmarkAddedLatency asks an engine that answers in 20 pieces through a plain proxy and through the envelope, in turns,
// on localhost: the time to the end of the answer, and what the envelope adds to it.
func BenchmarkAddedLatency(b *testing.B) {
	engine := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/x-ndjson")
		for range 20 {
			_, _ = w.Write(make([]byte, 128))
			_ = http.NewResponseController(w).Flush()
		}
	}))
	defer engine.Close()
	target, err := url.Parse(engine.URL)
	if err != nil {
		b.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{FlushInterval: -1, Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }}
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// Otherwise net/http closes the request's body at the first write of the answer, and once in some ten thousand times
		// the proxy has not seen its end yet and gives the exchange up.
		if err := http.NewResponseController(w).EnableFullDuplex(); err != nil {
			b.Error(err)
		}
		proxy.ServeHTTP(w, r)
	}))
	defer plain.Close()
	r, config := newRecipient(b, XWing, Config{MaxRequestsPerKey: 1 << 30})
	sealed := httptest.NewServer(&Handler{Recipient: r, Inner: proxy})
	defer sealed.Close()
	body := bytes.Repeat([]byte("a prompt"), 512)
	inner := func() *http.Request {
		req, err := http.NewRequestWithContext(b.Context(), http.MethodPost, "https://pod/api/chat", bytes.NewReader(body))
		if err != nil {
			b.Fatal(err)
		}
		return req
	}
	read := func(res *http.Response, err error) {
		if err != nil {
			b.Fatal(err)
		}
		n, err := io.Copy(io.Discard, res.Body)
		_ = res.Body.Close()
		if err != nil || n != 20*128 {
			b.Fatalf("%d bytes, %v", n, err)
		}
	}
	ways := []func(){
		func() {
			req := inner()
			req.URL, _ = url.Parse(plain.URL + "/api/chat")
			req.Host = ""
			read(http.DefaultTransport.RoundTrip(req))
		},
		func() {
			x, err := Seal(config, inner())
			if err != nil {
				b.Fatal(err)
			}
			outer, err := x.NewRequest(b.Context(), sealed.URL)
			if err != nil {
				b.Fatal(err)
			}
			res, err := http.DefaultTransport.RoundTrip(outer)
			if err != nil {
				b.Fatal(err)
			}
			read(x.Open(res))
		},
	}
	took := make([][]time.Duration, len(ways))
	for b.Loop() {
		for i, ask := range ways {
			start := time.Now()
			ask()
			took[i] = append(took[i], time.Since(start))
		}
	}
	p50 := make([]float64, len(ways))
	for i := range took {
		slices.Sort(took[i])
		p50[i] = float64(took[i][len(took[i])/2].Microseconds())
	}
	b.ReportMetric(p50[0], "plain_p50_µs")
	b.ReportMetric(p50[1], "sealed_p50_µs")
	b.ReportMetric(p50[1]-p50[0], "added_p50_µs")
	b.ReportMetric(0, "ns/op") // of both ways together: says nothing
}
