package simulated

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/phallama/phallama/durable"
)

// FileName is the file in which a platform is kept, in PEM: certificate and key of
// root, Platform CA, Processor CA, TCB signer and PCK, then the attestation key.
const FileName = "platform.pem"

// maxFileSize bounds that file in bytes. Real ones have about 6,000.
const maxFileSize = 64 << 10

const (
	pemCertificate = "CERTIFICATE"
	pemKey         = "PRIVATE KEY"
)

// LoadOrNew loads the platform kept in dir. If there is none it makes one and
// saves it there, so that a devnet started again has the same root.
func LoadOrNew(dir string, cfg Config) (*Platform, error) {
	p, err := Load(dir, cfg)
	if !errors.Is(err, fs.ErrNotExist) {
		return p, err
	}
	if p, err = New(cfg); err != nil {
		return nil, err
	}
	return p, p.Save(dir)
}

// Save keeps the platform in dir, in a file that only its owner can read. The
// file is written whole or not at all.
func (p *Platform) Save(dir string) error {
	data, err := p.marshal()
	if err != nil {
		return fmt.Errorf("simulated platform: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("simulated platform: %w", err)
	}
	if err := durable.Replace(filepath.Join(dir, FileName), data); err != nil {
		return fmt.Errorf("simulated platform: saving %s: %w", filepath.Join(dir, FileName), err)
	}
	return nil
}

// Load loads the platform kept in dir, with the clock of cfg: the rest of it only
// matters to a new platform. If there is none the error is [fs.ErrNotExist].
func Load(dir string, cfg Config) (*Platform, error) {
	path := filepath.Join(dir, FileName)
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("simulated platform: %w", err)
	}
	if info.Size() > maxFileSize {
		return nil, fmt.Errorf("simulated platform: %s: expected at most %d bytes, got %d; remove the file to have a new platform made", path, maxFileSize, info.Size())
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("simulated platform: %w", err)
	}
	p, err := unmarshal(data, cfg.withDefaults().Now)
	if err != nil {
		return nil, fmt.Errorf("simulated platform: %s: %w; remove the file to have a new platform made, under a new root", path, err)
	}
	return p, nil
}

// kept are the certificates and keys of the file, in their order. The attestation
// key has no certificate.
func (a *authority) kept(pck *certified) []*certified {
	return []*certified{&a.root, &a.platformCA, &a.processorCA, &a.tcbSigner, pck}
}

func (p *Platform) marshal() ([]byte, error) {
	var out bytes.Buffer
	appendKey := func(key *ecdsa.PrivateKey) error {
		der, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			return err
		}
		return pem.Encode(&out, &pem.Block{Type: pemKey, Bytes: der})
	}
	for _, c := range p.kept(&p.pck) {
		if err := pem.Encode(&out, &pem.Block{Type: pemCertificate, Bytes: c.cert.Raw}); err != nil {
			return nil, err
		}
		if err := appendKey(c.key); err != nil {
			return nil, err
		}
	}
	err := appendKey(p.attestationKey)
	return out.Bytes(), err
}

// oldCertificates is how many the file had when there was no collateral to sign:
// root, PCK CA, PCK.
const oldCertificates = 3

func unmarshal(data []byte, now func() time.Time) (*Platform, error) {
	if bytes.Count(data, []byte("-----BEGIN "+pemCertificate)) == oldCertificates {
		return nil, errors.New("the file is of an older version of this program, which kept no CA of processors and no TCB signer in it")
	}
	next := func(kind string) ([]byte, error) {
		block, rest := pem.Decode(data)
		if block == nil || block.Type != kind {
			return nil, fmt.Errorf("expected a PEM block %q next", kind)
		}
		data = rest
		return block.Bytes, nil
	}
	nextKey := func() (*ecdsa.PrivateKey, error) {
		der, err := next(pemKey)
		if err != nil {
			return nil, err
		}
		key, err := x509.ParsePKCS8PrivateKey(der)
		if err != nil {
			return nil, err
		}
		if ec, ok := key.(*ecdsa.PrivateKey); ok {
			return ec, nil
		}
		return nil, fmt.Errorf("expected an ECDSA key, got %T", key)
	}
	a := new(authority)
	var pck certified
	for _, c := range a.kept(&pck) {
		der, err := next(pemCertificate)
		if err != nil {
			return nil, err
		}
		if c.cert, err = x509.ParseCertificate(der); err != nil {
			return nil, err
		}
		if c.key, err = nextKey(); err != nil {
			return nil, err
		}
		if !c.key.PublicKey.Equal(c.cert.PublicKey) {
			return nil, fmt.Errorf("the key after certificate %q is not its own", c.cert.Subject.CommonName)
		}
	}
	attestationKey, err := nextKey()
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(data)) != 0 {
		return nil, fmt.Errorf("%d bytes too many", len(data))
	}
	return a.platform(pck, attestationKey, now)
}
