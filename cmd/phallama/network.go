package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
	"github.com/phallama/phallama/wallet"
)

// statusOf is the exit status that an error deserves.
func statusOf(err error) int {
	var check *attest.CheckError
	switch {
	case errors.Is(err, client.ErrInsufficientFunds), chain.IsRevert(err, "InsufficientBalance"), chain.IsRevert(err, "ERC20InsufficientBalance"):
		return exitNoMoney
	case errors.Is(err, client.ErrAnswer), errors.As(err, &check):
		return exitUnverified
	case errors.Is(err, client.ErrChain), errors.Is(err, client.ErrNoPod):
		return exitNotRunning
	}
	return exitFailed
}

// profile is the network that the data directory belongs to.
func (a *app) profile() (network.Profile, error) {
	profile, err := network.Load(devnet.ProfilePath(a.data))
	if errors.Is(err, fs.ErrNotExist) {
		return network.Profile{}, &exitError{exitNotRunning, fmt.Errorf("%s holds no network yet: start one with `phallama up`, or join one with `phallama serve --network NAME`", a.data)}
	}
	return profile, err
}

// dial connects to the chain of the data directory's network.
func (a *app) dial(ctx context.Context) (network.Profile, *chain.Client, error) {
	profile, err := a.profile()
	if err != nil {
		return network.Profile{}, nil, err
	}
	c, err := chain.Dial(ctx, profile, chain.Options{})
	if err != nil {
		hint := ""
		if network.IsDev(profile.ChainID) {
			hint = ": is `phallama up` running?"
		}
		return network.Profile{}, nil, &exitError{exitNotRunning, fmt.Errorf("%w%s", err, hint)}
	}
	return profile, c, nil
}

// owner opens the wallet of the data directory.
func (a *app) owner() (protocol.Key, error) { return a.openWallet(a.walletDir()) }

// openWallet opens a wallet. A devnet's has no passphrase; others take theirs from PHALLAMA_PASSPHRASE or a file.
func (a *app) openWallet(dir string) (protocol.Key, error) {
	passphrase, err := passphrase()
	if err != nil {
		return protocol.Key{}, err
	}
	key, err := wallet.Open(dir, passphrase)
	if errors.Is(err, wallet.ErrPassphrase) {
		return protocol.Key{}, fmt.Errorf("%w: set PHALLAMA_PASSPHRASE or PHALLAMA_PASSPHRASE_FILE to its own, and neither for a devnet's wallet, which has none", err)
	}
	return key, err
}

func passphrase() (wallet.Passphrase, error) {
	if path := os.Getenv("PHALLAMA_PASSPHRASE_FILE"); path != "" {
		text, err := os.ReadFile(path)
		if err != nil {
			return "", fmt.Errorf("PHALLAMA_PASSPHRASE_FILE: %w", err)
		}
		return wallet.Passphrase(strings.TrimRight(string(text), "\r\n")), nil
	}
	return wallet.Passphrase(os.Getenv("PHALLAMA_PASSPHRASE")), nil
}

func (a *app) walletDir() string { return a.data + "/wallet" }
func (a *app) clientDir() string { return a.data + "/client" }

// tokenName is what the network's token is called.
func tokenName(p network.Profile) string {
	if p.IsSimulated() {
		return "dPHA"
	}
	return "PHA"
}
