package main

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/protocol"
)

// certificate writes one for an address, with its key, and returns who trusts it.
func certificate(t *testing.T, dir string, ip net.IP) (certFile, keyFile string, roots *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "gateway"}, IPAddresses: []net.IP{ip},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	if err := errors.Join(
		os.WriteFile(certFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600),
		os.WriteFile(keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600),
	); err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots = x509.NewCertPool()
	roots.AddCert(parsed)
	return certFile, keyFile, roots
}

// reachable is an address of this machine that others could reach; loopback where it has none.
func reachable() net.IP {
	all, _ := net.InterfaceAddrs()
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && !n.IP.IsLoopback() {
			return n.IP
		}
	}
	return net.IPv4(127, 0, 0, 1)
}

// A gateway that others can reach answers who has a key, says that it is not encrypted unless it is, and remembers what
// each key spent.
func TestServeBeyondThisMachine(t *testing.T) {
	t.Parallel() // it waits for the most part
	net1, data, bin := t.TempDir(), t.TempDir(), build(t)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	startDevnet(ctx, t, func(c *devnet.Config) { c.Dir, c.Funds = net1, protocol.Tokens(10) })
	if err := os.CopyFS(filepath.Join(data, "wallet"), os.DirFS(filepath.Join(net1, "wallet"))); err != nil {
		t.Fatal(err)
	}
	phallama := func(args ...string) *exec.Cmd {
		cmd := exec.CommandContext(ctx, filepath.Join(bin, "phallama"), append(args, "--data", data)...)
		cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
		return cmd
	}
	out, err := phallama("gateway", "keys", "create", "app", "--budget", "1", "--models", "wisp").Output()
	if err != nil {
		t.Fatal(err)
	}
	key := strings.TrimSpace(string(out))
	ip := reachable()
	cert, secret, roots := certificate(t, t.TempDir(), ip)
	for _, tt := range []struct {
		name, scheme string
		args         []string
	}{
		{"open", "http", []string{"--network", filepath.Join(net1, "network.json")}},
		{"encrypted", "https", []string{"--tls-cert", cert, "--tls-key", secret}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			serve := phallama(append([]string{"serve", "--listen", ip.String() + ":0", "--require-key"}, tt.args...)...)
			stdout, err := serve.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			stderr, err := serve.StderrPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := serve.Start(); err != nil {
				t.Fatal(err)
			}
			defer func() {
				_ = serve.Process.Signal(syscall.SIGTERM)
				_ = serve.Wait()
			}()
			said := bufio.NewReader(stderr)
			url := ""
			for url == "" {
				line, err := said.ReadString('\n')
				if err != nil {
					t.Fatal(err)
				}
				if _, at, ok := strings.Cut(strings.TrimSpace(line), "Ready. "); ok {
					url = at
				}
			}
			if !strings.HasPrefix(url, tt.scheme+"://"+ip.String()+":") {
				t.Fatal(url)
			}
			if !ip.IsLoopback() {
				if line, err := said.ReadString('\n'); err != nil || strings.Contains(line, "NOT ENCRYPTED") != (tt.scheme == "http") {
					t.Errorf("%q, %v", line, err)
				}
			}
			go func() { _, _ = io.Copy(io.Discard, said) }()
			user := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}}
			defer user.CloseIdleConnections()
			for _, ask := range []struct {
				key, model string
				status     int
			}{{"", "wisp", 401}, {key, "wisp", 200}, {key, "other", 403}} {
				req, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/api/chat", strings.NewReader(`{"model":"`+ask.model+`","stream":false,"messages":[{"role":"user","content":"hello"}]}`))
				if err != nil {
					t.Fatal(err)
				}
				req.Header.Set("Authorization", "Bearer "+ask.key)
				res, err := user.Do(req)
				if err != nil {
					t.Fatal(err)
				}
				body, _ := io.ReadAll(res.Body)
				_ = res.Body.Close()
				if res.StatusCode != ask.status {
					t.Errorf("%+v: %s %s", ask, res.Status, body)
				}
			}
			if line, err := bufio.NewReader(stdout).ReadString('\n'); err != nil || !strings.Contains(line, "key app") || strings.Contains(line, key) {
				t.Errorf("%q, %v", line, err)
			}
		})
	}
	out, err = phallama("gateway", "keys").Output()
	if err != nil || !strings.Contains(string(out), "\napp ") {
		t.Errorf("%s, %v", out, err)
	}
	keys, err := (&app{data: data}).gatewayKeys()
	if err != nil || len(keys) != 1 || keys[0].Spent.IsZero() || !keys[0].Held.IsZero() {
		t.Errorf("%+v, %v", keys, err)
	}
}
