package simulated

import (
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/phallama/phallama/attest/dcap"
)

// evaluationNumber counts Intel's TCB recoveries: this is one of late 2024.
const evaluationNumber = 18

// tcbInfo is Intel's TCB info, version 3, and qeIdentity its enclave identity,
// version 2: members in Intel's order (Intel SGX and TDX PCS API, version 4).
type (
	tcbInfo struct {
		ID               string           `json:"id"` // SGX or TDX
		Version          int              `json:"version"`
		IssueDate        string           `json:"issueDate"`
		NextUpdate       string           `json:"nextUpdate"`
		FMSPC            string           `json:"fmspc"`
		PCEID            string           `json:"pceId"`
		TCBType          int              `json:"tcbType"`
		EvaluationNumber int              `json:"tcbEvaluationDataNumber"`
		Module           *tdxModule       `json:"tdxModule,omitempty"`
		Modules          []moduleIdentity `json:"tdxModuleIdentities,omitempty"`
		Levels           []platformLevel  `json:"tcbLevels"`
	}
	tdxModule struct {
		MRSIGNER       string `json:"mrsigner"`
		Attributes     string `json:"attributes"`
		AttributesMask string `json:"attributesMask"`
	}
	moduleIdentity struct {
		ID string `json:"id"`
		tdxModule
		Levels []enclaveLevel `json:"tcbLevels"`
	}
	platformLevel struct {
		TCB struct {
			SGX    [16]component  `json:"sgxtcbcomponents"`
			PCESVN int            `json:"pcesvn"`
			TDX    *[16]component `json:"tdxtcbcomponents,omitempty"`
		} `json:"tcb"`
		standing
	}
	component struct {
		SVN      int    `json:"svn"`
		Category string `json:"category,omitempty"`
		Type     string `json:"type,omitempty"`
	}
	enclaveLevel struct {
		TCB struct {
			ISVSVN int `json:"isvsvn"`
		} `json:"tcb"`
		standing
	}
	standing struct {
		Date       string   `json:"tcbDate"`
		Status     string   `json:"tcbStatus"`
		Advisories []string `json:"advisoryIDs,omitempty"`
	}
	qeIdentity struct {
		ID               string         `json:"id"` // QE or TD_QE
		Version          int            `json:"version"`
		IssueDate        string         `json:"issueDate"`
		NextUpdate       string         `json:"nextUpdate"`
		EvaluationNumber int            `json:"tcbEvaluationDataNumber"`
		MiscSelect       string         `json:"miscselect"`
		MiscSelectMask   string         `json:"miscselectMask"`
		Attributes       string         `json:"attributes"`
		AttributesMask   string         `json:"attributesMask"`
		MRSIGNER         string         `json:"mrsigner"`
		ISVProdID        int            `json:"isvprodid"`
		Levels           []enclaveLevel `json:"tcbLevels"`
	}
)

// tcbLevel is one row of the simulated model's TCB info: machines at these
// security versions or better, down to the row above, have this status.
type tcbLevel struct {
	microcode  uint8 // security version of the components 1 and 2
	pceSVN     int
	date       string // YYYY-MM-DD
	status     dcap.TCBStatus
	advisories []string
}

// tcbLevels has every status once, best first. A machine with worse versions than
// the last row has no matching level. The ids are those of real advisories, as
// Intel's format asks; they say nothing about real machines.
var tcbLevels = []tcbLevel{
	{11, pceSVN, "2024-11-13", dcap.TCBUpToDate, nil},
	{10, pceSVN, "2024-11-13", dcap.TCBSWHardeningNeeded, []string{"INTEL-SA-00615"}},
	{9, pceSVN, "2024-11-13", dcap.TCBConfigurationNeeded, []string{"INTEL-SA-00289"}},
	{8, pceSVN, "2024-11-13", dcap.TCBConfigurationAndSWHardeningNeeded, []string{"INTEL-SA-00289", "INTEL-SA-00615"}},
	{7, 13, "2024-03-13", dcap.TCBOutOfDate, []string{"INTEL-SA-00615", "INTEL-SA-00960"}},
	{6, 13, "2023-08-09", dcap.TCBOutOfDateConfigurationNeeded, []string{"INTEL-SA-00289", "INTEL-SA-00615", "INTEL-SA-00960"}},
	{5, 13, "2018-01-04", dcap.TCBRevoked, []string{"INTEL-SA-00088", "INTEL-SA-00115"}},
}

// components are the 16 SVNs that go with a microcode version. The first two are
// microcode, the third and fourth TXT and BIOS, the others as on real servers.
func components(microcode uint8) [16]uint8 {
	return [16]uint8{microcode, microcode, 3, 3, 255, 255, 1}
}

// componentSVNs are the security versions of a machine that stands like that.
func componentSVNs(status dcap.TCBStatus) ([16]uint8, error) {
	for _, level := range tcbLevels {
		if level.status == status {
			return components(level.microcode), nil
		}
	}
	return [16]uint8{}, fmt.Errorf("simulated platform: unknown TCB status %q: expected a word of Intel's TCB info, such as %q", status, dcap.TCBUpToDate)
}

// tdxComponents are the 16 TDX SVNs of every row. The second is zero, as in
// Intel's: the module's version has an identity of its own.
var tdxComponents = [16]uint8{moduleSVN, 0, tdxLateLoad}

// Rows of the enclave identities and of the TDX module's.
var (
	enclaveLevels = map[dcap.TEE][]enclaveLevel{
		dcap.TEESGX: {
			enclaveAt(8, "2024-11-13", dcap.TCBUpToDate),
			enclaveAt(6, "2021-11-10", dcap.TCBOutOfDate, "INTEL-SA-00615"),
			enclaveAt(5, "2020-11-11", dcap.TCBOutOfDate, "INTEL-SA-00477", "INTEL-SA-00615"),
			enclaveAt(1, "2018-08-15", dcap.TCBRevoked, "INTEL-SA-00202"),
		},
		dcap.TEETDX: {
			enclaveAt(4, "2024-11-13", dcap.TCBUpToDate),
			enclaveAt(3, "2024-03-13", dcap.TCBOutOfDate, "INTEL-SA-00615"),
			enclaveAt(1, "2023-02-15", dcap.TCBRevoked, "INTEL-SA-00615"),
		},
	}
	moduleLevels = []enclaveLevel{
		enclaveAt(moduleSVN, "2024-11-13", dcap.TCBUpToDate),
		enclaveAt(4, "2024-03-13", dcap.TCBOutOfDate, "INTEL-SA-01099"),
		enclaveAt(2, "2023-08-09", dcap.TCBRevoked, "INTEL-SA-01099"),
	}
)

func enclaveAt(isvSVN int, date string, status dcap.TCBStatus, advisories ...string) enclaveLevel {
	level := enclaveLevel{standing: newStanding(date, status, advisories)}
	level.TCB.ISVSVN = isvSVN
	return level
}

func newStanding(date string, status dcap.TCBStatus, advisories []string) standing {
	return standing{Date: date + "T00:00:00Z", Status: string(status), Advisories: advisories}
}

func newTCBInfo(tee dcap.TEE, from time.Time) (tcbInfo, error) {
	info := tcbInfo{
		ID: strings.ToUpper(string(tee)), Version: 3,
		IssueDate: formatTime(from), NextUpdate: formatTime(from.Add(validFor)),
		FMSPC: upperHex(fmspc[:]), PCEID: upperHex(pceID[:]),
		EvaluationNumber: evaluationNumber,
	}
	switch tee {
	case dcap.TEESGX:
	case dcap.TEETDX:
		// Intel's own module is signed by nobody: its signer is zero.
		module := tdxModule{MRSIGNER: zeros(48), Attributes: zeros(8), AttributesMask: strings.Repeat("F", 16)}
		info.Module = &module
		info.Modules = []moduleIdentity{{ID: fmt.Sprintf("TDX_%02X", moduleVersion), tdxModule: module, Levels: moduleLevels}}
	default:
		return tcbInfo{}, fmt.Errorf("simulated platform: unknown TEE %q: expected %q or %q", tee, dcap.TEESGX, dcap.TEETDX)
	}
	for _, row := range tcbLevels {
		level := platformLevel{standing: newStanding(row.date, row.status, row.advisories)}
		level.TCB.PCESVN = row.pceSVN
		level.TCB.SGX = listed(components(row.microcode),
			"BIOS/Early Microcode Update", "OS/VMM/SGX Late Microcode Update", "OS/VMM/TXT SINIT", "BIOS/")
		if tee == dcap.TEETDX {
			list := listed(tdxComponents, "OS/VMM/TDX Module", "OS/VMM/TDX Module", "OS/VMM/TDX Late Microcode Update")
			level.TCB.TDX = &list
		}
		info.Levels = append(info.Levels, level)
	}
	return info, nil
}

// listed names the first components, by category and, after the last slash, type.
func listed(svns [16]uint8, names ...string) (list [16]component) {
	for i, svn := range svns {
		list[i].SVN = int(svn)
		if i < len(names) {
			last := strings.LastIndex(names[i], "/")
			list[i].Category, list[i].Type = names[i][:last], names[i][last+1:]
		}
	}
	return list
}

func newQEIdentity(tee dcap.TEE, from time.Time) qeIdentity {
	id := "QE"
	if tee == dcap.TEETDX {
		id = "TD_QE"
	}
	qe := quotingEnclaves[tee]
	return qeIdentity{
		ID: id, Version: 2,
		IssueDate: formatTime(from), NextUpdate: formatTime(from.Add(validFor)),
		EvaluationNumber: evaluationNumber,
		MiscSelect:       "00000000", MiscSelectMask: "FFFFFFFF",
		Attributes: "11" + zeros(15), AttributesMask: "FBFFFFFFFFFFFFFF" + zeros(8), // INIT, PROVISION_KEY; MODE64 is left open
		MRSIGNER:  upperHex(qe.mrsigner[:]),
		ISVProdID: int(qe.isvProdID),
		Levels:    enclaveLevels[tee],
	}
}

func formatTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

func upperHex(b []byte) string { return strings.ToUpper(hex.EncodeToString(b)) }

func zeros(n int) string { return strings.Repeat("00", n) }
