package main

import "syscall"

// mountSmall mounts a file system on dir that is nearly full as it is.
func mountSmall(dir string) error { return syscall.Mount("none", dir, "tmpfs", 0, "size=1m") }

func unmount(dir string) error { return syscall.Unmount(dir, 0) }
