package client_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// edit changes a session's file in a state directory.
func edit(t *testing.T, dir string, change func(file map[string]json.RawMessage)) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "sessions", "*.json"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	raw, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	var file map[string]json.RawMessage
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	change(file)
	if raw, err = json.Marshal(file); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files[0], raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

// slack has a session's file say that all of its lock was signed for, as after requests side by side.
func slack(file map[string]json.RawMessage) { file["ceiling"] = file["cap"] }

// A request is sent while it goes to the disk. After a crash before it got there the pod has a bill that we cannot
// explain, and which our ceiling covers: the pod is asked where the session stands before more is paid.
func TestSentAndNotOnDisk(t *testing.T) {
	for _, clean := range []bool{false, true} {
		n, dir, crashed := newNet(t), t.TempDir(), t.TempDir()
		p := n.pod()
		c := n.client(dir)
		mustAsk(t, c)
		mustAsk(t, c) // the session's order was seen executed
		if err := snapshot(crashed, dir); err != nil {
			t.Fatal(err)
		}
		edit(t, crashed, slack)
		mustAsk(t, c) // is not on the copied disk
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(dir, "running")); !errors.Is(err, os.ErrNotExist) {
			t.Error("after Close the directory says that the client runs", err)
		}
		if clean { // what would come of it, did nothing tell of the crash
			if err := os.Remove(filepath.Join(crashed, "running")); err != nil {
				t.Fatal(err)
			}
		}
		c = n.client(crashed)
		_, _, err := ask(t.Context(), c)
		if clean {
			var broken *client.ReceiptError
			if !errors.As(err, &broken) {
				t.Fatalf("%v: the test shows nothing", err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if s := agree(t, c, p); s.BeforeSeq != 3 || s.Receipts != 3 {
			t.Errorf("session %+v", s)
		}
		mustAsk(t, c)
		agree(t, c, p)
	}
}

// The same with a session's first request: its order is on disk, which is signed before, and nothing else of it. Where the
// pod did not say where the session stands when it was asked, what it then says when it is paid too little is its word as well.
func TestFirstRequestNotOnDisk(t *testing.T) {
	for _, silent := range []bool{false, true} {
		n, dir, crashed := newNet(t), t.TempDir(), t.TempDir()
		p := n.pod()
		c := n.client(dir)
		p.outer = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			if r.URL.Path == protocol.PathEnclave {
				if err := snapshot(crashed, dir); err != nil {
					t.Error(err)
				}
			}
			next.ServeHTTP(w, r)
		}
		mustAsk(t, c)
		p.outer = nil
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		edit(t, crashed, func(file map[string]json.RawMessage) { // whether the write was quicker or not
			file["ceiling"], file["open"] = json.RawMessage(`"0"`), json.RawMessage("null")
		})
		c = n.client(crashed)
		asked := 0
		p.outer = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			if r.URL.Path == protocol.PathEnclave {
				if asked++; asked == 1 && silent {
					panic(http.ErrAbortHandler)
				}
			}
			next.ServeHTTP(w, r)
		}
		mustAsk(t, c)
		if s := agree(t, c, p); s.BeforeSeq != 1 || s.Receipts != 1 {
			t.Errorf("silent %t: session %+v", silent, s)
		}
		if want := map[bool]int{false: 2, true: 4}[silent]; asked != want { // silent: refused, asked for receipts, and again
			t.Errorf("silent %t: %d requests, want %d", silent, asked, want)
		}
		mustAsk(t, c)
		agree(t, c, p)
	}
}

// After a crash that lost nothing the pod's word is ours, and nothing changes.
func TestCrashThatLostNothing(t *testing.T) {
	n, dir, crashed := newNet(t), t.TempDir(), t.TempDir()
	p := n.pod()
	c := n.client(dir)
	mustAsk(t, c)
	mustAsk(t, c)
	if err := snapshot(crashed, dir); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c = n.client(crashed)
	mustAsk(t, c)
	if s := agree(t, c, p); s.BeforeSeq != 0 || s.Receipts != 3 {
		t.Errorf("session %+v", s)
	}
}

// Nothing of an answer is given out that did not get to the disk, and once the disk is well requests go on.
func TestDiskThatFails(t *testing.T) {
	n, dir := newNet(t), t.TempDir()
	n.pod()
	c := n.client(dir)
	mustAsk(t, c)
	mustAsk(t, c)
	sessions, away := filepath.Join(dir, "sessions"), filepath.Join(dir, "away")
	if err := os.Rename(sessions, away); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		body, _, err := ask(t.Context(), c)
		if err == nil || strings.Contains(body, answer) || !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%q, %v", body, err)
		}
	}
	if err := os.Rename(away, sessions); err != nil {
		t.Fatal(err)
	}
	mustAsk(t, c)
	if _, err := c.Reconcile(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := oneSession(t, c); s.Suspect != "" {
		t.Errorf("%+v", s)
	}
}

// Answers side by side end with their receipts on disk, each once.
func TestManyReceiptsAtOnce(t *testing.T) {
	n, dir := newNet(t), t.TempDir()
	n.pod()
	c := n.client(dir)
	mustAsk(t, c)
	mustAsk(t, c)
	const many = 20
	var asking sync.WaitGroup
	for range many {
		asking.Go(func() {
			if _, _, err := ask(t.Context(), c); err != nil {
				t.Error(err)
			}
		})
	}
	asking.Wait()
	raw, err := os.ReadFile(filepath.Join(dir, "receipts.jsonl")) // before Close
	if err != nil || bytes.Count(raw, []byte("\n")) != many+2 {
		t.Errorf("%d receipts, %v", bytes.Count(raw, []byte("\n")), err)
	}
}
