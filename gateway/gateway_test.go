package gateway_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

const messages = `"messages":[{"role":"user","content":"` + prompt + `"}]`

func TestAnswers(t *testing.T) {
	n := newNetwork(t)
	for _, tt := range []struct {
		name, path, body, media string
		whole                   bool
	}{
		{"chat", "/api/chat", `{"model":"wisp",` + messages + `}`, "application/x-ndjson", false},
		{"chat, whole", "/api/chat", `{"model":"wisp:latest","stream":false,` + messages + `}`, "application/json", true},
		{"OpenAI stream", "/v1/chat/completions", `{"model":"wisp","stream":true,` + messages + `}`, "text/event-stream", false},
		{"OpenAI", "/v1/chat/completions", `{"model":"wisp",` + messages + `}`, "application/json", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := n.post(tt.path, tt.body)
			body := readAll(t, res)
			if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), tt.media) {
				t.Fatalf("%s %v %s", res.Status, res.Header, body)
			}
			openAI := strings.HasPrefix(tt.path, "/v1/")
			want, _ := words(answer, openAI, !tt.whole)
			if openAI && !tt.whole {
				want = append(want[:3], want[4]) // nobody asked for the usage
			}
			if plain(body) != strings.Join(want, "") {
				t.Errorf("answer\n%swant\n%s", body, strings.Join(want, ""))
			}
			all, err := n.client.Receipts()
			if err != nil {
				t.Fatal(err)
			}
			last := all[len(all)-1]
			said := res.Trailer
			if tt.whole {
				said = res.Header
			}
			if said.Get(client.TrailerCost) != last.Receipt.Cost.String() || said.Get(client.TrailerReceipt) != last.Receipt.HashStruct().String() {
				t.Errorf("said %v of receipt %+v", said, last.Receipt)
			}
			if res.Header.Get(client.HeaderRequestID) != last.RequestID.String() || res.Header.Get(client.HeaderTier) != "T0-simulated" ||
				res.Header.Get(client.HeaderPod) != n.record.ID.String() {
				t.Errorf("header %v", res.Header)
			}
			if last.Receipt.Usage != (protocol.Usage{In: 11, Out: 2}) {
				t.Errorf("usage %+v", last.Receipt.Usage)
			}
		})
	}
	n.gateway.Close() // waits for the log's last line
	wire, log := n.wire.Bytes(), n.log.String()
	for _, secret := range []string{prompt, answer, answer[:len(answer)/2]} {
		if bytes.Contains(wire, []byte(secret)) || strings.Contains(log, secret) {
			t.Errorf("%q is on the wire or in the log", secret)
		}
	}
	if len(wire) < 8192 || strings.Count(log, "msg=request") != 4 || !strings.Contains(log, "in=11 out=2 cost=5038000000000") || !strings.Contains(log, "model=wisp") {
		t.Errorf("%d bytes on the wire; log:\n%s", len(wire), log)
	}
}

// What the engine says is with the application before the engine says more.
func TestStreamsAtOnce(t *testing.T) {
	n := newNetwork(t)
	out, in := io.Pipe()
	n.engine = func(*http.Request) (*http.Response, error) { return reply(200, "application/x-ndjson", out), nil }
	parts, _ := words(answer, false, true)
	go func() { _, _ = io.WriteString(in, parts[0]) }()
	res := n.post("/api/chat", `{"model":"wisp",`+messages+`}`)
	lines := bufio.NewReader(res.Body)
	for i, want := range parts {
		line, err := lines.ReadString('\n')
		if err != nil || plain(line) != want {
			t.Fatalf("line %d: %q, %v", i, line, err)
		}
		switch i + 2 { // the last comes with the receipt
		case len(parts) + 1:
		case len(parts):
			_, err = io.WriteString(in, parts[i+1])
			err = errors.Join(err, in.Close())
		default:
			_, err = io.WriteString(in, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if rest, err := lines.ReadString('\n'); err != io.EOF || rest != "" {
		t.Errorf("then %q, %v", rest, err)
	}
	if res.Trailer.Get(client.TrailerReceipt) == "" {
		t.Errorf("trailer %v", res.Trailer)
	}
}

func TestErrors(t *testing.T) {
	chat := `{"model":"wisp",` + messages + `}`
	for _, tt := range []struct {
		name   string
		spoil  func(*network)
		method string
		path   string
		body   string
		header [2]string
		status int
		say    string
		code   string // OpenAI's, on /v1
	}{
		{name: "not JSON", path: "chat", body: `{`, status: 400, say: "JSON"},
		{name: "no model", path: "chat", body: `{}`, status: 400, say: "model"},
		{name: "unknown model", path: "chat", body: `{"model":"gone"}`, status: 404, say: `"gone" not found: pods list wisp`, code: "model_not_found"},
		{name: "another digest", path: "chat", body: `{"model":"wisp@sha256:` + strings.Repeat("0", 64) + `"}`, status: 404, say: "under this name pods offer sha256:d100", code: "model_not_found"},
		{name: "no digest", path: "chat", body: `{"model":"wisp@sha256:12"}`, status: 400, say: "64 lower-case hex digits"},
		{name: "too long", path: "chat", body: `{"model":"` + strings.Repeat("x", 1<<20) + `"}`, status: 413, say: "too large"},
		{name: "no funds", path: "chat", body: chat, spoil: func(n *network) { n.avail = protocol.Units(3) }, status: 402, say: "phallama wallet", code: "insufficient_funds"},
		{name: "pod refused", path: "chat", body: chat, spoil: func(n *network) { n.record.Evidence = n.record.Evidence[:500] }, status: 503, say: "no pod can answer", code: "no_pod"},
		{name: "pod gone", path: "chat", body: chat, spoil: func(n *network) { n.record.URL = "http://127.0.0.1:1" }, status: 503, say: "cannot be reached", code: "no_pod"},
		{name: "chain down", path: "chat", body: chat, spoil: func(n *network) { n.down = errors.New("connection refused") }, status: 503, say: "RPC", code: "chain_unreachable"},
		{name: "engine gone", path: "chat", body: chat, spoil: func(n *network) {
			n.engine = func(*http.Request) (*http.Response, error) { return nil, errors.New("no such socket") }
		}, status: 502, say: "nothing is billed"},
		{name: "engine fails", path: "chat", body: chat, spoil: func(n *network) {
			n.engine = func(*http.Request) (*http.Response, error) {
				return reply(500, "application/json", io.NopCloser(strings.NewReader(`{"error":"llama runner died"}`))), nil
			}
		}, status: 502, say: "nothing is billed"},
		{name: "empty answer", path: "chat", body: chat, spoil: func(n *network) {
			n.engine = func(*http.Request) (*http.Response, error) {
				return reply(200, "application/x-ndjson", http.NoBody), nil
			}
		}, status: 502, say: ""},
		{name: "cut before the first byte", path: "chat", body: chat, spoil: func(n *network) { n.outer = cutAfter(40) }, status: 502, say: "no answer"},
		{name: "answered outside the envelope", path: "chat", body: chat, spoil: func(n *network) {
			n.outer = func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
				_, _ = io.WriteString(w, `{"done":true}`)
			}
		}, status: 503, say: "outside the envelope", code: "no_pod"},
		{name: "GET", method: http.MethodGet, path: "chat", status: 405, say: "takes POST"},
		{name: "no such route", method: http.MethodGet, path: "nothing", status: 404, say: "no such route"},
		{name: "pages of others", path: "chat", body: chat, header: [2]string{"Origin", "https://evil.example"}, status: 403, say: "origin"},
		{name: "pages of nobody", path: "chat", body: chat, header: [2]string{"Origin", "null"}, status: 403, say: "origin"},
		{name: "other name", path: "chat", body: chat, header: [2]string{"Host", "evil.example:11435"}, status: 403, say: "host"},
	} {
		for _, openAI := range []bool{false, true} {
			name, path := tt.name, map[string]string{"chat": "/api/chat", "nothing": "/api/nothing"}[tt.path]
			if openAI {
				name, path = tt.name+", OpenAI", map[string]string{"chat": "/v1/chat/completions", "nothing": "/v1/nothing"}[tt.path]
			}
			t.Run(name, func(t *testing.T) {
				n := newNetwork(t)
				if tt.spoil != nil {
					n.locked(func() { tt.spoil(n) })
				}
				method := tt.method
				if method == "" {
					method = http.MethodPost
				}
				req, err := http.NewRequestWithContext(t.Context(), method, n.gateway.URL+path, strings.NewReader(tt.body))
				if err != nil {
					t.Fatal(err)
				}
				if tt.header[0] == "Host" {
					req.Host = tt.header[1]
				} else if tt.header[0] != "" {
					req.Header.Set(tt.header[0], tt.header[1])
				}
				res := n.do(req)
				body := readAll(t, res)
				if res.StatusCode != tt.status || res.Header.Get("Access-Control-Allow-Origin") != "" {
					t.Errorf("status %d, header %v, want %d: %s", res.StatusCode, res.Header, tt.status, body)
				}
				wantError(t, body, openAI, tt.say, tt.code)
				if log := n.logged(); strings.Contains(log, prompt) {
					t.Errorf("the log holds the prompt: %s", log)
				}
			})
		}
	}
}

// A pod's word on who asks too much reaches the application as its own API has it.
func TestRateLimited(t *testing.T) {
	n := newNetwork(t, func(c *pod.Config) { c.RateLimit.Requests = 1 })
	chat := `{"model":"wisp",` + messages + `}`
	if res := n.post("/api/chat", chat); res.StatusCode != 200 {
		t.Fatalf("%d %s", res.StatusCode, readAll(t, res))
	} else {
		_ = readAll(t, res)
	}
	for _, path := range []string{"/api/chat", "/v1/chat/completions"} {
		res := n.post(path, chat)
		body := readAll(t, res)
		if seconds, err := strconv.Atoi(res.Header.Get("Retry-After")); res.StatusCode != http.StatusTooManyRequests || err != nil || seconds < 30 || seconds > 60 {
			t.Errorf("%s: %d %v %s", path, res.StatusCode, res.Header, body)
		}
		wantError(t, body, path != "/api/chat", "too many requests of this account", "rate_limit_exceeded")
	}
}

// wantError holds an error against the shape of its API.
func wantError(t *testing.T, body string, openAI bool, say, code string) {
	t.Helper()
	var message string
	decoder := json.NewDecoder(strings.NewReader(body))
	decoder.DisallowUnknownFields()
	if openAI {
		var e struct {
			Error struct {
				Message string
				Type    string
				Param   *string
				Code    *string
			}
		}
		if err := decoder.Decode(&e); err != nil || e.Error.Type == "" {
			t.Errorf("%q is not OpenAI's shape: %v", body, err)
		}
		if message = e.Error.Message; code != "" && (e.Error.Code == nil || *e.Error.Code != code) {
			t.Errorf("%q does not have the code %q", body, code)
		}
	} else {
		var e struct{ Error string }
		if err := decoder.Decode(&e); err != nil {
			t.Errorf("%q is not Ollama's shape: %v", body, err)
		}
		message = e.Error
	}
	if message == "" || !strings.Contains(message, say) || strings.Contains(message, prompt) {
		t.Errorf("message %q does not say %q", message, say)
	}
}

// cutAfter lets so many bytes of the outer answer through, such as a cell, and hangs up.
func cutAfter(limit int) func(http.ResponseWriter, *http.Request, http.Handler) {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		rec := httptest.NewRecorder()
		next.ServeHTTP(rec, r)
		w.Header().Set("Content-Type", rec.Header().Get("Content-Type"))
		raw := rec.Body.Bytes()
		_, _ = w.Write(raw[:min(len(raw), limit)])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}

// An answer that breaks off says so in its own form, and its connection breaks as well.
func TestBrokenOff(t *testing.T) {
	for _, tt := range []struct {
		name, path, body, lead string
		openAI                 bool
	}{
		{"Ollama", "/api/chat", `{"model":"wisp",` + messages + `}`, "", false},
		{"OpenAI", "/v1/chat/completions", `{"model":"wisp","stream":true,` + messages + `}`, "data: ", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var n *network
			var res *http.Response
			for range 10 { // on a busy machine the first cell leaves before the first word is there
				n = newNetwork(t)
				n.locked(func() { n.outer = cutAfter(envelope.DefaultCellBytes) })
				if res = n.post(tt.path, tt.body); res.StatusCode != http.StatusBadGateway {
					break
				}
			}
			raw, err := io.ReadAll(res.Body)
			if res.StatusCode != http.StatusOK || err == nil {
				t.Fatalf("%s, %v: the connection did not break: %s", res.Status, err, raw)
			}
			lines := strings.Split(strings.TrimRight(string(raw), "\n"), "\n")
			if strings.Contains(string(raw), `"done":true`) || strings.Contains(string(raw), "[DONE]") {
				t.Errorf("it says that it is complete: %s", raw)
			}
			last, ok := strings.CutPrefix(lines[len(lines)-1], tt.lead)
			if !ok || len(lines) < 2 || !strings.Contains(lines[0], answer[:len(answer)/2]) {
				t.Errorf("read %q", raw)
			}
			wantError(t, last, tt.openAI, "broke off", "")
			if res.Trailer.Get(client.TrailerReceipt) != "" {
				t.Errorf("trailer %v", res.Trailer)
			}
			// What it cost is known before the next one.
			n.locked(func() { n.outer = nil })
			readAll(t, n.post(tt.path, tt.body))
			if all, err := n.client.Receipts(); err != nil || len(all) != 2 || !all[0].Late {
				t.Errorf("receipts %+v, %v", all, err)
			}
		})
	}
	t.Run("whole", func(t *testing.T) {
		n := newNetwork(t)
		n.locked(func() { n.outer = cutAfter(envelope.DefaultCellBytes) })
		res := n.post("/api/chat", `{"model":"wisp","stream":false,`+messages+`}`)
		if body := readAll(t, res); res.StatusCode != http.StatusBadGateway {
			t.Errorf("%s %s", res.Status, body)
		} else {
			wantError(t, body, false, "broke off", "")
		}
	})
	t.Run("engine", func(t *testing.T) {
		n := newNetwork(t)
		n.locked(func() {
			n.engine = func(*http.Request) (*http.Response, error) {
				parts, media := words(answer, false, true)
				return reply(200, media, io.NopCloser(io.MultiReader(strings.NewReader(parts[0]), failing{}))), nil
			}
		})
		res := n.post("/api/chat", `{"model":"wisp",`+messages+`}`)
		raw, err := io.ReadAll(res.Body)
		lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
		if err == nil || len(lines) < 2 {
			t.Fatalf("%q, %v", raw, err)
		}
		wantError(t, lines[len(lines)-1], false, "nothing is billed", "")
		if s := n.client.Sessions(); len(s) != 1 || !s[0].Charged.IsZero() || s[0].Open != 0 {
			t.Errorf("sessions %+v", s)
		}
	})
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the runner died") }

// The application goes away; the pod bills what it had generated, and the next request acknowledges it.
func TestApplicationGoes(t *testing.T) {
	n := newNetwork(t)
	out, in := io.Pipe()
	n.engine = func(r *http.Request) (*http.Response, error) {
		context.AfterFunc(r.Context(), func() { _ = out.CloseWithError(r.Context().Err()) }) // as a transport does
		return reply(200, "application/x-ndjson", out), nil
	}
	aborted, billed := make(chan struct{}), make(chan struct{})
	n.outer = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		defer close(billed)
		context.AfterFunc(r.Context(), func() { close(aborted) })
		next.ServeHTTP(w, r)
	}
	parts, _ := words(answer, false, true)
	go func() { _, _ = io.WriteString(in, parts[0]) }()
	ctx, cancel := context.WithCancel(t.Context())
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, n.gateway.URL+"/api/chat", strings.NewReader(`{"model":"wisp",`+messages+`}`))
	if err != nil {
		t.Fatal(err)
	}
	res := n.do(req)
	if _, err := res.Body.Read(make([]byte, 10)); err != nil {
		t.Fatal(err)
	}
	cancel()
	<-aborted // it went through to the pod
	<-billed  // which waits for nothing more of the engine
	n.locked(func() { n.engine, n.outer = says(answer), nil })
	if done, err := n.client.Reconcile(t.Context()); err != nil || done != (client.Reconciled{Receipts: 1}) {
		t.Errorf("reconciled %+v, %v", done, err)
	}
	if body := readAll(t, n.post("/api/chat", `{"model":"wisp",`+messages+`}`)); !strings.Contains(body, `"done":true`) {
		t.Errorf("answer %s", body)
	}
	all, err := n.client.Receipts()
	if err != nil || len(all) != 2 || all[0].Receipt.Finish != protocol.FinishAbort || all[1].Receipt.RSeq != 2 {
		t.Errorf("receipts %+v, %v", all, err)
	}
}

// The engine's refusals are the application's own affair, in the engine's words.
func TestEngineRefuses(t *testing.T) {
	n := newNetwork(t)
	said := `{"error":"registry.ollama.ai/library/wisp:latest does not support tools"}`
	n.engine = func(*http.Request) (*http.Response, error) {
		return reply(400, "application/json; charset=utf-8", io.NopCloser(strings.NewReader(said))), nil
	}
	res := n.post("/api/chat", `{"model":"wisp","tools":[],`+messages+`}`)
	if body := readAll(t, res); res.StatusCode != 400 || body != said {
		t.Errorf("%s %q", res.Status, body)
	}
}

func TestReadRoutes(t *testing.T) {
	n := newNetwork(t)
	for _, tt := range []struct{ path, want string }{
		{"/", "Ollama is running"},
		{"/api/version", `{"version":"0.17.4"}` + "\n"},
		{"/api/tags", `{"models":[{"name":"wisp:latest","model":"wisp:latest","modified_at":"` + time.Unix(int64(n.block.Time), 0).UTC().Format(time.RFC3339) +
			`","size":0,"digest":"d1` + strings.Repeat("0", 62) + `","details":{"parent_model":"","format":"gguf","family":"","families":[],"parameter_size":"","quantization_level":""}}]}` + "\n"},
	} {
		if status, body := n.get(tt.path); status != 200 || body != tt.want {
			t.Errorf("%s: %d %s", tt.path, status, body)
		}
	}
	var list struct {
		Object string
		Data   []struct {
			ID, Object string
			Created    int64
			OwnedBy    string `json:"owned_by"`
		}
	}
	status, body := n.get("/v1/models")
	if err := json.Unmarshal([]byte(body), &list); err != nil || status != 200 || list.Object != "list" || len(list.Data) != 1 ||
		list.Data[0].ID != "wisp:latest" || list.Data[0].Object != "model" || list.Data[0].Created != int64(n.block.Time) {
		t.Errorf("%d %s", status, body)
	}
	if status, body := n.get("/v1/models/wisp"); status != 200 || !strings.Contains(body, `"id":"wisp:latest"`) {
		t.Errorf("%d %s", status, body)
	}
	status, body = n.get("/v1/models/gone")
	if status != 404 {
		t.Errorf("%d %s", status, body)
	}
	wantError(t, body, true, "gone", "model_not_found")
	pinned := "wisp@sha256:d1" + strings.Repeat("0", 62)
	if status, body := n.get("/v1/models/" + pinned); status != 200 || !strings.Contains(body, `"id":"wisp:latest@sha256:d1`) {
		t.Errorf("%d %s", status, body)
	}
	status, body = n.get("/v1/models/wisp@sha256:" + strings.Repeat("0", 64))
	if status != 404 {
		t.Errorf("%d %s", status, body)
	}
	wantError(t, body, true, "under this name pods offer sha256:d100", "model_not_found")
	for path, body := range map[string]string{
		"/api/chat": `{"model":"` + pinned + `",` + messages + `}`, "/api/generate": `{"model":"` + pinned + `","prompt":"` + prompt + `"}`,
		"/v1/chat/completions": `{"model":"` + pinned + `","stream":true,` + messages + `}`,
	} {
		if res := n.post(path, body); res.StatusCode != 200 {
			t.Errorf("%s: %d %s", path, res.StatusCode, readAll(t, res))
		} else {
			_ = readAll(t, res)
		}
	}
	for _, path := range []string{"/api/push", "/api/create", "/api/delete", "/api/copy", "/api/blobs/sha256:00"} {
		res := n.post(path, `{}`)
		if body := readAll(t, res); res.StatusCode != http.StatusNotImplemented {
			t.Errorf("%s: %d %s", path, res.StatusCode, body)
		} else {
			wantError(t, body, strings.HasPrefix(path, "/v1/"), path, "")
		}
	}
}

// Without pods there are no models; without a chain, nobody knows.
func TestNoModels(t *testing.T) {
	n := newNetwork(t)
	n.locked(func() { n.down = errors.New("connection refused") })
	for _, path := range []string{"/api/tags", "/v1/models", "/v1/models/wisp"} {
		status, body := n.get(path)
		if status != http.StatusServiceUnavailable {
			t.Errorf("%s: %d %s", path, status, body)
		}
		wantError(t, body, path != "/api/tags", "connection refused", "")
	}
	n.locked(func() { n.down, n.record.Retired = nil, true })
	for path, want := range map[string]string{"/api/tags": `{"models":[]}`, "/v1/models": `{"object":"list","data":[]}`} {
		if status, body := n.get(path); status != 200 || strings.TrimSpace(body) != want {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
}

func TestPagesOfThisMachine(t *testing.T) {
	n := newNetwork(t)
	for origin, allowed := range map[string]bool{
		"http://localhost:3000": true, "https://127.0.0.1": true, "http://[::1]:8080": true, "tauri://localhost": true,
		"vscode-webview://x": true, "http://localhost.evil.example": false, "https://evil.example": false, "null": false,
		"http://127.0.0.1.evil.example": false, "http://localhost@evil.example": false,
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodOptions, n.gateway.URL+"/api/chat", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Origin", origin)
		req.Header.Set("Access-Control-Request-Method", "POST")
		req.Header.Set("Access-Control-Request-Headers", "content-type, x-stainless-os, x-evil, X-Api-Key, anthropic-version, anthropic-beta, anthropic-dangerous-direct-browser-access, openai-organization, cookie")
		res := n.do(req)
		if got := res.Header.Get("Access-Control-Allow-Origin"); (got == origin) != allowed || (res.StatusCode == 204) != allowed {
			t.Errorf("%s: %d, allowed for %q", origin, res.StatusCode, got)
		}
		if allowed && res.Header.Get("Access-Control-Allow-Headers") != "content-type, x-stainless-os, x-api-key, anthropic-version, anthropic-beta, anthropic-dangerous-direct-browser-access, openai-organization" {
			t.Errorf("%s: headers %q", origin, res.Header.Get("Access-Control-Allow-Headers"))
		}
	}
	for host, allowed := range map[string]bool{
		"localhost": true, "LOCALHOST:11435": true, "127.0.0.1:1": true, "[::1]:1": true, "[::1]": true,
		"10.0.0.1": false, "evil.example": false, "localhost.evil.example": false, "": false,
	} {
		req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		req.Host = host
		rec := httptest.NewRecorder()
		n.gateway.Config.Handler.ServeHTTP(rec, req)
		if (rec.Code == 200) != allowed {
			t.Errorf("host %q: %d", host, rec.Code)
		}
	}
}
