package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"golang.org/x/sys/unix"

	"tongjian/corpus"
	"tongjian/corpus/sqlite"
)

// The folders beside the index while it is made again: the new one until it is whole, and the former one where the file
// system cannot exchange two folders at once.
const (
	rebuildingSuffix = ".rebuilding"
	formerSuffix     = ".former"
)

func newReindex(std streams) *cobra.Command {
	cfg := config{existing: true, fresh: true}
	cmd := &cobra.Command{
		Use:   "reindex",
		Short: "由数据库重建索引与列",
		Long:  "在原索引旁边由数据库建立新的索引与列，建成后一次换上；中途中断，原索引仍在。数据库本身不变。须先停止服务。",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := openApp(cmd.Context(), cfg, std)
			if err != nil {
				return stopFirst(err)
			}
			c := a.engine.Counts()
			fmt.Fprintf(std.out, "已重建：文件 %d 份，问题 %d 个，其他段落 %d 段\n", c.Documents, c.Findings, c.Sections)
			return a.Close()
		},
	}
	cfg.dataFlags(cmd)
	return cmd
}

// stopFirst says what to do about a server that holds the data.
func stopFirst(err error) error {
	if e, ok := errors.AsType[*corpus.Error](err); ok && e.Code == sqlite.CodeHeld {
		held := *e
		held.Expected = "停止服务后再运行 tongjian reindex；服务启动时也会自行检查索引，不符即重建"
		return &held
	}
	return err
}

// rebuild makes a new index beside the one that there is, and puts it in its place when it is whole. make fills a folder.
func rebuild(ctx context.Context, dir string, make func(ctx context.Context, dir string) error) error {
	fresh := dir + rebuildingSuffix
	if err := os.RemoveAll(fresh); err != nil {
		return fmt.Errorf("remove unfinished index: %w", err)
	}
	if err := make(ctx, fresh); err != nil {
		return errors.Join(err, os.RemoveAll(fresh))
	}
	if err := swap(fresh, dir); err != nil {
		return err
	}
	if err := syncFolder(filepath.Dir(dir)); err != nil {
		return err
	}
	return removeLeftovers(dir)
}

// swap puts a new folder in the place of an old one, which may be there or not. What was there goes to the new one's name
// or to one that removeLeftovers knows; at every moment one of the two is in place or found again by mend.
func swap(fresh, dir string) error {
	err := unix.Renameat2(unix.AT_FDCWD, fresh, unix.AT_FDCWD, dir, unix.RENAME_EXCHANGE)
	if err == nil {
		return nil
	}
	if err := os.Rename(dir, dir+formerSuffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("put former index aside: %w", err)
	}
	if err := os.Rename(fresh, dir); err != nil {
		return errors.Join(fmt.Errorf("put new index in place: %w", err), mend(dir))
	}
	return nil
}

// mend puts an index back in its place that a swap which was cut short has left aside, and removes what else is left of it.
// The store must be held: nobody else may be at work here.
func mend(dir string) error {
	if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		if err := os.Rename(dir+formerSuffix, dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("put former index back: %w", err)
		}
	}
	return removeLeftovers(dir)
}

func removeLeftovers(dir string) error {
	for _, path := range []string{dir + rebuildingSuffix, dir + formerSuffix} {
		if err := os.RemoveAll(path); err != nil {
			return fmt.Errorf("remove former index: %w", err)
		}
	}
	return nil
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("synchronise folder: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("synchronise folder: %w", err)
	}
	return nil
}
