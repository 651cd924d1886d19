package dcap

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"math/big"
)

// verifyRaw verifies a signature r||s of a certificate's key over SHA-256 of the
// message.
func verifyRaw(cert *x509.Certificate, message []byte, sig [64]byte) error {
	key, ok := cert.PublicKey.(*ecdsa.PublicKey)
	if !ok || key.Curve != elliptic.P256() {
		return errors.New("a key that is not on P-256")
	}
	return verifyKey(key, message, sig)
}

func verifyKey(key *ecdsa.PublicKey, message []byte, sig [64]byte) error {
	r, s := new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:])
	order := elliptic.P256().Params().N
	for _, part := range []*big.Int{r, s} {
		if part.Sign() == 0 || part.Cmp(order) >= 0 {
			return errors.New("one whose r or s is zero or not below the group's order")
		}
	}
	digest := sha256.Sum256(message)
	if !ecdsa.Verify(key, digest[:], r, s) {
		return errors.New("one that does not verify")
	}
	return nil
}

func (q *Quote) attestationKey() (*ecdsa.PublicKey, error) {
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append([]byte{4}, q.AttestationKey[:]...))
	if err != nil {
		return nil, CheckAttestationKey.failed("a point on P-256", shown(err.Error()), hintDamaged)
	}
	return key, nil
}
