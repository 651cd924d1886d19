package gateway_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/gateway"
	"github.com/phallama/phallama/protocol"
)

// newKey makes a key in a directory, and returns its text.
func newKey(t *testing.T, dir string, k gateway.Key) string {
	t.Helper()
	k.Created = time.Now()
	k, text, err := gateway.NewKey(k)
	if err == nil {
		err = gateway.AddKey(dir, k)
	}
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// keyed has the network's gateway take the keys of a directory.
func (n *network) keyed(dir string, adjust func(*gateway.Config)) {
	n.t.Helper()
	keys, err := gateway.OpenKeys(dir, n.client.Receipts, nil)
	if err != nil {
		n.t.Fatal(err)
	}
	config := gateway.Config{Client: n.client, Log: n.config.Log, Keys: keys}
	if adjust != nil {
		adjust(&config)
	}
	n.gateway.Close()
	n.gateway = httptest.NewServer(gateway.Handler(config))
	n.t.Cleanup(func() {
		n.gateway.Close()
		_ = keys.Close()
	})
}

// with makes a request with header fields, name and value in turn.
func (n *network) with(method, path, body string, fields ...string) (*http.Response, string) {
	n.t.Helper()
	req, err := http.NewRequestWithContext(n.t.Context(), method, n.gateway.URL+path, strings.NewReader(body))
	if err != nil {
		n.t.Fatal(err)
	}
	for i := 0; i < len(fields); i += 2 {
		req.Header.Set(fields[i], fields[i+1])
	}
	res := n.do(req)
	return res, readAll(n.t, res)
}

const (
	ask       = `{"model":"wisp",` + messages + `,"stream":false}`
	askClaude = `{"model":"wisp","max_tokens":8,` + messages + `}`
)

// Where a key is needed nothing but / is answered without, in the form of each API, whatever way the key is sent.
func TestKeyIsNeeded(t *testing.T) {
	n, dir := newNetwork(t), t.TempDir()
	good := newKey(t, dir, gateway.Key{Name: "app"})
	ended := newKey(t, dir, gateway.Key{Name: "ended", Expires: time.Now().Add(-time.Second)})
	revoked := newKey(t, dir, gateway.Key{Name: "revoked"})
	foreign := newKey(t, t.TempDir(), gateway.Key{Name: "app"})
	n.keyed(dir, func(c *gateway.Config) { c.RequireKey = true })
	if res, _ := n.with("GET", "/api/version", "", "Authorization", "Bearer "+revoked); res.StatusCode != 200 {
		t.Fatal(res.Status)
	}
	if _, err := gateway.RemoveKey(dir, "revoked"); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, method, path string
		fields             []string
		status             int
		say                string
	}{
		{name: "root", method: "GET", path: "/", status: 200},
		{name: "none", method: "GET", path: "/api/version", status: 401, say: `{"error":"the gateway wants a key`},
		{name: "none, no such route", method: "GET", path: "/nothing", status: 401},
		{name: "none, by method", method: "DELETE", path: "/api/delete", status: 401},
		{name: "none, models", method: "GET", path: "/v1/models", status: 401, say: `"code":"invalid_api_key"`},
		{name: "none, OpenAI", method: "POST", path: "/v1/chat/completions", status: 401, say: `"type":"invalid_request_error"`},
		{name: "none, Anthropic", method: "POST", path: "/v1/messages", status: 401, say: `"type":"authentication_error"`},
		{name: "another's", method: "GET", path: "/api/version", fields: []string{"Authorization", "Bearer sk-any"}, status: 401},
		{name: "bearer", method: "GET", path: "/api/version", fields: []string{"Authorization", "Bearer " + good}, status: 200},
		{name: "bearer in small letters", method: "GET", path: "/api/version", fields: []string{"Authorization", "bearer  " + good}, status: 200},
		{name: "x-api-key", method: "GET", path: "/api/version", fields: []string{"x-api-key", good}, status: 200},
		{name: "both, one of them the SDK's", method: "GET", path: "/api/version", fields: []string{"Authorization", "Bearer any", "x-api-key", good}, status: 200},
		{name: "as a password", method: "GET", path: "/api/version", fields: []string{"Authorization", "Basic " + good}, status: 401},
		{name: "ended", method: "GET", path: "/api/version", fields: []string{"x-api-key", ended}, status: 401, say: "key ended ended on"},
		{name: "revoked", method: "GET", path: "/api/version", fields: []string{"x-api-key", revoked}, status: 401, say: "does not know this key"},
		{name: "another gateway's", method: "GET", path: "/api/version", fields: []string{"x-api-key", foreign}, status: 401, say: "does not know this key"},
		{name: "cut off", method: "GET", path: "/api/version", fields: []string{"x-api-key", good[:40]}, status: 401, say: "copied wrong or cut off"},
		{name: "one letter wrong", method: "GET", path: "/api/version", fields: []string{"x-api-key", good[:20] + flip(good[20]) + good[21:]}, status: 401, say: "checksum"},
	} {
		res, body := n.with(tt.method, tt.path, "{}", tt.fields...)
		if res.StatusCode != tt.status || !strings.Contains(body, tt.say) || (res.Header.Get("WWW-Authenticate") != "") != (tt.status == 401) {
			t.Errorf("%s: %s %v %s", tt.name, res.Status, res.Header, body)
		}
		if strings.Contains(body, good[:16]) || strings.Contains(body, revoked[:16]) {
			t.Errorf("%s: the answer quotes a key: %s", tt.name, body)
		}
	}
	t.Run("preflight", func(t *testing.T) {
		res, _ := n.with("OPTIONS", "/api/chat", "", "Origin", "http://localhost:3000", "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization")
		if res.StatusCode != 204 || res.Header.Get("Access-Control-Allow-Headers") != "authorization" {
			t.Errorf("%s %v", res.Status, res.Header)
		}
	})
	t.Run("no keys at all", func(t *testing.T) {
		n.gateway.Close()
		n.gateway = httptest.NewServer(gateway.Handler(gateway.Config{Client: n.client, RequireKey: true}))
		if res, _ := n.with("GET", "/api/version", "", "x-api-key", good); res.StatusCode != 401 {
			t.Error(res.Status)
		}
	})
}

func flip(c byte) string {
	if c == 'A' {
		return "B"
	}
	return "A"
}

// Where none is needed, what SDKs send means nothing, and a key of the gateway's still has its limits.
func TestKeyIsNotNeeded(t *testing.T) {
	n, dir := newNetwork(t), t.TempDir()
	n.keyed(dir, nil)
	for _, key := range []string{"", "any", "sk-proj-123", "ollama"} {
		if res, body := n.with("POST", "/api/chat", ask, "Authorization", "Bearer "+key); res.StatusCode != 200 {
			t.Errorf("%q: %s %s", key, res.Status, body)
		}
	}
	limited := newKey(t, dir, gateway.Key{Name: "other", Models: []string{"llama3.2:1b"}})
	if res, body := n.with("POST", "/api/chat", ask, "Authorization", "Bearer "+limited); res.StatusCode != 403 {
		t.Errorf("%s %s", res.Status, body)
	}
	if _, err := gateway.RemoveKey(dir, "other"); err != nil {
		t.Fatal(err)
	}
	if res, body := n.with("POST", "/api/chat", ask, "Authorization", "Bearer "+limited); res.StatusCode != 401 {
		t.Errorf("%s %s", res.Status, body)
	}
}

// A key for some models gets those, and sees no others.
func TestKeyModels(t *testing.T) {
	n, dir := newNetwork(t), t.TempDir()
	pinned := "wisp@" + protocol.DigestText(protocol.Hash{0xd1})
	keys := map[string]string{}
	for name, models := range map[string][]string{"all": nil, "wisp": {"llama3.2:1b", "wisp:latest"}, "pinned": {pinned}, "other": {"llama3.2:1b"}} {
		keys[name] = newKey(t, dir, gateway.Key{Name: name, Models: models})
	}
	n.keyed(dir, func(c *gateway.Config) { c.RequireKey = true })
	for _, tt := range []struct {
		key, model string
		status     int
		listed     string
	}{
		{"all", "wisp", 200, "wisp:latest"},
		{"wisp", "wisp", 200, "wisp:latest"},
		{"wisp", pinned, 200, "wisp:latest"},
		{"wisp", "other", 403, "wisp:latest"},
		{"pinned", pinned, 200, pinned},
		{"pinned", "wisp", 403, pinned},
		{"other", "wisp", 403, ""},
		{"other", "llama3.2:1b", 404, ""},
	} {
		for path, body := range map[string]string{
			"/api/chat": ask, "/v1/chat/completions": ask, "/v1/messages": askClaude, "/api/pull": `{"model":"wisp"}`, "/api/show": `{"model":"wisp"}`,
		} {
			status := tt.status
			if path == "/api/show" && status == 200 {
				continue // the engine of the test shows none
			}
			res, got := n.with("POST", path, strings.Replace(body, `"wisp"`, `"`+tt.model+`"`, 1), "x-api-key", keys[tt.key])
			if res.StatusCode != status {
				t.Errorf("%s, %s, %s: %s %s", tt.key, tt.model, path, res.Status, got)
			}
			if say := map[string]string{"/v1/messages": `"permission_error"`, "/v1/chat/completions": `"param":"model","code":"model_not_found"`}[path]; status == 403 && (!strings.Contains(got, "it is for ") || !strings.Contains(got, say)) {
				t.Errorf("%s, %s, %s: %s", tt.key, tt.model, path, got)
			}
		}
		var ollama struct{ Models []struct{ Name string } }
		var openAI struct{ Data []struct{ ID string } }
		var ps struct{ Models []struct{ Name string } }
		for path, into := range map[string]any{"/api/tags": &ollama, "/v1/models": &openAI, "/api/ps": &ps} {
			if _, body := n.with("GET", path, "", "x-api-key", keys[tt.key]); json.Unmarshal([]byte(body), into) != nil {
				t.Fatal(body)
			}
		}
		var listed []string
		if tt.listed != "" {
			listed = []string{tt.listed}
		}
		if len(ollama.Models) != len(listed) || len(openAI.Data) != len(listed) || len(ps.Models) != len(listed) {
			t.Errorf("%s: listed %v %v %v", tt.key, ollama, openAI, ps)
		} else if len(listed) > 0 && (ollama.Models[0].Name != tt.listed || openAI.Data[0].ID != tt.listed) {
			t.Errorf("%s: listed %v %v", tt.key, ollama, openAI)
		}
		if res, body := n.with("GET", "/v1/models/"+tt.model, "", "x-api-key", keys[tt.key]); res.StatusCode != tt.status {
			t.Errorf("%s, %s: %s %s", tt.key, tt.model, res.Status, body)
		}
	}
}

// A gateway that wants a key is also asked under the address that it is reached at, and under no name that was not named.
func TestHostWithKeys(t *testing.T) {
	n := newNetwork(t)
	for _, tt := range []struct {
		require bool
		host    string
		status  int
	}{
		{true, "192.0.2.7:11435", 401},
		{true, "192.0.2.7", 401},
		{true, "192.0.2.8", 403},
		{true, "evil.example", 403},
		{true, "box", 401},
		{true, "localhost", 401},
		{false, "192.0.2.7", 403},
		{false, "box", 200},
	} {
		handler := gateway.Handler(gateway.Config{Client: n.client, Hosts: []string{"box"}, RequireKey: tt.require})
		req := httptest.NewRequestWithContext(reachedAt(t, "192.0.2.7:11435"), http.MethodGet, "/api/version", nil)
		req.Host = tt.host
		rec := httptest.NewRecorder()
		if handler.ServeHTTP(rec, req); rec.Code != tt.status {
			t.Errorf("%+v: %d %s", tt, rec.Code, rec.Body)
		}
	}
}

// The file of keys is the user's alone, holds no key, and where it cannot be read no key is good.
func TestKeyFile(t *testing.T) {
	n, dir := newNetwork(t), t.TempDir()
	text := newKey(t, dir, gateway.Key{Name: "app", Models: []string{"wisp"}, Budget: protocol.Tokens(1)})
	path := filepath.Join(dir, "keys.json")
	raw, err := os.ReadFile(path)
	if err != nil || strings.Contains(string(raw), text[4:20]) || !strings.Contains(string(raw), `"budget": "1000000000000000000"`) {
		t.Fatalf("%s, %v", raw, err)
	}
	n.keyed(dir, nil)
	status := func() int {
		res, _ := n.with("GET", "/api/version", "", "x-api-key", text)
		return res.StatusCode
	}
	for name, tt := range map[string]struct {
		content string
		mode    os.FileMode
		status  int
	}{
		"as it was":       {string(raw), 0o600, 200},
		"others read it":  {string(raw), 0o640, 500},
		"others write it": {string(raw), 0o602, 500},
		"misspelt":        {strings.Replace(string(raw), `"models"`, `"model"`, 1), 0o600, 500},
		"cut off":         {string(raw[:len(raw)/2]), 0o600, 500},
		"empty list":      {"[]", 0o600, 401},
	} {
		if err := errors.Join(os.WriteFile(path, []byte(tt.content), tt.mode), os.Chmod(path, tt.mode)); err != nil {
			t.Fatal(err)
		}
		if got := status(); got != tt.status {
			t.Errorf("%s: %d, want %d", name, got, tt.status)
		}
		if _, err := gateway.ReadKeys(dir); (err != nil) != (tt.status == 500) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := os.Remove(path); err != nil || status() != 401 {
		t.Errorf("%v, %d", err, status())
	}
	for _, k := range []gateway.Key{{Name: "two words"}, {Name: ""}, {Name: "m", Models: []string{"a b"}}} {
		if _, _, err := gateway.NewKey(k); err == nil || gateway.AddKey(dir, k) == nil {
			t.Errorf("%+v was taken", k)
		}
	}
	newKey(t, dir, gateway.Key{Name: "twice"})
	if err := gateway.AddKey(dir, gateway.Key{Name: "twice"}); !errors.Is(err, gateway.ErrKeyName) {
		t.Error(err)
	}
	if _, err := gateway.RemoveKey(dir, "never"); !errors.Is(err, gateway.ErrKeyName) {
		t.Error(err)
	}
}
