package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"tongjian/corpus/synth"
)

func newSynth(std streams) *cobra.Command {
	var o synth.Options
	var out string
	cmd := &cobra.Command{
		Use:   "synth --out DIR",
		Short: "生成虚构文件及其标准答案",
		Long:  "按模板生成虚构单位的虚构报告，版式多样，并为每份写出标准答案（JSON）。同一 --seed 总生成同样的文件。",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.Reports < 1 {
				return fmt.Errorf("不能生成 %d 份文件（应为：--reports 1 或更多）", o.Reports)
			}
			if err := synth.Write(cmd.Context(), out, o, nil); err != nil {
				return err
			}
			fmt.Fprintf(std.err, "已生成 %d 份文件及标准答案：%s\n", o.Reports, out)
			return nil
		},
	}
	cmd.Flags().IntVar(&o.Reports, "reports", 72, "生成多少份")
	cmd.Flags().Uint64Var(&o.Seed, "seed", 1, "随机种子")
	cmd.Flags().StringVar(&out, "out", "", "输出目录")
	_ = cmd.MarkFlagRequired("out")
	return cmd
}
