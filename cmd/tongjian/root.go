package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"
)

// Exit codes, as ripgrep has them: a script can tell "nothing found" from "went wrong".
const (
	exitDone    = 0
	exitNothing = 1
	exitFailed  = 2
)

// streams is what a command may touch of the outside, so that tests can run commands in the same process.
type streams struct {
	in       io.Reader
	out, err io.Writer
	now      func() time.Time
	terminal bool // err is a terminal: progress bars make sense
}

// errNothing ends a command that worked but found nothing.
var errNothing = errors.New("nothing found")

// errReported ends a command that has already told the user what went wrong.
var errReported = errors.New("already reported")

// run executes one command line and returns the exit code.
func run(ctx context.Context, std streams, args []string) int {
	root := newRoot(std)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errNothing):
		return exitNothing
	case errors.Is(err, errReported):
		return exitFailed
	case err == context.Canceled:
		err = errors.New("已中断")
	}
	fmt.Fprintln(std.err, "tongjian:", err)
	return exitFailed
}

func newRoot(std streams) *cobra.Command {
	root := &cobra.Command{
		Use:           "tongjian",
		Short:         "通鉴：读懂巡视巡察与整改文件",
		Long:          "通鉴读取巡视巡察情况报告、反馈意见、整改进展通报和审计整改报告，找出其中每一个问题，说明属于哪类问题、做了什么整改，并可检索、统计、比较。",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetIn(std.in)
	root.SetOut(std.out)
	root.SetErr(std.err)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(
		newServe(std), newIngest(std), newParse(std), newClassify(std), newSearch(std), newEval(std),
		newTrend(std), newCompare(std), newRecur(std), newRectification(std), newExport(std),
		newTaxonomy(std), newRelabel(std), newReindex(std), newBackup(std), newRestore(std), newKey(std), newAudit(std), newSynth(std), newVersion(std),
	)
	return root
}
