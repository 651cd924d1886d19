package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/gateway"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/wallet"
)

// checkData looks whether the data directory is there, and for this user alone where it holds secrets.
func (d *doctor) checkData(context.Context) finding {
	dir := d.a.data
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return wrong("start a network of your own with `phallama up`, join one with `phallama serve --network NAME`, or say where the data is with --data",
			"expected a data directory at %s, got none", dir)
	case err != nil:
		return wrong("correct --data or $PHALLAMA_DATA, or let this user read there", "expected a data directory, got %v", err)
	case !info.IsDir():
		return wrong("correct --data or $PHALLAMA_DATA", "expected a directory at %s, got a file", dir)
	}
	if _, err := os.ReadDir(dir); err != nil {
		return wrong("let this user read it: chown, or chmod u+rwx", "expected a directory that can be read, got %v", err)
	}
	if runtime.GOOS == "windows" { // whose files' modes say nothing
		return fine("%s", dir)
	}
	if mode := info.Mode().Perm(); mode&0o022 != 0 {
		return wrong("chmod go-w "+dir, "expected that only this user writes to %s, got mode %04o: others could have it belong to another network", dir, mode)
	}
	for _, name := range []string{"wallet", "client", "network.json", "keys.json"} {
		info, err := os.Stat(filepath.Join(dir, name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return wrong("let this user read it: chown, or chmod u+rwx", "expected %s in the data directory, got %v", name, err)
		}
		if mode := info.Mode().Perm(); mode&0o077 != 0 {
			return wrong("chmod -R go-rwx "+filepath.Join(dir, name), "expected that only this user reads %s, which holds secrets, got mode %04o", name, mode)
		}
	}
	return fine("%s, its secrets for this user alone", dir)
}

const (
	diskLeast  = 16 << 20 // bytes: a session's file and some receipts have to fit at any time
	diskEnough = 512 << 20
)

func (d *doctor) checkDisk(context.Context) finding {
	free, err := freeSpace(d.a.data)
	mib := free >> 20
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		return fine("how much is free cannot be asked on this system")
	case err != nil:
		return concern("look at the file system of the data directory", "how much is free: %v", err)
	case free < diskLeast:
		return wrong("make room: what cannot be written down is not signed, so that no question is asked", "expected at least %d MiB free for the data directory, got %d", diskLeast>>20, mib)
	case free < diskEnough:
		return concern("make room before it is full", "%d MiB free for the data directory", mib)
	}
	return fine("%d MiB free", mib)
}

func (d *doctor) checkNetwork(context.Context) (f finding) {
	profile, err := d.a.profile()
	if err == nil {
		err = profile.Deployed()
	}
	var missing *exitError
	switch {
	case errors.As(err, &missing):
		return wrong("start a network of your own with `phallama up`, or join one with `phallama serve --network NAME`", "expected the network's profile in network.json, got none")
	case errors.Is(err, network.ErrNotDeployed):
		return wrong("use another network, or a profile with the addresses", "%v", err)
	case err != nil:
		return wrong("restore network.json, or move it away and join again with `phallama serve --network NAME`; nothing else in the data directory depends on it", "expected the network's profile, got: %v", err)
	}
	d.profile = profile
	text := ""
	if profile.IsSimulated() {
		text = "; " + simulated
	}
	return fine("%s, on chain %d%s", profile.Name, profile.ChainID, text)
}

// checkWallet looks for who pays, and opens its key.
func (d *doctor) checkWallet(context.Context) finding {
	key, err := d.a.apiKey()
	if err != nil {
		return wrong("give the key whole, as `phallama keys create` printed it, or ask its owner for another", "expected an API key, got: %v", err)
	}
	if key != nil {
		d.owner, d.key = key.Owner, key
		return fine("an API key of %s's pays", key.Owner.Short())
	}
	owner, err := d.a.owner()
	switch {
	case errors.Is(err, wallet.ErrNoWallet):
		return wrong("make one with `phallama wallet new`, take one that exists with `phallama wallet import`, or use an API key (PHALLAMA_KEY)", "expected a wallet in the data directory, got none")
	case errors.Is(err, wallet.ErrPassphrase):
		return wrong("set PHALLAMA_PASSPHRASE or PHALLAMA_PASSPHRASE_FILE to the wallet's own, and neither for a devnet's wallet, which has none", "expected the wallet's passphrase, got another")
	case err != nil:
		return wrong("restore the wallet from a copy: its key is what owns the money", "expected a wallet that opens, got: %v", err)
	}
	d.owner = owner.Address()
	return fine("%s, and the passphrase opens it", d.owner.Short())
}

func (d *doctor) checkState(context.Context) (f finding) {
	var err error
	if d.state, err = client.ReadState(d.a.clientDir()); err != nil {
		return wrong("restore what is damaged from a copy, or move it away: `phallama sessions recover` finds sessions again", "expected sessions and receipts that can be read, got: %v", err)
	}
	return fine("%s, %s", count(len(d.state.Sessions), "session"), count(len(d.state.Receipts), "receipt"))
}

// checkLock looks who uses the client's state. A gateway that runs does; who else does keeps it from starting.
func (d *doctor) checkLock(ctx context.Context) finding {
	d.probe = probeGateway(ctx, d.gateway)
	used, err := client.InUse(d.a.clientDir())
	switch {
	case err != nil:
		return wrong("let this user open client/lock in the data directory", "expected a state directory that can be locked, got: %v", err)
	case used && d.probe.nobody:
		return wrong("wait for the other `phallama` or stop it; if it is a gateway, say where it listens with --gateway", "another process uses the state directory, and no gateway answers at %s: none can start there", d.probe.at)
	case used:
		return fine("in use by what runs")
	}
	return fine("not in use")
}

// checkSessions looks for sessions whose money nobody can use.
func (d *doctor) checkSessions(context.Context) finding {
	open, lost := 0, 0
	for _, s := range d.state.Sessions {
		if s.Ended != "" || s.Expiry <= uint64(d.now().Unix()) {
			continue
		}
		if s.Suspect != "" {
			return wrong("`phallama sessions show "+s.ID.Short()+"` says more; `phallama wallet close "+s.ID.Short()+"` gets its money back",
				"session %s is suspect, and its pod is asked nothing more: %s", s.ID.Short(), s.Suspect)
		}
		open++
		if s.Lost {
			lost++
		}
	}
	if lost > 0 {
		return concern("`phallama sessions recover` asks their pods", "%s found on chain again, and where they stand is not known", count(lost, "session"))
	}
	return fine("%d in use, none suspect or lost", open)
}

// probe is who answers where the gateway should be.
type probe struct {
	at     string // host and port
	ours   bool
	nobody bool   // nothing listens there
	says   string // what does, or why nothing is known
}

func probeGateway(ctx context.Context, gatewayURL string) probe {
	p := probe{at: strings.TrimPrefix(gatewayURL, "http://")}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, gatewayURL+"/", nil)
	if err != nil {
		p.says = err.Error()
		return p
	}
	plain := &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true}, // and no proxy
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	resp, err := plain.Do(req)
	if err != nil {
		p.nobody = errors.Is(err, syscall.ECONNREFUSED)
		p.says = "nothing that speaks HTTP"
		if ctx.Err() != nil {
			p.says = "something that does not answer"
		}
		return p
	}
	defer resp.Body.Close()
	p.ours = resp.Header.Get("Server") == gateway.ServerName
	p.says = fmt.Sprintf("a program that answers HTTP %d", resp.StatusCode)
	return p
}

func (d *doctor) checkGateway(context.Context) finding {
	switch p := d.probe; {
	case p.ours:
		return fine("answers at %s", p.at)
	case p.nobody:
		return wrong("start it with `phallama serve` (`phallama up` for a network of your own), or say where it listens with --gateway", "expected a gateway at %s, nothing listens there", p.at)
	case strings.HasSuffix(p.says, "401"):
		return concern("if it is another program, give the gateway another port with `phallama serve --listen`", "what listens at %s asks for a key", p.at)
	default:
		return wrong("stop what listens there (Ollama's own port is 11434), or give the gateway another port with `phallama serve --listen`", "expected a gateway at %s, got %s", p.at, p.says)
	}
}

// checkOllamaHost looks whom tools of Ollama's ask.
func (d *doctor) checkOllamaHost(context.Context) finding {
	at := strings.TrimPrefix(d.gateway, "http://")
	text := os.Getenv("OLLAMA_HOST")
	if text == "" {
		return fine("not set; to have Ollama's tools ask pods: OLLAMA_HOST=%s", d.gateway)
	}
	host, port := ollamaHost(text)
	wantHost, wantPort, _ := net.SplitHostPort(at)
	if sameHost(host, wantHost) && port == wantPort {
		return fine("%s, the gateway", at)
	}
	return concern("export OLLAMA_HOST="+d.gateway, "OLLAMA_HOST has Ollama's tools ask %s, not the gateway at %s", net.JoinHostPort(host, port), at)
}

// ollamaHost reads OLLAMA_HOST as Ollama does: scheme and port may be missing.
func ollamaHost(text string) (host, port string) {
	text = strings.Trim(strings.TrimSpace(text), `"'`)
	fallback := "11434"
	switch {
	case strings.HasPrefix(text, "http://"):
		fallback = "80"
	case strings.HasPrefix(text, "https://"):
		fallback = "443"
	default:
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil {
		return "(no address)", fallback
	}
	if host, port = u.Hostname(), u.Port(); host == "" {
		host = "127.0.0.1"
	}
	if port == "" {
		port = fallback
	}
	return host, port
}

func sameHost(a, b string) bool {
	local := func(host string) bool {
		ip := net.ParseIP(host)
		return host == "localhost" || ip != nil && (ip.IsLoopback() || ip.IsUnspecified())
	}
	return a == b || local(a) && local(b)
}
