package gateway

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/phallama/phallama/durable"
)

// Names in the directory of a gateway's keys.
const (
	keysFile  = "keys.json"
	spentFile = "spent.jsonl"
)

// Limits of the file of keys.
const (
	maxKeys     = 1024
	maxKeysFile = 8 << 20 // bytes
)

// ReadKeys reads the keys of a directory; one that is not there holds none.
func ReadKeys(dir string) ([]Key, error) {
	keys, _, err := readKeys(filepath.Join(dir, keysFile))
	return keys, err
}

func readKeys(path string) (keys []Key, at fs.FileInfo, err error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("the gateway's keys: %w", err)
	}
	defer file.Close()
	at, err = file.Stat()
	switch {
	case err != nil:
		return nil, nil, fmt.Errorf("the gateway's keys: %w", err)
	case at.Mode().Perm()&0o077 != 0:
		return nil, nil, fmt.Errorf("the gateway's keys: %s: others may read or write it, mode %o: want 600: chmod 600 %[1]s, and look at whether keys in it are yours", path, at.Mode().Perm())
	case at.Size() > maxKeysFile:
		return nil, nil, fmt.Errorf("the gateway's keys: %s: want at most %d bytes, got %d", path, maxKeysFile, at.Size())
	}
	in := json.NewDecoder(file)
	in.DisallowUnknownFields() // a misspelt limit would be none
	if err := in.Decode(&keys); err != nil {
		return nil, nil, fmt.Errorf("the gateway's keys: %s: %w: restore the file, or move it away and make new keys", path, err)
	}
	if len(keys) > maxKeys {
		return nil, nil, fmt.Errorf("the gateway's keys: %s: want at most %d keys, got %d", path, maxKeys, len(keys))
	}
	seen := map[string]bool{}
	for _, k := range keys {
		if err := k.check(); err != nil {
			return nil, nil, fmt.Errorf("the gateway's keys: %s: key %.40q: %w", path, k.Name, err)
		}
		if seen[k.Name] {
			return nil, nil, fmt.Errorf("the gateway's keys: %s: two keys are named %q", path, k.Name)
		}
		seen[k.Name] = true
	}
	return keys, at, nil
}

// ErrKeyName says that there is a key of that name already, or none.
var ErrKeyName = errors.New("name of a key")

// AddKey adds a key to a directory's, which is made if missing. A gateway that runs knows it at once.
func AddKey(dir string, k Key) error {
	if err := k.check(); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return durable.Alone(filepath.Join(dir, keysFile), func() error {
		keys, err := ReadKeys(dir)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(keys, func(other Key) bool { return other.Name == k.Name }); i >= 0 {
			return fmt.Errorf("%w: a key %q was made on %s: take another name, or revoke it first", ErrKeyName, k.Name, keys[i].Created.Local().Format(time.DateOnly))
		}
		if len(keys) >= maxKeys {
			return fmt.Errorf("%s holds %d keys, and no more fit: revoke some", filepath.Join(dir, keysFile), maxKeys)
		}
		return writeKeys(dir, append(keys, k))
	})
}

// RemoveKey takes a key away. A gateway that runs refuses it at once; requests on their way are answered.
func RemoveKey(dir, name string) (gone Key, err error) {
	none := fmt.Errorf("%w: there is no key %.40q: `phallama gateway keys list` shows those there are", ErrKeyName, name)
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) { // where there is nothing to lock, either
		return Key{}, none
	}
	err = durable.Alone(filepath.Join(dir, keysFile), func() error {
		keys, err := ReadKeys(dir)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(keys, func(k Key) bool { return k.Name == name })
		if i < 0 {
			return none
		}
		gone = keys[i]
		return writeKeys(dir, slices.Delete(keys, i, i+1))
	})
	return gone, err
}

func writeKeys(dir string, keys []Key) error {
	raw, err := json.MarshalIndent(keys, "", "  ")
	if err != nil {
		return err
	}
	return durable.Replace(filepath.Join(dir, keysFile), append(raw, '\n'))
}

// keyBook is the file of keys as it stands: it is read again when it has changed, so that a revoked key is refused at once.
type keyBook struct {
	path string

	mu   sync.Mutex
	at   fs.FileInfo // nil: there is no file
	read bool
	keys map[KeyID]*Key
}

// find returns the key of an id, nil if there is none. Its error says that the file cannot be read: then no key is good.
func (b *keyBook) find(id KeyID) (*Key, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	at, err := os.Stat(b.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the gateway's keys: %w", err)
	}
	if err != nil {
		at = nil
	}
	if !b.read || !sameFile(at, b.at) {
		keys, at, err := readKeys(b.path)
		if err != nil {
			return nil, err
		}
		b.keys, b.at, b.read = map[KeyID]*Key{}, at, true
		for _, k := range keys {
			b.keys[k.ID] = &k
		}
	}
	return b.keys[id], nil
}

func sameFile(a, b fs.FileInfo) bool {
	if a == nil || b == nil {
		return a == b
	}
	return os.SameFile(a, b) && a.ModTime().Equal(b.ModTime()) && a.Size() == b.Size() && a.Mode() == b.Mode()
}
