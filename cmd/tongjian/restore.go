package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"tongjian/corpus/sqlite"
)

func newRestore(std streams) *cobra.Command {
	var cfg config
	var replace bool
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "由备份恢复数据库",
		Long: `逐项核对备份（文件结构、版本、变更序号、审计链、每份原件的校验值），核对无误才放入数据目录；任何时候中断，数据目录中都是原有数据或完整的备份。
数据目录非空时拒绝恢复；加 --replace 则把原数据库改名（带时间）留在旁边。须先停止服务。索引在下次启动时重建。`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := sqlite.Restore(cmd.Context(), args[0], storePath(cfg.data), sqlite.RestoreOptions{
				Replace: replace, Now: std.now,
				// An index of the former store could pass for one of the restored.
				Before: func() error { return removeIndexes(cfg.data) },
			})
			if err != nil {
				return err
			}
			fmt.Fprintf(std.out, "已恢复：文件 %d 份，问题 %d 个；备份核对无误\n", r.Documents, r.Findings)
			if r.Former != "" {
				fmt.Fprintf(std.out, "原数据库保留为 %s\n", r.Former)
			}
			return nil
		},
	}
	cfg.dataFlag(cmd)
	cmd.Flags().BoolVar(&replace, "replace", false, "数据目录非空也恢复，原数据库改名保留")
	return cmd
}

// removeIndexes removes all that is derived from the store.
func removeIndexes(dir string) error {
	for _, path := range []string{indexPath(dir), indexPath(dir) + rebuildingSuffix, indexPath(dir) + formerSuffix} {
		if err := os.RemoveAll(path); err != nil {
			return fmt.Errorf("remove index in %s: %w", dir, err)
		}
	}
	return nil
}
