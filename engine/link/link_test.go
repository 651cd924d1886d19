package link_test

import (
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/phallama/phallama/engine/link"
)

func TestTransportReachesRunner(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "engine.sock")
	l, err := net.Listen("unix", link.RunnerSocket(socket, 3))
	if err != nil {
		t.Fatal(err)
	}
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "runner 3")
	})}
	go func() { _ = srv.Serve(l) }()
	defer srv.Close()

	tr := link.Transport(socket)
	defer tr.CloseIdleConnections()
	client := http.Client{Transport: tr}
	resp, err := client.Get("http://127.0.0.1:3/health")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, _ := io.ReadAll(resp.Body); string(body) != "runner 3" {
		t.Errorf("got %q", body)
	}
}

func TestTransportDialsNothingElse(t *testing.T) {
	// A TCP server that works, to be sure that it is the transport that refuses.
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer tcp.Close()
	client := http.Client{Transport: link.Transport(filepath.Join(t.TempDir(), "engine.sock"))}
	for _, url := range []string{
		"http://" + tcp.Addr().String() + "/", // a number no runner has
		"http://localhost:1/",
		"http://[::1]:1/",
		"http://example.com/",
		"https://ollama.com/v2/",
	} {
		if resp, err := client.Get(url); err == nil {
			resp.Body.Close()
			t.Errorf("%s was reached", url)
		}
	}
}

func TestLifeLine(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "engine.sock")
	if _, err := link.FollowLife(socket, 1, func() {}); err == nil {
		t.Error("a runner without an engine started")
	}
	// An engine that dies closes its end; a listener of the test stands for it.
	l, err := net.Listen("unix", socket+".life")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	gone := make(chan struct{})
	if _, err := link.FollowLife(socket, 1, func() { close(gone) }); err != nil {
		t.Fatal(err)
	}
	c, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	select {
	case <-gone:
		t.Fatal("the runner left while the engine lives")
	default:
	}
	c.Close()
	<-gone
}

// Each runner's beats come under its own number; one that has only connected
// has not beaten.
func TestHoldLife(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "engine.sock")
	beats := make(chan int, 16)
	if err := link.HoldLife(socket, func(runner int) { beats <- runner }); err != nil {
		t.Fatal(err)
	}
	for _, number := range []int{7, 1 << 20} {
		beat, err := link.FollowLife(socket, number, func() { t.Error("the runner left while the engine lives") })
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			beat()
			if got := <-beats; got != number {
				t.Errorf("runner %d beat, want %d", got, number)
			}
		}
	}
	select {
	case got := <-beats:
		t.Errorf("runner %d beat unasked", got)
	default:
	}
}

func TestClean(t *testing.T) {
	dir := t.TempDir()
	socket := filepath.Join(dir, "e.sock")
	stay := []string{"e.sock", "other.sock.runner-1", "e.sockX"}
	for _, name := range append([]string{"e.sock.life", "e.sock.runner-1", "e.sock.runner-12"}, stay...) {
		l, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(dir, name)})
		if err != nil {
			t.Fatal(err)
		}
		l.SetUnlinkOnClose(false)
		l.Close()
	}
	// Only sockets are ours to delete.
	file := filepath.Join(dir, "e.sock.runner-notes")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := link.Clean(socket); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, e := range entries {
		left = append(left, e.Name())
	}
	if got, want := strings.Join(left, " "), "e.sock e.sock.runner-notes e.sockX other.sock.runner-1"; got != want {
		t.Errorf("left %q, want %q", got, want)
	}
}

func TestCheckPath(t *testing.T) {
	const prefix = "/tmp/"
	for n, ok := range map[int]bool{20: true, 94: true, 95: false, 200: false} {
		path := prefix + strings.Repeat("x", n-len(prefix))
		if err := link.CheckPath(path); (err == nil) != ok {
			t.Errorf("path of %d bytes: %v, want success %v", n, err, ok)
		}
	}
	// The longest accepted path really works, runner and all.
	dir := t.TempDir()
	if pad := 94 - len(dir) - 1; pad > 0 {
		l, err := net.Listen("unix", link.RunnerSocket(filepath.Join(dir, strings.Repeat("x", pad)), 99999))
		if err != nil {
			t.Fatal(err)
		}
		l.Close()
	}
}
