package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	platforms "github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/internal/devnet/evm/faults"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
	"github.com/phallama/phallama/wallet"
)

// patient is a data directory of its own for a running devnet, and the doctor who is to look at it.
type patient struct {
	*doctor
	t *testing.T
	n *devnet.Network
}

func (p *patient) path(name string) string { return filepath.Join(p.a.data, name) }

func (p *patient) check(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// edit changes the network's profile.
func (p *patient) edit(change func(*network.Profile)) {
	p.t.Helper()
	profile := p.n.Profile
	change(&profile)
	p.check(profile.Save(p.path("network.json")))
}

// policy changes the profile's policy.
func (p *patient) policy(change func(map[string]any)) {
	p.t.Helper()
	p.edit(func(n *network.Profile) {
		var policy map[string]any
		p.check(json.Unmarshal(n.Policy, &policy))
		change(policy)
		raw, err := json.Marshal(policy)
		p.check(err)
		n.Policy = raw
	})
}

// session changes the one session's file.
func (p *patient) session(change func(map[string]any)) {
	p.t.Helper()
	files, err := filepath.Glob(p.path("client/sessions/*.json"))
	p.check(err)
	if len(files) != 1 {
		p.t.Fatalf("%d sessions", len(files))
	}
	raw, err := os.ReadFile(files[0])
	p.check(err)
	var s map[string]any
	p.check(json.Unmarshal(raw, &s))
	change(s)
	raw, err = json.Marshal(s)
	p.check(err)
	p.check(os.WriteFile(files[0], raw, 0o600))
}

// pays has another wallet pay.
func (p *patient) pays() protocol.Key {
	p.t.Helper()
	p.check(os.RemoveAll(p.path("wallet")))
	key, err := wallet.Create(p.path("wallet"), "", wallet.Options{Light: true})
	p.check(err)
	return key
}

// gets has an account have so many base units in the escrow.
func (p *patient) gets(key protocol.Key, units uint64) {
	p.t.Helper()
	p.check(p.n.FundUsers(p.t.Context(), []protocol.Key{key}, protocol.Units(units)))
}

// silent is an address at which nobody listens.
func silent(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// serves is the URL of a program that answers so, until the test ends.
func serves(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// snapshot is everything that is to be seen of a directory.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path == dir {
			return nil
		}
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		all[path] = fmt.Sprint(info.Mode(), info.ModTime().UnixNano())
		if info.Mode().IsRegular() {
			raw, err := os.ReadFile(path)
			all[path] += fmt.Sprintf(" %x", sha256.Sum256(raw))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// fault is one that is injected, and the check that has to find it first.
type fault struct {
	name, found string
	state       health
	says        string // in the detail or in what to do
	inject      func(*patient)
}

const secret = "hunter2-s3cret" // wherever one may be, so that it would show

var homeFaults = []fault{
	{"none", "", healthOK, "", func(*patient) {}},
	{"no directory", "data", healthFailed, "phallama up", func(p *patient) { p.check(os.RemoveAll(p.a.data)) }},
	{"a file", "data", healthFailed, "got a file", func(p *patient) {
		p.check(os.RemoveAll(p.a.data))
		p.check(os.WriteFile(p.a.data, nil, 0o600))
	}},
	{"others may write", "data", healthFailed, "chmod go-w", func(p *patient) { p.check(os.Chmod(p.a.data, 0o777)) }},
	{"others may read the wallet", "data", healthFailed, "mode 0755", func(p *patient) { p.check(os.Chmod(p.path("wallet"), 0o755)) }},
	{"disk", "disk", healthFailed, "make room", func(p *patient) {
		full := p.t.TempDir()
		if err := mountSmall(full); err != nil {
			p.t.Skipf("no small file system can be had here: %v", err)
		}
		p.t.Cleanup(func() { p.check(unmount(full)) })
		p.check(os.Chmod(full, 0o700))
		p.check(os.CopyFS(full, os.DirFS(p.a.data)))
		p.a.data = full
		private(p)
	}},
	{"no profile", "network", healthFailed, "got none", func(p *patient) { p.check(os.Remove(p.path("network.json"))) }},
	{"half a profile", "network", healthFailed, "want a profile in JSON", func(p *patient) { p.check(os.Truncate(p.path("network.json"), 100)) }},
	{"no wallet", "wallet", healthFailed, "phallama wallet new", func(p *patient) { p.check(os.RemoveAll(p.path("wallet"))) }},
	{"wrong passphrase", "wallet", healthFailed, "PHALLAMA_PASSPHRASE", func(p *patient) { p.t.Setenv("PHALLAMA_PASSPHRASE", secret) }},
	{"no API key", "wallet", healthFailed, "keys create", func(p *patient) { p.t.Setenv("PHALLAMA_KEY", secret) }},
	{"damaged session", "state", healthFailed, "restore", func(p *patient) { p.session(func(s map[string]any) { s["secret"] = secret }) }},
	{"suspect session", "sessions", healthFailed, "its receipt does not hold", func(p *patient) {
		p.session(func(s map[string]any) { s["suspect"] = "its receipt does not hold" })
	}},
	{"lost session", "sessions", healthWarning, "sessions recover", func(p *patient) { p.session(func(s map[string]any) { s["lost"] = true }) }},
	{"another gateway", "lock", healthFailed, "another process", func(p *patient) {
		p.gateway = "http://" + silent(p.t)
		startServe(p)
	}},
	{"a gateway elsewhere", "lock", healthFailed, "--gateway", func(p *patient) {
		p.a.data, p.gateway = filepath.Join(filepath.Dir(p.n.LogPath), "..", ".."), "http://"+silent(p.t)
	}},
	{"no gateway", "gateway", healthFailed, "phallama serve", func(p *patient) { p.gateway = "http://" + silent(p.t) }},
	{"Ollama in its place", "gateway", healthFailed, "stop what listens there", func(p *patient) {
		p.gateway = serves(p.t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "Ollama is running") })
	}},
	{"other OLLAMA_HOST", "ollama-host", healthWarning, "127.0.0.1:11434", func(p *patient) { p.t.Setenv("OLLAMA_HOST", "127.0.0.1") }},
}

var netFaults = []fault{
	{"no node", "rpc", healthFailed, "phallama up", func(p *patient) {
		p.edit(func(n *network.Profile) { n.RPC = []string{"http://" + silent(p.t) + "/" + secret} })
	}},
	{"a node that hangs", "rpc", healthFailed, "deadline", func(p *patient) {
		stop := make(chan struct{})
		url := serves(p.t, func(_ http.ResponseWriter, r *http.Request) {
			select {
			case <-stop:
			case <-r.Context().Done():
			}
		})
		p.t.Cleanup(func() { close(stop) })
		p.edit(func(n *network.Profile) { n.RPC = []string{url} })
		p.within = time.Second
	}},
	{"one node of two", "rpc", healthWarning, "1 of 2", func(p *patient) {
		p.edit(func(n *network.Profile) { n.RPC = []string{"http://" + silent(p.t), n.RPC[0]} })
	}},
	{"other chain", "chain-id", healthFailed, "its id is 1337008", func(p *patient) { p.edit(func(n *network.Profile) { n.ChainID = 31337 }) }},
	{"no contracts", "contracts", healthFailed, "no contract at", func(p *patient) {
		p.edit(func(n *network.Profile) { n.Escrow = "0x" + strings.Repeat("12", 20) })
	}},
	{"other contracts", "contracts", healthFailed, "the contract refuses", func(p *patient) {
		p.edit(func(n *network.Profile) { n.Escrow, n.Registry = n.Registry, n.Escrow })
	}},
	{"other escrow", "contracts", healthFailed, "of another version", func(p *patient) {
		// An escrow of another version signs under another domain.
		proxy := faults.New(p.t, p.n.Profile.RPC[0])
		separator := p.n.Domain.Separator()
		proxy.Meddle(func(_ faults.Call, forward func() faults.Answer) *faults.Answer {
			a := forward()
			other := protocol.Hash{1}
			a.Result = bytes.Replace(a.Result, []byte(separator.String()), []byte(other.String()), 1)
			return &a
		})
		p.edit(func(n *network.Profile) { n.RPC = []string{proxy.URL} })
	}},
	{"clock ahead", "clock", healthFailed, "set this machine's clock", func(p *patient) { p.now = shifted(time.Hour) }},
	{"clock behind", "clock", healthFailed, "set this machine's clock", func(p *patient) { p.now = shifted(-time.Hour) }},
	{"old head", "head", healthFailed, "lags behind", func(p *patient) {
		proxy := faults.New(p.t, p.n.Profile.RPC[0])
		proxy.Meddle(func(c faults.Call, forward func() faults.Answer) *faults.Answer {
			a := forward()
			var block map[string]any
			if c.Method != "eth_getBlockByNumber" || json.Unmarshal(a.Result, &block) != nil {
				return &a
			}
			block["timestamp"] = fmt.Sprintf("0x%x", time.Now().Add(-time.Hour).Unix())
			a.Result, _ = json.Marshal(block)
			return &a
		})
		p.edit(func(n *network.Profile) { n.RPC = []string{proxy.URL} })
	}},
	{"measurement not listed", "pods", healthFailed, "phallama verify", func(p *patient) {
		p.policy(func(policy map[string]any) {
			policy["measurements"].(map[string]any)["sgx"].([]any)[0].(map[string]any)["mrenclave"] = strings.Repeat("ab", 32)
		})
	}},
	{"expired policy", "pods", healthFailed, "every one is refused", func(p *patient) {
		p.policy(func(policy map[string]any) {
			policy["expires"] = time.Now().Add(-time.Minute).UTC().Format(time.RFC3339)
		})
	}},
	{"empty registry", "pods", healthFailed, "lists none", func(p *patient) {
		// The contracts once more, on the same chain: nobody has registered a pod there.
		deployer, err := wallet.Open(filepath.Join(filepath.Dir(p.n.LogPath), "..", "keys", "deployer"), "")
		p.check(err)
		platform, err := platforms.New(platforms.Config{})
		p.check(err)
		bare := p.n.Profile
		bare.Token, bare.Escrow, bare.Registry = "", "", ""
		platformCA, processorCA := platform.CAKeys()
		fresh, err := chain.Deploy(p.t.Context(), bare, deployer, chain.Terms{PlatformCA: platformCA, ProcessorCA: processorCA, Delay: chain.NoDelay}, chain.Options{})
		p.check(err)
		p.check(fresh.Save(p.path("network.json")))
	}},
	{"rules", "pods", healthFailed, "--max-price", func(p *patient) { p.a.choice.MaxPerM = protocol.Units(1) }},
	{"no money", "funds", healthFailed, "send dPHA", func(p *patient) { p.pays() }},
	{"money for no question", "funds", healthFailed, "what an ordinary question", func(p *patient) { p.gets(p.pays(), 2e13) }},
	{"little money", "funds", healthWarning, "ordinary questions", func(p *patient) { p.gets(p.pays(), 3e15) }},
}

// The last faults are the network's own: it does not recover from them.
var lastFaults = []fault{
	{"pod gone", "pod-reach", healthFailed, "operators", func(p *patient) {
		p.n.Pod().StopAgent()
		p.check(p.n.Pod().Kill())
	}},
	{"chain ahead", "head", healthFailed, "runs ahead", func(p *patient) { p.check(p.n.Skip(p.t.Context(), time.Hour)) }},
}

// Each fault is found by its name and by no other before it, nothing is changed by looking, and no secret is shown.
func TestDoctor(t *testing.T) {
	data := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	n := startDevnet(ctx, t, func(c *devnet.Config) { c.Dir = data })
	if _, err := chat(ctx, n.Gateway, question{Model: defaultModel, Messages: []message{{"user", "Hello"}}}, io.Discard); err != nil {
		t.Fatal(err)
	}
	still := still(t, data)
	for _, faults := range [][]fault{homeFaults, netFaults, lastFaults} {
		for _, f := range faults {
			t.Run(f.name, func(t *testing.T) { f.test(t, n, data, still) })
		}
	}
}

// still is a copy of what a user's data directory holds while a client uses it, whose temporary files come and go.
func still(t *testing.T, data string) string {
	t.Helper()
	for range 100 {
		dir, err := t.TempDir(), error(nil)
		for _, name := range []string{"client", "wallet"} {
			err = errors.Join(err, os.CopyFS(filepath.Join(dir, name), os.DirFS(filepath.Join(data, name))))
		}
		if err == nil {
			return dir
		}
		if !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	t.Fatal("the client never rests")
	return ""
}

func (f fault) test(t *testing.T, n *devnet.Network, data, still string) {
	p := &patient{doctor: quietApp(t, filepath.Join(t.TempDir(), "data")).newDoctor(n.Gateway), t: t, n: n}
	p.check(os.Mkdir(p.a.data, 0o700))
	for _, name := range []string{"client", "wallet"} {
		p.check(os.CopyFS(p.path(name), os.DirFS(filepath.Join(still, name))))
	}
	private(p)
	p.edit(func(*network.Profile) {})
	f.inject(p)
	own := p.a.data != data && !strings.HasPrefix(p.a.data, data)
	var before map[string]string
	if own {
		before = snapshot(t, p.a.data)
	}
	all, err := p.examine(t.Context(), func(finding) {})
	if err != nil || len(all) != len(p.checks()) {
		t.Fatalf("%d findings, %v", len(all), err)
	}
	if own {
		if diff := cmp.Diff(before, snapshot(t, p.a.data)); diff != "" {
			t.Errorf("looking changed the data directory: %s", diff)
		}
	}
	var first finding
	for _, found := range all {
		if first.Name == "" && found.State != healthOK {
			first = found
		}
		if found.Detail == "" || (found.Fix == "") != (found.State == healthOK || found.State == healthSkipped) {
			t.Errorf("%+v", found)
		}
		if strings.Contains(found.Detail+found.Fix, secret) {
			t.Errorf("a secret is shown: %+v", found)
		}
	}
	if first.Name != f.found || f.found != "" && first.State != f.state || !strings.Contains(first.Detail+first.Fix, f.says) {
		t.Errorf("found %+v, want %s %s with %q", first, f.found, f.state, f.says)
	}
}

// private gives the files of a data directory the modes that they are made with.
func private(p *patient) {
	for _, name := range []string{"client", "wallet"} {
		p.check(filepath.WalkDir(p.path(name), func(path string, entry fs.DirEntry, err error) error {
			if err == nil {
				err = os.Chmod(path, map[bool]fs.FileMode{true: 0o700, false: 0o600}[entry.IsDir()])
			}
			return err
		}))
	}
	if _, err := os.Stat(p.path("network.json")); err == nil {
		p.check(os.Chmod(p.path("network.json"), 0o600))
	}
}

func shifted(by time.Duration) func() time.Time {
	return func() time.Time { return time.Now().Add(by) }
}

// startServe starts a gateway in another process, until the test ends.
func startServe(p *patient) {
	p.t.Helper()
	cmd := exec.Command("../../bin/phallama", "serve", "--data", p.a.data, "--listen", "127.0.0.1:0")
	stderr, err := cmd.StderrPipe()
	p.check(err)
	p.check(cmd.Start())
	p.t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	var said []byte
	for buffer := make([]byte, 4096); !bytes.Contains(said, []byte("Ready.")); {
		n, err := stderr.Read(buffer)
		if said = append(said, buffer[:n]...); err != nil {
			p.t.Fatalf("serve did not get ready: %s", said)
		}
	}
}

func quietApp(t *testing.T, data string) *app {
	t.Helper()
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = null.Close() })
	return &app{data: data, out: newScreen(null), err: newScreen(null)}
}

func TestOllamaHost(t *testing.T) {
	for text, want := range map[string]string{
		"127.0.0.1": "127.0.0.1:11434", "http://localhost": "localhost:80", "https://ollama.example": "ollama.example:443", ":11435": "127.0.0.1:11435",
		"http://127.0.0.1:11435/": "127.0.0.1:11435", ` "0.0.0.0:1" `: "0.0.0.0:1", "[::1]:11435": "[::1]:11435",
	} {
		if host, port := ollamaHost(text); net.JoinHostPort(host, port) != want {
			t.Errorf("%q: %s %s, want %s", text, host, port, want)
		}
	}
	if !sameHost("localhost", "127.0.0.1") || sameHost("192.0.2.1", "127.0.0.1") {
		t.Error("hosts are mistaken")
	}
}
