package chain

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/internal/devnet/evm"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

// One chain with the contracts serves all tests: its blocks are a second apart.
var (
	dataDir string
	started sync.Once
	world   struct {
		chain   *evm.Chain
		profile network.Profile
		keys    []protocol.Key // each with gas; the first deployed the contracts
		// platform is what the contracts take for Intel's.
		platform *simulated.Platform
		err      error
	}
	nextKey atomic.Int32
)

func TestMain(m *testing.M) {
	var err error
	if dataDir, err = os.MkdirTemp("", "phallama-chain-test-"); err != nil {
		panic(err)
	}
	code := m.Run()
	if world.chain != nil {
		if err := world.chain.Close(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	_ = os.RemoveAll(dataDir)
	os.Exit(code)
}

func startWorld() error {
	alloc := map[common.Address]*big.Int{}
	for range 1000 { // enough for -count, too
		key, err := protocol.GenerateKey()
		if err != nil {
			return err
		}
		world.keys = append(world.keys, key)
		alloc[common.Address(key.Address())] = big.NewInt(1e18)
	}
	var err error
	// Not a moving clock of its own: see evm.Config.MaxHeadAge.
	if world.chain, err = evm.Start(context.Background(), evm.Config{DataDir: dataDir, Alloc: alloc, Addr: "127.0.0.1:0"}); err != nil {
		return err
	}
	bare := network.Profile{Name: "test", ChainID: evm.ChainID, RPC: []string{world.chain.URL()}}
	if world.platform, err = simulated.New(simulated.Config{}); err != nil {
		return err
	}
	platformCA, processorCA := world.platform.CAKeys()
	terms := Terms{PlatformCA: platformCA, ProcessorCA: processorCA, Delay: NoDelay}
	world.profile, err = Deploy(context.Background(), bare, world.keys[0], terms, Options{})
	return err
}

func profile(t *testing.T) network.Profile {
	t.Helper()
	started.Do(func() { world.err = startWorld() })
	if world.err != nil {
		t.Fatal(world.err)
	}
	return world.profile
}

// transactor is a new account with gas.
func transactor(t *testing.T) *Transactor {
	t.Helper()
	p := profile(t)
	return transactorOf(t, p, world.keys[int(nextKey.Add(1))])
}

func deployer(t *testing.T) *Transactor {
	t.Helper()
	p := profile(t)
	return transactorOf(t, p, world.keys[0])
}

func transactorOf(t *testing.T, p network.Profile, key protocol.Key) *Transactor {
	t.Helper()
	return transactorWith(t, p, key, Options{})
}

func transactorWith(t *testing.T, p network.Profile, key protocol.Key, opts Options) *Transactor {
	t.Helper()
	c, err := Dial(t.Context(), p, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return NewTransactor(c, key)
}

// minting has the deployer's transactions follow one another.
var minting sync.Mutex

func mint(t *testing.T, to protocol.Address, amount protocol.Amount) {
	t.Helper()
	minting.Lock()
	defer minting.Unlock()
	if _, err := deployer(t).Mint(t.Context(), to, amount); err != nil {
		t.Fatal(err)
	}
}

func newKey(t *testing.T) protocol.Key {
	t.Helper()
	key, err := protocol.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func diff(want, got any) string {
	return cmp.Diff(want, got, cmpopts.EquateComparable(protocol.Amount{}))
}

// An enclave signs what a pod's identity signs.
type enclave struct {
	protocol.Key
	domain protocol.Domain
	pod    protocol.Address
}

func (e enclave) keyConfig(epoch uint64) protocol.SignedKeyConfig {
	config := []byte(fmt.Sprintf("key config %d", epoch))
	now := uint64(time.Now().Unix())
	k := protocol.KeyConfig{Enclave: e.Address(), ConfigHash: protocol.Keccak256(config), NotBefore: now - 60, NotAfter: now + 12*3600, Epoch: epoch}
	return protocol.SignedKeyConfig{KeyConfig: k, Config: config, Signature: e.Sign(e.domain.Digest(k))}
}

// registration is of a TDX guest, whose quote a development chain takes as it is: for tests in which the quote does not
// matter.
func (e enclave) registration() protocol.Registration {
	now := uint64(time.Now().Unix())
	var offers []protocol.SignedOffer
	for _, model := range []string{"wisp:latest", "llama3.2:1b"} {
		o := protocol.Offer{
			Pod: e.pod, Model: model, ModelDigest: protocol.Keccak256([]byte(model)), InPerM: protocol.Tokens(1), CachedPerM: protocol.Units(5),
			OutPerM: protocol.Tokens(2), PerRequest: protocol.Units(7), Context: 2048, DefaultOut: 512, MaxOut: 1024, ValidUntil: now + 24*3600,
		}
		offers = append(offers, protocol.SignedOffer{Offer: o, Signature: e.Sign(e.domain.Digest(o))})
	}
	return protocol.Registration{
		Identity: e.Address(), ValidUntil: now + 6*24*3600, Kind: protocol.EvidenceTDX, Evidence: bytes.Repeat([]byte("quote "), 800),
		KeyConfig: e.keyConfig(1), Offers: offers,
	}
}

// proof is of a TDX guest: the quote as it is and a recent block.
func proof(t *testing.T, c *Client, r protocol.Registration) protocol.IdentityProof {
	t.Helper()
	head, err := c.QuoteBlock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	header, err := c.Header(t.Context(), head.Hash)
	if err != nil {
		t.Fatal(err)
	}
	return protocol.IdentityProof{Quote: r.Evidence, Header: header}
}

// register lists a new pod of t's account.
func register(t *testing.T, operator *Transactor) enclave {
	t.Helper()
	salt := protocol.Keccak256([]byte(t.Name()))
	e := enclave{newKey(t), operator.Domain(), protocol.PodID(operator.Registry(), operator.Address(), salt)}
	r := e.registration()
	if _, id, err := operator.Register(t.Context(), salt, r, proof(t, operator.Client, r), "https://pod.example"); err != nil || id != e.pod {
		t.Fatalf("register: %v, %v", id, err)
	}
	return e
}

// A meddler is a JSON-RPC proxy in front of the chain. meddle gets each single request's method and either answers it
// itself (a result) or changes the chain's result.
func meddler(t *testing.T, meddle func(method string, forward func() json.RawMessage) json.RawMessage) network.Profile {
	t.Helper()
	p := profile(t)
	chain := p.RPC[0]
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
			return
		}
		post := func() []byte {
			answer, err := http.Post(chain, "application/json", bytes.NewReader(body))
			if err != nil {
				t.Error(err)
				return nil
			}
			defer answer.Body.Close()
			raw, err := io.ReadAll(answer.Body)
			if err != nil {
				t.Error(err)
			}
			return raw
		}
		w.Header().Set("Content-Type", "application/json")
		var call struct {
			ID     json.RawMessage `json:"id"`
			Method string          `json:"method"`
		}
		if json.Unmarshal(body, &call) != nil { // a batch
			_, _ = w.Write(post())
			return
		}
		var answer struct {
			Version string          `json:"jsonrpc"`
			ID      json.RawMessage `json:"id"`
			Result  json.RawMessage `json:"result,omitempty"`
			Error   json.RawMessage `json:"error,omitempty"`
		}
		result := meddle(call.Method, func() json.RawMessage {
			if err := json.Unmarshal(post(), &answer); err != nil {
				t.Error(err)
			}
			return answer.Result
		})
		answer.Version, answer.ID, answer.Result = "2.0", call.ID, result
		_ = json.NewEncoder(w).Encode(answer)
	}))
	t.Cleanup(server.Close)
	p.RPC = []string{server.URL}
	return p
}
