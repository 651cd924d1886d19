package client

import (
	"encoding/json"
	"testing"

	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

// What a host hands on decodes or does not, and without the identity's signature it is nothing.
func FuzzKeyConfigOfARefusal(f *testing.F) {
	identity, err := protocol.GenerateKey()
	if err != nil {
		f.Fatal(err)
	}
	domain := protocol.Domain{ChainID: 1337, Escrow: protocol.Address{1}}
	key, err := envelope.GenerateKey(1, envelope.X25519)
	if err != nil {
		f.Fatal(err)
	}
	config := key.Config().Bytes()
	word := protocol.KeyConfig{Enclave: identity.Address(), ConfigHash: protocol.Keccak256(config), NotAfter: 100, Epoch: 1}
	good, err := json.Marshal(protocol.SignedKeyConfig{KeyConfig: word, Config: config, Signature: identity.Sign(domain.Digest(word))})
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(good))
	f.Add([]byte(`{"epoch":-1}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		k, err := parseKeyConfig(raw)
		if err != nil {
			if k.Epoch != 0 || k.Config != nil {
				t.Errorf("%+v came with the error %v", k, err)
			}
			return
		}
		if k.Verify(domain, identity.Address(), 50) == nil && k.KeyConfig != word {
			t.Errorf("%+v passes as signed", k.KeyConfig)
		}
		_, _ = envelope.ParseKeyConfig(k.Config)
	})
}
