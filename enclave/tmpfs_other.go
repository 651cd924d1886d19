//go:build !linux

package enclave

func isTmpfs(string) bool { return false }
