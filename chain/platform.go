package chain

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"errors"
	"fmt"
	"math/big"
	"sync"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/phallama/phallama/protocol"
)

// Platform is a platform as the verifier contract knows it.
type Platform struct {
	ID      protocol.Hash `json:"id"`      // keccak256 of the PCK key's x and y
	Machine protocol.Hash `json:"machine"` // SHA-256 of the PPID
	FMSPC   [6]byte       `json:"-"`
	Revoked bool          `json:"revoked"`
}

// PCKKey is the public key, x and y, of a PCK certificate in DER.
func PCKKey(certificate []byte) (x, y protocol.Hash, err error) {
	cert, err := x509.ParseCertificate(certificate)
	if err != nil {
		return x, y, fmt.Errorf("PCK certificate: %w", err)
	}
	key, ok := cert.PublicKey.(*ecdsa.PublicKey)
	if !ok || key.Curve != elliptic.P256() {
		return x, y, errors.New("PCK certificate: expected a key on P-256")
	}
	raw, err := key.Bytes()
	if err != nil {
		return x, y, fmt.Errorf("PCK certificate: %w", err)
	}
	return protocol.Hash(raw[1:33]), protocol.Hash(raw[33:]), nil
}

func platformID(x, y protocol.Hash) protocol.Hash {
	return protocol.Hash(crypto.Keccak256(x[:], y[:]))
}

// Platform is the platform of a PCK certificate. The error wraps ErrNotFound for one that is not registered.
func (c *Client) Platform(ctx context.Context, certificate []byte) (Platform, error) {
	x, y, err := PCKKey(certificate)
	if err != nil {
		return Platform{}, err
	}
	id := platformID(x, y)
	p, err := call(ctx, c, "read a platform", c.verifier, c.verifierABI.PackPlatform(id), c.verifierABI.UnpackPlatform)
	if err != nil {
		return Platform{}, err
	}
	if p.Index == 0 {
		return Platform{}, fmt.Errorf("platform %s: %w", id, ErrNotFound)
	}
	return Platform{ID: id, Machine: p.Machine, FMSPC: p.Fmspc, Revoked: p.Revoked}, nil
}

// RegisterPlatform registers a platform by its PCK certificate, which proves itself. One that is registered already is
// left alone.
func (t *Transactor) RegisterPlatform(ctx context.Context, certificate []byte) (Included, error) {
	switch _, err := t.Platform(ctx, certificate); {
	case err == nil:
		return Included{}, nil
	case !errors.Is(err, ErrNotFound):
		return Included{}, err
	}
	return t.do(ctx, "register a platform", t.verifier, t.verifierABI.PackRegisterPlatform(certificate))
}

// certificates keeps PCK certificates: a platform's never changes.
type certificates struct {
	mu    sync.Mutex
	known map[uint32][]byte
}

// pckCertificate is the certificate of the platform at a place of the verifier's list, registered in the given block.
func (c *Client) pckCertificate(ctx context.Context, index uint32, block *big.Int) ([]byte, error) {
	c.certificates.mu.Lock()
	known := c.certificates.known[index]
	c.certificates.mu.Unlock()
	if known != nil {
		return known, nil
	}
	logs, err := c.eth.FilterLogs(ctx, ethereum.FilterQuery{
		FromBlock: block, ToBlock: block, Addresses: []common.Address{c.verifier},
		Topics: [][]common.Hash{{c.verifierABI.GetABI().Events["PlatformRegistered"].ID}, {common.BigToHash(new(big.Int).SetUint64(uint64(index)))}},
	})
	if err != nil {
		return nil, c.failed("read a platform's certificate", err)
	}
	for i := range logs {
		if logs[i].Removed || logs[i].Address != c.verifier || len(logs[i].Data) == 0 {
			continue
		}
		event, err := c.verifierABI.UnpackPlatformRegisteredEvent(&logs[i])
		if err != nil || event.Index != index {
			continue
		}
		c.certificates.mu.Lock()
		defer c.certificates.mu.Unlock()
		if c.certificates.known == nil {
			c.certificates.known = map[uint32][]byte{}
		}
		c.certificates.known[index] = event.Certificate
		return event.Certificate, nil
	}
	return nil, fmt.Errorf("platform %d: block %v does not hold its certificate: %w", index, block, ErrNotFound)
}
