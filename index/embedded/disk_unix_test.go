//go:build unix

package embedded_test

import (
	"os"
	"syscall"
)

// onDisk returns the room that a file takes.
func onDisk(info os.FileInfo) int64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Blocks * 512
	}
	return info.Size()
}
