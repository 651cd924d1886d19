package main

import (
	"context"
	"encoding/hex"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/rogpeppe/go-internal/testscript"

	platforms "github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/internal/devnet/evm"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
	"github.com/phallama/phallama/wallet"
)

// scriptChain is a chain with the contracts, for one script.
type scriptChain struct {
	profile  network.Profile
	deployer protocol.Key
	owner    protocol.Key
	nonce    uint64
}

const scriptChainKey = "chain"

// chainCommand runs a script's chain.
//
//	chain start            starts it and makes the data directory's wallet, with gas and 100 dPHA
//	chain session TOKENS SECONDS
//	                       opens a session of the wallet's with some pod, which expires so many seconds from now
//	chain keysession FILE TOKENS SECONDS
//	                       opens one with the API key in the file
//	chain address FILE VARIABLE
//	                       sets a variable to the address of the API key in the file
//	chain key              writes the wallet's private key to the file key
func chainCommand(ts *testscript.TestScript, _ bool, args []string) {
	ctx := context.Background()
	data := ts.Getenv("PHALLAMA_DATA")
	s := ts.Value(scriptChainKey).(*scriptChain)
	switch args[0] {
	case "start":
		ts.Check(s.start(ctx, data, filepath.Join(ts.Getenv("WORK"), "chain"), ts.Defer))
	case "key":
		ts.Check(os.WriteFile(ts.MkAbs("key"), []byte(hex.EncodeToString(s.owner.Bytes())+"\n"), 0o600))
	case "session":
		amount, err := parseTokens(args[1])
		ts.Check(err)
		seconds, err := strconv.Atoi(args[2])
		ts.Check(err)
		ts.Check(s.open(ctx, s.owner, false, amount, time.Duration(seconds)*time.Second))
	case "address":
		key, err := wallet.ParseAPIKey([]byte(ts.ReadFile(args[1])))
		ts.Check(err)
		ts.Setenv(args[2], key.Key.Address().String())
	case "keysession":
		key, err := wallet.ParseAPIKey([]byte(ts.ReadFile(args[1])))
		ts.Check(err)
		amount, err := parseTokens(args[2])
		ts.Check(err)
		seconds, err := strconv.Atoi(args[3])
		ts.Check(err)
		ts.Check(s.open(ctx, key.Key, true, amount, time.Duration(seconds)*time.Second))
	default:
		ts.Fatalf("chain %v: unknown", args)
	}
}

func (s *scriptChain) start(ctx context.Context, data, dir string, onEnd func(func())) (err error) {
	if s.deployer, err = protocol.GenerateKey(); err != nil {
		return err
	}
	if s.owner, err = wallet.Create(filepath.Join(data, "wallet"), "", wallet.Options{Light: true}); err != nil {
		return err
	}
	alloc := map[common.Address]*big.Int{}
	for _, key := range []protocol.Key{s.deployer, s.owner} {
		alloc[common.Address(key.Address())] = big.NewInt(1e18)
	}
	node, err := evm.Start(ctx, evm.Config{DataDir: dir, Alloc: alloc, Addr: "127.0.0.1:0", MaxHeadAge: 2 * time.Second})
	if err != nil {
		return err
	}
	onEnd(func() { _ = node.Close() })
	platform, err := platforms.New(platforms.Config{})
	if err != nil {
		return err
	}
	platformCA, processorCA := platform.CAKeys()
	bare := network.Profile{Name: "devnet", ChainID: evm.ChainID, RPC: []string{node.URL()}, Simulated: platform.RootDER()}
	s.profile, err = chain.Deploy(ctx, bare, s.deployer, chain.Terms{PlatformCA: platformCA, ProcessorCA: processorCA, Delay: chain.NoDelay}, chain.Options{})
	if err != nil {
		return err
	}
	if err := s.profile.Save(devnet.ProfilePath(data)); err != nil {
		return err
	}
	return s.with(ctx, func(c *chain.Client) error {
		_, err := chain.NewTransactor(c, s.deployer).Mint(ctx, s.owner.Address(), protocol.Tokens(100))
		return err
	})
}

func (s *scriptChain) with(ctx context.Context, f func(*chain.Client) error) error {
	c, err := chain.Dial(ctx, s.profile, chain.Options{})
	if err != nil {
		return err
	}
	defer c.Close()
	return f(c)
}

// open has the deployer relay an order of the owner's key, or of a delegate's.
func (s *scriptChain) open(ctx context.Context, by protocol.Key, delegated bool, amount protocol.Amount, life time.Duration) error {
	return s.with(ctx, func(c *chain.Client) error {
		now := time.Now()
		o := protocol.OpenSession{
			SessionKey: protocol.SessionKey{Owner: s.owner.Address(), Signer: s.deployer.Address(), Pod: protocol.Address{0xb0, 0xd0}, Salt: s.nonce},
			Cap:        amount, Expiry: uint64(now.Add(life).Unix()), Nonce: s.nonce, Deadline: uint64(now.Add(time.Minute).Unix()),
		}
		s.nonce++
		if delegated {
			o.Signer, o.Salt = by.Address(), o.Salt|protocol.DelegateSalt
		}
		signed := protocol.SignedOpen{OpenSession: o, Signature: by.Sign(c.Domain().Digest(o))}
		_, facts, err := chain.NewTransactor(c, s.deployer).OpenSessions(ctx, o.Pod, []protocol.SignedOpen{signed})
		if err == nil && facts[0].Refused != "" {
			err = errors.New(facts[0].Refused)
		}
		return err
	})
}
