package main

import (
	"encoding/json"

	"github.com/spf13/cobra"
)

func newParse(std streams) *cobra.Command {
	var cfg config
	cmd := &cobra.Command{
		Use:   "parse FILE",
		Short: "读取一个文件，输出其结构化结果（JSON）",
		Long:  "读取一个文件（txt、html、docx、doc、wps、rtf、xlsx、xls、mht、带文字层的 pdf、ofd），在标准输出打印一个 JSON 对象：元数据、问题、类别及佐证、其余段落与提醒。不写入任何数据。",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			reader, err := newReader(cfg.taxonomy)
			if err != nil {
				return err
			}
			reader.limits = cfg.limits.extract()
			doc, err := reader.file(args[0])
			if err != nil {
				return err
			}
			enc := json.NewEncoder(std.out)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", " ")
			return enc.Encode(doc)
		},
	}
	cfg.taxonomyFlag(cmd)
	cfg.limits.flags(cmd)
	return cmd
}
