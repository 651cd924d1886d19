package operator

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/protocol"
)

// exportPage is small, so that there are several pages.
const exportPage = 2

func (p *standIn) serveExport(r *http.Request, answer func(any)) {
	after := r.URL.Query().Get("after")
	p.do(func() {
		p.exports++
		all := slices.SortedFunc(maps.Values(p.exported), func(x, y protocol.AckedRow) int {
			return bytes.Compare(x.Voucher.SessionID[:], y.Voucher.SessionID[:])
		})
		all = slices.DeleteFunc(all, func(v protocol.AckedRow) bool {
			return cmp.Compare(v.Voucher.SessionID.String(), after) <= 0
		})
		page := protocol.Export{Vouchers: append([]protocol.AckedRow{}, all[:min(len(all), exportPage)]...)}
		if len(all) > exportPage {
			page.Next = &page.Vouchers[exportPage-1].Voucher.SessionID
		}
		answer(page)
	})
}

// acks has the pod export that a session acknowledged so much.
func (p *standIn) acks(signer protocol.Key, session protocol.SessionKey, acked uint64) {
	p.do(func() {
		if p.exported == nil {
			p.exported = map[protocol.Hash]protocol.AckedRow{}
		}
		p.exported[session.ID()] = ack(p.domain, signer, session, acked)
	})
}

// The agent keeps all pages as often as it settles and when it stops; what a lost ledger exports lowers nothing, and what
// the chain has moved goes.
func TestKeepsExport(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pod.recovery.json")
	kept := func(c *memChain, pod *standIn) map[uint64]string {
		t.Helper()
		r, err := openRecovery(path, c.domain, pod.id, realDisk{})
		if err != nil {
			t.Fatal(err)
		}
		all := map[uint64]string{}
		for _, v := range r.kept {
			all[v.Session.Salt] = v.Voucher.Acked.String()
		}
		return all
	}
	want := func(c *memChain, pod *standIn, what string, w map[uint64]string) {
		t.Helper()
		if got := kept(c, pod); !maps.Equal(got, w) {
			t.Errorf("%s: kept %v, want %v", what, got, w)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		c, pod, agent := run(t, func(cfg *Config) { cfg.Recovery = path })
		o, keys := opened(t, c, pod, 5)
		want(c, pod, "at first", map[uint64]string{})
		for i, key := range keys {
			pod.acks(o.signer, key, uint64(10*(i+1)))
		}
		forged := ack(c.domain, o.key, keys[4], 99) // not the signer's
		pod.do(func() { pod.exported[keys[4].ID()] = forged })
		after(30 * time.Minute)
		all := map[uint64]string{0: "10", 1: "20", 2: "30", 3: "40"}
		want(c, pod, "after the interval", all)
		if pod.exports < 3 {
			t.Errorf("%d pages", pod.exports)
		}
		if err := agent.KeepExport(t.Context()); err == nil || !strings.Contains(err.Error(), "1 of the pod's vouchers") {
			t.Errorf("a forged voucher: %v", err)
		}

		// The ledger is lost, and begins anew.
		pod.do(func() { clear(pod.exported) })
		pod.acks(o.signer, keys[1], 3)
		after(time.Hour)
		want(c, pod, "after the ledger was lost", all)

		// Session 0 has paid, session 2 is gone; neither is final at once.
		final := uint64(time.Now().Add(-time.Second).Unix())
		c.do(func() {
			c.final = func(uint64) uint64 { return final }
			c.sessions[keys[0]] = protocol.SessionFact{SessionKey: keys[0], Cap: protocol.Units(1000), Claimed: protocol.Units(10)}
			delete(c.sessions, keys[2])
		})
		after(30 * time.Minute)
		want(c, pod, "before it is final", all)
		c.do(func() { c.final = nil })
		after(30 * time.Minute)
		want(c, pod, "once it is final", map[uint64]string{1: "20", 3: "40"})

		// Before a settlement, too, which need not succeed.
		pod.acks(o.signer, keys[1], 25)
		if _, err := agent.SettleNow(t.Context()); !errors.Is(err, ErrNothingToSettle) {
			t.Error(err)
		}
		want(c, pod, "with a settlement", map[uint64]string{1: "25", 3: "40"})
	})
}

// What the interval has not kept is kept when the agent stops.
func TestKeepsExportAtLast(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pod.recovery.json")
	c, o := newMemChain(), newOwner(t)
	pod := protocol.PodID(c.registry, c.operator, protocol.Hash{})
	session := o.open(c.domain, pod, 0, 1000).SessionKey
	t.Run("an agent", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			c, pod, _ := run(t, func(cfg *Config) { cfg.Recovery = path })
			after(time.Minute)
			c.do(func() { c.sessions[session] = protocol.SessionFact{SessionKey: session, Cap: protocol.Units(1000)} })
			pod.acks(o.signer, session, 10)
		})
	})
	r, err := openRecovery(path, c.domain, pod, realDisk{})
	if err != nil || r.kept[session.ID()].Voucher.Acked != protocol.Units(10) {
		t.Errorf("kept %+v, %v", r.kept, err)
	}
}

func TestRecoveryIsOptional(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, pod, agent := run(t, nil)
		after(2 * time.Hour)
		if err := agent.KeepExport(t.Context()); !errors.Is(err, errNoRecovery) {
			t.Error(err)
		}
		if pod.exports != 0 {
			t.Errorf("asked %d times", pod.exports)
		}
	})
}

// An export without end is not followed.
func TestEndlessExport(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	synctest.Test(t, func(t *testing.T) {
		c := newMemChain()
		pages := 0
		endless := roundTripper(func(*http.Request) (*http.Response, error) {
			pages++
			body := `{"vouchers":[],"next":"` + protocol.Hash{1}.String() + `"}`
			return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(body)), Header: http.Header{}}, nil
		})
		agent, err := New(Config{ControlURL: "http://pod.invalid", Token: testToken, PodURL: "https://pod.example", Chain: c, Recovery: path, HTTPClient: &http.Client{Transport: endless}})
		if err != nil {
			t.Fatal(err)
		}
		if err := agent.KeepExport(t.Context()); err == nil || !strings.Contains(err.Error(), "come to an end") || pages > 2 {
			t.Errorf("%v after %d pages", err, pages)
		}
	})
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := New(Config{ControlURL: "http://pod.invalid", Token: testToken, PodURL: "https://pod.example", Chain: newMemChain(), Recovery: path}); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("a damaged file: %v", err)
	}
}
