package simulated

import (
	"fmt"

	"github.com/phallama/phallama/attest/dcap"
)

// tcbLevel is one row of the simulated model's TCB info: machines at these
// security versions or better, down to the next row, have this status.
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
	{11, pceSVN, "2026-08-12", dcap.TCBUpToDate, nil},
	{10, pceSVN, "2026-08-12", dcap.TCBSWHardeningNeeded, []string{"INTEL-SA-00615"}},
	{9, pceSVN, "2026-08-12", dcap.TCBConfigurationNeeded, []string{"INTEL-SA-00289"}},
	{8, pceSVN, "2026-08-12", dcap.TCBConfigurationAndSWHardeningNeeded, []string{"INTEL-SA-00289", "INTEL-SA-00615"}},
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
