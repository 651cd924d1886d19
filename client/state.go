package client

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/phallama/phallama/durable"
	"github.com/phallama/phallama/protocol"
)

// Names and limits of the state directory.
const (
	lockFile     = "lock"
	runningFile  = "running"
	receiptsFile = "receipts.jsonl"
	proofsFile   = "proofs.jsonl"
	sessionsDir  = "sessions"

	stateVersion   = 1
	maxSessionFile = 16 << 20
)

// State is what a state directory holds, secrets left out.
//
//	lock                 locked (flock) by the client that uses the directory
//	running              there while a client runs, and after one that ended without Close
//	receipts.jsonl       one ReceiptEntry a line, only ever appended to
//	proofs.jsonl         what proves a receipt under the root of a settled batch, one a line, only ever appended to
//	sessions/<id>.json   one session each: its signer's secret key, the order that opens it, the highest ceiling signed,
//	                     and every request whose bill is not known yet; replaced as a whole
//
// All of it is for the user alone (0700, 0600). What a session was charged is not stored: it is the sum of its receipts.
type State struct {
	Receipts []ReceiptEntry
	Sessions []SessionStatus
}

// ReceiptEntry is a verified receipt with what it was verified against.
type ReceiptEntry struct {
	Time      time.Time              `json:"time"`
	RequestID protocol.RequestID     `json:"requestId"`
	Session   protocol.SessionKey    `json:"session"`
	Identity  protocol.Address       `json:"identity"` // that signed it
	Offer     protocol.Offer         `json:"offer"`
	MaxCost   protocol.Amount        `json:"maxCost"`
	Receipt   protocol.SignedReceipt `json:"receipt"`
	// MaxUsage is the most that the request could use, AnswerUsage what the answer itself said, if it did, and AnswerBytes
	// how long it was. Entries of earlier versions lack them.
	MaxUsage    *protocol.Usage `json:"maxUsage,omitempty"`
	AnswerUsage *protocol.Usage `json:"answerUsage,omitempty"`
	AnswerBytes *int64          `json:"answerBytes,omitempty"`
	// KeyConfig is the hashStruct of the key config that the request was last sealed to. Entries of earlier versions lack it.
	KeyConfig protocol.Hash `json:"keyConfig,omitzero"`
	// Late: it was fetched after the answer had broken off, so that its responseHash could not be compared.
	Late bool `json:"late,omitempty"`
	// Restart: the pod had lost its ledger, and its numbers begin again, above what was acknowledged until then.
	Restart bool `json:"restart,omitempty"`
	// Settled proves it under the root of a settled batch, once that is known. It stands in a file of its own.
	Settled *protocol.Inclusion `json:"settled,omitempty"`
}

// SessionStatus is where a session stands. Amounts are base units.
type SessionStatus struct {
	Key     protocol.SessionKey `json:"key"`
	ID      protocol.Hash       `json:"id"`
	Cap     protocol.Amount     `json:"cap"`     // locked, as the chain last showed it
	Ordered protocol.Amount     `json:"ordered"` // to be locked by an order not seen executed yet
	Expiry  uint64              `json:"expiry"`  // Unix seconds
	Ceiling protocol.Amount     `json:"ceiling"` // the most the pod may have of it, as signed
	Charged protocol.Amount     `json:"charged"` // the sum of its receipts, and what was charged before them
	Open    int                 `json:"open"`    // requests whose bill is not known yet

	Receipts int `json:"receipts"` // on disk
	// Before is what was charged before the first receipt that counts, where earlier ones were lost with the state; the
	// receipts' numbers go on after BeforeSeq.
	Before    protocol.Amount `json:"before"`
	BeforeSeq uint64          `json:"beforeRseq,omitempty"`
	// Gaps are numbers of receipts that are missing among those known.
	Gaps uint64 `json:"gaps,omitempty"`
	// Requests are the open ones, oldest first.
	Requests []OpenRequest `json:"requests,omitempty"`

	// Lost: found on chain again, and its pod has not said yet where it stands.
	Lost    bool   `json:"lost,omitempty"`
	Suspect string `json:"suspect,omitempty"`
	// NotClosed is why the close of a suspect session could not be asked for.
	NotClosed string `json:"notClosed,omitempty"`
	Ended     string `json:"ended,omitempty"`
}

// OpenRequest is a request whose bill is not known yet.
type OpenRequest struct {
	ID      protocol.RequestID `json:"id"` // secret: whoever knows it can ask for the bill
	Model   string             `json:"model"`
	MaxCost protocol.Amount    `json:"maxCost"`
	Sent    time.Time          `json:"sent"`
}

// ReadState reads a state directory, also while a client uses it. A directory that is not there holds nothing.
func ReadState(dir string) (State, error) {
	// In this order: a receipt that is written in between closes its request.
	sessions, err := readSessions(filepath.Join(dir, sessionsDir))
	if err != nil {
		return State{}, err
	}
	entries, _, err := readJournal[ReceiptEntry]("receipts", filepath.Join(dir, receiptsFile))
	if err != nil {
		return State{}, err
	}
	proofs, _, err := readJournal[proofEntry]("proofs", filepath.Join(dir, proofsFile))
	if err != nil {
		return State{}, err
	}
	st := &state{sessions: sessions}
	st.rebuild(entries, proofs)
	return State{Receipts: withProofs(entries, proofs), Sessions: st.statuses()}, nil
}

// withProofs has each receipt say what proves it.
func withProofs(entries []ReceiptEntry, proofs []proofEntry) []ReceiptEntry {
	settled := make(map[protocol.RequestID]*protocol.Inclusion, len(proofs))
	for _, p := range proofs {
		settled[p.RequestID] = p.Settled
	}
	for i := range entries {
		entries[i].Settled = settled[entries[i].RequestID]
	}
	return entries
}

// state is the client's memory, on disk.
type state struct {
	dir      string
	lock     *os.File
	receipts *journal
	proofs   *journal
	sessions map[protocol.Hash]*session
	delegate protocol.Address // whose sessions are paid from; zero: the owner's own
	saver    saver
}

// openState locks the directory and reads it. guard is held by whoever calls a method or touches a session.
func openState(dir string, guard sync.Locker, log *slog.Logger) (_ *state, err error) {
	if err := os.MkdirAll(filepath.Join(dir, sessionsDir), 0o700); err != nil {
		return nil, fmt.Errorf("client: state directory: %w", err)
	}
	st := &state{dir: dir}
	st.saver.init(filepath.Join(dir, sessionsDir), guard)
	defer func() {
		if err != nil {
			_ = st.close(false)
		}
	}()
	if st.lock, err = os.OpenFile(filepath.Join(dir, lockFile), os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return nil, fmt.Errorf("client: state directory: %w", err)
	}
	switch locked, err := lock(st.lock); {
	case err != nil:
		return nil, fmt.Errorf("client: locking the state directory %s: %w", dir, err)
	case !locked:
		return nil, fmt.Errorf("client: %w: %s: two clients must not sign for the same sessions: stop the other `phallama`, ask through it, or give this one a directory of its own", ErrLocked, dir)
	}
	if err := durable.Clean(filepath.Join(dir, sessionsDir, "*")); err != nil {
		return nil, fmt.Errorf("client: state directory: %w", err)
	}
	path := filepath.Join(dir, receiptsFile)
	entries, whole, err := readJournal[ReceiptEntry]("receipts", path)
	if err != nil {
		return nil, err
	}
	if st.receipts, err = openJournal("receipts", path, whole, log); err != nil {
		return nil, err
	}
	path = filepath.Join(dir, proofsFile)
	proofs, whole, err := readJournal[proofEntry]("proofs", path)
	if err != nil {
		return nil, err
	}
	if st.proofs, err = openJournal("proofs", path, whole, log); err != nil {
		return nil, err
	}
	if st.sessions, err = readSessions(filepath.Join(dir, sessionsDir)); err != nil {
		return nil, err
	}
	st.saver.first = st.receipts.flushAll
	st.rebuild(entries, proofs)
	if _, err := os.Stat(filepath.Join(dir, runningFile)); err == nil {
		for _, s := range st.sessions {
			s.unsure = true
		}
	} else if err := os.WriteFile(filepath.Join(dir, runningFile), nil, 0o600); err != nil {
		return nil, fmt.Errorf("client: state directory: %w", err)
	}
	return st, durable.SyncDir(dir)
}

// close lets go of the directory; orderly says that all of it is on disk. Nothing is being saved.
func (st *state) close(orderly bool) error {
	err := errors.Join(st.receipts.close(), st.proofs.close())
	if orderly && err == nil && !st.saver.failing {
		err = errors.Join(os.Remove(filepath.Join(st.dir, runningFile)), durable.SyncDir(st.dir))
	}
	if st.lock != nil { // the lock last
		err = errors.Join(err, st.lock.Close())
	}
	return err
}

// rebuild books the receipts of each session. A receipt in the file was verified; its request is no longer open.
func (st *state) rebuild(entries []ReceiptEntry, proofs []proofEntry) {
	known := make(map[protocol.RequestID]bool, len(proofs))
	for _, p := range proofs {
		known[p.RequestID] = true
	}
	for _, e := range entries {
		s := st.sessions[e.Receipt.SessionID]
		if s == nil {
			continue
		}
		if _, twice := s.book.ahead[e.Receipt.RSeq]; e.Restart || !twice && e.Receipt.RSeq > s.book.seq {
			s.book.put(e.Receipt.Receipt, e.Identity, e.Restart)
		}
		delete(s.open, e.RequestID)
		s.receipts++
		if !known[e.RequestID] {
			s.prove(e.RequestID, e.Receipt.Receipt, e.Time)
		}
	}
}

func (st *state) statuses() []SessionStatus {
	var all []SessionStatus
	for id, s := range st.sessions {
		status := SessionStatus{
			Key: s.key, ID: id, Cap: s.cap, Expiry: s.expiry, Ceiling: s.ceiling, Charged: s.book.total(),
			Open: s.unknown(), Suspect: s.suspect, Ended: s.ended, Lost: s.lost, NotClosed: s.notClosed, Receipts: s.receipts, Before: s.book.baseCharged,
			BeforeSeq: s.book.baseSeq, Gaps: s.book.gaps(),
		}
		for _, o := range s.open {
			if o.receipt == nil {
				status.Requests = append(status.Requests, OpenRequest{o.ID, o.Offer.Model, o.MaxCost, o.Sent})
			}
		}
		slices.SortFunc(status.Requests, func(a, b OpenRequest) int { return a.Sent.Compare(b.Sent) })
		if s.order != nil {
			status.Ordered = s.order.Cap
		}
		all = append(all, status)
	}
	slices.SortFunc(all, func(a, b SessionStatus) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return all
}

// sessionFile is a session on disk.
type sessionFile struct {
	Version int                  `json:"version"`
	Key     protocol.SessionKey  `json:"key"`
	Secret  string               `json:"secret"` // of the signer, hex
	Cap     protocol.Amount      `json:"cap"`
	Expiry  uint64               `json:"expiry"`
	Order   *protocol.SignedOpen `json:"order,omitempty"`
	Ceiling protocol.Amount      `json:"ceiling"`
	Open    []*openRequest       `json:"open"`
	Base    *base                `json:"base,omitempty"`
	Lost    bool                 `json:"lost,omitempty"`
	Suspect string               `json:"suspect,omitempty"`
	Closing bool                 `json:"closing,omitempty"` // a suspect one, on chain
	Refused string               `json:"refused,omitempty"` // why not
	Ended   string               `json:"ended,omitempty"`
	Left    bool                 `json:"left,omitempty"` // at our own wish
}

// save returns once the session is on disk, as a whole or not at all.
func (st *state) save(s *session) error { return st.saver.save(s) }

// saveSoon has the session saved beside what the caller goes on with; durable waits for it.
func (st *state) saveSoon(s *session) (durable func() error, err error) {
	if err := st.receipts.broken(); err != nil {
		return nil, err
	}
	return st.saver.saveSoon(s)
}

// encode is a session as it stands in its file.
func (s *session) encode() ([]byte, error) {
	f := sessionFile{
		Version: stateVersion, Key: s.key, Secret: hex.EncodeToString(s.signer.Bytes()), Cap: s.cap, Expiry: s.expiry,
		Order: s.order, Ceiling: s.ceiling, Base: s.base, Lost: s.lost, Suspect: s.suspect, Ended: s.ended,
		Closing: s.closing, Refused: s.notClosed, Left: s.left,
	}
	for _, id := range slices.SortedFunc(maps.Keys(s.open), func(a, b protocol.RequestID) int { return bytes.Compare(a[:], b[:]) }) {
		if o := s.open[id]; o.receipt == nil {
			f.Open = append(f.Open, o)
		}
	}
	return json.Marshal(f)
}

func readSessions(dir string) (map[protocol.Hash]*session, error) {
	sessions := map[protocol.Hash]*session{}
	files, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("client: sessions: %w", err)
	}
	for _, f := range files {
		name, ok := strings.CutSuffix(f.Name(), ".json")
		if !ok {
			continue
		}
		s, err := readSession(filepath.Join(dir, f.Name()))
		if err == nil && s.key.ID().String() != name {
			err = errors.New("its content is another session's")
		}
		if err != nil {
			return nil, fmt.Errorf("client: session %s: %w: restore the file, or move it away and lose what it locks until it expires", f.Name(), err)
		}
		sessions[s.key.ID()] = s
	}
	return sessions, nil
}

func readSession(path string) (*session, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, maxSessionFile+1))
	switch {
	case err != nil:
		return nil, err
	case len(raw) > maxSessionFile:
		return nil, fmt.Errorf("longer than %d bytes", maxSessionFile)
	}
	return parseSession(raw)
}

func parseSession(raw []byte) (*session, error) {
	var f sessionFile
	if err := json.Unmarshal(raw, &f); err != nil {
		return nil, errors.New("it is not a session's JSON") // the reason could quote the secret
	}
	if f.Version != stateVersion {
		return nil, fmt.Errorf("version %d, this program reads %d", f.Version, stateVersion)
	}
	secret, err := hex.DecodeString(f.Secret)
	if err != nil {
		return nil, errors.New("the signer's key is not hexadecimal")
	}
	signer, err := protocol.KeyFromBytes(secret)
	if err != nil {
		return nil, err
	}
	if signer.Address() != f.Key.Signer {
		return nil, errors.New("the signer's key is not that of the session")
	}
	s := &session{
		key: f.Key, signer: signer, cap: f.Cap, expiry: f.Expiry, order: f.Order, ceiling: f.Ceiling,
		open: map[protocol.RequestID]*openRequest{}, suspect: f.Suspect, ended: f.Ended,
		base: f.Base, book: f.Base.book(), lost: f.Lost,
		closing: f.Closing, notClosed: f.Refused, left: f.Left,
	}
	for _, o := range f.Open {
		if o == nil {
			return nil, errors.New("an open request is null")
		}
		s.open[o.ID] = o
	}
	return s, nil
}
