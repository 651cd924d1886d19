package operator

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/phallama/phallama/protocol"
)

const (
	recoveryVersion = 1
	maxRecovery     = (maxSessions + 1) << 10 // bytes: a voucher takes less than 1 KiB

	recoveryTemp = ".new" // what is being written beside a recovery file
)

// recoveryFile is what an operator keeps on disk of a pod's export. It holds nothing secret: settlement publishes vouchers.
type recoveryFile struct {
	Version  int                 `json:"version"`
	ChainID  uint64              `json:"chainId"`
	Escrow   protocol.Address    `json:"escrow"`
	Pod      protocol.Address    `json:"pod"`
	Vouchers []protocol.AckedRow `json:"vouchers"` // one for a session, in the order of the sessions' ids
	Checksum protocol.Hash       `json:"checksum"` // see sum
}

// sum is keccak256 of the fields before it, in their order: 8, 8, 20 and 20 bytes, and settleAcked's rows.
func (f *recoveryFile) sum() protocol.Hash {
	head := binary.BigEndian.AppendUint64(nil, uint64(f.Version))
	head = binary.BigEndian.AppendUint64(head, f.ChainID)
	return protocol.Keccak256(head, f.Escrow[:], f.Pod[:], protocol.AckedRowBytes(f.Vouchers))
}

// of says why a file is not of a pod on a chain; nil: it is.
func (f *recoveryFile) of(d protocol.Domain, pod protocol.Address) error {
	if got := (protocol.Domain{ChainID: f.ChainID, Escrow: f.Escrow}); got != d {
		return fmt.Errorf("is for escrow %s on chain %d, and this is escrow %s on chain %d: give each network a file of its own", got.Escrow, got.ChainID, d.Escrow, d.ChainID)
	}
	if f.Pod != pod {
		return fmt.Errorf("is of pod %s, and this is pod %s: give each pod a file of its own", f.Pod, pod)
	}
	return nil
}

// parseRecovery reads the content of a recovery file. Signatures are not looked at: the checksum tells damage, and who
// sends vouchers checks those that it sends.
func parseRecovery(data []byte) (recoveryFile, error) {
	var f recoveryFile
	if len(data) > maxRecovery {
		return f, fmt.Errorf("want at most %d bytes, got %d", maxRecovery, len(data))
	}
	// Another version may have other fields.
	var version struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(data, &version); err != nil {
		return f, fmt.Errorf("not JSON: %w", err)
	}
	if version.Version != recoveryVersion {
		return f, fmt.Errorf("want version %d, got %d", recoveryVersion, version.Version)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&f); err != nil {
		return recoveryFile{}, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return recoveryFile{}, errors.New("something follows the JSON value")
	}
	if n := len(f.Vouchers); n > maxSessions {
		return recoveryFile{}, fmt.Errorf("want at most %d vouchers, got %d", maxSessions, n)
	}
	var last protocol.Hash
	for i, v := range f.Vouchers {
		id := v.Session.ID()
		switch {
		case v.Session.Pod != f.Pod:
			return recoveryFile{}, fmt.Errorf("vouchers[%d] is of pod %s", i, v.Session.Pod)
		case v.Voucher.SessionID != id:
			return recoveryFile{}, fmt.Errorf("vouchers[%d] is of another session than it says", i)
		case i > 0 && bytes.Compare(last[:], id[:]) >= 0:
			return recoveryFile{}, fmt.Errorf("vouchers[%d] is out of order", i)
		}
		last = id
	}
	if got := f.sum(); got != f.Checksum {
		return recoveryFile{}, fmt.Errorf("its content has the checksum %s, and it says %s", got.Short(), f.Checksum.Short())
	}
	return f, nil
}

// readRecovery reads a recovery file. It wraps fs.ErrNotExist if there is none.
func readRecovery(path string) (recoveryFile, error) {
	file, err := os.Open(path)
	if err != nil {
		return recoveryFile{}, fmt.Errorf("recovery file: %w", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxRecovery+1))
	if err != nil {
		return recoveryFile{}, fmt.Errorf("recovery file: %w", err)
	}
	f, err := parseRecovery(data)
	if err != nil {
		return recoveryFile{}, fmt.Errorf("recovery file %s is damaged, or not of this version: %w: it is left as it is; put a copy of it back, "+
			"or move it away to begin a new one, which the pod's next export fills unless the pod has lost its ledger", path, err)
	}
	return f, nil
}

// recoveryDisk is what a recovery file is written to: the seam at which tests break off.
type recoveryDisk interface {
	write(path string, data []byte) error // durable, and for the owner alone
	rename(from, to string) error
	syncDir(path string) error
}

type realDisk struct{}

func (realDisk) write(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func (realDisk) rename(from, to string) error { return os.Rename(from, to) }

func (realDisk) syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// recovery is a pod's recovery file and what it holds, or will once it is saved. The holder of turn owns all of it.
type recovery struct {
	path   string
	domain protocol.Domain
	pod    protocol.Address
	disk   recoveryDisk
	turn   chan struct{}

	kept  map[protocol.Hash]protocol.AckedRow
	gone  map[protocol.Hash]uint64 // of those, what moves nothing any more, and by which block
	dirty bool                     // the file does not hold what is kept
	said  string                   // the last trouble
}

// openRecovery reads a pod's recovery file, or makes one where there is none yet.
func openRecovery(path string, d protocol.Domain, pod protocol.Address, disk recoveryDisk) (*recovery, error) {
	r := &recovery{
		path: path, domain: d, pod: pod, disk: disk, turn: make(chan struct{}, 1),
		kept: map[protocol.Hash]protocol.AckedRow{}, gone: map[protocol.Hash]uint64{},
	}
	f, err := readRecovery(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.dirty = true
		if err := r.save(); err != nil {
			return nil, fmt.Errorf("operator: %w: choose a file that can be written", err)
		}
		return r, nil
	case err != nil:
		return nil, fmt.Errorf("operator: %w", err)
	}
	if err := f.of(d, pod); err != nil {
		return nil, fmt.Errorf("operator: recovery file %s %w", path, err)
	}
	for _, v := range f.Vouchers {
		r.kept[v.Voucher.SessionID] = v
	}
	return r, nil
}

// save writes what is kept, whole and durably. After an error the file holds what it held, or what is kept.
func (r *recovery) save() error {
	if !r.dirty {
		return nil
	}
	f := recoveryFile{
		Version: recoveryVersion, ChainID: r.domain.ChainID, Escrow: r.domain.Escrow, Pod: r.pod,
		Vouchers: slices.AppendSeq([]protocol.AckedRow{}, maps.Values(r.kept)),
	}
	slices.SortFunc(f.Vouchers, func(a, b protocol.AckedRow) int {
		return bytes.Compare(a.Voucher.SessionID[:], b.Voucher.SessionID[:])
	})
	f.Checksum = f.sum()
	data, err := json.Marshal(f)
	if err == nil {
		err = r.disk.write(r.path+recoveryTemp, append(data, '\n'))
	}
	if err == nil {
		err = r.disk.rename(r.path+recoveryTemp, r.path)
	}
	if err == nil {
		err = r.disk.syncDir(filepath.Dir(r.path))
	}
	if err != nil {
		return fmt.Errorf("recovery file %s: %w", r.path, err)
	}
	r.dirty = false
	return nil
}

// moves says why the escrow would never pay a voucher; nil: it would, as long as the session lives.
func moves(d protocol.Domain, pod protocol.Address, v protocol.AckedRow) error {
	switch {
	case v.Session.Pod != pod:
		return fmt.Errorf("it is of a session with pod %s", v.Session.Pod)
	case v.Voucher.SessionID != v.Session.ID():
		return errors.New("it is of another session than it says")
	case v.Voucher.Acked.IsZero():
		return errors.New("it acknowledges nothing")
	case v.Voucher.Acked.Cmp(v.Voucher.Ceiling) > 0:
		return errors.New("it acknowledges more than its ceiling")
	}
	return v.Signature.Verify(d.Digest(v.Voucher), v.Session.Signer)
}

// take keeps a voucher if it acknowledges more than what is kept of its session: a pod that has lost its ledger exports
// less than before. An error says why a voucher is no good.
func (r *recovery) take(v protocol.AckedRow) error {
	id := v.Session.ID()
	if old, ok := r.kept[id]; ok && v.Voucher.Acked.Cmp(old.Voucher.Acked) <= 0 {
		return nil
	}
	if err := moves(r.domain, r.pod, v); err != nil {
		return err
	}
	r.kept[id], r.dirty = v, true
	delete(r.gone, id)
	return nil
}

// bound drops what acknowledges least where there is too much, and returns how many.
func (r *recovery) bound(limit int) int {
	excess := len(r.kept) - limit
	if excess <= 0 {
		return 0
	}
	all := slices.SortedFunc(maps.Values(r.kept), func(a, b protocol.AckedRow) int { return a.Voucher.Acked.Cmp(b.Voucher.Acked) })
	for _, v := range all[:excess] {
		delete(r.kept, v.Voucher.SessionID)
		delete(r.gone, v.Voucher.SessionID)
	}
	r.dirty = true
	return excess
}

// prune drops vouchers that move nothing any more, as facts read up to block head say, once it is final that they do not: a
// reorganisation brings sessions back, and takes claims.
func (r *recovery) prune(facts []protocol.SessionFact, head, final uint64) {
	for _, fact := range facts {
		id := fact.ID()
		v, ok := r.kept[id]
		if !ok {
			continue
		}
		if !fact.Cap.IsZero() && v.Voucher.Acked.Cmp(fact.Claimed) > 0 {
			delete(r.gone, id)
			continue
		}
		since, known := r.gone[id]
		if !known {
			since = head
			r.gone[id] = head
		}
		if since <= final {
			delete(r.kept, id)
			delete(r.gone, id)
			r.dirty = true
		}
	}
}
