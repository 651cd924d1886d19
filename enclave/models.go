package enclave

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/phallama/phallama/protocol"
)

// models are the models offered: in the operator's store, which nobody trusts, and in podd's copy of them, if there is
// one. The copy holds nothing but what is offered.
type models struct {
	store    string
	copy     string // empty where the engine reads the store itself
	offers   []Offer
	slots    int
	gramine  bool
	inMemory bool     // the copy is, so that it is cut once the models are loaded
	cost     copyCost // of the copy's files, in memory

	memory func() (uint64, string, error) // what there is
	log    *slog.Logger

	read []protocol.ModelFiles // as each offer was read first
	cut  map[string]bool       // paths of the copy without their weights
}

// copyMark is in every copy of ours: a folder without it is not emptied.
const copyMark = "phallama-copy"

const progressEvery = 10 * time.Second

func newModels(config Config, log *slog.Logger) *models {
	m := &models{store: config.Models, copy: config.ModelsCopy, offers: config.Offers, slots: max(1, config.Slots), cost: onDisk, log: log}
	m.memory = func() (uint64, string, error) { return config.available(os.DirFS("/")) }
	if m.gramine = config.Gramine != ""; m.gramine {
		m.cost, m.inMemory = inGramine, true
	}
	return m
}

// dir is the store that the engine reads.
func (m *models) dir() string {
	if m.copy != "" {
		return m.copy
	}
	return m.store
}

// measure hashes every file of every model offered, and copies what it hashes.
func (m *models) measure(ctx context.Context) ([]protocol.Offer, error) {
	if m.copy != "" {
		if err := emptyCopy(m.copy); err != nil {
			return nil, fmt.Errorf("modelsCopy: %w", err)
		}
		if isTmpfs(m.copy) && !m.gramine {
			m.cost, m.inMemory = inTmpfs, true
		}
	}
	available, where, err := m.memory()
	if err != nil {
		return nil, err
	}
	// First as the store says, so that nothing is copied in vain; then as the bytes say that were hashed. What is damaged
	// is found, and named, between the two.
	if p, err := planMemory(os.DirFS(m.store), m.offers, m.slots, m.cost); err == nil {
		if err := p.check(available, where); err != nil {
			return nil, err
		}
	}
	var offers []protocol.Offer
	there := map[string]int64{}
	for _, o := range m.offers {
		files, err := m.take(ctx, o.Model, func(path string, size int64) bool {
			n, ok := there[path]
			return !ok || n != size
		})
		if err != nil {
			return nil, err
		}
		for _, b := range files.Blobs {
			there[b.Path] = b.Size
		}
		m.read = append(m.read, files)
		m.log.Info("model hashed", "model", o.Model, "digest", files.Digest, "bytes", files.Size, "copied", m.copy != "")
		offers = append(offers, protocol.Offer{
			Model: o.Model, ModelDigest: files.Digest,
			InPerM: o.InPerM, CachedPerM: o.CachedPerM, OutPerM: o.OutPerM, PerRequest: o.PerRequest,
			Context: o.Context, DefaultOut: o.DefaultOut, MaxOut: o.MaxOut,
		})
	}
	p, err := planMemory(os.DirFS(m.dir()), m.offers, m.slots, m.cost)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", m.dir(), err)
	}
	m.log.Info("memory", "loading", Bytes(p.loading), "loaded", Bytes(p.loaded), "available", Bytes(available))
	return offers, p.check(available, where)
}

// take reads a model out of the store, and writes into the copy those of its files that are wanted.
func (m *models) take(ctx context.Context, model string, wanted func(path string, size int64) bool) (protocol.ModelFiles, error) {
	store := stoppableFS{os.DirFS(m.store), ctx}
	files, err := protocol.CopyModelFS(store, model, func(path string, size int64) (io.WriteCloser, error) {
		if !wanted(path, size) {
			return nil, nil
		}
		p := &progress{log: m.log, model: model, file: path, size: size, said: time.Now()}
		if m.copy == "" {
			return p, nil
		}
		var err error
		p.to, err = createSized(filepath.Join(m.copy, filepath.FromSlash(path)), size)
		return p, err
	})
	if err != nil {
		return protocol.ModelFiles{}, fmt.Errorf("%s: %w", m.store, err)
	}
	return files, nil
}

// weights is the file of a model's weights in the store; empty where that was not read.
func (m *models) weights(model string) string {
	for i, files := range m.read {
		if m.offers[i].Model != model {
			continue
		}
		for _, b := range files.Blobs {
			if b.MediaType == "application/vnd.ollama.image.model" {
				return b.Path
			}
		}
	}
	return ""
}

// release cuts the weights off the copy, where that is in memory: the engine has loaded them, and reads of these files
// nothing but their metadata. It would refuse to load what is left.
func (m *models) release() {
	if !m.inMemory {
		return
	}
	var freed uint64
	for _, files := range m.read {
		for _, b := range files.Blobs {
			if !isWeights(b.MediaType) || m.cut[b.Path] {
				continue
			}
			meta, err := readGGUFFile(os.DirFS(m.copy), b.Path)
			if err == nil {
				if m.cut == nil {
					m.cut = map[string]bool{}
				}
				m.cut[b.Path] = true // whether or not it is whole after an error
				err = os.Truncate(filepath.Join(m.copy, filepath.FromSlash(b.Path)), meta.end)
			}
			if err != nil {
				m.log.Warn("the copy of a loaded model stays in memory", "file", b.Path, "err", err)
				continue
			}
			freed += uint64(b.Size - meta.end)
		}
	}
	if freed > 0 {
		m.log.Info("weights freed from the copy", "bytes", freed)
	}
}

// restore brings back what release has cut, for an engine that loads again: from the store, hashed anew. It refuses a
// model that is not the one of the offers any more.
func (m *models) restore(ctx context.Context) error {
	if len(m.cut) == 0 {
		return nil
	}
	for i, o := range m.offers {
		files, err := m.take(ctx, o.Model, func(path string, _ int64) bool { return m.cut[path] })
		if err != nil {
			return err
		}
		if files.Digest != m.read[i].Digest {
			return fmt.Errorf("%s: model %q has changed since it was offered: want digest %s, got %s: bring it back, or start podd again", m.store, o.Model, m.read[i].Digest, files.Digest)
		}
	}
	m.cut = nil
	return nil
}

// createSized makes a file of its final size before the first byte is written: in Gramine a growing file is copied each
// time it doubles, with both halves in memory.
func createSized(path string, size int64) (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	if err := file.Truncate(size); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// progress passes on what is copied, and says now and then how far that is.
type progress struct {
	to          *os.File // nil where nothing is copied
	log         *slog.Logger
	model, file string
	done, size  int64
	said        time.Time
}

func (p *progress) Write(b []byte) (n int, err error) {
	n = len(b)
	if p.to != nil {
		n, err = p.to.Write(b)
	}
	p.done += int64(n)
	if now := time.Now(); now.Sub(p.said) >= progressEvery && p.done < p.size {
		p.said = now
		p.log.Info("reading a model", "model", p.model, "file", p.file, "percent", p.done*100/p.size, "of", p.size)
	}
	return n, err
}

func (p *progress) Close() error {
	if p.to == nil {
		return nil
	}
	return p.to.Close()
}

// emptyCopy makes dir an empty folder of ours. What somebody else keeps there stays.
func emptyCopy(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	mark := filepath.Join(dir, copyMark)
	if len(entries) > 0 {
		if _, err := os.Lstat(mark); err != nil {
			return fmt.Errorf("%s is not empty and holds no copy that podd made: name a folder for podd alone", dir)
		}
	}
	for _, name := range []string{"manifests", "blobs"} { // the mark last: whoever is interrupted may begin again
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(mark, []byte("podd's copy of the models it offers; emptied at each start\n"), 0o600)
}

// overlap reports whether one of two folders lies in the other.
func overlap(a, b string) bool {
	inside := func(a, b string) bool {
		rel, err := filepath.Rel(a, b)
		return err == nil && rel != ".." && !strings.HasPrefix(rel, "../")
	}
	return inside(a, b) || inside(b, a)
}

// stoppableFS is a file system whose files cannot be read once ctx has ended: models take minutes to hash.
type stoppableFS struct {
	fs.FS
	ctx context.Context
}

func (s stoppableFS) Open(name string) (fs.File, error) {
	file, err := s.FS.Open(name)
	if err != nil {
		return nil, err
	}
	return stoppableFile{file, s.ctx}, nil
}

type stoppableFile struct {
	fs.File
	ctx context.Context
}

func (f stoppableFile) Read(p []byte) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	return f.File.Read(p)
}
