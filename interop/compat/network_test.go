package compat

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// direct and gateway are the base URLs that cases are run against.
var direct, gateway string

// model is the one that comes along with Phallama.
const model = "wisp:latest"

// bin is where `make engine build` writes.
const bin = "../../bin"

func TestMain(m *testing.M) {
	code, err := withServers(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "compat:", err)
		code = 1
	}
	os.Exit(code)
}

func withServers(m *testing.M) (int, error) {
	for _, program := range []string{"phallama", "engine", "ollama"} {
		if _, err := os.Stat(filepath.Join(bin, program)); err != nil {
			return 0, fmt.Errorf("%w: run `make engine build` first", err)
		}
	}
	dir, err := os.MkdirTemp("", "compat-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	stopEngine, err := startEngine(filepath.Join(dir, "e.sock"))
	if err != nil {
		return 0, err
	}
	defer stopEngine()
	stopDevnet, err := startDevnet(filepath.Join(dir, "data"))
	if err != nil {
		return 0, err
	}
	defer stopDevnet()
	return m.Run(), nil
}

// startDevnet runs `phallama up` as a person would.
func startDevnet(data string) (stop func(), err error) {
	up := exec.Command(filepath.Join(bin, "phallama"), "up", "--data", data, "--listen", "127.0.0.1:0", "--rpc", "127.0.0.1:0", "--json")
	up.Stderr = os.Stderr
	stdout, err := up.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := up.Start(); err != nil {
		return nil, err
	}
	stop = func() {
		_ = up.Process.Signal(os.Interrupt)
		_ = up.Wait()
	}
	var ready struct{ Gateway string }
	if err := json.NewDecoder(stdout).Decode(&ready); err != nil {
		stop()
		return nil, fmt.Errorf("phallama up did not get ready: %w", err)
	}
	go func() { _, _ = io.Copy(io.Discard, stdout) }()
	gateway = ready.Gateway
	return stop, nil
}

// startEngine runs the engine as a pod does, and a proxy from TCP to its socket. The proxy adds the account that the
// engine wants, and what Ollama says at its root, which the engine does not serve: the ollama command asks for it first.
func startEngine(socket string) (stop func(), err error) {
	engine := exec.Command(filepath.Join(bin, "engine"), "--socket", socket, "--models", filepath.Join(bin, "models"))
	engine.Stderr = os.Stderr
	stdin, err := engine.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := engine.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := engine.Start(); err != nil {
		return nil, err
	}
	stopEngine := func() {
		_ = stdin.Close()
		_ = engine.Wait()
	}
	if line, err := bufio.NewReader(stdout).ReadString('\n'); line != "ready\n" {
		stopEngine()
		return nil, fmt.Errorf("the engine said %q (%v), want ready", line, err)
	}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.Out.URL.Scheme, r.Out.URL.Host = "http", "localhost"
			r.Out.Header.Set("X-Engine-Account", strings.Repeat("0a", 32))
		},
		Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", socket)
		}},
		FlushInterval: -1,
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			_, _ = io.WriteString(w, "Ollama is running")
			return
		}
		body, err := io.ReadAll(r.Body) // whole, since the engine refuses some requests before it has read them
		if err != nil {
			return
		}
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		r.TransferEncoding = nil
		proxy.ServeHTTP(w, r)
	}))
	direct = server.URL
	return func() {
		server.Close()
		stopEngine()
	}, nil
}
