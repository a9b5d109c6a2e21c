package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func newReindex(std streams) *cobra.Command {
	cfg := config{existing: true, fresh: true}
	cmd := &cobra.Command{
		Use:   "reindex",
		Short: "由数据库重建索引与列",
		Long:  "删除索引与列，并由数据库重新建立。数据库本身不变。",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := openApp(cmd.Context(), cfg, std)
			if err != nil {
				return err
			}
			c := a.engine.Counts()
			fmt.Fprintf(std.out, "已重建：文件 %d 份，问题 %d 个，其他段落 %d 段\n", c.Documents, c.Findings, c.Sections)
			return a.Close()
		},
	}
	cfg.dataFlags(cmd)
	return cmd
}
