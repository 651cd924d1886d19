package attest

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/phallama/phallama/attest/dcap"
)

// Claims are the facts of a genuine quote. The measurement is in the fields of
// the enclave's kind.
type Claims struct {
	Kind  Kind `json:"kind"`
	Tier  Tier `json:"tier"`
	Debug bool `json:"debug"`

	// Of an SGX enclave; zero for a TDX guest.
	MRENCLAVE  Digest     `json:"mrenclave"`
	MRSIGNER   Digest     `json:"mrsigner"`
	ISVProdID  uint16     `json:"isvProdId"`
	ISVSVN     uint16     `json:"isvSvn"`
	Attributes Attributes `json:"attributes"`

	// TDX is what a TDX guest has instead; nil for an SGX enclave.
	TDX *TDXClaims `json:"tdx,omitempty"`

	ReportData ReportData `json:"reportData"`

	// TCB is how the platform stands, by Intel's collateral.
	TCB dcap.TCB `json:"tcb"`
	// Platform is what the PCK certificate says of the machine.
	Platform Platform `json:"platform"`

	// NotAfter is the instant after which the claims must be verified anew.
	NotAfter time.Time `json:"notAfter"`
	// Checks were made and passed, in this order.
	Checks []Check `json:"checks"`
}

// Measurement names what runs: MRENCLAVE of an SGX enclave, MRTD of a TDX guest,
// in hexadecimal.
func (c *Claims) Measurement() string {
	if c.TDX != nil {
		return c.TDX.MRTD.String()
	}
	return c.MRENCLAVE.String()
}

// Attributes are an SGX enclave's attributes: flags (Intel SDM vol. 3D,
// SECS.ATTRIBUTES), the extended features it runs with, and MISCSELECT.
type Attributes struct {
	Flags      uint64 `json:"flags"`
	XFRM       uint64 `json:"xfrm"`
	MiscSelect uint32 `json:"miscselect"`
}

// TDXClaims are the measurements and attributes of a TDX guest (Intel TDX Module
// specification, TD report).
type TDXClaims struct {
	MRTD       Digest48    `json:"mrtd"`
	RTMR       [4]Digest48 `json:"rtmr"`
	MRConfigID Digest48    `json:"mrConfigId"`
	// MROwner and MROwnerConfig are the host's to set. They show who is said to own the
	// guest, and are no measurement of what runs in it.
	MROwner       Digest48 `json:"mrOwner"`
	MROwnerConfig Digest48 `json:"mrOwnerConfig"`
	MRSIGNERSEAM  Digest48 `json:"mrSignerSeam"`
	// MRServiceTD is zero in TD report 1.0, which has none.
	MRServiceTD   Digest48 `json:"mrServiceTd"`
	Attributes    uint64   `json:"attributes"`
	XFAM          uint64   `json:"xfam"`
	ModuleVersion uint8    `json:"moduleVersion"`
	ModuleSVN     uint8    `json:"moduleSvn"`
}

// Platform is a machine, as its PCK certificate describes it.
type Platform struct {
	FMSPC FMSPC `json:"fmspc"` // its model
	// Machine is SHA-256 of the PPID, which tells one machine from another.
	Machine Digest `json:"machine"`
	CA      string `json:"ca"`      // "processor" or "platform"
	SGXType string `json:"sgxType"` // "standard", "scalable" or "scalable-with-integrity"
	// SMT, DynamicPlatform and CachedKeys are nil where the certificate does not say:
	// those of the Processor CA do not.
	SMT             *bool `json:"smt"`
	DynamicPlatform *bool `json:"dynamicPlatform"`
	CachedKeys      *bool `json:"cachedKeys"`
	// Instance names the machine as it is now registered with Intel: it changes with a
	// package that is added or replaced. Nil where the certificate does not say, as above.
	Instance *ID `json:"instance"`
	// QEID is the quoting enclave's name for the machine, the same for its SGX and its
	// TDX quotes. Two pods on one machine show the same.
	QEID ID `json:"qeId"`
	// QESVN is the quoting enclave's security version.
	QESVN uint16 `json:"qeSvn"`
}

// ID is a name of a machine, written as 32 hexadecimal digits.
type ID [16]byte

// String implements fmt.Stringer.
func (id ID) String() string { return hex.EncodeToString(id[:]) }

// MarshalText implements encoding.TextMarshaler.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (id *ID) UnmarshalText(text []byte) error { return unmarshalHex(id[:], text) }

// Digest48 is a SHA-384, written as 96 hexadecimal digits.
type Digest48 [48]byte

// String implements fmt.Stringer.
func (d Digest48) String() string { return hex.EncodeToString(d[:]) }

// MarshalText implements encoding.TextMarshaler.
func (d Digest48) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Digest48) UnmarshalText(text []byte) error { return unmarshalHex(d[:], text) }

func claimsOf(ev Evidence, tier Tier, res *dcap.Result) Claims {
	q, pck := res.Quote, res.PCK
	c := Claims{
		Kind: ev.Kind, Tier: tier, ReportData: q.ReportData(), TCB: res.TCB, NotAfter: res.NotAfter, Checks: res.Checks,
		Platform: Platform{
			FMSPC: pck.FMSPC, Machine: sha256.Sum256(pck.PPID[:]), CA: string(res.CA), SGXType: pck.SGXType.String(),
			Instance: (*ID)(pck.PlatformInstanceID), QEID: ID(q.Header.UserData[:16]), QESVN: q.QEReport.ISVSVN,
		},
	}
	if config := pck.Configuration; config != nil {
		c.Platform.SMT, c.Platform.DynamicPlatform, c.Platform.CachedKeys = &config.SMTEnabled, &config.DynamicPlatform, &config.CachedKeys
	}
	if td := q.TD; td != nil {
		c.Debug = td.Debug()
		c.TDX = &TDXClaims{
			MRTD: td.MRTD, MRConfigID: td.MRConfigID, MROwner: td.MROwner, MROwnerConfig: td.MROwnerConfig, MRSIGNERSEAM: td.MRSIGNERSEAM, Attributes: td.TDAttributes, XFAM: td.XFAM,
			ModuleVersion: td.TEETCBSVN[1], ModuleSVN: td.TEETCBSVN[0],
		}
		for i, rtmr := range td.RTMR {
			c.TDX.RTMR[i] = rtmr
		}
		if td.MRServiceTD != nil {
			c.TDX.MRServiceTD = *td.MRServiceTD
		}
		return c
	}
	r := &q.Report
	c.Debug = r.Debug()
	c.MRENCLAVE, c.MRSIGNER, c.ISVProdID, c.ISVSVN = r.MRENCLAVE, r.MRSIGNER, r.ISVProdID, r.ISVSVN
	c.Attributes = Attributes{Flags: r.Flags, XFRM: r.XFRM, MiscSelect: r.MiscSelect}
	return c
}
