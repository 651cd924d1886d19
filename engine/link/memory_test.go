package link_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/engine/link"
)

// serve has a handler answer on the listener until the test ends.
func serve(t testing.TB, l net.Listener, h http.HandlerFunc) {
	t.Helper()
	server := &http.Server{Handler: h}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(l)
	}()
	t.Cleanup(func() {
		_ = server.Close()
		<-done
	})
}

func TestMemoryCarriesHTTP(t *testing.T) {
	m := link.NewMemory()
	serve(t, m, func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		_, _ = w.Write(b)
	})
	client := http.Client{Transport: m.Transport()}
	for _, size := range []int{0, 1, 4096, 1 << 20} {
		body := bytes.Repeat([]byte{'x'}, size)
		resp, err := client.Post("http://any.invalid/", "text/plain", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil || !bytes.Equal(got, body) {
			t.Errorf("%d bytes came back as %d, %v", size, len(got), err)
		}
	}
}

// Each line arrives when it is flushed, not when the answer is whole.
func TestMemoryStreams(t *testing.T) {
	m := link.NewMemory()
	next := make(chan struct{})
	serve(t, m, func(w http.ResponseWriter, _ *http.Request) {
		for i := range 3 {
			fmt.Fprintln(w, i)
			w.(http.Flusher).Flush()
			<-next
		}
	})
	client := http.Client{Transport: m.Transport()}
	resp, err := client.Get("http://any.invalid/")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewReader(resp.Body)
	for i := range 3 {
		if line, err := lines.ReadString('\n'); err != nil || line != fmt.Sprintln(i) {
			t.Fatalf("line %d: %q, %v", i, line, err)
		}
		next <- struct{}{}
	}
}

// A server's read timeout ends a caller that sends nothing; a caller's context ends a server that answers nothing.
func TestMemoryDeadlines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := link.NewMemory()
		asked := make(chan struct{})
		server := &http.Server{
			ReadHeaderTimeout: time.Second,
			Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				close(asked)
				<-r.Context().Done()
			}),
		}
		go func() { _ = server.Serve(m) }()
		defer server.Close()
		began := time.Now()
		c, err := m.Dial(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if _, err := c.Read(make([]byte, 1)); !errors.Is(err, io.EOF) || time.Since(began) != time.Second {
			t.Errorf("a silent caller: %v after %s", err, time.Since(began))
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://any.invalid/", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.Transport().RoundTrip(req); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a silent server: %v", err)
		}
		<-asked
	})
}

func TestMemoryDialEnds(t *testing.T) {
	m := link.NewMemory()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := m.Dial(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("nobody accepts: %v", err)
	}
	for range 2 {
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := m.Dial(t.Context()); !errors.Is(err, net.ErrClosed) {
		t.Errorf("dial a closed listener: %v", err)
	}
	if _, err := m.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("accept of a closed listener: %v", err)
	}
}

func TestRunners(t *testing.T) {
	var runners link.Runners
	client := http.Client{Transport: runners.Transport()}
	for number := range 2 {
		l, err := runners.Listen(number)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := runners.Listen(number); err != nil || again != l {
			t.Errorf("runner %d has two listeners, %v", number, err)
		}
		serve(t, l, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, number) })
	}
	for number := range 2 {
		resp, err := client.Get(fmt.Sprintf("http://127.0.0.1:%d/health", number))
		if err != nil {
			t.Fatal(err)
		}
		if b, _ := io.ReadAll(resp.Body); string(b) != fmt.Sprint(number) {
			t.Errorf("runner %d answers %q", number, b)
		}
		_ = resp.Body.Close()
	}
	client.CloseIdleConnections()
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer tcp.Close()
	for _, url := range []string{"http://" + tcp.Addr().String(), "http://127.0.0.1:2", "http://localhost:1", "http://[::1]:1", "https://example.com"} {
		if resp, err := client.Get(url); err == nil {
			_ = resp.Body.Close()
			t.Errorf("%s was reached", url)
		}
	}
}

// BenchmarkStream passes tokens one by one, as a runner does, through the two kinds of link.
func BenchmarkStream(b *testing.B) {
	const token = `{"content":" and","done":false}`
	run := func(b *testing.B, l net.Listener, t *http.Transport) {
		serve(b, l, func(w http.ResponseWriter, r *http.Request) {
			for range b.N {
				_, _ = io.WriteString(w, token+"\n")
				w.(http.Flusher).Flush()
			}
		})
		resp, err := (&http.Client{Transport: t}).Get("http://127.0.0.1:1/")
		if err != nil {
			b.Fatal(err)
		}
		defer resp.Body.Close()
		n := 0
		for s := bufio.NewScanner(resp.Body); s.Scan(); n++ {
			if strings.TrimSpace(s.Text()) != token {
				b.Fatal(s.Text())
			}
		}
		if n != b.N {
			b.Fatalf("%d of %d tokens", n, b.N)
		}
	}
	b.Run("memory", func(b *testing.B) {
		m := link.NewMemory()
		run(b, m, m.Transport())
	})
	b.Run("unix", func(b *testing.B) {
		dir, err := os.MkdirTemp("/tmp", "link-")
		if err != nil {
			b.Fatal(err)
		}
		defer os.RemoveAll(dir)
		socket := filepath.Join(dir, "e")
		l, err := net.Listen("unix", link.RunnerSocket(socket, 1))
		if err != nil {
			b.Fatal(err)
		}
		run(b, l, link.Transport(socket))
	})
}
