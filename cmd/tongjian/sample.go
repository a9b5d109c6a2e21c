package main

import (
	"context"
	"fmt"
	"iter"

	"tongjian/corpus"
	"tongjian/corpus/ingest"
	"tongjian/corpus/synth"
)

// fillSample takes the made-up reports through the pipeline. A folder with other documents is refused: made-up figures
// must never mix with real ones.
func fillSample(ctx context.Context, a *app, std streams) error {
	if err := onlySample(ctx, a); err != nil {
		return err
	}
	in := a.ingester()
	summary, err := in.Files(ctx, sampleFiles())
	if err != nil {
		return fmt.Errorf("take in the sample: %w", err)
	}
	if err := a.catchUp(ctx); err != nil {
		return err
	}
	fmt.Fprintf(std.err, "示例：虚构报告 %d 份，问题 %d 个\n", summary.Added+summary.Unchanged, a.engine.Counts().Findings)
	return nil
}

func onlySample(ctx context.Context, a *app) error {
	stats, err := a.store.Stats(ctx)
	if err != nil {
		return err
	}
	known := 0
	for f := range sampleFiles() {
		has, err := a.store.Has(ctx, corpus.NewDocumentID(f.Data))
		if err != nil {
			return err
		}
		if has {
			known++
		}
	}
	if stats.Documents > known {
		return &corpus.Error{
			Kind: corpus.Conflict, Code: "not_sample", Position: -1,
			Message:  fmt.Sprintf("数据目录中已有 %d 份其他文件，不与虚构报告混放", stats.Documents-known),
			Expected: "--data 指向空目录，或不带 --sample",
		}
	}
	return nil
}

func sampleFiles() iter.Seq[ingest.File] {
	return func(yield func(ingest.File) bool) {
		for r := range synth.Generate(synth.Options{}) {
			if !yield(ingest.File{Name: r.Name, Data: r.Data}) {
				return
			}
		}
	}
}
