package serve

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"testing/synctest"
)

func TestCheckTogether(t *testing.T) {
	for _, c := range []struct {
		models, slots int
		ok            bool
	}{{1, 1, true}, {1, 64, true}, {9, 1, true}, {2, 2, false}, {9, 64, false}} {
		err := CheckTogether(c.models, c.slots)
		if (err == nil) != c.ok || err != nil && (!errors.Is(err, errTogether) || !strings.Contains(err.Error(), "set slots to 1")) {
			t.Errorf("%d models, %d slots: %v", c.models, c.slots, err)
		}
	}
}

func TestOnce(t *testing.T) {
	var o once
	if err := o.take(); err != nil {
		t.Error(err)
	}
	if err := o.take(); err == nil || !strings.Contains(err.Error(), "once: start another") {
		t.Errorf("the second time: %v", err)
	}
}

// command is what Ollama starts a runner by. Its output goes to pipes, as there.
func command(t *testing.T, args string) (cmd *exec.Cmd, stderr *os.File) {
	t.Helper()
	stderr, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stderr.Close(); w.Close() })
	cmd = exec.Command("/nonexistent", strings.Fields(args)...)
	cmd.Stderr = w
	return cmd, stderr
}

// A runner that is a goroutine is started, answers at its number, and ends; its model is not loaded again.
func TestInProcess(t *testing.T) {
	var r *inProcess
	end := make(chan error)
	r = newInProcess(2, func(args []string) error {
		_, number, err := parse(args)
		if err != nil {
			return err
		}
		l, err := r.links.Listen(number) // as Ollama's runners do
		if err != nil {
			return err
		}
		go func() {
			_ = http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "of "+args[2]) }))
		}()
		return <-end
	})
	first, stderr := command(t, "runner --model /m/a --port 1")
	if err := r.start(first); err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(stderr); err != nil || len(b) > 0 {
		t.Errorf("who reads its standard error gets %q, %v, want its end", b, err)
	}
	if err := first.Process.Kill(); err == nil {
		t.Error("a process was there to be killed")
	}
	hop := r.hop()
	get := func(number string) (string, error) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1:"+number+"/health", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := hop.Transport.RoundTrip(req)
		if err != nil {
			return "", err
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		return string(b), err
	}
	if got, err := get("1"); err != nil || got != "of /m/a" {
		t.Errorf("runner 1: %q, %v", got, err)
	}
	if _, err := get("2"); err == nil || !strings.Contains(err.Error(), "no runner has number 2") {
		t.Errorf("runner 2: %v", err)
	}
	refuse := func(args, want string) {
		t.Helper()
		cmd, _ := command(t, args)
		if err := r.start(cmd); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want a refusal that says %q", args, err, want)
		}
		if cmd.Process != nil {
			t.Errorf("%s: it has a process", args)
		}
	}
	refuse("runner --port 2", "looks for no GPU")
	refuse("runner --model /m/a --port 2", "has to be started again")
	refuse("runner --model /m/b --port 2", "set slots to 1")
	gone := errors.New("out of memory")
	end <- gone
	if err := hop.Wait(first); !errors.Is(err, gone) {
		t.Errorf("it ended with %v, want %v", err, gone)
	}
	refuse("runner --model /m/a --port 3", "has to be started again") // its memory is still there
}

// With one slot, several models are fine.
func TestInProcessSeveralModels(t *testing.T) {
	r := newInProcess(1, func(args []string) error { return errors.New(args[2]) })
	for _, model := range []string{"/m/a", "/m/b"} {
		cmd, _ := command(t, "runner --model "+model+" --port 1")
		if err := r.start(cmd); err != nil {
			t.Fatal(err)
		}
		if err := r.wait(cmd); err == nil || err.Error() != model {
			t.Errorf("%s ended with %v", model, err)
		}
	}
}

func TestServeInMemory(t *testing.T) {
	version := func(status int) http.Handler {
		mux := http.NewServeMux()
		mux.HandleFunc("GET /api/version", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
		return mux
	}
	broken := errors.New("no such store")
	for _, c := range []struct {
		name  string
		serve func(net.Listener) error
		want  string // in the error
	}{
		{"answers", func(l net.Listener) error { return http.Serve(l, version(http.StatusOK)) }, ""},
		{"refuses", func(l net.Listener) error { return http.Serve(l, version(http.StatusTeapot)) }, "gave 418"},
		{"fails", func(net.Listener) error { return broken }, broken.Error()},
		{"ends", func(net.Listener) error { return nil }, "it stopped"},
		{"never answers", func(l net.Listener) error {
			for {
				c, err := l.Accept()
				if err != nil {
					return err
				}
				defer c.Close()
			}
		}, "deadline exceeded"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				transport, err := serveInMemory(ctx, c.serve)
				if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
					t.Fatalf("%v, want %q", err, c.want)
				}
				if err != nil {
					return
				}
				if err := Answering(ctx, transport); err != nil {
					t.Error(err)
				}
				cancel()
				synctest.Wait()
				if err := Answering(context.WithoutCancel(ctx), transport); err == nil {
					t.Error("it answers after its end")
				}
			})
		})
	}
}
