package durable

import (
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
)

// Of changes that many make at once, none is lost.
func TestAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "n")
	const many = 32
	var all sync.WaitGroup
	for range many {
		all.Go(func() {
			if err := Alone(path, func() error {
				n := 0
				if raw, err := os.ReadFile(path); err == nil {
					if n, err = strconv.Atoi(string(raw)); err != nil {
						return err
					}
				}
				return Replace(path, []byte(strconv.Itoa(n+1)))
			}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	raw, err := os.ReadFile(path)
	if err != nil || string(raw) != strconv.Itoa(many) {
		t.Errorf("%s, %v", raw, err)
	}
}
