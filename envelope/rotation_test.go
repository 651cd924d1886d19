package envelope

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

func TestRecipientRotation(t *testing.T) {
	first, second := mustKey(t, 1), mustKey(t, 2)
	r, err := NewRecipient(Config{}, first)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Add(first); err == nil {
		t.Error("the same key id twice: no error")
	}
	if err := r.Add(second); err != nil {
		t.Fatal(err)
	}
	if got := r.KeyConfigs(); len(got) != 2 || got[0].ID != 2 || got[1].ID != 1 {
		t.Errorf("key configs %v, want the newest first", got)
	}
	old := sealedTo(t, first)
	if err := openAll(r, old); err != nil {
		t.Errorf("a key in its overlap: %v", err)
	}
	if err := openAll(r, old); !errors.Is(err, ErrReplayed) {
		t.Errorf("replay in the overlap: %v, want %v", err, ErrReplayed)
	}
	r.Remove(1)
	var mismatch *KeyMismatchError
	if err := openAll(r, sealedTo(t, first)); !errors.As(err, &mismatch) {
		t.Errorf("a removed key: %v, want a key mismatch", err)
	}
	if err := r.Add(first); err != nil {
		t.Fatal(err)
	}
	if err := openAll(r, old); !errors.Is(err, ErrReplayed) {
		t.Errorf("replay to a key that was taken on again: %v, want %v", err, ErrReplayed)
	}
	if err := openAll(r, sealedTo(t, second)); err != nil {
		t.Errorf("the current key: %v", err)
	}
}

func mustKey(t *testing.T, id uint8) *PrivateKey {
	t.Helper()
	k, err := GenerateKey(id, X25519)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func sealedTo(t *testing.T, k *PrivateKey) []byte {
	t.Helper()
	var sealed bytes.Buffer
	s, err := NewRequestSealer(k.Config(), &sealed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Write([]byte("x")); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return sealed.Bytes()
}

func openAll(r *Recipient, sealed []byte) error {
	o, err := r.OpenRequest(bytes.NewReader(sealed))
	if err != nil {
		return err
	}
	_, err = io.ReadAll(o)
	return err
}
