package chain

import (
	"bytes"
	"encoding/hex"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/phallama/phallama/chain/bindings/devtoken"
	"github.com/phallama/phallama/chain/bindings/escrow"
	"github.com/phallama/phallama/chain/bindings/podregistry"
	"github.com/phallama/phallama/chain/bindings/sgxquoteverifier"
	"github.com/phallama/phallama/chain/bindings/timelock"
	"github.com/phallama/phallama/protocol"
)

// Operators write what the events of their pods hold, and nodes can make them up.
func FuzzRecord(f *testing.F) {
	registry := podregistry.NewPodRegistry()
	key, err := protocol.KeyFromBytes(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		f.Fatal(err)
	}
	e := enclave{key, protocol.Domain{ChainID: 1337, Escrow: protocol.Address{1}}, protocol.Address{2}}
	registration, err := toRegistration(e.pod, e.registration(), protocol.IdentityProof{Quote: e.registration().Evidence}, "https://pod.example")
	if err != nil {
		f.Fatal(err)
	}
	pack := func(event string, values ...any) []byte {
		data, err := registry.GetABI().Events[event].Inputs.NonIndexed().Pack(values...)
		if err != nil {
			f.Fatal(err)
		}
		return data
	}
	honest := [][]byte{
		pack("IdentityAdmitted", registration.Attestation.ValidUntil, registration.Attestation.Kind, registration.Attestation.Quote),
		pack("KeyConfigPublished", registration.KeyConfig),
		pack("OffersPublished", registration.Offers),
	}
	f.Add(honest[0], honest[1], honest[2])
	f.Add([]byte{1}, []byte{2}, []byte{3})

	id, identity := common.Address(e.pod), common.Address(e.Address())
	event := func(name string, data []byte, topics ...common.Hash) *types.Log {
		return &types.Log{Topics: append([]common.Hash{registry.GetABI().Events[name].ID, common.BytesToHash(id[:])}, topics...), Data: data}
	}
	keyHash := fromKeyConfig(e.Address(), registration.KeyConfig).HashStruct()
	offers, err := fromOffers(e.pod, registration.Offers)
	if err != nil {
		f.Fatal(err)
	}
	one := big.NewInt(1)
	state := podState{
		id: id,
		pod: podregistry.IPodRegistryPod{
			Operator: identity, Identity: identity, RecordBlock: one, KeyConfigBlock: one, OffersBlock: one, Url: registration.Url,
			KeyConfigHash: keyHash, OffersHash: protocol.OffersHash(offers),
		},
		identity: podregistry.IPodRegistryIdentity{Pod: id, ValidUntil: registration.Attestation.ValidUntil, Kind: registration.Attestation.Kind, AdmittedAt: one},
	}
	read := func(admitted, published, offered []byte) (protocol.PodRecord, error) {
		return assemble(registry, state, podEvents{
			admitted:  event("IdentityAdmitted", admitted, common.BytesToHash(identity[:]), common.Hash{}),
			keyConfig: event("KeyConfigPublished", published, common.Hash(keyHash)),
			offers:    event("OffersPublished", offered, common.Hash{}),
		})
	}
	if _, err := read(honest[0], honest[1], honest[2]); err != nil {
		f.Fatalf("the honest record: %v", err)
	}
	f.Fuzz(func(t *testing.T, admitted, published, offered []byte) {
		if len(admitted) == 0 || len(published) == 0 || len(offered) == 0 {
			return // left out before
		}
		r, err := read(admitted, published, offered)
		if err == nil && (r.KeyConfig.HashStruct() != keyHash || protocol.OffersHash(r.Offers) != state.pod.OffersHash || r.ValidUntil != state.identity.ValidUntil.Uint64()) {
			t.Fatal("a record that does not match the hashes on chain was taken")
		}
	})
}

func FuzzRevert(f *testing.F) {
	c := &Client{
		escrowABI: escrow.NewEscrow(), registryABI: podregistry.NewPodRegistry(), tokenABI: devtoken.NewDevToken(),
		verifierABI: sgxquoteverifier.NewSgxQuoteVerifier(), timelockABI: timelock.NewTimelockController(),
	}
	for _, seed := range []string{
		"", "08c379a0", "4e487b710000000000000000000000000000000000000000000000000000000000000011",
		"d98cd78f", "ffffffff00",
	} {
		data, err := hex.DecodeString(seed)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := c.revert("try", data); err == nil || err.Error() == "" {
			t.Fatal("a revert without an error")
		}
	})
}
