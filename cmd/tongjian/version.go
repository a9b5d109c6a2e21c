package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"tongjian/analysis/taxonomy"
)

// version names the program in figures that are cited; a build may set it with -ldflags "-X main.version=...".
var version = "0.1.0"

func newVersion(std streams) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "显示程序与分类体系的版本",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			tax, err := taxonomy.Default()
			if err != nil {
				return err
			}
			fmt.Fprintf(std.out, "tongjian %s%s\ntaxonomy %s\n%s %s/%s\n", version, revision(), tax.Version(),
				runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		},
	}
}

// revision returns " (commit)" where the build knows it.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return " (" + s.Value[:12] + ")"
		}
	}
	return ""
}
