// Package chain reads and moves what the contracts hold on an EVM chain: the list of pods, the users' balances and
// sessions, and settlements. It speaks protocol's types; go-ethereum's do not leave it.
//
// A [Client] reads. A [Transactor] is a client with a key, and sends. Chains are followed by headers, logs and receipts
// only: full blocks of OP-stack chains hold transactions that go-ethereum cannot decode.
package chain

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"net/http"
	"net/url"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/phallama/phallama/chain/bindings/devtoken"
	"github.com/phallama/phallama/chain/bindings/escrow"
	"github.com/phallama/phallama/chain/bindings/podregistry"
	"github.com/phallama/phallama/chain/bindings/sgxquoteverifier"
	"github.com/phallama/phallama/chain/bindings/timelock"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

const requestTimeout = 30 * time.Second

// ErrNotFound says that the chain has no such block, pod or settlement.
var ErrNotFound = errors.New("not found on the chain")

// Options of a client. The zero value will do.
type Options struct {
	// Logger receives warnings, such as about pods whose records do not hold. nil discards them.
	Logger *slog.Logger
	// HTTPClient reaches http and https URLs. nil stands for one that gives up after 30 seconds.
	HTTPClient *http.Client
	// Finality says when a settlement counts as final.
	Finality Finality
	// Fees bound what a Transactor pays.
	Fees Fees
}

// Client reads a chain and its contracts. Its methods may be called concurrently.
type Client struct {
	log    *slog.Logger
	rpc    *rpc.Client
	eth    *ethclient.Client
	url    string // for people: without what may be secret
	domain protocol.Domain

	escrowABI   *escrow.Escrow
	registryABI *podregistry.PodRegistry
	tokenABI    *devtoken.DevToken
	verifierABI *sgxquoteverifier.SgxQuoteVerifier
	timelockABI *timelock.TimelockController
	escrow      common.Address
	registry    common.Address
	token       common.Address
	verifier    common.Address // the registry's
	governor    common.Address // the verifier's

	certificates certificates
	finality     Finality
	finals       finals
	fees         Fees
	oracle       oracle
}

// Dial connects to the first of the profile's RPC URLs that answers, and checks that chain and contracts are those of
// the profile: chain id, code at each address, contracts that name each other, and the domain that everything is signed
// under. What a chain or a node is to blame for is a *DialError.
func Dial(ctx context.Context, profile network.Profile, opts Options) (*Client, error) {
	if err := profile.Validate(); err != nil {
		return nil, err
	}
	if err := profile.Deployed(); err != nil {
		return nil, err
	}
	c, err := connect(ctx, profile, opts)
	if err != nil {
		return nil, err
	}
	if err := c.useContracts(ctx, profile); err != nil {
		c.Close()
		step := StepContracts
		if !isAboutContracts(err) {
			step = StepReach
		}
		return nil, &DialError{step, err}
	}
	return c, nil
}

// Close ends the connection.
func (c *Client) Close() { c.rpc.Close() }

// Domain is what everything on this network is signed under.
func (c *Client) Domain() protocol.Domain { return c.domain }

// Registry is the address of the registry contract.
func (c *Client) Registry() protocol.Address { return protocol.Address(c.registry) }

// Token is the address of the token that balances are held in.
func (c *Client) Token() protocol.Address { return protocol.Address(c.token) }

// connect dials the first URL that answers and checks the chain id.
func connect(ctx context.Context, profile network.Profile, opts Options) (*Client, error) {
	log := opts.Logger
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	finality, err := opts.Finality.complete(profile.ChainID)
	if err != nil {
		return nil, err
	}
	fees, err := opts.Fees.complete()
	if err != nil {
		return nil, err
	}
	var failures []error
	step := StepReach
	for _, raw := range profile.RPC {
		c, err := connectTo(ctx, raw, opts.HTTPClient)
		if err != nil {
			failures = append(failures, err)
			continue
		}
		id, err := c.eth.ChainID(ctx)
		switch {
		case err != nil:
			failures = append(failures, c.failed("ask for its id", err))
		case !id.IsUint64() || id.Uint64() != profile.ChainID:
			step = StepChain
			failures = append(failures, fmt.Errorf("chain at %s: its id is %v and network %q is on %d: correct rpc or chainId in the profile", c.url, id, profile.Name, profile.ChainID))
		default:
			c.log, c.finality, c.fees = log, finality, fees
			c.domain.ChainID = profile.ChainID
			c.escrowABI, c.registryABI, c.tokenABI = escrow.NewEscrow(), podregistry.NewPodRegistry(), devtoken.NewDevToken()
			c.verifierABI, c.timelockABI = sgxquoteverifier.NewSgxQuoteVerifier(), timelock.NewTimelockController()
			return c, nil
		}
		c.Close()
	}
	return nil, &DialError{step, errors.Join(failures...)}
}

func connectTo(ctx context.Context, raw string, client *http.Client) (*Client, error) {
	if client == nil {
		client = &http.Client{Timeout: requestTimeout}
	}
	c := &Client{url: publicURL(raw)}
	conn, err := rpc.DialOptions(ctx, raw, rpc.WithHTTPClient(client))
	if err != nil {
		return nil, c.failed("dial", err)
	}
	c.rpc, c.eth = conn, ethclient.NewClient(conn)
	return c, nil
}

// useContracts takes the profile's addresses after checking what is there.
func (c *Client) useContracts(ctx context.Context, profile network.Profile) error {
	for _, contract := range []struct {
		name, address string
		into          *common.Address
	}{{"token", profile.Token, &c.token}, {"escrow", profile.Escrow, &c.escrow}, {"registry", profile.Registry, &c.registry}} {
		address, err := protocol.ParseAddress(contract.address)
		if err != nil {
			return fmt.Errorf("network %q: %s: %w", profile.Name, contract.name, err)
		}
		*contract.into = common.Address(address)
		code, err := c.eth.CodeAt(ctx, *contract.into, nil)
		if err != nil {
			return c.failed("look for the "+contract.name, err)
		}
		if len(code) == 0 {
			return mismatch("chain %d at %s has no contract at %s, where network %q has its %s: the profile belongs to another chain, or this one was begun anew and the contracts must be deployed again",
				profile.ChainID, c.url, address, profile.Name, contract.name)
		}
	}
	c.domain.Escrow = protocol.Address(c.escrow)

	for _, link := range []struct {
		from   string
		at     common.Address
		data   []byte
		unpack func([]byte) (common.Address, error)
		to     string
		want   common.Address
	}{
		{"escrow", c.escrow, c.escrowABI.PackRegistry(), c.escrowABI.UnpackRegistry, "registry", c.registry},
		{"escrow", c.escrow, c.escrowABI.PackToken(), c.escrowABI.UnpackToken, "token", c.token},
		{"registry", c.registry, c.registryABI.PackEscrow(), c.registryABI.UnpackEscrow, "escrow", c.escrow},
	} {
		got, err := call(ctx, c, "ask the "+link.from+" for its "+link.to, link.at, link.data, link.unpack)
		if err != nil {
			return err
		}
		if got != link.want {
			return mismatch("network %q: the %s at %s belongs to the %s at %s, and the profile says %s: correct the addresses in the profile",
				profile.Name, link.from, link.at, link.to, got, link.want)
		}
	}
	var err error
	if c.verifier, err = call(ctx, c, "ask the registry for its verifier", c.registry, c.registryABI.PackVerifier(), c.registryABI.UnpackVerifier); err != nil {
		return err
	}
	if c.governor, err = call(ctx, c, "ask the verifier for its governor", c.verifier, c.verifierABI.PackGovernor(), c.verifierABI.UnpackGovernor); err != nil {
		return err
	}
	separator, err := call(ctx, c, "ask the escrow for its domain", c.escrow, c.escrowABI.PackDomainSeparator(), c.escrowABI.UnpackDomainSeparator)
	if err != nil {
		return err
	}
	if want := c.domain.Separator(); protocol.Hash(separator) != want {
		return mismatch("network %q: the escrow at %s has domain separator %s and this program signs under %s: they are of different versions",
			profile.Name, c.escrow, protocol.Hash(separator), want)
	}
	return nil
}

// call asks a contract at the latest head.
func call[T any](ctx context.Context, c *Client, what string, to common.Address, data []byte, unpack func([]byte) (T, error)) (T, error) {
	raw, err := c.eth.CallContract(ctx, ethereum.CallMsg{To: &to, Data: data}, nil)
	if err != nil {
		var none T
		return none, c.failed(what, err)
	}
	value, err := unpack(raw)
	if err != nil {
		return value, fmt.Errorf("%s: the contract at %s %w: %w", what, to, errUnexpected, err)
	}
	return value, nil
}

var errUnexpected = errors.New("answers something else than expected")

// header is what is needed of a block's header. The hash is taken as the node says: chains add fields to their headers
// that a hash computed here would lack.
type header struct {
	Number  hexutil.Uint64 `json:"number"`
	Hash    common.Hash    `json:"hash"`
	Time    hexutil.Uint64 `json:"timestamp"`
	BaseFee *hexutil.Big   `json:"baseFeePerGas"`
}

func (h *header) block() protocol.Block {
	return protocol.Block{Number: uint64(h.Number), Hash: protocol.Hash(h.Hash), Time: uint64(h.Time)}
}

func (c *Client) head(ctx context.Context) (*header, error) {
	var h *header
	if err := c.rpc.CallContext(ctx, &h, "eth_getBlockByNumber", "latest", false); err != nil {
		return nil, c.failed("ask for the head", err)
	}
	if h == nil {
		return nil, fmt.Errorf("chain at %s has no head: it is still starting; try again", c.url)
	}
	return h, nil
}

// Head is the latest block.
func (c *Client) Head(ctx context.Context) (protocol.Block, error) {
	h, err := c.head(ctx)
	if err != nil {
		return protocol.Block{}, err
	}
	return h.block(), nil
}

// BlockByHash is the block of that hash, or wraps ErrNotFound.
func (c *Client) BlockByHash(ctx context.Context, hash protocol.Hash) (protocol.Block, error) {
	var h *header
	if err := c.rpc.CallContext(ctx, &h, "eth_getBlockByHash", common.Hash(hash), false); err != nil {
		return protocol.Block{}, c.failed("ask for a block", err)
	}
	if h == nil {
		return protocol.Block{}, fmt.Errorf("block %s: %w", hash, ErrNotFound)
	}
	return h.block(), nil
}

// BlockAt is the block of that number, or wraps ErrNotFound.
func (c *Client) BlockAt(ctx context.Context, number uint64) (protocol.Block, error) {
	var h *header
	if err := c.rpc.CallContext(ctx, &h, "eth_getBlockByNumber", hexutil.Uint64(number), false); err != nil {
		return protocol.Block{}, c.failed("ask for a block", err)
	}
	if h == nil {
		return protocol.Block{}, fmt.Errorf("block %d: %w", number, ErrNotFound)
	}
	return h.block(), nil
}

// Account is an owner's unlocked balance and nonces.
func (c *Client) Account(ctx context.Context, owner protocol.Address) (protocol.Account, error) {
	out, err := call(ctx, c, "read an account", c.escrow, c.escrowABI.PackAccount(common.Address(owner)), c.escrowABI.UnpackAccount)
	if err != nil {
		return protocol.Account{}, err
	}
	avail, err := protocol.AmountFromBig(out.Avail)
	if err != nil {
		return protocol.Account{}, fmt.Errorf("account of %s: %w", owner, err)
	}
	window, err := protocol.AmountFromBig(out.NonceWindow) // 96 bits as well
	if err != nil {
		return protocol.Account{}, fmt.Errorf("account of %s: nonce window: %w", owner, err)
	}
	return protocol.Account{Avail: avail, NonceBase: out.NonceBase, NonceWindow: window.Bytes12()}, nil
}

// Session is the session as the chain has it, with a zero Cap if it has none.
func (c *Client) Session(ctx context.Context, key protocol.SessionKey) (protocol.SessionFact, error) {
	facts, err := c.Sessions(ctx, []protocol.SessionKey{key})
	if err != nil {
		return protocol.SessionFact{}, err
	}
	return facts[0], nil
}

// sessionsPerCall bounds one JSON-RPC batch.
const sessionsPerCall = 100

// Sessions is Session for many, in the same order.
func (c *Client) Sessions(ctx context.Context, keys []protocol.SessionKey) ([]protocol.SessionFact, error) {
	facts := make([]protocol.SessionFact, 0, len(keys))
	for len(keys) > 0 {
		n := min(len(keys), sessionsPerCall)
		page, err := c.sessions(ctx, keys[:n])
		if err != nil {
			return nil, err
		}
		facts, keys = append(facts, page...), keys[n:]
	}
	return facts, nil
}

func (c *Client) sessions(ctx context.Context, keys []protocol.SessionKey) ([]protocol.SessionFact, error) {
	const what = "read a session"
	calls := make([]rpc.BatchElem, len(keys))
	for i, key := range keys {
		args := map[string]any{"to": c.escrow, "data": hexutil.Bytes(c.escrowABI.PackSession(key.ID()))}
		calls[i] = rpc.BatchElem{Method: "eth_call", Args: []any{args, "latest"}, Result: new(hexutil.Bytes)}
	}
	if err := c.rpc.BatchCallContext(ctx, calls); err != nil {
		return nil, c.failed(what, err)
	}
	facts := make([]protocol.SessionFact, len(keys))
	for i, answer := range calls {
		if answer.Error != nil {
			return nil, c.failed(what, answer.Error)
		}
		out, err := c.escrowABI.UnpackSession(*answer.Result.(*hexutil.Bytes))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", what, err)
		}
		fact := protocol.SessionFact{SessionKey: keys[i], Expiry: out.Expiry.Uint64(), Closing: out.Closing}
		if fact.Cap, err = protocol.AmountFromBig(out.Cap); err == nil {
			fact.Claimed, err = protocol.AmountFromBig(out.Claimed)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", what, err)
		}
		facts[i] = fact
	}
	return facts, nil
}

// Claimable is what a pod has earned and its operator has not yet been paid.
func (c *Client) Claimable(ctx context.Context, pod protocol.Address) (protocol.Amount, error) {
	out, err := call(ctx, c, "read a pod's earnings", c.escrow, c.escrowABI.PackClaimable(common.Address(pod)), c.escrowABI.UnpackClaimable)
	if err != nil {
		return protocol.Amount{}, err
	}
	return protocol.AmountFromBig(out)
}

// LastSeq is the sequence number of a pod's last settled batch, 0 before the first.
func (c *Client) LastSeq(ctx context.Context, pod protocol.Address) (uint64, error) {
	return call(ctx, c, "read a pod's last batch", c.escrow, c.escrowABI.PackLastSeq(common.Address(pod)), c.escrowABI.UnpackLastSeq)
}

// TokenBalance is how much of the token an account holds outside the escrow.
func (c *Client) TokenBalance(ctx context.Context, account protocol.Address) (protocol.Amount, error) {
	out, err := call(ctx, c, "read a token balance", c.token, c.tokenABI.PackBalanceOf(common.Address(account)), c.tokenABI.UnpackBalanceOf)
	if err != nil {
		return protocol.Amount{}, err
	}
	return protocol.AmountFromBig(out)
}

// GasBalance is how much of the chain's own currency an account holds, in wei.
func (c *Client) GasBalance(ctx context.Context, account protocol.Address) (*big.Int, error) {
	balance, err := c.eth.BalanceAt(ctx, common.Address(account), nil)
	if err != nil {
		return nil, c.failed("read a balance", err)
	}
	return balance, nil
}

// publicURL is scheme and host of a URL: providers put keys into paths, queries and user names.
func publicURL(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return "(an invalid URL)"
	}
	return u.Scheme + "://" + u.Host
}
