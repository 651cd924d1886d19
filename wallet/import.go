package wallet

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/phallama/phallama/protocol"
)

// ParseKey reads a private key as other wallets give it out: 64 hex digits, with or without 0x, or a version 3 keystore
// that the passphrase opens. Its errors quote nothing of what it read.
func ParseKey(data []byte, passphrase Passphrase) (protocol.Key, error) {
	if len(data) > maxFileSize {
		return protocol.Key{}, fmt.Errorf("wallet: want a private key or a keystore of at most %d bytes, got more", maxFileSize)
	}
	data = bytes.TrimSpace(data)
	if len(data) > 0 && data[0] == '{' {
		file, err := parse(data)
		if err != nil {
			return protocol.Key{}, err
		}
		key, err := file.open(passphrase)
		if err == nil && !file.Address.IsZero() { // some wallets leave it out, to tell nobody whose key it is
			err = file.check(key)
		}
		return key, err
	}
	digits := bytes.TrimPrefix(data, []byte("0x"))
	raw := make([]byte, 32)
	if len(digits) != 64 {
		return protocol.Key{}, fmt.Errorf("wallet: want a private key of 64 hex digits or a keystore's JSON, got %d characters", len(data))
	}
	if _, err := hex.Decode(raw, digits); err != nil {
		return protocol.Key{}, errors.New("wallet: want a private key of 64 hex digits, got other characters among them")
	}
	key, err := protocol.KeyFromBytes(raw)
	if err != nil {
		return protocol.Key{}, fmt.Errorf("wallet: %w", err)
	}
	return key, nil
}
