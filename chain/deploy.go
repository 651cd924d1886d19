package chain

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/phallama/phallama/chain/bindings/devtoken"
	"github.com/phallama/phallama/chain/bindings/escrow"
	"github.com/phallama/phallama/chain/bindings/podregistry"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

// Deploy deploys registry and escrow with the account of key, and returns the profile with their addresses. A profile
// without a token gets a worthless one, on a development chain only. Registry and escrow name each other for good: the
// registry takes the address that the escrow will get, and the escrow refuses a registry that names another.
func Deploy(ctx context.Context, profile network.Profile, key protocol.Key, opts Options) (network.Profile, error) {
	if err := profile.Validate(); err != nil {
		return network.Profile{}, err
	}
	if profile.Escrow != "" {
		return network.Profile{}, fmt.Errorf("deploy: network %q has an escrow at %s already: remove the addresses from the profile to begin anew", profile.Name, profile.Escrow)
	}
	if profile.Token == "" && !network.IsDev(profile.ChainID) {
		return network.Profile{}, fmt.Errorf("deploy: network %q names no token, and one is made up on development chains only: add its address to the profile", profile.Name)
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
	nonce, err := c.eth.PendingNonceAt(ctx, from)
	if err != nil {
		return network.Profile{}, c.failed("ask for the account's nonce", err)
	}
	predicted := crypto.CreateAddress(from, nonce+1)
	registry, err := t.create(ctx, "registry", podregistry.PodRegistryMetaData.Bin, c.registryABI.PackConstructor(predicted))
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
