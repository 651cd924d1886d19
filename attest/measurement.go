package attest

import (
	"fmt"
	"strings"
	"time"
)

const hintMeasurement = "the pod runs other code than this policy allows: use another pod, or update the policy if the release is newer than it"

// entry is a measurement of the policy that the claims may be of.
type entry struct {
	release, status string
	from, until     time.Time
	misfit          error // how the claims differ from it; nil: they do not
}

// checkMeasurement finds the claims' measurement. A revoked entry wins over others.
func (p *Policy) checkMeasurement(claims Claims, now time.Time, v *Verdict) (string, error) {
	var found entry // of those that accept, the one that does so longest
	var near error  // why one of nearly the same measurement does not
	for _, e := range p.entries(claims) {
		switch {
		case e.status == StatusRevoked && e.misfit == nil:
			return "", refuse(CheckMeasurement, "an enclave or guest that the policy has not revoked", claims.Measurement()+", revoked", "this code is known to be bad: use another pod")
		case e.status == StatusRevoked:
		case e.misfit != nil:
			near = e.misfit
		case now.Before(e.from) || now.After(e.until):
			near = refuse(CheckMeasurement, "an enclave or guest of the policy, at "+stamp(now), fmt.Sprintf("%s, accepted from %s to %s", claims.Measurement(), stamp(e.from), stamp(e.until)), hintMeasurement)
		case e.until.After(found.until):
			found = e
		}
	}
	switch {
	case found.status != "":
	case near != nil:
		return "", near
	default:
		return "", refuse(CheckMeasurement, "an enclave or guest of the policy: "+p.list(), fmt.Sprintf("%s %s", claims.Kind, claims.Measurement()), hintMeasurement)
	}
	v.endsAt(found.until)
	if found.status == StatusDeprecated {
		v.Warnings = append(v.Warnings, fmt.Sprintf("measurement %.16s… is deprecated and accepted until %s only", claims.Measurement(), found.until.Format(time.DateOnly)))
	}
	return strings.TrimSpace(claims.Measurement() + " " + found.release), nil
}

// entries are those with the claims' MRENCLAVE or MRTD.
func (p *Policy) entries(claims Claims) []entry {
	var list []entry
	for _, m := range p.Measurements.SGX {
		if claims.Kind != KindSGX || m.MRENCLAVE != claims.MRENCLAVE {
			continue
		}
		e := entry{m.Release, m.Status, m.NotBefore, m.NotAfter, m.misfit(claims)}
		if m.Status == StatusRevoked {
			e.misfit = nil // MRENCLAVE is all of the code: bad code is bad under any signer and version
		}
		list = append(list, e)
	}
	for _, m := range p.Measurements.TDX {
		// MRTD is the firmware alone, which good and bad images share: they are told apart
		// by the registers, in revoked entries too.
		if claims.Kind == KindTDX && claims.TDX != nil && m.MRTD == claims.TDX.MRTD {
			list = append(list, entry{m.Release, m.Status, m.NotBefore, m.NotAfter, m.misfit(claims.TDX)})
		}
	}
	return list
}

func (m *SGXMeasurement) misfit(claims Claims) error {
	switch {
	case m.MRSIGNER != Any && m.MRSIGNER != claims.MRSIGNER.String():
		return refuse(CheckMeasurement, "MRSIGNER "+m.MRSIGNER, claims.MRSIGNER.String(), hintMeasurement)
	case claims.ISVProdID != m.ISVProdID || claims.ISVSVN < m.MinISVSVN:
		return refuse(CheckMeasurement, fmt.Sprintf("product id %d and security version %d or higher", m.ISVProdID, m.MinISVSVN),
			fmt.Sprintf("product id %d and security version %d", claims.ISVProdID, claims.ISVSVN), hintMeasurement)
	case claims.Attributes.XFRM&^m.XFRMAllowed != 0 || claims.Attributes.MiscSelect&^m.MiscAllowed != 0:
		return refuse(CheckMeasurement, fmt.Sprintf("XFRM within %#x and MISCSELECT within %#x", m.XFRMAllowed, m.MiscAllowed),
			fmt.Sprintf("XFRM %#x, MISCSELECT %#x", claims.Attributes.XFRM, claims.Attributes.MiscSelect), hintMeasurement)
	}
	return nil
}

func (m *TDXMeasurement) misfit(td *TDXClaims) error {
	for _, r := range []struct{ name, want, got string }{
		{"RTMR0", m.RTMR0.String(), td.RTMR[0].String()},
		{"RTMR1", m.RTMR1.String(), td.RTMR[1].String()},
		{"RTMR2", m.RTMR2.String(), td.RTMR[2].String()},
		{"RTMR3", m.RTMR3, td.RTMR[3].String()},
		{"MRCONFIGID", m.MRConfigID.String(), td.MRConfigID.String()},
	} {
		// Only RTMR3 can be "any": the others are of a type that has no such value.
		if r.want != Any && r.want != r.got {
			return refuse(CheckMeasurement, r.name+" "+r.want, r.got, hintMeasurement)
		}
	}
	return nil
}

// list shows the policy's measurements in an error, as many as a person reads.
func (p *Policy) list() string {
	const most = 3
	var names []string
	for _, m := range p.Measurements.SGX {
		names = append(names, "sgx "+m.MRENCLAVE.String())
	}
	for _, m := range p.Measurements.TDX {
		names = append(names, "tdx "+m.MRTD.String())
	}
	if len(names) == 0 {
		return "none, which accepts nothing"
	}
	if len(names) > most {
		names = append(names[:most], fmt.Sprintf("and %d more", len(names)-most))
	}
	return strings.Join(names, ", ")
}
