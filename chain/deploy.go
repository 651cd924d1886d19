package chain

import (
	"context"
	"crypto/ecdsa"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/phallama/phallama/chain/bindings/devtoken"
	"github.com/phallama/phallama/chain/bindings/escrow"
	"github.com/phallama/phallama/chain/bindings/podregistry"
	"github.com/phallama/phallama/chain/bindings/sgxquoteverifier"
	"github.com/phallama/phallama/chain/bindings/timelock"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

// Terms are what contracts are deployed with for good. The zero value is what a network with value has.
type Terms struct {
	// PlatformCA and ProcessorCA are the keys of the two PCK CAs that platforms are registered under. Nil are Intel's; off
	// development chains the contract takes no others.
	PlatformCA, ProcessorCA *ecdsa.PublicKey
	// Delay is how long what governance adds waits. 0 is 48 hours, the least off development chains; NoDelay is none.
	Delay time.Duration
	// Guardian may revoke at once. Zero is the deploying account, which may also propose additions.
	Guardian protocol.Address
	// Stake is what a place on the registry costs, in wei. Nil is DefaultStake.
	Stake *big.Int
	// QEFloor is the lowest security version of Intel's quoting enclave. 0 is DefaultQEFloor.
	QEFloor uint16
}

// Defaults of Terms.
const (
	DefaultDelay   = 48 * time.Hour
	NoDelay        = -1 // of Terms.Delay: development chains only
	DefaultQEFloor = 8  // of 2024-03-13
)

// DefaultStake is 0.01 of the chain's own currency, in wei.
var DefaultStake = big.NewInt(1e16)

// intelCAs are the keys of "Intel SGX PCK Platform CA" and "Intel SGX PCK Processor CA", x||y.
var intelCAs = [2]string{"35207feeddb595748ed82bb3a71c3be1e241ef61320c6816e6b5c2b71dad5532eaea12a4eb3f948916429ea47ba6c3af82a15e4b19664e52657939a2d96633de", "bf6af8d329d883a0b5d9756e4fee599e7e4c6426f1a0a2f33efc7ecf9f28243777eb83cd79d54c04f66610c289fc88b89c2f377c0d069f621c1492309309ac13"}

func (t Terms) complete(deployer protocol.Address) (Terms, [2][2][32]byte, error) {
	switch {
	case t.Delay == 0:
		t.Delay = DefaultDelay
	case t.Delay < 0:
		t.Delay = 0
	}
	if t.Guardian.IsZero() {
		t.Guardian = deployer
	}
	if t.Stake == nil {
		t.Stake = DefaultStake
	}
	if t.QEFloor == 0 {
		t.QEFloor = DefaultQEFloor
	}
	var keys [2][2][32]byte
	for i, key := range []*ecdsa.PublicKey{t.PlatformCA, t.ProcessorCA} {
		raw := common.FromHex(intelCAs[i])
		if key != nil {
			point, err := key.Bytes()
			if err != nil {
				return t, keys, fmt.Errorf("deploy: key of a PCK CA: %w", err)
			}
			raw = point[1:]
		}
		copy(keys[i][0][:], raw[:32])
		copy(keys[i][1][:], raw[32:])
	}
	return t, keys, nil
}

// Deploy deploys timelock, verifier, registry and escrow with the account of key, and returns the profile with their
// addresses. A profile without a token gets a worthless one, on a development chain only. Verifier, registry and escrow name
// each other for good: verifier and registry take the addresses that registry and escrow will get, and registry and escrow
// refuse a verifier and a registry that name another. The verifier allows no measurement and no model of platform yet: propose them.
func Deploy(ctx context.Context, profile network.Profile, key protocol.Key, terms Terms, opts Options) (network.Profile, error) {
	if err := profile.Validate(); err != nil {
		return network.Profile{}, err
	}
	if profile.Escrow != "" {
		return network.Profile{}, fmt.Errorf("deploy: network %q has an escrow at %s already: remove the addresses from the profile to begin anew", profile.Name, profile.Escrow)
	}
	if profile.Token == "" && !network.IsDev(profile.ChainID) {
		return network.Profile{}, fmt.Errorf("deploy: network %q names no token, and one is made up on development chains only: add its address to the profile", profile.Name)
	}
	terms, cas, err := terms.complete(key.Address())
	if err != nil {
		return network.Profile{}, err
	}
	c, err := connect(ctx, profile, opts)
	if err != nil {
		return network.Profile{}, err
	}
	defer c.Close()
	t := NewTransactor(c, key)

	if profile.Token == "" {
		token, err := t.create(ctx, "token", devtoken.DevTokenMetaData.Bin, nil)
		if err != nil {
			return network.Profile{}, err
		}
		profile.Token = protocol.Address(token).String()
	}
	token, err := protocol.ParseAddress(profile.Token)
	if err != nil {
		return network.Profile{}, fmt.Errorf("deploy: token: %w", err)
	}
	from := common.Address(t.Address())
	// Whoever may propose may cancel; whoever likes may execute what has waited; nobody may do without waiting.
	governor, err := t.create(ctx, "timelock", timelock.TimelockControllerMetaData.Bin, c.timelockABI.PackConstructor(
		big.NewInt(int64(terms.Delay/time.Second)), []common.Address{from}, []common.Address{{}}, common.Address{}))
	if err != nil {
		return network.Profile{}, err
	}
	nonce, err := c.eth.PendingNonceAt(ctx, from)
	if err != nil {
		return network.Profile{}, c.failed("ask for the account's nonce", err)
	}
	listAt, vaultAt := crypto.CreateAddress(from, nonce+1), crypto.CreateAddress(from, nonce+2)
	verifier, err := t.create(ctx, "verifier", sgxquoteverifier.SgxQuoteVerifierMetaData.Bin,
		c.verifierABI.PackConstructor(cas[0], cas[1], governor, common.Address(terms.Guardian), terms.QEFloor, listAt))
	if err != nil {
		return network.Profile{}, err
	}
	registry, err := t.create(ctx, "registry", podregistry.PodRegistryMetaData.Bin, c.registryABI.PackConstructor(vaultAt, verifier, terms.Stake))
	if err != nil {
		return network.Profile{}, err
	}
	vault, err := t.create(ctx, "escrow", escrow.EscrowMetaData.Bin, c.escrowABI.PackConstructor(common.Address(token), registry))
	if err != nil {
		return network.Profile{}, err
	}
	profile.Registry, profile.Escrow = protocol.Address(registry).String(), protocol.Address(vault).String()
	return profile, c.useContracts(ctx, profile)
}

// create deploys a contract.
func (t *Transactor) create(ctx context.Context, name, bin string, arguments []byte) (common.Address, error) {
	receipt, err := t.send(ctx, request{what: "deploy the " + name, data: append(common.FromHex(bin), arguments...)})
	if err != nil {
		return common.Address{}, err
	}
	t.log.Info("deployed", "contract", name, "address", receipt.ContractAddress, "tx", receipt.TxHash, "gas", receipt.GasUsed)
	return receipt.ContractAddress, nil
}
