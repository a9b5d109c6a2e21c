package main

import (
	"os"

	"github.com/spf13/cobra"
)

// config is what most commands share.
type config struct {
	data     string // folder of store and index
	taxonomy string // folder that replaces the embedded taxonomy; empty means the embedded one
	existing bool   // the data folder must have data already
	fresh    bool   // index and columns are to be made again
	warm     bool   // what takes long to ask for the first time is made ready in the background
	limits   limits // of what reading a file may cost
}

// dataFlags adds --data and --taxonomy to a command.
func (c *config) dataFlags(cmd *cobra.Command) {
	c.dataFlag(cmd)
	c.taxonomyFlag(cmd)
}

func (c *config) dataFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.data, "data", defaultData(), "数据目录（默认取环境变量 TONGJIAN_DATA，否则为 ./data）")
}

func (c *config) taxonomyFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.taxonomy, "taxonomy", "", "代替内置分类体系的目录（含 taxonomy.yaml 与 rules/）")
}

func defaultData() string {
	if dir := os.Getenv("TONGJIAN_DATA"); dir != "" {
		return dir
	}
	return "data"
}
