package evm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"path/filepath"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/eth"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/params"
)

// ChainID is the devnet's own chain id, one of those for which simulated
// attestation is accepted.
const ChainID = 1337008

const (
	instance = "chain" // directory inside the data directory

	// GasLimit of every block. Osaka allows one transaction 16,777,216 gas.
	GasLimit = 30_000_000

	// minGasPrice in wei is what pool and sealer both ask as a tip. Were they
	// to differ, the pool would hold transactions that never fit.
	minGasPrice = 1

	// go-ethereum's own defaults reserve gigabytes for mainnet.
	databaseCacheMiB = 16
	databaseHandles  = 64
	trieCacheMiB     = 16
)

func isDevChain(id uint64) bool { return id == 1337 || id == 31337 || id == ChainID }

// ChainConfig is the rules of a development chain with the given id: every
// fork up to Osaka from genesis on, and none after it.
// params.AllDevChainProtocolChanges is no substitute: it switches on an
// unreleased fork with other gas costs. A genesis block under these rules
// needs core.SystemContractAllocs, as simulated.NewBackend adds by itself.
func ChainConfig(id uint64) *params.ChainConfig {
	zero := func() *uint64 { return new(uint64) }
	return &params.ChainConfig{
		ChainID:                 new(big.Int).SetUint64(id),
		HomesteadBlock:          new(big.Int),
		EIP150Block:             new(big.Int),
		EIP155Block:             new(big.Int),
		EIP158Block:             new(big.Int),
		ByzantiumBlock:          new(big.Int),
		ConstantinopleBlock:     new(big.Int),
		PetersburgBlock:         new(big.Int),
		IstanbulBlock:           new(big.Int),
		MuirGlacierBlock:        new(big.Int),
		BerlinBlock:             new(big.Int),
		LondonBlock:             new(big.Int),
		ArrowGlacierBlock:       new(big.Int),
		GrayGlacierBlock:        new(big.Int),
		TerminalTotalDifficulty: new(big.Int),
		ShanghaiTime:            zero(),
		CancunTime:              zero(),
		PragueTime:              zero(),
		OsakaTime:               zero(),
		BlobScheduleConfig: &params.BlobScheduleConfig{
			Cancun: params.DefaultCancunBlobConfig,
			Prague: params.DefaultPragueBlobConfig,
		},
	}
}

func genesis(cfg Config, now time.Time) *core.Genesis {
	alloc := core.SystemContractAllocs()
	for account, balance := range cfg.Alloc {
		a := alloc[account] // a system contract keeps its code
		a.Balance = balance
		alloc[account] = a
	}
	return &core.Genesis{
		Config:   ChainConfig(cfg.ChainID),
		GasLimit: GasLimit,
		// The chain's clock starts with the chain: calls made before the
		// first block would otherwise find themselves in 1970.
		Timestamp: uint64(now.Unix()),
		Alloc:     alloc,
	}
}

// openNode takes the data directory.
func openNode(dir string) (*node.Node, error) {
	key, err := crypto.GenerateKey()
	if err != nil {
		return nil, fmt.Errorf("generate a node key: %w", err)
	}
	dir, err = filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	n, err := node.New(&node.Config{
		Name:        instance,
		DataDir:     dir,
		KeyStoreDir: filepath.Join(dir, instance), // or an empty directory more is made
		P2P:         p2p.Config{PrivateKey: key, NoDiscovery: true},
	})
	if errors.Is(err, node.ErrDatadirUsed) {
		return nil, fmt.Errorf("the chain in %s is in use by another process: stop that one, or choose another data directory (--data)", dir)
	}
	if err != nil {
		return nil, fmt.Errorf("open data directory %s: %w", dir, err)
	}
	n.Server().NodeDatabase = "" // no peers to remember on disk
	return n, nil
}

// openChain opens the chain in the node's data directory, or creates it.
func openChain(n *node.Node, cfg Config) (*eth.Ethereum, error) {
	conf := ethconfig.Defaults
	// A process killed while go-ethereum prunes state in memory comes back at
	// its genesis block. Every block's state goes to disk with the block.
	conf.StateScheme = rawdb.HashScheme
	conf.NoPruning = true
	conf.SyncMode = ethconfig.FullSync
	conf.TransactionHistory = 0 // every receipt stays
	conf.LogNoHistory = true    // no log index: a small chain is searched quickly
	conf.DatabaseCache = databaseCacheMiB
	conf.DatabaseHandles = databaseHandles
	conf.TrieCleanCache = trieCacheMiB
	conf.TrieDirtyCache = 0
	conf.SnapshotCache = 0
	conf.TxPool.NoLocals = true
	conf.TxPool.Journal = ""
	conf.TxPool.PriceLimit = minGasPrice
	conf.BlobPool.Datadir = "" // in memory, as the other pending transactions
	conf.Miner.GasCeil = GasLimit
	conf.Miner.GasPrice = big.NewInt(minGasPrice)

	var err error
	if conf.Genesis, err = prepare(n, cfg); err != nil {
		return nil, fmt.Errorf("the chain in %s: %w", cfg.DataDir, err)
	}
	chain, err := eth.New(n, &conf)
	if err != nil {
		return nil, fmt.Errorf("open the chain in %s: %w", cfg.DataDir, err)
	}
	return chain, nil
}

// prepare returns the genesis block to begin with, or nil if the data directory
// holds a chain already, which must have the rules wanted. go-ethereum itself
// would take another chain's rules over silently, or refuse our genesis block
// for its time and balances.
func prepare(n *node.Node, cfg Config) (*core.Genesis, error) {
	db, err := n.OpenDatabaseWithOptions("chaindata", node.DatabaseOptions{
		Cache:   databaseCacheMiB,
		Handles: databaseHandles,
	})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	hash := rawdb.ReadCanonicalHash(db, 0)
	if hash == (common.Hash{}) {
		// Every block is indexed as it comes. Without this mark, asking an
		// empty chain for a receipt fails ("indexing is in progress") where
		// it should find none.
		rawdb.WriteTxIndexTail(db, 0)
		return genesis(cfg, time.Now()), nil
	}
	stored := rawdb.ReadChainConfig(db, hash)
	if stored == nil || stored.ChainID == nil {
		return nil, fmt.Errorf("no rules are stored with genesis block %s", hash)
	}
	if err := checkRules(stored, ChainConfig(cfg.ChainID)); err != nil {
		return nil, fmt.Errorf("%w: choose another data directory, or remove this one to begin anew", err)
	}
	return nil, nil
}

func checkRules(stored, want *params.ChainConfig) error {
	if stored.ChainID.Cmp(want.ChainID) != 0 {
		return fmt.Errorf("its chain id is %v, not %v", stored.ChainID, want.ChainID)
	}
	a, err := json.Marshal(stored)
	if err != nil {
		return fmt.Errorf("its rules: %w", err)
	}
	b, err := json.Marshal(want)
	if err != nil {
		return err
	}
	if !bytes.Equal(a, b) {
		return errors.New("it was created under other rules (forks) than this version's")
	}
	return nil
}
