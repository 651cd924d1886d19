package enclave

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

// Config is the file that podd is started with: everything it is told. Paths are of the enclave's own file system.
// In a measured enclave the file is part of the measurement; what the operator sets himself is in OperatorFile.
type Config struct {
	// OperatorFile is a file that is not measured. It may hold Pod, Operator, Listen, Control, ControlToken, Offers, Slots
	// and Queue, as far as they are not here. LoadConfig has taken it in, and leaves this empty.
	OperatorFile string `json:"operatorFile,omitempty"`

	// ChainID, Registry, Escrow, Pod and Operator say where the pod belongs; the quote binds them.
	ChainID  uint64           `json:"chainId"`
	Registry protocol.Address `json:"registry"`
	Escrow   protocol.Address `json:"escrow"`
	Pod      protocol.Address `json:"pod"`
	Operator protocol.Address `json:"operator"`

	// Listen is the TCP address for sealed requests, Control the one for the operator's agent, who shows ControlToken.
	// Port 0 takes a free one; the ready line on standard output tells which.
	Listen       string `json:"listen"`
	Control      string `json:"control"`
	ControlToken string `json:"controlToken"`

	// EngineSocket is the UNIX socket that the engine serves; empty where it runs in the same process.
	EngineSocket string `json:"engineSocket"`

	// Models is the store that the models offered are read from, and ModelsCopy a folder of podd's own, which it empties
	// and then fills with their files while it hashes them: in an enclave a tmpfs. The engine reads the copy. Without one
	// it reads Models itself, so that whoever can write there can change a model after it was hashed. With Gramine there
	// must be one.
	Models     string `json:"models"`
	ModelsCopy string `json:"modelsCopy,omitempty"`

	// Memory is what the enclave has, for the check that the models fit; "16G" or a number of bytes. Default: what the
	// system says is left, which cannot be believed with Gramine: there it must be said.
	Memory Bytes `json:"memory,omitzero"`

	// Exactly one of these says where quotes come from. QuoteSocket is a UNIX socket that answers dstack's GetQuote.
	// Gramine is the folder of Gramine's attestation files, /dev/attestation. ConfigFS is the folder of Linux's TSM
	// reports, /sys/kernel/config/tsm/report, in a TDX guest.
	QuoteSocket string `json:"quoteSocket,omitempty"`
	Gramine     string `json:"gramine,omitempty"`
	ConfigFS    string `json:"configfs,omitempty"`

	// State is the directory of the ledger, which is sealed with StateKey. It holds hashes and sums, never a prompt.
	State    string   `json:"state"`
	StateKey StateKey `json:"stateKey"`

	// Offers are the models to serve and their prices.
	Offers []Offer `json:"offers"`

	// Slots is how many requests the engine answers at once (default 1), Queue how many more may wait (default 16).
	Slots int `json:"slots,omitempty"`
	Queue int `json:"queue,omitempty"`

	// QueueSeconds is how long a request waits for a slot at most (default 30).
	QueueSeconds int `json:"queueSeconds,omitempty"`

	// PublishSeconds is for how long the host sees the same figures (default 60). Less is for development: the host then
	// learns what single requests come to.
	PublishSeconds int `json:"publishSeconds,omitempty"`

	// CellBytes is how large the frames of an answer are whose client asks for a shape: 256 to 16,384 (default 1,024). The
	// host must not choose it: small ones tell more about an answer's length.
	CellBytes int `json:"cellBytes,omitempty"`

	// AccountRequests and AccountBytes are what one account may send a minute (defaults 600 and 67,108,864, at least
	// 1,032,192 bytes), Accounts of how many that is counted (default 16,384).
	AccountRequests int   `json:"accountRequests,omitempty"`
	AccountBytes    int64 `json:"accountBytes,omitempty"`
	Accounts        int   `json:"accounts,omitempty"`
}

// Offer is a model and its price in base units; see protocol.Offer. The model's digest is computed, never configured.
type Offer struct {
	Model      string          `json:"model"`
	InPerM     protocol.Amount `json:"inPerM"`
	CachedPerM protocol.Amount `json:"cachedPerM"`
	OutPerM    protocol.Amount `json:"outPerM"`
	PerRequest protocol.Amount `json:"perRequest"`
	Context    uint32          `json:"ctx"`
	DefaultOut uint32          `json:"defaultOut,omitempty"` // default: 2,048, or half the context or MaxOut if one is less
	MaxOut     uint32          `json:"maxOut,omitempty"`     // default: the context
}

// What podd does not ask about.
const (
	answerLimit   = 10 * time.Minute
	sessionWait   = 20 * time.Second
	identityLife  = 7*24*time.Hour - time.Hour // the registry allows 7 days of its own clock
	keyLife       = 12 * time.Hour
	bootLimit     = 15 * time.Minute // loading models
	maxConfigSize = 1 << 20
	defaultOut    = 2048 // tokens

	publishSeconds    = 60
	maxPublishSeconds = 300 // an agent settles a session 10 minutes before its end at the latest

	maxQueueSeconds = 600     // answerLimit: beyond that nobody waits
	maxAccounts     = 1 << 20 // some 200 MB
)

// LoadConfig reads and checks a configuration file, and the operator's file if it names one.
func LoadConfig(path string) (Config, error) {
	raw, err := readLimited(path)
	if err != nil {
		return Config{}, fmt.Errorf("configuration: %w", err)
	}
	c, err := parseConfig(raw)
	if err != nil {
		return Config{}, fmt.Errorf("configuration %s: %w", path, err)
	}
	return c, nil
}

func readLimited(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, maxConfigSize+1))
	if err == nil && len(raw) > maxConfigSize {
		err = fmt.Errorf("%s: more than %d bytes", path, maxConfigSize)
	}
	return raw, err
}

func parseConfig(raw []byte) (Config, error) {
	var c Config
	if err := decodeStrict(raw, &c); err != nil {
		return Config{}, err
	}
	if err := c.takeOperatorFile(); err != nil {
		return Config{}, err
	}
	if err := c.complete(); err != nil {
		return Config{}, err
	}
	return c, nil
}

func decodeStrict(raw []byte, into any) error {
	if err := onceEach(raw); err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("want one JSON object and nothing after it")
	}
	return nil
}

// complete sets defaults. What is wrong is found here, before the models are hashed, which can take long.
func (c *Config) complete() error {
	for _, field := range []struct {
		name    string
		missing bool
	}{
		{"chainId", c.ChainID == 0},
		{"registry", c.Registry.IsZero()},
		{"escrow", c.Escrow.IsZero()},
		{"pod", c.Pod.IsZero()},
		{"operator", c.Operator.IsZero()},
		{"listen", c.Listen == ""},
		{"control", c.Control == ""},
		{"controlToken", c.ControlToken == ""},
		{"models", c.Models == ""},
		{"state", c.State == ""},
		{"offers", len(c.Offers) == 0},
	} {
		if field.missing {
			return fmt.Errorf("%s is missing (docs/operate/podd.md)", field.name)
		}
	}
	sources := 0
	for _, place := range []string{c.QuoteSocket, c.Gramine, c.ConfigFS} {
		if place != "" {
			sources++
		}
	}
	if sources != 1 {
		return fmt.Errorf("want exactly one of quoteSocket, gramine and configfs, got %d (docs/operate/podd.md)", sources)
	}
	if err := c.StateKey.check(c.Gramine); err != nil {
		return err
	}
	if c.Gramine != "" && c.ModelsCopy == "" {
		return errors.New("modelsCopy is missing: with gramine the engine must read a copy inside the enclave, or the host could change " +
			"a model after it was hashed: name a folder on a tmpfs (docs/operate/podd.md)")
	}
	if c.Gramine != "" && c.Memory == 0 {
		return errors.New("memory is missing: with gramine say how large the enclave is, such as \"16G\" (docs/operate/podd.md)")
	}
	if c.ModelsCopy != "" && overlap(c.Models, c.ModelsCopy) {
		return fmt.Errorf("modelsCopy: want a folder apart from models, which is %q, got %q: podd empties it", c.Models, c.ModelsCopy)
	}
	if len(c.ControlToken) < pod.MinToken {
		return fmt.Errorf("controlToken: want at least %d characters, got %d", pod.MinToken, len(c.ControlToken))
	}
	if c.Slots < 0 || c.Queue < 0 {
		return fmt.Errorf("slots and queue: want numbers above 0, got %d and %d", c.Slots, c.Queue)
	}
	if c.QueueSeconds < 0 || c.AccountRequests < 0 || c.AccountBytes < 0 || c.Accounts < 0 {
		return fmt.Errorf("queueSeconds, accountRequests, accountBytes and accounts: want numbers above 0, got %d, %d, %d and %d",
			c.QueueSeconds, c.AccountRequests, c.AccountBytes, c.Accounts)
	}
	c.Slots, c.Queue, c.QueueSeconds = cmp.Or(c.Slots, 1), cmp.Or(c.Queue, 16), cmp.Or(c.QueueSeconds, 30)
	if c.PublishSeconds < 0 || c.PublishSeconds > maxPublishSeconds {
		return fmt.Errorf("publishSeconds: want 1 to %d, got %d", maxPublishSeconds, c.PublishSeconds)
	}
	c.PublishSeconds = cmp.Or(c.PublishSeconds, publishSeconds)
	c.CellBytes = cmp.Or(c.CellBytes, envelope.DefaultCellBytes)
	if c.CellBytes < envelope.MinCellBytes || c.CellBytes > envelope.MaxCellBytes {
		return fmt.Errorf("cellBytes: want %d to %d, got %d", envelope.MinCellBytes, envelope.MaxCellBytes, c.CellBytes)
	}
	c.AccountRequests, c.AccountBytes, c.Accounts = cmp.Or(c.AccountRequests, 600), cmp.Or(c.AccountBytes, 64<<20), cmp.Or(c.Accounts, 1<<14)
	if c.AccountBytes < protocol.MaxRequestBody {
		return fmt.Errorf("accountBytes: want at least %d, which is one request, got %d", protocol.MaxRequestBody, c.AccountBytes)
	}
	if c.QueueSeconds > maxQueueSeconds || c.Accounts > maxAccounts {
		return fmt.Errorf("queueSeconds and accounts: want at most %d and %d, got %d and %d", maxQueueSeconds, maxAccounts, c.QueueSeconds, c.Accounts)
	}
	seen := map[string]bool{}
	for i := range c.Offers {
		o := &c.Offers[i]
		if err := o.complete(); err != nil {
			return fmt.Errorf("offers[%d] (%q): %w", i, o.Model, err)
		}
		name := strings.TrimSuffix(o.Model, ":latest") // as Ollama has it
		if seen[name] {
			return fmt.Errorf("offers[%d] (%q): the model is offered twice", i, o.Model)
		}
		seen[name] = true
	}
	return nil
}

func (o *Offer) complete() error {
	if o.Model == "" {
		return errors.New("model is missing")
	}
	if o.Context == 0 {
		return errors.New("ctx is missing: the model's context length in tokens")
	}
	if o.MaxOut == 0 {
		o.MaxOut = o.Context
	}
	if o.DefaultOut == 0 {
		o.DefaultOut = max(1, min(defaultOut, o.Context/2, o.MaxOut))
	}
	if o.DefaultOut > o.MaxOut || o.MaxOut > o.Context {
		return fmt.Errorf("want defaultOut <= maxOut <= ctx, got %d, %d and %d", o.DefaultOut, o.MaxOut, o.Context)
	}
	return nil
}

// Format keeps the control token out of whatever prints a Config.
func (c Config) Format(s fmt.State, verb rune) {
	type plain Config
	c.ControlToken = "REDACTED"
	fmt.Fprintf(s, fmt.FormatString(s, verb), plain(c))
}

// LogValue keeps the control token out of logs.
func (c Config) LogValue() slog.Value { return slog.StringValue(fmt.Sprintf("%+v", c)) }

func (c Config) podConfig() pod.Config {
	return pod.Config{
		Identity: protocol.PodIdentity{
			ChainID: c.ChainID, Registry: c.Registry, Escrow: c.Escrow, Pod: c.Pod, Operator: c.Operator,
		},
		Slots: c.Slots, Queue: c.Queue, QueueWait: time.Duration(c.QueueSeconds) * time.Second,
		PublishEvery: time.Duration(c.PublishSeconds) * time.Second,
		CellBytes:    c.CellBytes,
		RateLimit:    pod.RateLimit{Requests: c.AccountRequests, Bytes: c.AccountBytes, Accounts: c.Accounts},
		AnswerLimit:  answerLimit, SessionWait: sessionWait, IdentityLife: identityLife, KeyLife: keyLife, KeyRequests: envelope.DefaultMaxRequestsPerKey,
		ControlToken: pod.Token(c.ControlToken),
	}
}
