package evm

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	gethlog "github.com/ethereum/go-ethereum/log"
)

const askModules = `{"jsonrpc":"2.0","id":1,"method":"rpc_modules","params":[]}`

// post returns status and body of a JSON-RPC request with other headers.
func post(t *testing.T, url, body string, header map[string]string) (int, string) {
	t.Helper()
	method := http.MethodPost
	if header["Upgrade"] != "" {
		method = http.MethodGet
	}
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	for k, v := range header {
		req.Header.Set(k, v)
	}
	req.Host = header["Host"]
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusSwitchingProtocols {
		return resp.StatusCode, ""
	}
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(answer)
}

func TestNamespaces(t *testing.T) {
	c := start(t, t.TempDir())
	_, body := post(t, c.URL(), askModules, nil)
	var answer struct{ Result map[string]string }
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		t.Fatal(err)
	}
	got := slices.Sorted(maps.Keys(answer.Result))
	if want := []string{"eth", "net", "rpc", "web3"}; !slices.Equal(got, want) {
		t.Errorf("namespaces %v, want %v", got, want)
	}
	for _, method := range []string{"debug_setHead", "admin_exportChain", "miner_setGasPrice", "dev_setFeeRecipient"} {
		request := `{"jsonrpc":"2.0","id":1,"method":"` + method + `","params":["0x0"]}`
		if _, body := post(t, c.URL(), request, nil); !strings.Contains(body, "-32601") {
			t.Errorf("%s: %s; want method not found", method, body)
		}
	}
	hash := `{"jsonrpc":"2.0","id":1,"method":"web3_sha3","params":["0x"]}`
	if _, body := post(t, c.URL(), hash, nil); !strings.Contains(body, "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470") {
		t.Errorf("web3_sha3 of nothing: %s", body)
	}
	ask := `{"jsonrpc":"2.0","id":1,"method":"web3_clientVersion","params":[]}`
	if _, body := post(t, c.URL(), ask, nil); !strings.Contains(body, "phallama-devnet/go-ethereum-v1.") {
		t.Errorf("web3_clientVersion: %s", body)
	}
}

func TestHosts(t *testing.T) {
	c := start(t, t.TempDir())
	upgrade := map[string]string{
		"Connection": "Upgrade", "Upgrade": "WebSocket",
		"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
	}
	for _, test := range []struct {
		host, origin  string
		want, wantSub int
	}{
		{"", "", 200, 101},
		{"localhost", "", 200, 101},
		{"LOCALHOST:8545", "http://localhost:5173", 200, 101},
		{"[::1]:8545", "", 200, 101},
		{"[::1]", "", 200, 101},
		{"127.0.0.1", "https://evil.example", 200, 403}, // no CORS header: unreadable
		{"evil.example", "", 403, 403},
		{"evil.example:8545", "", 403, 403},
		{"localhost.evil.example", "", 403, 403},
		{"192.0.2.1", "", 403, 403},
	} {
		header := map[string]string{"Host": test.host}
		if test.origin != "" {
			header["Origin"] = test.origin
		}
		if got, body := post(t, c.URL(), askModules, header); got != test.want {
			t.Errorf("host %q: %d %s, want %d", test.host, got, body, test.want)
		}
		maps.Copy(header, upgrade)
		if got, body := post(t, c.URL(), "", header); got != test.wantSub {
			t.Errorf("WebSocket, host %q, origin %q: %d %s, want %d", test.host, test.origin, got, body, test.wantSub)
		}
	}
}

func TestLimits(t *testing.T) {
	c := start(t, t.TempDir())
	if status, _ := post(t, c.URL(), strings.Repeat(" ", maxRequestBytes+1), nil); status != http.StatusRequestEntityTooLarge {
		t.Errorf("a request of %d bytes: %d, want 413", maxRequestBytes+1, status)
	}
	batch := "[" + strings.TrimSuffix(strings.Repeat(askModules+",", maxBatchItems+1), ",") + "]"
	if _, body := post(t, c.URL(), batch, nil); !strings.Contains(body, "batch too large") {
		t.Errorf("a batch of %d: %.200s", maxBatchItems+1, body)
	}
	if status, _ := post(t, c.URL(), askModules, map[string]string{"Content-Type": "text/plain"}); status != http.StatusUnsupportedMediaType {
		t.Errorf("a form's content type: %d, want 415", status)
	}
}

// sockets lists this process's listening TCP, bound UDP and UNIX sockets.
func sockets(t *testing.T) map[string]bool {
	t.Helper()
	fds, err := filepath.Glob("/proc/self/fd/*")
	if err != nil {
		t.Fatal(err)
	}
	mine := make(map[string]bool)
	for _, fd := range fds {
		if target, err := os.Readlink(fd); err == nil && strings.HasPrefix(target, "socket:[") {
			mine[strings.Trim(target, "socket:[]")] = true
		}
	}
	found := make(map[string]bool)
	for file, column := range map[string]int{"tcp": 9, "tcp6": 9, "udp": 9, "udp6": 9, "unix": 6} {
		table, err := os.ReadFile("/proc/self/net/" + file)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(table)) {
			fields := strings.Fields(line)
			const listening = "0A"
			if len(fields) <= column || !mine[fields[column]] || strings.HasPrefix(file, "tcp") && fields[3] != listening {
				continue
			}
			found[file+" "+fields[column]] = true
		}
	}
	return found
}

func TestNoOtherSocket(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("reads Linux's /proc")
	}
	before := sockets(t)
	start(t, t.TempDir())
	var opened []string
	for socket := range sockets(t) {
		if !before[socket] {
			opened = append(opened, socket)
		}
	}
	if len(opened) != 1 || !strings.HasPrefix(opened[0], "tcp ") {
		t.Errorf("the chain opened %q, want its TCP listener alone", opened)
	}
}

type syncBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func TestLog(t *testing.T) {
	before := slog.Default()
	var out syncBuffer
	cfg := testConfig(t.TempDir())
	cfg.Logger = slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
	c := startConfig(t, cfg)
	mustMine(t, c.Client(), testAccount(1).next())
	if got := out.String(); got != "" {
		t.Errorf("an ordinary start logs:\n%s", got)
	}
	named := gethlog.New("peer", 7)
	gethlog.Info("not this")
	named.Warn("but this", "n", 8)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	named.Warn("nor this")
	got := out.String()
	if strings.Count(got, "\n") != 1 || !strings.Contains(got, `level=WARN msg="but this" n=8 peer=7 from=go-ethereum`) {
		t.Errorf("logged:\n%s", got)
	}
	if slog.Default() != before {
		t.Error("the process's default logger was replaced")
	}
}
