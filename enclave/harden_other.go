//go:build !linux

package enclave

func hardenProcess() (held, not []string) {
	return nil, []string{"core dumps, debuggers, privileges: on Linux only"}
}

func confineProcess([]grant, []string) (held, not []string, err error) {
	return nil, []string{"files, programs, TCP: on Linux only"}, nil
}
