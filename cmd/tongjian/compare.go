package main

import (
	"context"

	"github.com/spf13/cobra"

	"tongjian/api"
)

func newCompare(std streams) *cobra.Command {
	var q question
	cmd := &cobra.Command{
		Use:   "compare --side doc:ID --side unit:名称",
		Short: "并列比较二至八份文件、单位或检索结果",
		Long:  "并列比较二至八份文件（doc:ID）、单位（unit:名称）或任意检索式：各类问题数与占比、整改状态、相同的问题、独有的问题、特色用词。参数与接口 /api/v1/compare 相同。",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			req, err := api.ParseCompare(q.params)
			if err != nil {
				return err
			}
			return ask(cmd.Context(), q, std, func(ctx context.Context, s *api.Service) (*api.CompareAnswer, error) {
				return s.Compare(ctx, req)
			}, nil)
		},
	}
	q.flags(cmd)
	q.param(cmd, "side", "比较的一方（重复二至八次）：doc:ID、unit:名称 或检索式")
	return cmd
}
