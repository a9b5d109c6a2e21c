package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"tongjian/corpus/sqlite"
)

func newBackup(std streams) *cobra.Command {
	var cfg config
	var replace bool
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "备份数据库，服务运行时也可以",
		Long: `把数据库（原件、文件、更正、判定、审计记录）写成一个备份文件，不影响正在运行的服务。
备份完整落盘后才以 FILE 命名；中途中断不会留下残缺的 FILE。索引不在备份中，恢复后自动重建。`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := cfg.exists(); err != nil {
				return err
			}
			if err := sqlite.Backup(cmd.Context(), storePath(cfg.data), args[0], replace); err != nil {
				return err
			}
			info, err := os.Stat(args[0])
			if err != nil {
				return err
			}
			fmt.Fprintf(std.out, "已备份到 %s（%.1f MB）\n", args[0], float64(info.Size())/(1<<20))
			return nil
		},
	}
	cfg.dataFlag(cmd)
	cmd.Flags().BoolVar(&replace, "replace", false, "替换已有的备份文件（新备份完整之后）")
	return cmd
}
