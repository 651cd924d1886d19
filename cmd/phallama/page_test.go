package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/gateway"
	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

// The page's models are those that its gateway may use; a pod that was tampered with is on the list, refused; a link opens
// the wallet, once, and of its own gateway alone.
func TestPage(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	a := &app{data: data, out: newScreen(os.Stdout), err: newScreen(os.Stderr)}
	n := startDevnet(ctx, t, func(c *devnet.Config) {
		c.Dir, c.Pods, c.Tampered, c.Times = data, 3, 1, []uint64{1, 3, 1}
		c.Choice = client.Choice{MaxPerM: protocol.Tokens(1)}
		c.Page = func(profile network.Profile, user *client.Client) (http.Handler, error) {
			return a.page(profile, user, true)
		}
	})
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar}
	ask := func(method, path, body string, want int, into any) {
		t.Helper()
		req, err := http.NewRequestWithContext(ctx, method, n.Gateway+gateway.PagePath+"api/"+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		resp, err := browser.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		raw, err := io.ReadAll(resp.Body)
		if into != nil {
			err = errors.Join(err, json.Unmarshal(raw, into))
		}
		if err != nil || resp.StatusCode != want {
			t.Fatalf("%s %s: %d %s, want %d: %v", method, path, resp.StatusCode, raw, want, err)
		}
	}

	var models struct{ Models []modelLine }
	ask("GET", "models", "", http.StatusOK, &models)
	if len(models.Models) != 1 || models.Models[0].Pods != 1 {
		t.Errorf("models: %+v", models)
	}
	var pods struct {
		Pods []struct {
			ID            protocol.Address
			Refused, Tier string
		}
	}
	ask("GET", "pods", "", http.StatusOK, &pods)
	for _, p := range pods.Pods {
		bad := p.ID == n.Pods[2].ID
		if bad != (p.Refused != "") || bad != (p.Tier == "") || bad && !strings.Contains(p.Refused, "measurement failed") {
			t.Errorf("pod %s: refused %q, tier %q", p.ID, p.Refused, p.Tier)
		}
	}
	if s := inProcess(t, data, "verify", n.Pods[2].ID.String()); s.status != 1 || !strings.Contains(s.out+s.err, "measurement") {
		t.Errorf("verify: %d\n%s%s", s.status, s.out, s.err)
	}

	at := strings.TrimPrefix(n.Gateway, "http://")
	var link struct {
		Link    string
		Seconds int
	}
	succeeds(t, &link, data, "page", "--gateway", at)
	_, token, ok := strings.Cut(link.Link, n.Gateway+gateway.PagePath+"#login=")
	if !ok || link.Seconds != int(gateway.InviteLife.Seconds()) {
		t.Fatalf("%+v", link)
	}
	if s := inProcess(t, t.TempDir(), "page", "--gateway", at); s.status != exitUsage || !strings.Contains(s.err, "runs with another data directory") {
		t.Errorf("with another data directory: %d\n%s", s.status, s.err)
	}
	if s := succeeds(t, nil, data, "page", "--gateway", "https://gateway.lan:11435/"); !strings.HasPrefix(s.out, "https://gateway.lan:11435/ui/#login=") {
		t.Errorf("where the gateway speaks HTTPS: %s", s.out)
	}
	if s := inProcess(t, data, "page", "--gateway", "https://gateway.lan/x"); s.status != exitUsage || !strings.Contains(s.err, "such as https://gateway.lan:11435") {
		t.Errorf("%d %s", s.status, s.err)
	}
	ask("GET", "money", "", http.StatusUnauthorized, nil)
	ask("POST", "login", `{"token":"`+token+`"}`, http.StatusNoContent, nil)
	var money purseMoney
	ask("GET", "money", "", http.StatusOK, &money)
	if money.Total != protocol.Tokens(1) || money.Low || money.Escrow != n.Profile.Escrow {
		t.Errorf("%+v", money)
	}
	ask("POST", "withdraw", `{"amount":"1"}`, http.StatusOK, nil)
	ask("GET", "money", "", http.StatusOK, &money)
	if money.Held != protocol.Tokens(1) || !money.Low {
		t.Errorf("held %s, low %t", money.Held, money.Low)
	}
	ask("POST", "withdraw", `{"amount":"1","to":"0x12"}`, http.StatusBadRequest, nil)
	ask("POST", "keys", `{"kind":"escrow","name":"x","budget":"1","expires":"1s"}`, http.StatusBadRequest, nil)
	ask("POST", "keys/revoke", `{"kind":"gateway","name":"x"}`, http.StatusBadRequest, nil)
	ask("GET", "receipts/0x12/verify", "", http.StatusBadRequest, nil)
	ask("GET", "receipts/"+protocol.Hash{1}.String()+"/verify", "", http.StatusNotFound, nil)
}

func TestSpentBy(t *testing.T) {
	entry := func(day int, model string, pod byte, cost uint64) client.ReceiptEntry {
		e := client.ReceiptEntry{Time: time.Date(2026, 11, day, 12, 0, 0, 0, time.Local), Offer: protocol.Offer{Model: model}, Session: protocol.SessionKey{Pod: protocol.Address{pod}}}
		e.Receipt.Cost, e.Receipt.Usage = protocol.Units(cost), protocol.Usage{In: 3, Out: 4}
		return e
	}
	lines, err := spentBy([]client.ReceiptEntry{entry(2, "b", 1, 5), entry(1, "b", 2, 7), entry(1, "b", 1, 1), entry(2, "b", 1, 6), entry(1, "a", 3, 9)})
	if err != nil {
		t.Fatal(err)
	}
	want := []spent{
		{"2026-11-01", "a:latest", protocol.Address{3}, 1, 3, 4, protocol.Units(9)},
		{"2026-11-01", "b:latest", protocol.Address{1}, 1, 3, 4, protocol.Units(1)},
		{"2026-11-01", "b:latest", protocol.Address{2}, 1, 3, 4, protocol.Units(7)},
		{"2026-11-02", "b:latest", protocol.Address{1}, 2, 6, 8, protocol.Units(11)},
	}
	for i := range max(len(want), len(lines)) {
		if i >= len(lines) || i >= len(want) || lines[i] != want[i] {
			t.Fatalf("line %d of %+v\nwant %+v", i, lines, want)
		}
	}
}
