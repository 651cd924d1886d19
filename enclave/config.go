package enclave

import (
	"bytes"
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
// In a measured enclave the file is part of the measurement, but for the addresses and the control token.
type Config struct {
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

	// EngineSocket is the UNIX socket that the engine serves; empty where it runs in the same process. Models the store it reads: podd hashes every file of the
	// models it offers.
	EngineSocket string `json:"engineSocket"`
	Models       string `json:"models"`

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
)

// LoadConfig reads and checks a configuration file.
func LoadConfig(path string) (Config, error) {
	file, err := os.Open(path)
	if err != nil {
		return Config{}, fmt.Errorf("configuration: %w", err)
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, maxConfigSize+1))
	if err == nil && len(raw) > maxConfigSize {
		err = fmt.Errorf("more than %d bytes", maxConfigSize)
	}
	if err != nil {
		return Config{}, fmt.Errorf("configuration %s: %w", path, err)
	}
	c, err := parseConfig(raw)
	if err != nil {
		return Config{}, fmt.Errorf("configuration %s: %w", path, err)
	}
	return c, nil
}

func parseConfig(raw []byte) (Config, error) {
	if err := onceEach(raw); err != nil {
		return Config{}, err
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	var c Config
	if err := decoder.Decode(&c); err != nil {
		return Config{}, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Config{}, errors.New("want one JSON object and nothing after it")
	}
	if err := c.complete(); err != nil {
		return Config{}, err
	}
	return c, nil
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
	if len(c.ControlToken) < pod.MinToken {
		return fmt.Errorf("controlToken: want at least %d characters, got %d", pod.MinToken, len(c.ControlToken))
	}
	if c.Slots < 0 || c.Queue < 0 {
		return fmt.Errorf("slots and queue: want numbers above 0, got %d and %d", c.Slots, c.Queue)
	}
	if c.Slots == 0 {
		c.Slots = 1
	}
	if c.Queue == 0 {
		c.Queue = 16
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
		Slots: c.Slots, Queue: c.Queue,
		AnswerLimit: answerLimit, SessionWait: sessionWait, IdentityLife: identityLife, KeyLife: keyLife, KeyRequests: envelope.DefaultMaxRequestsPerKey,
		ControlToken: pod.Token(c.ControlToken),
	}
}
