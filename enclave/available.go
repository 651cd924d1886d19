package enclave

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// listOnly has CopyModelFS read the manifest alone.
func listOnly(string, int64) (io.WriteCloser, error) { return nil, nil }

func readGGUFFile(store fs.FS, name string) (gguf, error) {
	file, err := store.Open(name)
	if err != nil {
		return gguf{}, err
	}
	defer file.Close()
	return readGGUF(file)
}

// available is the memory that this pod may use, and how that is known. root is the file system with /proc and /sys.
func (c *Config) available(root fs.FS) (uint64, string, error) {
	if c.Memory != 0 {
		return uint64(c.Memory), "What is there is the configuration's memory.", nil
	}
	info, err := readSmall(root, "proc/meminfo")
	if err != nil {
		return 0, "", fmt.Errorf("how much memory there is: %w: say it with memory in the configuration", err)
	}
	free, ok := meminfo(info, "MemAvailable:")
	if !ok {
		return 0, "", fmt.Errorf("how much memory there is: no MemAvailable in /proc/meminfo: say it with memory in the configuration")
	}
	where := "What is there is MemAvailable of /proc/meminfo."
	if left, ok := cgroupLeft(root); ok && left < free {
		free, where = left, "What is there is what the control group has left."
	}
	return free, where, nil
}

// meminfo is a line of /proc/meminfo, in bytes.
func meminfo(text, name string) (uint64, bool) {
	for line := range strings.Lines(text) {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == name && fields[2] == "kB" {
			n, err := strconv.ParseUint(fields[1], 10, 54)
			return n << 10, err == nil
		}
	}
	return 0, false
}

// cgroupLeft is the least that the control groups of this process, version 2, leave; pages of files that can be dropped
// count as left.
func cgroupLeft(root fs.FS) (left uint64, limited bool) {
	text, err := readSmall(root, "proc/self/cgroup")
	if err != nil {
		return 0, false
	}
	group := ""
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, "0::"); ok {
			group = path.Clean("/" + strings.TrimSpace(rest))
		}
	}
	for dir := group; dir != ""; dir = path.Dir(dir) {
		if n, ok := groupLeft(root, path.Join("sys/fs/cgroup", dir)); ok && (!limited || n < left) {
			left, limited = n, true
		}
		if dir == "/" {
			break
		}
	}
	return left, limited
}

func groupLeft(root fs.FS, dir string) (uint64, bool) {
	number := func(name string) (uint64, bool) {
		text, err := readSmall(root, path.Join(dir, name))
		n, numErr := strconv.ParseUint(strings.TrimSpace(text), 10, 63)
		return n, err == nil && numErr == nil
	}
	most, ok := number("memory.max") // "max" is no limit
	used, known := number("memory.current")
	if !ok || !known {
		return 0, false
	}
	stat, _ := readSmall(root, path.Join(dir, "memory.stat"))
	for line := range strings.Lines(stat) {
		if text, ok := strings.CutPrefix(line, "inactive_file "); ok {
			if n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 63); err == nil {
				used -= min(used, n)
			}
		}
	}
	return most - min(most, used), true
}

func readSmall(root fs.FS, name string) (string, error) {
	file, err := root.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, 1<<20))
	return string(text), err
}
