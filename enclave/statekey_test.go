package enclave

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/phallama/phallama/ledger"
	"github.com/phallama/phallama/protocol"
)

var quiet = slog.New(slog.DiscardHandler)

// opensWith tells whether a ledger in dir opens with a key; a new one does with any.
func opensWith(dir string, k ledger.Key) error {
	l, err := ledger.Open(ledger.Config{Dir: dir, Key: k, Pod: protocol.Address{3}, Domain: protocol.Domain{ChainID: 1337, Escrow: protocol.Address{2}}})
	if err != nil {
		return err
	}
	return l.Close()
}

func TestStateKeyConfig(t *testing.T) {
	with := func(key any, more ...string) map[string]any {
		c := goodConfig()
		c["stateKey"] = key
		for _, field := range more {
			delete(c, "quoteSocket")
			c[field] = "/place"
		}
		return c
	}
	of := func(source, path string) map[string]any { return map[string]any{"source": source, "path": path} }
	for name, c := range map[string]struct {
		config any
		want   string
	}{
		"none":                  {with(nil), "stateKey is missing"},
		"empty":                 {with(map[string]any{}), "stateKey is missing"},
		"plain":                 {with(of("plain", "/x")), `want gramine, dstack or file, got "plain"`},
		"no path":               {with(of("file", "")), "stateKey.path is missing"},
		"a file under Gramine":  {with(of("file", "/x"), "gramine"), "must come from gramine as well"},
		"dstack under Gramine":  {with(of("dstack", "/x"), "gramine"), "the host would know it"},
		"the secret itself":     {with(map[string]any{"source": "file", "path": "/x", "key": "00"}), `unknown field "key"`},
		"a source of two words": {with(of("file,gramine", "/x")), "want gramine, dstack or file"},
	} {
		if _, err := LoadConfig(writeConfig(t, c.config)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	for _, c := range []map[string]any{with(of("dstack", "/x")), with(of("file", "/x"), "configfs"), with(of("dstack", "/x"), "configfs"), with(of("gramine", "/x"), "gramine")} {
		if _, err := LoadConfig(writeConfig(t, c)); err != nil {
			t.Error(err)
		}
	}
}

func TestGramineKey(t *testing.T) {
	root, dir := t.TempDir(), t.TempDir()
	k := StateKey{Source: "gramine", Path: root}
	if _, err := k.key(t.Context(), dir, quiet); err == nil || !strings.Contains(err.Error(), "in an SGX enclave only") {
		t.Errorf("outside of an enclave: %v", err)
	}
	write(t, filepath.Join(root, "keys/_sgx_mrenclave"), "sixteen bytes ok")
	write(t, filepath.Join(root, "keys/_sgx_mrsigner"), "another sixteen.")
	key, err := k.key(t.Context(), dir, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if err := opensWith(dir, key); err != nil {
		t.Fatal(err)
	}
	want, err := ledger.NewKey([]byte("sixteen bytes ok"))
	if err != nil {
		t.Fatal(err)
	}
	if err := opensWith(dir, want); err != nil {
		t.Errorf("it is not the key of MRENCLAVE: %v", err)
	}
	for name, content := range map[string]string{"empty": "", "short": "fifteen bytes..", "long": "sixteen bytes ok.", "zeros": strings.Repeat("\x00", 16)} {
		write(t, filepath.Join(root, "keys/_sgx_mrenclave"), content)
		if _, err := k.key(t.Context(), dir, quiet); err == nil || content != "" && strings.Contains(err.Error(), content) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// keySocket answers GetKey as dstack does.
type keySocket struct {
	mu     sync.Mutex
	asked  string
	status int
	answer string
}

func (s *keySocket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = r.Method + " " + r.URL.Path + " " + string(body)
	if s.status != 0 {
		w.WriteHeader(s.status)
	}
	_, _ = io.WriteString(w, s.answer)
}

func TestDstackKey(t *testing.T) {
	path, dir := socketPath(t, "dstack"), t.TempDir()
	k := StateKey{Source: "dstack", Path: path}
	if _, err := k.key(t.Context(), dir, quiet); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("nobody there: %v", err)
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	secret := bytes.Repeat([]byte("0123456789abcdef"), 2)
	s := &keySocket{answer: fmt.Sprintf(`{"key":"%x","signature_chain":["00"]}`, secret)}
	server := &http.Server{Handler: s}
	t.Cleanup(func() { _ = server.Close() })
	go func() { _ = server.Serve(listener) }()
	key, err := k.key(t.Context(), dir, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if s.asked != `POST /GetKey {"path":"phallama/ledger","purpose":"seal","algorithm":"secp256k1"}` {
		t.Errorf("asked %s", s.asked)
	}
	if err := opensWith(dir, key); err != nil {
		t.Fatal(err)
	}
	same, err := ledger.NewKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	if err := opensWith(dir, same); err != nil {
		t.Error(err)
	}
	for name, c := range map[string]*keySocket{
		"an error":   {status: 500, answer: `{"error":"no"}`},
		"no JSON":    {answer: "no such thing"},
		"no key":     {answer: `{"quote":"00"}`},
		"no hex":     {answer: `{"key":"` + strings.Repeat("zz", 32) + `"}`},
		"short":      {answer: `{"key":"` + strings.Repeat("01", 31) + `"}`},
		"too much":   {answer: strings.Repeat(" ", maxKeyAnswer+1)},
		"one number": {answer: `{"key":"` + strings.Repeat("07", 32) + `"}`},
	} {
		s.mu.Lock()
		s.status, s.answer = c.status, c.answer
		s.mu.Unlock()
		if _, err := k.key(t.Context(), dir, quiet); err == nil || strings.Contains(err.Error(), "0101") || strings.Contains(err.Error(), "zzzz") {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := k.key(ctx, dir, quiet); err == nil {
		t.Error("asked though told to stop")
	}
	if _, err := (StateKey{Source: "dstack", Path: "/" + strings.Repeat("x", 200)}).key(t.Context(), dir, quiet); err == nil || !strings.Contains(err.Error(), "shorter") {
		t.Errorf("a long path: %v", err)
	}
}

func FuzzKeyAnswer(f *testing.F) {
	f.Add([]byte(`{"key":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"}`))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, answer []byte) {
		k, err := parseKeyAnswer(answer)
		if (err == nil) == k.IsZero() {
			t.Errorf("%v and a key", err)
		}
	})
}

func TestKeyFile(t *testing.T) {
	dir := t.TempDir()
	path, state := filepath.Join(dir, "keys", "podd.key"), filepath.Join(dir, "state")
	k := StateKey{Source: "file", Path: path}
	var lines bytes.Buffer
	first, err := k.key(t.Context(), state, slog.New(slog.NewTextHandler(&lines, nil)))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(lines.String(), "whoever can read it") || !strings.Contains(lines.String(), path) {
		t.Errorf("a key file is not called what it is: %s", lines.String())
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatal(info.Mode(), err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if raw, err := hex.DecodeString(strings.TrimSuffix(string(text), "\n")); err != nil || len(raw) != 32 {
		t.Fatalf("%d bytes, %v", len(text), err)
	}
	if strings.Contains(lines.String(), string(text[:64])) {
		t.Error("the key is in the log")
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
	if err := opensWith(state, first); err != nil {
		t.Fatal(err)
	}
	again, err := k.key(t.Context(), state, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if err := opensWith(state, again); err != nil {
		t.Error(err)
	}

	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := k.key(t.Context(), state, quiet); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a key that others can read: %v", err)
	}
	for name, content := range map[string]string{"empty": "", "short": "0011", "no hex": strings.Repeat("z", 64), "long": string(text) + "00"} {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		write(t, path, content)
		if _, err := k.key(t.Context(), state, quiet); err == nil || !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), string(text[:20])) {
			t.Errorf("%s: %v", name, err)
		}
		if now, err := os.ReadFile(path); err != nil || string(now) != content {
			t.Errorf("%s: the file was changed", name)
		}
	}
	// Without its file a ledger is not given another key, which would only hide what is missing.
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := k.key(t.Context(), state, quiet); err == nil || !strings.Contains(err.Error(), "bring the key file back") {
		t.Errorf("a key made beside a ledger: %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a key file was made")
	}
	write(t, path, string(text))
	if again, err = k.key(t.Context(), state, quiet); err != nil {
		t.Fatal(err)
	}
	if err := opensWith(state, again); err != nil {
		t.Error(err)
	}
}

// Two that start at once have the same key in the end.
func TestKeyFileIsMadeOnce(t *testing.T) {
	dir := t.TempDir()
	k := StateKey{Source: "file", Path: filepath.Join(dir, "podd.key")}
	keys := make([]ledger.Key, 8)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() {
			var err error
			if keys[i], err = k.key(t.Context(), filepath.Join(dir, "state"), quiet); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, key := range keys {
		if err := opensWith(filepath.Join(dir, "state"), key); err != nil {
			t.Error(err)
		}
	}
}

// A ledger of another key stops podd before it listens, and nothing is lost.
func TestRunWithAnotherKey(t *testing.T) {
	config, _ := testConfig(t)
	other, err := ledger.NewKey([]byte("of another platform"))
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(ledger.Config{Dir: config.State, Key: other, Pod: config.Pod, Domain: protocol.Domain{ChainID: config.ChainID, Escrow: config.Escrow}})
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	write(t, config.StateKey.Path, strings.Repeat("01", 31)+"02\n")
	var out bytes.Buffer
	if err := Run(t.Context(), config, nil, &out, quiet); err == nil || !strings.Contains(err.Error(), "sealed for another enclave or platform") || out.Len() != 0 {
		t.Errorf("%v, and %q", err, out.String())
	}
	// As it says: the log is moved away, and podd starts.
	if err := os.Rename(config.State, config.State+".old"); err != nil {
		t.Fatal(err)
	}
	r := run(t, config)
	if err := r.stop(); err != nil {
		t.Error(err)
	}
}
