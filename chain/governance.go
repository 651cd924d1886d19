package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/phallama/phallama/protocol"
)

// MeasurementStatus is what governance says of a measurement.
type MeasurementStatus uint8

// Statuses of a measurement.
const (
	MeasurementNone       MeasurementStatus = iota // never added
	MeasurementActive                              // identities of it are admitted and settle
	MeasurementDeprecated                          // those that are admitted settle on, new ones are refused
	MeasurementRevoked                             // nothing of it settles; final
)

// String implements fmt.Stringer.
func (s MeasurementStatus) String() string {
	switch s {
	case MeasurementNone:
		return "none"
	case MeasurementActive:
		return "active"
	case MeasurementDeprecated:
		return "deprecated"
	case MeasurementRevoked:
		return "revoked"
	}
	return fmt.Sprintf("unknown(%d)", uint8(s))
}

// MarshalText implements encoding.TextMarshaler.
func (s MeasurementStatus) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Measurement is an enclave that governance has decided on, and the attributes that it may have.
type Measurement struct {
	MRENCLAVE   protocol.Hash     `json:"mrenclave"`
	Status      MeasurementStatus `json:"status"`
	Since       uint64            `json:"since"` // Unix seconds of the last change
	ISVProdID   uint16            `json:"isvProdId"`
	MinISVSVN   uint16            `json:"minIsvSvn"`
	XFRMAllowed uint64            `json:"xfrmAllowed"` // bits that may be set
	MiscAllowed uint32            `json:"miscAllowed"` // bits that may be set
}

// Floor is the lowest security versions of a model of platform.
type Floor struct {
	FMSPC         [6]byte  `json:"-"`
	ComponentSVNs [16]byte `json:"-"`
	PCESVN        uint16   `json:"pceSvn"`
}

// Governance is what the verifier contract has been told so far.
type Governance struct {
	Verifier     protocol.Address `json:"verifier"`
	Governor     protocol.Address `json:"governor"` // the timelock
	Guardian     protocol.Address `json:"guardian"`
	Delay        time.Duration    `json:"-"`
	QEFloor      uint16           `json:"qeFloor"`
	Measurements []Measurement    `json:"measurements"`
	Head         protocol.Block   `json:"head"` // at which it was read
}

// maxMeasurements bounds the list that is read.
const maxMeasurements = 4096

// Governance reads what governance has decided.
func (c *Client) Governance(ctx context.Context) (Governance, error) {
	head, err := c.Head(ctx)
	if err != nil {
		return Governance{}, err
	}
	g := Governance{Verifier: protocol.Address(c.verifier), Governor: protocol.Address(c.governor), Head: head}
	guardian, err := call(ctx, c, "ask for the guardian", c.verifier, c.verifierABI.PackGuardian(), c.verifierABI.UnpackGuardian)
	if err != nil {
		return Governance{}, err
	}
	g.Guardian = protocol.Address(guardian)
	if g.QEFloor, err = call(ctx, c, "ask for the QE floor", c.verifier, c.verifierABI.PackQeFloor(), c.verifierABI.UnpackQeFloor); err != nil {
		return Governance{}, err
	}
	delay, err := call(ctx, c, "ask for the timelock's delay", c.governor, c.timelockABI.PackGetMinDelay(), c.timelockABI.UnpackGetMinDelay)
	if err != nil {
		return Governance{}, err
	}
	if !delay.IsInt64() || delay.Int64() > int64(maxTime) {
		return Governance{}, fmt.Errorf("the timelock's delay is %v seconds: this program cannot count that far", delay)
	}
	g.Delay = time.Duration(min(delay.Int64(), int64(1<<63-1)/int64(time.Second))) * time.Second
	n, err := call(ctx, c, "count the measurements", c.verifier, c.verifierABI.PackMeasurementCount(), c.verifierABI.UnpackMeasurementCount)
	if err != nil {
		return Governance{}, err
	}
	if !n.IsUint64() || n.Uint64() > maxMeasurements {
		return Governance{}, fmt.Errorf("governance lists %v measurements, and this program reads %d", n, maxMeasurements)
	}
	for i := uint64(1); i <= n.Uint64(); i++ {
		m, err := call(ctx, c, "read a measurement", c.verifier, c.verifierABI.PackMeasurementAt(new(big.Int).SetUint64(i)), c.verifierABI.UnpackMeasurementAt)
		if err != nil {
			return Governance{}, err
		}
		g.Measurements = append(g.Measurements, Measurement{
			MRENCLAVE: m.Mrenclave, Status: MeasurementStatus(m.Arg1.Status), Since: m.Arg1.Since.Uint64(), ISVProdID: m.Arg1.IsvProdId,
			MinISVSVN: m.Arg1.MinIsvSvn, XFRMAllowed: m.Arg1.XfrmAllowed, MiscAllowed: m.Arg1.MiscAllowed,
		})
	}
	return g, nil
}

// MeasurementOf is what governance says of one measurement.
func (c *Client) MeasurementOf(ctx context.Context, mrenclave protocol.Hash) (Measurement, error) {
	m, err := call(ctx, c, "read a measurement", c.verifier, c.verifierABI.PackMeasurement(mrenclave), c.verifierABI.UnpackMeasurement)
	if err != nil {
		return Measurement{}, err
	}
	return Measurement{
		MRENCLAVE: mrenclave, Status: MeasurementStatus(m.Status), Since: m.Since.Uint64(), ISVProdID: m.IsvProdId,
		MinISVSVN: m.MinIsvSvn, XFRMAllowed: m.XfrmAllowed, MiscAllowed: m.MiscAllowed,
	}, nil
}

// FloorOf is the floor of a model of platform. The error wraps ErrNotFound where there is none.
func (c *Client) FloorOf(ctx context.Context, fmspc [6]byte) (Floor, error) {
	f, err := call(ctx, c, "read a floor", c.verifier, c.verifierABI.PackFloorOf(fmspc), c.verifierABI.UnpackFloorOf)
	if err != nil {
		return Floor{}, err
	}
	if !f.Known {
		return Floor{}, fmt.Errorf("a floor for FMSPC %x: %w", fmspc, ErrNotFound)
	}
	return Floor{FMSPC: fmspc, ComponentSVNs: f.ComponentSvns, PCESVN: f.PceSvn}, nil
}

// Action is something that governance may do to the verifier contract.
type Action struct {
	What string // for people
	data []byte
}

// AddMeasurement allows an enclave.
func (c *Client) AddMeasurement(m Measurement) Action {
	return Action{"add measurement " + m.MRENCLAVE.String(), c.verifierABI.PackAddMeasurement(m.MRENCLAVE, m.ISVProdID, m.MinISVSVN, m.XFRMAllowed, m.MiscAllowed)}
}

// DeprecateMeasurement ends new admissions of an enclave.
func (c *Client) DeprecateMeasurement(mrenclave protocol.Hash) Action {
	return Action{"deprecate measurement " + mrenclave.String(), c.verifierABI.PackDeprecateMeasurement(mrenclave)}
}

// RevokeMeasurement ends everything of an enclave, for ever.
func (c *Client) RevokeMeasurement(mrenclave protocol.Hash) Action {
	return Action{"revoke measurement " + mrenclave.String(), c.verifierABI.PackRevokeMeasurement(mrenclave)}
}

// RevokeMachine ends everything on a machine, for ever.
func (c *Client) RevokeMachine(machine protocol.Hash) Action {
	return Action{"revoke machine " + machine.String(), c.verifierABI.PackRevokeMachine(machine)}
}

// SetFloor sets the floor of a model of platform.
func (c *Client) SetFloor(f Floor) Action {
	return Action{fmt.Sprintf("set the floor of FMSPC %x", f.FMSPC), c.verifierABI.PackSetFloor(f.FMSPC, f.ComponentSVNs, f.PCESVN)}
}

// SetQEFloor sets the lowest security version of Intel's quoting enclave.
func (c *Client) SetQEFloor(svn uint16) Action {
	return Action{fmt.Sprintf("set the quoting enclave's floor to %d", svn), c.verifierABI.PackSetQeFloor(svn)}
}

// SetGuardian replaces the guardian.
func (c *Client) SetGuardian(guardian protocol.Address) Action {
	return Action{"make " + guardian.String() + " the guardian", c.verifierABI.PackSetGuardian(common.Address(guardian))}
}

// Act does something at once, with the guardian's key: only what narrows trust is possible so.
func (t *Transactor) Act(ctx context.Context, a Action) (Included, error) {
	return t.do(ctx, a.What, t.verifier, a.data)
}

// Proposal is an action that waits in the timelock.
type Proposal struct {
	ID    protocol.Hash `json:"id"`
	What  string        `json:"what"`
	Ready uint64        `json:"ready"` // Unix seconds from which it can be executed
	Done  bool          `json:"done"`
	Block uint64        `json:"block"` // in which it was proposed

	data []byte
	salt [32]byte
}

// Propose has the timelock wait for an action, with a proposer's key.
func (t *Transactor) Propose(ctx context.Context, a Action) (Proposal, error) {
	g, err := call(ctx, t.Client, "ask for the timelock's delay", t.governor, t.timelockABI.PackGetMinDelay(), t.timelockABI.UnpackGetMinDelay)
	if err != nil {
		return Proposal{}, err
	}
	// The same action may be proposed again after it was executed: the nonce of the account tells them apart.
	nonce, err := t.eth.PendingNonceAt(ctx, common.Address(t.Address()))
	if err != nil {
		return Proposal{}, t.failed("ask for the account's nonce", err)
	}
	from := t.Address()
	salt := protocol.Keccak256(append(from[:], new(big.Int).SetUint64(nonce).Bytes()...))
	receipt, err := t.send(ctx, request{what: "propose to " + a.What, to: &t.governor, data: t.timelockABI.PackSchedule(t.verifier, new(big.Int), a.data, [32]byte{}, salt, g)})
	if err != nil {
		return Proposal{}, err
	}
	for _, entry := range t.logsOf(receipt, t.governor) {
		if len(entry.Topics) > 1 && entry.Topics[0] == t.timelockABI.GetABI().Events["CallScheduled"].ID {
			return t.proposal(ctx, protocol.Hash(entry.Topics[1]))
		}
	}
	return Proposal{}, errors.New("the timelock took the proposal and did not say so: it is another contract than expected")
}

// Execute executes a proposal whose time has come. Any key will do.
func (t *Transactor) Execute(ctx context.Context, id protocol.Hash) (Included, error) {
	p, err := t.proposal(ctx, id)
	if err != nil {
		return Included{}, err
	}
	return t.do(ctx, "execute: "+p.What, t.governor, t.timelockABI.PackExecute(t.verifier, new(big.Int), p.data, [32]byte{}, p.salt))
}

// Cancel takes a proposal back, with a proposer's key.
func (t *Transactor) Cancel(ctx context.Context, id protocol.Hash) (Included, error) {
	return t.do(ctx, "cancel a proposal", t.governor, t.timelockABI.PackCancel(id))
}

func (c *Client) proposal(ctx context.Context, id protocol.Hash) (Proposal, error) {
	all, err := c.Proposals(ctx)
	if err != nil {
		return Proposal{}, err
	}
	for _, p := range all {
		if p.ID == id {
			return p, nil
		}
	}
	return Proposal{}, fmt.Errorf("proposal %s: %w: phallama policy show lists those of the last weeks", id, ErrNotFound)
}

// Proposals are those of the last Lookback blocks, oldest first.
func (c *Client) Proposals(ctx context.Context) ([]Proposal, error) {
	head, err := c.Head(ctx)
	if err != nil {
		return nil, err
	}
	events := c.timelockABI.GetABI().Events
	scheduled, salted := events["CallScheduled"].ID, events["CallSalt"].ID
	var found []Proposal
	salts := map[protocol.Hash][32]byte{}
	for from := head.Number - min(head.Number, Lookback); from <= head.Number; from += scanWindow {
		logs, err := c.eth.FilterLogs(ctx, ethereum.FilterQuery{
			FromBlock: new(big.Int).SetUint64(from), ToBlock: new(big.Int).SetUint64(min(from+scanWindow-1, head.Number)),
			Addresses: []common.Address{c.governor}, Topics: [][]common.Hash{{scheduled, salted}},
		})
		if err != nil {
			return nil, c.failed("read the timelock's events", err)
		}
		for i := range logs {
			if err := c.gather(&logs[i], scheduled, salts, &found); err != nil {
				return nil, err
			}
		}
	}
	for i := range found {
		found[i].salt = salts[found[i].ID]
		at, err := call(ctx, c, "ask for a proposal's time", c.governor, c.timelockABI.PackGetTimestamp(found[i].ID), c.timelockABI.UnpackGetTimestamp)
		if err != nil {
			return nil, err
		}
		// OpenZeppelin's marks: 0 is unknown (cancelled), 1 is done.
		found[i].Ready, found[i].Done = at.Uint64(), at.Uint64() == 1
	}
	return found, nil
}

func (c *Client) gather(entry *types.Log, scheduled common.Hash, salts map[protocol.Hash][32]byte, found *[]Proposal) error {
	if entry.Removed || len(entry.Topics) < 2 {
		return nil
	}
	id := protocol.Hash(entry.Topics[1])
	if entry.Topics[0] != scheduled {
		event, err := c.timelockABI.UnpackCallSaltEvent(entry)
		if err != nil {
			return fmt.Errorf("event CallSalt: %w", err)
		}
		salts[id] = event.Salt
		return nil
	}
	event, err := c.timelockABI.UnpackCallScheduledEvent(entry)
	if err != nil {
		return fmt.Errorf("event CallScheduled: %w", err)
	}
	if event.Target == c.verifier {
		*found = append(*found, Proposal{ID: id, What: c.describe(event.Data), Block: entry.BlockNumber, data: event.Data})
	}
	return nil
}

// describe says in words what a call to the verifier does.
func (c *Client) describe(data []byte) string {
	if len(data) >= 4 {
		verifier := c.verifierABI.GetABI()
		if method, err := verifier.MethodById(data[:4]); err == nil {
			if values, err := method.Inputs.Unpack(data[4:]); err == nil {
				text := method.Name
				for i, v := range values {
					switch v := v.(type) {
					case [32]byte, [16]byte, [6]byte:
						text += fmt.Sprintf(" %s=%x", method.Inputs[i].Name, v)
					default:
						text += fmt.Sprintf(" %s=%v", method.Inputs[i].Name, v)
					}
				}
				return text
			}
		}
	}
	return fmt.Sprintf("unknown call %x", data[:min(len(data), 4)])
}
