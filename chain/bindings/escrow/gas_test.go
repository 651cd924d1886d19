package escrow_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/x509"
	"math/big"
	"strconv"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/ethclient/simulated"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	platform "github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/chain/bindings/devtoken"
	"github.com/phallama/phallama/chain/bindings/escrow"
	"github.com/phallama/phallama/chain/bindings/podregistry"
	"github.com/phallama/phallama/chain/bindings/sgxquoteverifier"
	"github.com/phallama/phallama/chain/bindings/timelock"
	"github.com/phallama/phallama/internal/devnet/evm"
	"github.com/phallama/phallama/protocol"
)

const (
	chainID      = 1337
	txGasLimit   = 16_777_216 // EIP-7825
	txBytesLimit = 128 << 10  // of go-ethereum's pool
)

// TestGas holds the gas of whole transactions, from receipts under Osaka's rules, to the figures in docs/spec/billing.md.
// Signed timestamps differ from run to run and with them the zero bytes of the calldata: hence the tolerance.
func TestGas(t *testing.T) {
	n := newNetwork(t)
	check := func(what string, want, gas uint64) uint64 {
		t.Helper()
		t.Logf("%-36s %9d gas", what, gas)
		if diff := float64(gas)/float64(want) - 1; diff < -0.01 || diff > 0.01 {
			t.Errorf("%s: %d gas, want %d within 1%%", what, gas, want)
		}
		return gas
	}
	// What users and operators are told that it costs at most.
	bound := func(what string, most, gas uint64) {
		t.Helper()
		t.Logf("%-36s %9d gas, at most %d", what, gas, most)
		if gas > most {
			t.Errorf("%s: %d gas, want at most %d", what, gas, most)
		}
	}
	check("deploy SgxQuoteVerifier", 4_501_571, n.deployGas[2])
	check("deploy PodRegistry", 4_207_630, n.deployGas[3])
	check("deploy Escrow", 4_997_319, n.deployGas[4])
	check("register a platform", 219_062, n.registerPlatform())
	check("register, SGX quote, 1 offer", 404_717, n.register())
	n.identity = protocolKey(t, "another identity")
	check("admit an identity", 126_131, n.send(n.registry, podregistry.NewPodRegistry().PackAdmitIdentity(common.Address(n.pod), n.attestation())))

	check("publish a relay", 47_369, n.send(n.registry, podregistry.NewPodRegistry().PackPublishRelay("https://other.example")))

	sessions := func(from, to int) (keys []protocol.SessionKey) {
		for _, owner := range n.owners[from:to] {
			keys = append(keys, n.session(owner, 0))
		}
		return keys
	}
	check("open 1", 68_067, n.open(sessions(0, 1)))
	check("settle 1, first of the pod", 79_142, n.settle(sessions(0, 1), 1))
	one := check("settle 1", 59_184, n.settle(sessions(0, 1), 2))
	acked := check("settle 1 acknowledged", 42_581, n.settleAcked(sessions(0, 1), 3))
	check("close 1 now", 50_642, n.closeNow(sessions(0, 1)[0], 3))
	check("open 10", 456_808, n.open(sessions(1, 11)))
	check("settle 10", 173_966, n.settle(sessions(1, 11), 1))
	opened := check("open 100", 4_352_399, n.open(sessions(11, 111)))
	hundred := check("settle 100", 1_321_678, n.settle(sessions(11, 111), 1))
	check("settle 100 acknowledged", 1_283_801, n.settleAcked(sessions(11, 111), 2))

	// As many rows as a transaction of 128 KiB holds, give or take: sessions of one owner, which cost the same to settle.
	var many []protocol.SessionKey
	for salt := range uint64(715) {
		many = append(many, n.session(n.owners[111], salt))
	}
	for rest := many; len(rest) > 0; rest = rest[min(len(rest), 200):] {
		n.open(rest[:min(len(rest), 200)])
	}
	full := check("settle 715", 9_205_534, n.settle(many, 1))
	check("settle 715, all of them replayed", 6_033_072, n.settle(many, 1))

	bound("settle of 1 session", 60_000, one)
	bound("each further session of 100", 13_500, (hundred-one)/99)
	bound("settle of 1 acknowledged session", 46_000, acked)
	bound("each opening of 100", 48_000, opened/100)
	bound("settle of 715 sessions, in 128 KiB", 10_000_000, full)
}

// network is a chain with the three contracts, one pod and one account that sends everything.
type network struct {
	t        *testing.T
	sim      *simulated.Backend
	opts     *bind.TransactOpts
	domain   protocol.Domain
	registry *bind.BoundContract
	escrow   *bind.BoundContract
	token    *bind.BoundContract
	verifier *bind.BoundContract
	escrowAt common.Address

	platform   *platform.Platform
	source     *platform.Source
	registryAt common.Address

	pod      protocol.Address
	identity protocol.Key
	signer   protocol.Key
	owners   []protocol.Address // each with 1,000 tokens in the escrow
	keys     map[protocol.Address]protocol.Key
	nonces   map[common.Address]uint64
	seq      uint64

	deployGas []uint64
}

func newNetwork(t *testing.T) *network {
	key := ecdsaKey(t, "sender")
	sender := crypto.PubkeyToAddress(key.PublicKey)
	ether := new(big.Int).Exp(big.NewInt(10), big.NewInt(24), nil)
	alloc := types.GenesisAlloc{sender: {Balance: ether}}
	var owners []protocol.Address
	keys := make(map[protocol.Address]protocol.Key)
	for i := range 112 {
		key := protocolKey(t, ownerLabel(i))
		owners = append(owners, key.Address())
		keys[owners[i]] = key
		alloc[common.Address(owners[i])] = types.Account{Balance: ether}
	}
	sim := simulated.NewBackend(alloc, func(_ *node.Config, eth *ethconfig.Config) {
		eth.Genesis.Config = evm.ChainConfig(chainID)
		eth.Genesis.GasLimit = 60_000_000
	})
	t.Cleanup(func() {
		if err := sim.Close(); err != nil {
			t.Error(err)
		}
	})
	n := &network{t: t, sim: sim, owners: owners, keys: keys, nonces: make(map[common.Address]uint64), opts: bind.NewKeyedTransactor(key, big.NewInt(chainID))}
	n.opts.GasLimit = txGasLimit
	n.identity, n.signer = protocolKey(t, "identity"), protocolKey(t, "signer")

	tokenAt := n.deploy(devtoken.DevTokenMetaData.Bin, nil)
	registries, escrows, verifiers := podregistry.NewPodRegistry(), escrow.NewEscrow(), sgxquoteverifier.NewSgxQuoteVerifier()
	timelocks := timelock.NewTimelockController()
	timelockAt := n.deploy(timelock.TimelockControllerMetaData.Bin, timelocks.PackConstructor(new(big.Int), []common.Address{sender}, []common.Address{sender}, common.Address{}))
	var err error
	if n.platform, err = platform.New(platform.Config{}); err != nil {
		t.Fatal(err)
	}
	n.source = n.platform.Source(platform.Enclave{MRENCLAVE: [32]byte{1}})
	verifierAt := n.deploy(sgxquoteverifier.SgxQuoteVerifierMetaData.Bin, verifiers.PackConstructor(n.caKeys(0), n.caKeys(1), timelockAt, sender, 8, crypto.CreateAddress(sender, 3)))
	n.verifier = verifiers.Instance(sim.Client(), verifierAt)
	n.escrowAt = crypto.CreateAddress(sender, 4)
	registryAt := n.deploy(podregistry.PodRegistryMetaData.Bin, registries.PackConstructor(n.escrowAt, verifierAt, new(big.Int)))
	n.registryAt = registryAt
	if at := n.deploy(escrow.EscrowMetaData.Bin, escrows.PackConstructor(tokenAt, registryAt)); at != n.escrowAt {
		t.Fatalf("escrow is at %s, want %s", at, n.escrowAt)
	}
	n.domain = protocol.Domain{ChainID: chainID, Escrow: protocol.Address(n.escrowAt)}
	n.token = devtoken.NewDevToken().Instance(sim.Client(), tokenAt)
	n.registry = registries.Instance(sim.Client(), registryAt)
	n.escrow = escrows.Instance(sim.Client(), n.escrowAt)
	n.pod = protocol.PodID(protocol.Address(registryAt), protocol.Address(sender), protocol.Hash{})
	n.fund()
	// What governance allows: the enclave, and the simulated model of platform at its lowest.
	controller := timelocks.Instance(sim.Client(), timelockAt)
	_, certificate := n.quote([64]byte{})
	for i, action := range [][]byte{
		verifiers.PackAddMeasurement([32]byte{1}, 0, 0, attest.DefaultXFRM, 0),
		verifiers.PackSetFloor(n.pck(certificate).FMSPC, [16]byte{}, 0),
	} {
		salt := [32]byte{byte(i)}
		n.send(controller, timelocks.PackSchedule(verifierAt, new(big.Int), action, [32]byte{}, salt, new(big.Int)))
		n.send(controller, timelocks.PackExecute(verifierAt, new(big.Int), action, [32]byte{}, salt))
	}
	return n
}

func (n *network) register() (gas uint64) {
	now := n.now()
	config := protocol.SignedKeyConfig{Config: make([]byte, 1230)} // an X-Wing key config is about as long
	config.KeyConfig = protocol.KeyConfig{
		Enclave: n.identity.Address(), ConfigHash: protocol.Keccak256(config.Config),
		NotBefore: now, NotAfter: now + 12*3600, Epoch: 1,
	}
	signature := n.identity.Sign(n.domain.Digest(config.KeyConfig))
	offer := protocol.Offer{
		Pod: n.pod, Model: "llama3.2:1b", ModelDigest: protocol.Keccak256([]byte("model")),
		InPerM: protocol.Tokens(1), CachedPerM: protocol.Tokens(1), OutPerM: protocol.Tokens(4),
		Context: 4096, DefaultOut: 2048, MaxOut: 4096, ValidUntil: now + 86400,
	}
	offerSignature := n.identity.Sign(n.domain.Digest(offer))
	return n.send(n.registry, podregistry.NewPodRegistry().PackRegister([32]byte{}, podregistry.IPodRegistryRegistration{
		Url: "https://pod.example:8443", Attestation: n.attestation(),
		KeyConfig: podregistry.IPodRegistryKeyConfig{
			Config: config.Config, NotBefore: new(big.Int).SetUint64(config.NotBefore),
			NotAfter: new(big.Int).SetUint64(config.NotAfter), Epoch: config.Epoch, R: signature.R(), Vs: signature.VS(),
		},
		Offers: []podregistry.IPodRegistryOffer{{
			Model: offer.Model, ModelDigest: offer.ModelDigest, InPerM: offer.InPerM.Big(), CachedPerM: offer.CachedPerM.Big(),
			OutPerM: offer.OutPerM.Big(), PerRequest: offer.PerRequest.Big(), Ctx: offer.Context, DefaultOut: offer.DefaultOut,
			MaxOut: offer.MaxOut, ValidUntil: new(big.Int).SetUint64(offer.ValidUntil), R: offerSignature.R(), Vs: offerSignature.VS(),
		}},
	}))
}

// quote is a quote of the platform's enclave without its certificates, and the platform's PCK certificate.
func (n *network) quote(reportData [64]byte) (quote, certificate []byte) {
	n.t.Helper()
	evidence, err := n.source.Quote(n.t.Context(), reportData)
	if err != nil {
		n.t.Fatal(err)
	}
	if quote, certificate, err = evidence.Split(); err != nil {
		n.t.Fatal(err)
	}
	return quote, certificate
}

func (n *network) pck(certificate []byte) *dcap.PCK {
	n.t.Helper()
	cert, err := x509.ParseCertificate(certificate)
	if err != nil {
		n.t.Fatal(err)
	}
	pck, err := dcap.ParsePCK(cert)
	if err != nil {
		n.t.Fatal(err)
	}
	return pck
}

// caKeys are x and y of one of the platform's CAs.
func (n *network) caKeys(i int) (xy [2][32]byte) {
	n.t.Helper()
	platformCA, processorCA := n.platform.CAKeys()
	return point(n.t, []*ecdsa.PublicKey{platformCA, processorCA}[i])
}

func point(t *testing.T, key *ecdsa.PublicKey) (xy [2][32]byte) {
	t.Helper()
	raw, err := key.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	copy(xy[0][:], raw[1:33])
	copy(xy[1][:], raw[33:])
	return xy
}

func (n *network) registerPlatform() (gas uint64) {
	_, certificate := n.quote([64]byte{})
	return n.send(n.verifier, sgxquoteverifier.NewSgxQuoteVerifier().PackRegisterPlatform(certificate))
}

// attestation shows the identity with a quote that is dated by the block before the latest.
func (n *network) attestation() podregistry.IPodRegistryAttestation {
	n.t.Helper()
	head, err := n.sim.Client().HeaderByNumber(context.Background(), nil)
	if err != nil {
		n.t.Fatal(err)
	}
	header, err := rlp.EncodeToBytes(head)
	if err != nil {
		n.t.Fatal(err)
	}
	identity := protocol.PodIdentity{
		ChainID: chainID, Registry: protocol.Address(n.registryAt), Escrow: n.domain.Escrow, Pod: n.pod, Operator: protocol.Address(n.opts.From), Enclave: n.identity.Address(),
	}
	quote, certificate := n.quote(identity.ReportData(protocol.Hash(head.Hash())))
	cert, err := x509.ParseCertificate(certificate)
	if err != nil {
		n.t.Fatal(err)
	}
	key := point(n.t, cert.PublicKey.(*ecdsa.PublicKey))
	return podregistry.IPodRegistryAttestation{
		Identity: common.Address(n.identity.Address()), ValidUntil: new(big.Int).SetUint64(head.Time + 6*86400), Kind: uint8(protocol.EvidenceSGX),
		Quote: quote, PckX: key[0], PckY: key[1], Header: header,
	}
}

// fund gives each owner a thousand tokens in the escrow.
func (n *network) fund() {
	tokens, escrows := devtoken.NewDevToken(), escrow.NewEscrow()
	amount := protocol.Tokens(1000).Big()
	minter := *n.opts
	minter.GasLimit = 100_000
	var mints, deposits []*types.Transaction
	for _, owner := range n.owners {
		mints = append(mints, n.submit(n.token, &minter, tokens.PackMint(common.Address(owner), amount)))
	}
	n.mine(mints...) // first: a block need not keep the order between senders
	for i := range n.owners {
		holder := *bind.NewKeyedTransactor(ecdsaKey(n.t, ownerLabel(i)), big.NewInt(chainID))
		holder.GasLimit = 100_000
		deposits = append(deposits,
			n.submit(n.token, &holder, tokens.PackApprove(n.escrowAt, amount)),
			n.submit(n.escrow, &holder, escrows.PackDeposit(amount)))
	}
	n.mine(deposits...)
}

// open opens these sessions in one transaction, each with a token.
func (n *network) open(sessions []protocol.SessionKey) (gas uint64) {
	n.t.Helper()
	now := n.now()
	opens := make([]escrow.IEscrowOpen, 0, len(sessions))
	for _, session := range sessions {
		order := protocol.OpenSession{
			SessionKey: session, Cap: protocol.Tokens(1), Expiry: now + 86400, Nonce: session.Salt, Deadline: now + 3600,
		}
		signature := n.keys[session.Owner].Sign(n.domain.Digest(order))
		opens = append(opens, escrow.IEscrowOpen{
			Owner: common.Address(order.Owner), Signer: common.Address(order.Signer), Salt: order.Salt, Cap: order.Cap.Big(),
			Expiry: new(big.Int).SetUint64(order.Expiry), Nonce: order.Nonce, Deadline: new(big.Int).SetUint64(order.Deadline),
			Signature: signature[:],
		})
	}
	gas = n.send(n.escrow, escrow.NewEscrow().PackOpenSessions(common.Address(n.pod), opens))
	if s := n.stateOf(sessions[len(sessions)-1]); s.Cap.Cmp(protocol.Tokens(1).Big()) != 0 {
		n.t.Fatalf("the last session has cap %v, want one token", s.Cap)
	}
	return gas
}

// settle has each session charged this many hundredths of a token in all.
func (n *network) settle(sessions []protocol.SessionKey, charged uint64) (gas uint64) {
	n.t.Helper()
	n.seq++
	amount := n.hundredths(charged)
	batch := protocol.Batch{Pod: n.pod, Seq: n.seq, ReceiptsRoot: protocol.Keccak256([]byte("receipts")), KeyConfigHash: protocol.Keccak256([]byte("config"))}
	for _, session := range sessions {
		batch.Rows = append(batch.Rows, n.row(session, amount))
	}
	signature := n.identity.Sign(n.domain.Digest(batch.TypedData()))
	gas = n.send(n.escrow, escrow.NewEscrow().PackSettle(common.Address(n.pod), batch.Seq, batch.ReceiptsRoot,
		batch.KeyConfigHash, batch.RowBytes(), signature.R(), signature.VS()))
	if s := n.stateOf(sessions[len(sessions)-1]); s.Claimed.Cmp(amount.Big()) != 0 {
		n.t.Fatalf("the last session has %v claimed, want %v", s.Claimed, amount)
	}
	return gas
}

// settleAcked is settle without the identity.
func (n *network) settleAcked(sessions []protocol.SessionKey, charged uint64) (gas uint64) {
	n.t.Helper()
	amount := n.hundredths(charged)
	var rows []byte
	for _, session := range sessions {
		row := n.row(session, amount).Bytes()
		rows = append(append(rows, row[:48]...), row[60:]...) // all but charged
	}
	gas = n.send(n.escrow, escrow.NewEscrow().PackSettleAcked(common.Address(n.pod), rows))
	if s := n.stateOf(sessions[len(sessions)-1]); s.Claimed.Cmp(amount.Big()) != 0 {
		n.t.Fatalf("the last session has %v claimed, want %v", s.Claimed, amount)
	}
	return gas
}

// closeNow closes a session that has paid this many hundredths of a token.
func (n *network) closeNow(session protocol.SessionKey, charged uint64) (gas uint64) {
	n.t.Helper()
	row := n.row(session, n.hundredths(charged))
	deadline := n.now() + 3600
	signature := n.identity.Sign(n.domain.Digest(protocol.CloseSession{SessionID: session.ID(), FinalCharged: row.Charged, Deadline: deadline}))
	gas = n.send(n.escrow, escrow.NewEscrow().PackCloseNow(common.Address(n.pod), row.Bytes(), new(big.Int).SetUint64(deadline), signature.R(), signature.VS()))
	if s := n.stateOf(session); s.Cap.Sign() != 0 {
		n.t.Fatalf("the session has cap %v, want none", s.Cap)
	}
	return gas
}

func (n *network) row(session protocol.SessionKey, amount protocol.Amount) protocol.Row {
	id := session.ID()
	voucher := protocol.Voucher{SessionID: id, Ceiling: protocol.Tokens(1), Acked: amount, RequestHash: protocol.Keccak256(id[:])}
	return protocol.Row{Session: session, Charged: amount, Voucher: voucher, Signature: n.signer.Sign(n.domain.Digest(voucher))}
}

func (n *network) hundredths(count uint64) protocol.Amount {
	n.t.Helper()
	hundredth := new(big.Int).Div(protocol.Tokens(1).Big(), big.NewInt(100))
	amount, err := protocol.AmountFromBig(new(big.Int).Mul(hundredth, new(big.Int).SetUint64(count)))
	if err != nil {
		n.t.Fatal(err)
	}
	return amount
}

func (n *network) session(owner protocol.Address, salt uint64) protocol.SessionKey {
	return protocol.SessionKey{Owner: owner, Signer: n.signer.Address(), Pod: n.pod, Salt: salt}
}

func (n *network) stateOf(session protocol.SessionKey) escrow.SessionOutput {
	n.t.Helper()
	escrows := escrow.NewEscrow()
	state, err := bind.Call(n.escrow, nil, escrows.PackSession(session.ID()), escrows.UnpackSession)
	if err != nil {
		n.t.Fatal(err)
	}
	return state
}

func (n *network) deploy(bin string, constructor []byte) common.Address {
	n.t.Helper()
	at, tx, err := bind.DeployContract(n.opts, common.FromHex(bin), n.sim.Client(), constructor)
	if err != nil {
		n.t.Fatal(err)
	}
	n.nonces[n.opts.From]++
	n.deployGas = append(n.deployGas, n.mine(tx))
	return at
}

func (n *network) send(to *bind.BoundContract, call []byte) (gas uint64) {
	n.t.Helper()
	return n.mine(n.submit(to, n.opts, call))
}

func (n *network) submit(to *bind.BoundContract, opts *bind.TransactOpts, call []byte) *types.Transaction {
	n.t.Helper()
	// The pool is slow to count what it has pending, so nonces are counted here.
	opts.Nonce = new(big.Int).SetUint64(n.nonces[opts.From])
	n.nonces[opts.From]++
	tx, err := bind.Transact(to, opts, call)
	if err != nil {
		n.t.Fatal(err)
	}
	if size := tx.Size(); size > txBytesLimit {
		n.t.Fatalf("transaction has %d bytes, nodes take %d", size, txBytesLimit)
	}
	return tx
}

// mine puts the transactions into a block and returns the gas that they used.
func (n *network) mine(txs ...*types.Transaction) (gas uint64) {
	n.t.Helper()
	for _, tx := range txs {
		receipt := n.receipt(tx.Hash())
		if receipt.Status != types.ReceiptStatusSuccessful {
			n.t.Fatalf("transaction reverted after %d gas", receipt.GasUsed)
		}
		gas += receipt.GasUsed
	}
	return gas
}

// receipt makes blocks until a transaction is in one: on a busy machine the pool has not sorted all of them in by the
// first.
func (n *network) receipt(tx common.Hash) *types.Receipt {
	n.t.Helper()
	for try := 1; ; try++ {
		receipt, err := n.sim.Client().TransactionReceipt(n.t.Context(), tx)
		if err == nil {
			return receipt
		}
		if try == 1000 {
			n.t.Fatal(err) // not found, or "indexing is in progress"
		}
		n.sim.Commit()
		time.Sleep(time.Millisecond)
	}
}

func (n *network) now() uint64 {
	n.t.Helper()
	head, err := n.sim.Client().HeaderByNumber(context.Background(), nil)
	if err != nil {
		n.t.Fatal(err)
	}
	return head.Time
}

func ownerLabel(i int) string { return "owner " + strconv.Itoa(i) }

func ecdsaKey(t *testing.T, label string) *ecdsa.PrivateKey {
	t.Helper()
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte(label)))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func protocolKey(t *testing.T, label string) protocol.Key {
	t.Helper()
	key, err := protocol.KeyFromBytes(crypto.Keccak256([]byte(label)))
	if err != nil {
		t.Fatal(err)
	}
	return key
}
