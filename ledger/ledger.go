package ledger

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/phallama/phallama/protocol"
)

// Limits and times.
const (
	MaxSessions = 1 << 16 // sessions in the book
	MaxRunning  = 64      // requests of one session being answered at once
	MaxRows     = 700     // rows of a batch: 715 fill the 128 KiB of a transaction

	// AckGrace is how long a charge may stay unacknowledged before the session's next request has to acknowledge it.
	AckGrace = 60 * time.Second

	// Retention is how long a billed request id is remembered at least. Afterwards a request with the same id would be
	// billed again, which cannot happen by a replay: the envelope's key lives for half as long and its replay cache as
	// long as the key, so the bytes of such a request can no longer be opened, and the voucher inside counts on the total
	// of a day before. A settled batch is remembered for as long, with every receipt under its root, so that each can be
	// proven.
	Retention = 24 * time.Hour

	// DefaultSettleMargin is the default of Config.SettleMargin: two settlement intervals of 30 minutes.
	DefaultSettleMargin = time.Hour
)

// Config is what a ledger is opened with.
type Config struct {
	// Dir holds the log. It is made if missing, and used by one process at a time.
	Dir string

	// Domain and Pod are what vouchers have to be signed for. A log remembers them and opens for no others.
	Domain protocol.Domain
	Pod    protocol.Address

	// Key seals the log. One that was sealed with another key is not opened, and not touched: see SealedError.
	Key Key

	// SettleMargin is how long a session must still live for a new request. Default: DefaultSettleMargin.
	SettleMargin time.Duration

	// PublishEvery is how long what a session was charged and acknowledged is kept from the host after it was shown: a
	// row of a new batch, a voucher of an export. Default: it is shown whenever it is asked for.
	PublishEvery time.Duration

	// Clock tells the time. Default: time.Now. The host may set it as it likes: a wrong clock can make the pod refuse
	// requests or ask for acknowledgements late, and bills nobody more.
	Clock func() time.Time

	// Logger gets one line for each thing an operator should know. Default: none.
	Logger *slog.Logger
}

// Ledger is safe for concurrent use.
type Ledger struct {
	cfg  Config
	disk disk

	mu      sync.Mutex // guards all below; released while the disk works
	book    *book
	refused map[protocol.Hash]string // why the chain skipped an opening order, by session id
	log     *logWriter
	group   group
}

// ErrClosed is what every verb returns after Close.
var ErrClosed = errors.New("ledger is closed")

// Exists tells whether there is a log in dir.
func Exists(dir string) (bool, error) {
	_, err := os.Stat(filepath.Join(dir, logName))
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Open reads the log in cfg.Dir, or starts one, and writes it anew. It drops a torn tail, which was never acknowledged,
// and refuses a log that is damaged anywhere else, is sealed with another key, belongs to another pod, or breaks an
// invariant. A log that is refused is left as it is.
func Open(cfg Config) (*Ledger, error) {
	disk, err := openDir(cfg.Dir)
	if err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	l, err := open(cfg, disk)
	if err != nil {
		disk.close()
		return nil, fmt.Errorf("ledger in %s: %w", cfg.Dir, err)
	}
	return l, nil
}

func open(cfg Config, d disk) (*Ledger, error) {
	if cfg.Pod.IsZero() || cfg.Domain == (protocol.Domain{}) {
		return nil, errors.New("config: Domain and Pod are needed to check vouchers")
	}
	if cfg.Key.IsZero() {
		return nil, errors.New("config: Key is needed: a log is never written in plain")
	}
	if cfg.SettleMargin == 0 {
		cfg.SettleMargin = DefaultSettleMargin
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	l := &Ledger{cfg: cfg, disk: d, book: newBook(), refused: map[protocol.Hash]string{}}
	l.group.init(&l.mu)
	_ = d.remove(logName + newSuffix) // of a rewriting that was cut short
	data, err := d.read(logName)
	if err == nil {
		err = l.load(data)
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	// What was found is never written to again: see seal.go.
	if err := l.rewrite(); err != nil {
		return nil, fmt.Errorf("write the log: %w", err)
	}
	return l, nil
}

// load brings a log that was found into the book.
func (l *Ledger) load(data []byte) error {
	end, err := l.replay(data)
	if err != nil {
		return err
	}
	if err := l.book.check(); err != nil {
		return fmt.Errorf("the log is whole but its content breaks a rule: %w", err)
	}
	if torn := len(data) - end; torn > 0 {
		l.cfg.Logger.Warn("ledger: dropped the unfinished last write of a crash; nothing in it had been acknowledged", "bytes", torn)
	}
	return nil
}

// Close waits for writes under way and releases the directory. It is not needed for durability.
func (l *Ledger) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if errors.Is(l.group.failed, ErrClosed) {
		return nil
	}
	err := l.flush()
	l.group.idle()
	l.group.failed = ErrClosed
	return errors.Join(err, l.log.close(), l.disk.close())
}

// Check walks the whole book and returns the first broken invariant.
func (l *Ledger) Check() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.book.check()
}

// Totals are sums over all sessions.
type Totals struct {
	Running   int             // requests admitted and not yet committed or released
	Sessions  int             // sessions in the book
	Unsettled protocol.Amount // charged, covered by a voucher and not yet claimed on chain
}

// Totals sums up the book. It may be ahead of the disk by the writes under way.
func (l *Ledger) Totals() Totals {
	l.mu.Lock()
	defer l.mu.Unlock()
	t := Totals{Sessions: len(l.book.sessions)}
	for _, s := range l.book.sessions {
		t.Running += s.running
		if !s.alive(l.now()) {
			continue
		}
		// Caps are locked tokens, so their sum fits; under a lying host the figure stays at the largest one.
		t.Unsettled = t.Unsettled.AddCapped(s.payable().SubDown(s.Claimed))
	}
	return t
}

// Session is a session as the book has it.
type Session struct {
	protocol.SessionKey
	Cap      protocol.Amount // locked on chain; zero: the chain has no such session any more
	Claimed  protocol.Amount // taken on chain
	Charged  protocol.Amount // billed in all
	Reserved protocol.Amount // held for running requests
	Ceiling  protocol.Amount // best ceiling signed
	Expiry   uint64          // Unix seconds
	Closing  bool            // on chain
	Closed   bool            // here, by CloseSession
	Final    protocol.Amount // with Closed: the most that is claimed in all
	Running  int

	LastReceipt *protocol.Receipt       // nil: none, or older than Retention
	LastVoucher *protocol.SignedVoucher // the voucher of Ceiling; nil: none
	Refused     string                  // why the chain skipped the latest opening order, if it did
}

// Session looks a session up by id; false: the chain's word on it was never learnt, or it has been forgotten since. It
// may be ahead of the disk by the writes under way.
func (l *Ledger) Session(id protocol.Hash) (Session, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.book.sessions[id]
	return l.view(s, id), s != nil
}

func (l *Ledger) view(s *session, id protocol.Hash) Session {
	if s == nil {
		return Session{Refused: l.refused[id]}
	}
	v := Session{
		SessionKey: s.Key, Cap: s.Cap, Claimed: s.Claimed, Charged: s.Charged, Reserved: s.reserved, Ceiling: s.Best.Ceiling,
		Expiry: s.Expiry, Closing: s.Closing, Closed: s.Closed, Final: s.Final, Running: s.running, Refused: l.refused[id],
	}
	if n := len(s.receipts); n > 0 {
		r := s.receipts[n-1].Receipt
		v.LastReceipt = &r
	}
	if !s.Best.SessionID.IsZero() {
		best := s.Best
		v.LastVoucher = &best
	}
	return v
}

func (l *Ledger) now() uint64 { return uint64(max(0, l.cfg.Clock().Unix())) }
