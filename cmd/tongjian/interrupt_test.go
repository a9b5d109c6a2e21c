package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"tongjian/corpus"
)

// TestClassifyTalks holds a conversation: each line is answered while the next is awaited, and an interrupt ends the wait.
func TestClassifyTalks(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	in, ask := io.Pipe()
	answer, out := io.Pipe()
	var messages bytes.Buffer
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, streams{in: in, out: out, err: &messages, now: time.Now}, []string{"classify"})
	}()
	lines := bufio.NewScanner(answer)
	for range 2 {
		if _, err := io.WriteString(ask, `{"statement": "应招标未招标"}`+"\n"); err != nil {
			t.Fatal(err)
		}
		if !lines.Scan() || !strings.Contains(lines.Text(), `"categories"`) {
			t.Fatalf("answer %q, error %v", lines.Text(), lines.Err())
		}
	}
	cancel()
	if got := <-code; got != exitFailed || !strings.Contains(messages.String(), "已中断") {
		t.Errorf("exit code %d, message %q; want %d, 已中断", got, messages.String(), exitFailed)
	}
	ask.Close()
}

func TestOutcomeIsOneLine(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	print, err := outcomePrinter(&out, "table")
	if err != nil {
		t.Fatal(err)
	}
	print(corpus.Outcome{Name: "a\nadded\x1b[2J\xb9.txt", Result: corpus.Failed, Reason: "不是\n普通文件"})
	if got, want := out.String(), "failed     a\uFFFDadded\uFFFD[2J\uFFFD.txt  不是\uFFFD普通文件\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}
