// Package evm runs the devnet's EVM chain inside the process: a go-ethereum
// node without peers, sealed by a loop of its own and kept in a data
// directory. It serves the eth, net and web3 namespaces over HTTP and
// WebSocket on one loopback address, and opens no other socket.
//
// Rules: [ChainConfig], Osaka and nothing later. Contract tests that use
// ethclient/simulated take the same rules from it.
//
// Blocks: a pending transaction is sealed at once if the head is older than
// the current second, else at the next second, so the chain's clock never runs
// ahead of the wall's. A transaction that cannot be included (a nonce gap, a
// fee cap below the base fee) waits and causes no blocks. Blocks carry
// increasing seconds, so there is at most one a second.
//
// Durability: whatever an RPC client, remote or in process, has been told
// about the chain is on disk. Sealing a block and syncing it to disk is one
// step, and no byte leaves for a client while that step is under way; if the
// sync fails, no byte leaves any more and the chain stops. A killed process
// therefore loses no receipt that anybody saw. Pending transactions are not
// kept: they end with the process, killed or closed, and their sender
// resubmits them.
package evm

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/eth"
	"github.com/ethereum/go-ethereum/eth/catalyst"
	"github.com/ethereum/go-ethereum/eth/filters"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/rpc"
)

// shutdownGrace is how long Close lets requests under way finish.
const shutdownGrace = 2 * time.Second

// Config says which chain to run and where.
type Config struct {
	// DataDir holds the chain. It is created (0700) if it is missing and can
	// be used by one process at a time. Required.
	DataDir string

	// ChainID of the chain: 1337, 31337 or [ChainID], which 0 stands for.
	// Others are refused: a transaction signed for this chain must be worth
	// nothing on a real one.
	ChainID uint64

	// Alloc gives accounts their balances in wei in the genesis block. It
	// counts only when DataDir holds no chain yet and is ignored afterwards.
	Alloc map[common.Address]*big.Int

	// Addr is where JSON-RPC is served, a loopback IP address and a port such
	// as "127.0.0.1:8545"; port 0 picks a free one. Required.
	Addr string

	// MaxHeadAge, if not 0, has an empty block sealed whenever the head is
	// that old. Calls and gas estimates run at the head's time: without it,
	// they see an idle chain's clock stand still, and a deadline that passed
	// by the wall's clock still lies ahead for them.
	MaxHeadAge time.Duration

	// Logger receives the chain's log and go-ethereum's, from warnings up.
	// go-ethereum has one logger a process: with several chains in one, the
	// last started receives its messages. nil discards them.
	Logger *slog.Logger
}

// A Chain is a running chain. Its methods may be called concurrently.
type Chain struct {
	log     *slog.Logger
	node    *node.Node
	eth     *eth.Ethereum
	beacon  *catalyst.SimulatedBeacon
	durable *gate
	server  *rpc.Server
	http    *http.Server
	url     string
	client  *ethclient.Client

	stopLog func()
	stop    context.CancelFunc // ends the sealer
	sealing chan struct{}      // closed when the sealer has ended
	tests   chan disturbance   // to the sealer
	closing sync.Once
	closed  chan struct{}
	err     error // of Close; read after closed
}

// Start opens the chain in cfg.DataDir, creating it if there is none, and
// serves it until ctx ends, Close is called or the disk fails.
func Start(ctx context.Context, cfg Config) (*Chain, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.ChainID == 0 {
		cfg.ChainID = ChainID
	}
	if err := cfg.check(); err != nil {
		return nil, fmt.Errorf("evm: %w", err)
	}
	c := &Chain{
		log:     cfg.Logger,
		durable: new(gate),
		stopLog: routeGethLog(cfg.Logger.Handler()),
		sealing: make(chan struct{}),
		tests:   make(chan disturbance),
		closed:  make(chan struct{}),
	}
	if err := c.start(ctx, cfg); err != nil {
		c.stopLog()
		return nil, fmt.Errorf("evm: %w", err)
	}
	return c, nil
}

func (cfg *Config) check() error {
	if cfg.DataDir == "" {
		return errors.New("no data directory given for the chain")
	}
	if !isDevChain(cfg.ChainID) {
		return fmt.Errorf("chain id %d is not a development chain's: use %d, 1337 or 31337, "+
			"so that what is signed here is worth nothing on a real chain", cfg.ChainID, uint64(ChainID))
	}
	addr, err := netip.ParseAddrPort(cfg.Addr)
	if err != nil || !addr.Addr().IsLoopback() {
		return fmt.Errorf("address %q for the chain's JSON-RPC is not a loopback IP address and port such as 127.0.0.1:8545", cfg.Addr)
	}
	for account, balance := range cfg.Alloc {
		if balance == nil || balance.Sign() < 0 || balance.BitLen() > 256 {
			return fmt.Errorf("genesis balance of %s is %v: want 0 to 2^256-1 wei", account, balance)
		}
	}
	if cfg.MaxHeadAge < 0 || cfg.MaxHeadAge > 0 && cfg.MaxHeadAge < time.Second {
		return fmt.Errorf("greatest age of the head is %v: want 0 or at least 1s, the least time between blocks", cfg.MaxHeadAge)
	}
	return nil
}

// start acquires in the order: data directory, address, database, goroutines.
// On an error it releases what it has.
func (c *Chain) start(ctx context.Context, cfg Config) (err error) {
	if c.node, err = openNode(cfg.DataDir); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = c.node.Close() // the first error says more
		}
	}()
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return fmt.Errorf("serve the chain's JSON-RPC: %w", err)
	}
	defer func() {
		if err != nil {
			_ = listener.Close()
		}
	}()
	if c.eth, err = openChain(c.node, cfg); err != nil {
		return err
	}
	if c.server, err = newServer(c.eth, filters.NewFilterSystem(c.eth.APIBackend, filters.Config{})); err != nil {
		return err
	}
	if err = c.node.Start(); err != nil {
		return fmt.Errorf("start the chain in %s: %w", cfg.DataDir, err)
	}
	// Not registered as the node's API: that would start a sealing loop which
	// runs ahead of the clock and spins on transactions that do not fit.
	if c.beacon, err = catalyst.NewSimulatedBeacon(0, common.Address{}, c.eth); err != nil {
		return fmt.Errorf("resume the chain in %s: %w", cfg.DataDir, err)
	}
	if err = c.eth.ChainDb().SyncKeyValue(); err != nil {
		return fmt.Errorf("write the chain in %s to disk: %w", cfg.DataDir, err)
	}
	if c.client, err = c.attach(); err != nil {
		return fmt.Errorf("attach to the chain: %w", err)
	}

	c.url = "http://" + listener.Addr().String()
	c.http = newHTTPServer(c.server, c.log)
	go func() { _ = c.http.Serve(&gatedListener{listener, c.durable}) }()

	var running context.Context
	running, c.stop = context.WithCancel(ctx)
	s := c.newSealer(cfg.MaxHeadAge)
	go func() {
		defer close(c.sealing)
		if err := s.run(running); err != nil {
			c.log.Error("the chain stops", "error", err)
			c.stop()
		}
	}()
	context.AfterFunc(running, func() { c.Close() })
	return nil
}

// URL is where the chain serves JSON-RPC over HTTP; the same address with the
// scheme ws serves WebSocket.
func (c *Chain) URL() string { return c.url }

// Client speaks to the chain without a socket, under the same promise of
// durability as over one. It is shared and closed by Close; calls under way
// then end with an error or, in go-ethereum's client, with their context.
func (c *Chain) Client() *ethclient.Client { return c.client }

// Done is closed when the chain has stopped, for whichever reason; Close then
// reports whether it failed.
func (c *Chain) Done() <-chan struct{} { return c.closed }

// Close stops the chain, waits until it has stopped and the data directory is
// free, and reports why it failed, if it did. Calls after the first wait and
// report the same.
func (c *Chain) Close() error {
	c.closing.Do(func() {
		grace, cancel := context.WithTimeout(context.Background(), shutdownGrace)
		defer cancel()
		if c.http.Shutdown(grace) != nil {
			_ = c.http.Close()
		}
		c.server.Stop() // ends WebSocket connections and the in-process one
		c.client.Close()
		c.stop()
		<-c.sealing
		c.err = errors.Join(c.durable.pass(), c.node.Close())
		if c.err != nil {
			c.err = fmt.Errorf("evm: %w", c.err)
		}
		c.stopLog()
		close(c.closed)
	})
	return c.err
}
