package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"tongjian/api"
)

func newExport(std streams) *cobra.Command {
	q := question{format: "csv"}
	var out string
	cmd := &cobra.Command{
		Use:   "export findings|documents",
		Short: "导出问题或文件清单",
		Long: `把符合条件的全部问题（findings）或文件（documents）导出为 csv、xlsx 或 jsonl，条件与 search 相同。
不用 --out 时写到标准输出；--out 的文件写完才出现，中断不留半个文件。`,
		Args:      cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		ValidArgs: []string{"findings", "documents"},
		RunE: func(cmd *cobra.Command, args []string) error {
			req, err := api.ParseExport(q.params)
			if err != nil {
				return err
			}
			req.Format = q.format
			a, err := openApp(cmd.Context(), q.cfg, std)
			if err != nil {
				return err
			}
			write := a.service.ExportFindings
			if args[0] == "documents" {
				write = a.service.ExportDocuments
			}
			return errors.Join(exportTo(cmd.Context(), std.out, out, req, write), a.Close())
		},
	}
	q.filterFlags(cmd)
	cmd.Flags().StringVar(&q.format, "format", "csv", "格式：csv、xlsx 或 jsonl")
	cmd.Flags().StringVar(&out, "out", "", "写到此文件（不指定则写到标准输出）")
	q.param(cmd, "sort", "次序：relevance、date 或 -date")
	q.param(cmd, "columns", "只要这些列，逗号分隔")
	q.param(cmd, "citation", "末行注明来源、条件与版本：true 或 false（xlsx 总有一张说明）")
	return cmd
}

// exportTo writes to standard output, or to a file that appears when it is whole.
func exportTo(ctx context.Context, stdout io.Writer, path string, req api.ExportRequest, write func(context.Context, io.Writer, api.ExportRequest) error) error {
	if path == "" {
		return write(ctx, stdout, req)
	}
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part")
	if err != nil {
		return fmt.Errorf("导出到 %s：%w", path, err)
	}
	defer os.Remove(part.Name())
	if err := errors.Join(write(ctx, part, req), part.Sync(), part.Close()); err != nil {
		return err
	}
	if err := os.Rename(part.Name(), path); err != nil {
		return fmt.Errorf("导出到 %s：%w", path, err)
	}
	return nil
}
