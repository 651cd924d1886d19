package simulated

import (
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"time"

	"github.com/phallama/phallama/attest/dcap"
)

// fmspc is the model of every simulated machine. It spells SIM, which no model of
// Intel's does.
var (
	fmspc = [6]byte{'S', 'I', 'M'}
	pceID = [2]byte{0, 0}
)

// pceSVN is the security version of the simulated provisioning enclave.
const pceSVN = 16

var oidSGX = asn1.ObjectIdentifier{1, 2, 840, 113741, 1, 13, 1}

// newPCK issues the certificate of a new machine.
func newPCK(ca *certified, cfg Config, from time.Time) (certified, error) {
	svns, err := componentSVNs(cfg.Status)
	if err != nil {
		return certified{}, err
	}
	facts := dcap.PCK{
		ComponentSVNs: svns,
		CPUSVN:        svns, // Intel's is opaque; ours is the components
		PCESVN:        pceSVN,
		PCEID:         pceID,
		FMSPC:         fmspc,
	}
	// PPID and instance id are random: they tell one machine from another.
	_, _ = rand.Read(facts.PPID[:]) // never fails
	if cfg.CA == dcap.PCKCAPlatform {
		facts.SGXType = dcap.SGXScalable
		facts.PlatformInstanceID = new([16]byte)
		_, _ = rand.Read(facts.PlatformInstanceID[:])
		facts.Configuration = &dcap.PCKConfiguration{DynamicPlatform: true, CachedKeys: true, SMTEnabled: true}
	}
	extension, err := sgxExtension(facts)
	if err != nil {
		return certified{}, fmt.Errorf("simulated platform: SGX extension: %w", err)
	}
	return issue("SGX PCK Certificate", from, leafYears, ca, func(t *x509.Certificate) {
		asSigner(t)
		t.ExtraExtensions = []pkix.Extension{{Id: oidSGX, Value: extension}}
	})
}

type sgxField struct {
	ID    asn1.ObjectIdentifier
	Value any
}

// sgxExtension is the SGX extension of a PCK certificate. The last two fields are
// the Platform CA's only, as in Intel's profile.
func sgxExtension(pck dcap.PCK) ([]byte, error) {
	under := func(path ...int) asn1.ObjectIdentifier {
		return append(append(asn1.ObjectIdentifier{}, oidSGX...), path...)
	}
	var tcb []sgxField
	for i, svn := range pck.ComponentSVNs {
		tcb = append(tcb, sgxField{under(2, i+1), int(svn)})
	}
	tcb = append(tcb, sgxField{under(2, 17), int(pck.PCESVN)}, sgxField{under(2, 18), pck.CPUSVN[:]})
	list := []sgxField{
		{under(1), pck.PPID[:]},
		{under(2), tcb},
		{under(3), pck.PCEID[:]},
		{under(4), pck.FMSPC[:]},
		{under(5), asn1.Enumerated(pck.SGXType)},
	}
	if pck.PlatformInstanceID != nil {
		list = append(list, sgxField{under(6), pck.PlatformInstanceID[:]})
	}
	if c := pck.Configuration; c != nil {
		list = append(list, sgxField{under(7), []sgxField{
			{under(7, 1), c.DynamicPlatform}, {under(7, 2), c.CachedKeys}, {under(7, 3), c.SMTEnabled},
		}})
	}
	return asn1.Marshal(list)
}
