package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/protocol"
	"github.com/phallama/phallama/wallet"
)

const (
	model      = "wisp:latest"
	passphrase = "of a bench" // of a wallet on a chain that ends with it
)

// funds is what the user has: more than it can spend.
var funds = protocol.Tokens(50)

// network starts a devnet in the bench's directory.
func network(ctx context.Context, c config, name string, out io.Writer, adjust func(*devnet.Config)) (*devnet.Network, error) {
	fmt.Fprintf(out, "\n%s\n", name)
	config := devnet.Config{
		Dir: filepath.Join(c.dir, name), Bin: c.bin, Models: filepath.Join(c.bin, "models"), Model: model, RPC: "127.0.0.1:0", Gateway: "127.0.0.1:0",
		Funds:    protocol.Tokens(1),
		Progress: func(what, detail string) { fmt.Fprintf(out, "  %-11s %s\n", what, detail) },
	}
	if adjust != nil {
		adjust(&config)
	}
	return devnet.Start(ctx, config)
}

// server is the gateway's process: phallama serve, with a wallet and a data directory of its own.
type server struct {
	url string
	cmd *exec.Cmd
}

// serve starts a user's gateway on a network.
func serve(ctx context.Context, c config, n *devnet.Network, out io.Writer) (_ *server, err error) {
	key, err := protocol.GenerateKey()
	if err != nil {
		return nil, err
	}
	if err := n.FundUsers(ctx, []protocol.Key{key}, funds); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(c.dir, "user-")
	if err != nil {
		return nil, err
	}
	if err := wallet.Import(filepath.Join(dir, "wallet"), key, passphrase, wallet.Options{Light: true}); err != nil {
		return nil, err
	}
	if err := n.Profile.Save(devnet.ProfilePath(dir)); err != nil {
		return nil, err
	}
	cmd := exec.Command(filepath.Join(c.bin, "phallama"), "--data", dir, "serve", "--listen", "127.0.0.1:0", "--shape", "off", "--relay", "off")
	cmd.Env = append(os.Environ(), "PHALLAMA_PASSPHRASE="+passphrase)
	pipe, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &server{cmd: cmd}
	lines := bufio.NewScanner(pipe)
	var said []string
	for lines.Scan() {
		said = append(said, lines.Text())
		if _, url, ok := strings.Cut(lines.Text(), "Ready. "); ok {
			s.url = url
			break
		}
	}
	go func() { _, _ = io.Copy(io.Discard, pipe) }()
	if s.url == "" {
		return nil, errors.Join(fmt.Errorf("phallama serve did not start: %s", strings.Join(said, "; ")), s.stop())
	}
	fmt.Fprintf(out, "  %-11s %s, in a process of its own\n", "gateway", s.url)
	return s, nil
}

func (s *server) stop() error {
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	late := time.AfterFunc(20*time.Second, func() { _ = s.cmd.Process.Kill() })
	defer late.Stop()
	return s.cmd.Wait()
}

// peak is the most memory that the process held at any time, in bytes, as Linux counts it (VmHWM).
func (s *server) peak() (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if text, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "kB")), 10, 64)
			return kb << 10, err
		}
	}
	return 0, errors.New("want a line VmHWM in /proc/PID/status, got none")
}
