package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/wallet"
)

// apiKey is the key that PHALLAMA_KEY holds, or the file of that name; nil if neither is given. A key on a command line
// would be seen by other users of the machine.
func (a *app) apiKey() (*wallet.APIKey, error) {
	path := a.keyFile
	text, where := []byte(os.Getenv("PHALLAMA_KEY")), "PHALLAMA_KEY"
	if len(text) > 0 && a.from["key-file"] != "" { // not on the command line, before which nothing counts
		path = ""
	}
	if path != "" {
		var err error
		if _, err = wallet.ParseAPIKey([]byte(path)); err == nil {
			return nil, &exitError{exitUsage, errors.New(a.source("key-file") + ": want the name of a file that holds the key, got a key: other users of the machine and the shell's history see it there. Have it revoked")}
		}
		if text, err = readFile(path, wallet.MaxAPIKey+2); err != nil {
			return nil, fmt.Errorf("%s: %w", a.source("key-file"), err)
		}
		where = path
	}
	if len(text) == 0 && path == "" {
		return nil, nil
	}
	key, err := wallet.ParseAPIKey(text)
	if err != nil {
		return nil, &exitError{exitUsage, fmt.Errorf("%s: %w", where, err)}
	}
	return &key, nil
}

// readFile reads a file of at most so many bytes.
func readFile(path string, most int) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > int64(most) {
		return nil, fmt.Errorf("%s: want at most %d bytes, got %d", path, most, info.Size())
	}
	return os.ReadFile(path)
}

// openUser opens the client of whoever pays: the wallet's, or, delegated to it, an API key's owner.
func (a *app) openUser(profile network.Profile, c *chain.Client) (user *client.Client, delegated bool, err error) {
	key, err := a.apiKey()
	if err != nil {
		return nil, false, err
	}
	if key == nil {
		owner, err := a.owner()
		if err != nil {
			return nil, false, err
		}
		user, err = a.open(a.data, profile, c, client.Config{Owner: owner})
		return user, false, err
	}
	if key.Domain != c.Domain() {
		return nil, false, &exitError{exitUsage, fmt.Errorf("the key is for escrow %s on chain %d, and %s belongs to network %q with escrow %s on chain %d: use a --data directory of the key's network",
			key.Domain.Escrow, key.Domain.ChainID, a.data, profile.Name, c.Domain().Escrow, c.Domain().ChainID)}
	}
	user, err = a.open(a.data, profile, c, client.Config{Delegate: &client.Delegation{Owner: key.Owner, Key: key.Key, Models: key.Models}})
	return user, true, err
}
