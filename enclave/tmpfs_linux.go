package enclave

import "syscall"

// isTmpfs reports whether a folder's files are in memory.
func isTmpfs(dir string) bool {
	const tmpfs, ramfs = 0x01021994, 0x858458f6
	var s syscall.Statfs_t
	return syscall.Statfs(dir, &s) == nil && (uint64(s.Type) == tmpfs || uint64(s.Type) == ramfs)
}
