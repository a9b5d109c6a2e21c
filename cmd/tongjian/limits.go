package main

import (
	"time"

	"github.com/spf13/cobra"

	"tongjian/corpus/extract"
)

// limits bound what reading one file may cost. The zero value stands for the defaults.
type limits struct {
	file, unpacked        uint // in MB
	pages, files, nesting uint
	time                  time.Duration
}

// flags adds the flags of the limits to a command.
func (l *limits) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.UintVar(&l.file, "max-file", extract.DefaultBytes>>20, "单个文件的大小上限，单位 MB")
	f.UintVar(&l.unpacked, "max-unpacked", extract.DefaultUnpacked>>20, "一个文件或压缩包解压后的大小上限，单位 MB")
	f.UintVar(&l.pages, "max-pages", extract.DefaultPages, "PDF、OFD 的页数上限")
	f.UintVar(&l.files, "max-archive-files", extract.DefaultFiles, "压缩包内的文件数上限")
	f.UintVar(&l.nesting, "max-archive-nesting", extract.DefaultNesting, "压缩包逐层嵌套的层数上限")
	f.DurationVar(&l.time, "max-read-time", extract.DefaultTime, "读取单个文件的时间上限，如 30s、2m")
}

// extract returns the limits as the reader of files takes them.
func (l *limits) extract() extract.Limits {
	return extract.Limits{
		Bytes: int64(l.file) << 20, Unpacked: int64(l.unpacked) << 20,
		Pages: int(l.pages), Files: int(l.files), Nesting: int(l.nesting), Time: l.time,
	}
}
