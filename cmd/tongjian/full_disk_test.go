package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/synth"
)

// smallDisk mounts a file system of so many bytes, and skips the test where that is not allowed.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("starts processes on a disk of its own")
	}
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("mount a small disk: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	return dir
}

// fill writes a file until the disk is full.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, size := range []int{1 << 16, 1 << 10, 1} {
		for err = nil; err == nil; {
			_, err = f.Write(make([]byte, size))
		}
		if !errors.Is(err, syscall.ENOSPC) {
			t.Fatalf("fill the disk: %v", err)
		}
	}
}

// An ingest that fills the disk says so; what it has reported is there, and once there is room the rest comes in.
func TestFullDiskStopsIngest(t *testing.T) {
	disk, reports := smallDisk(t, "2m"), t.TempDir()
	if err := synth.Write(t.Context(), reports, synth.Options{Reports: 150, Seed: 5}, nil); err != nil {
		t.Fatal(err)
	}
	reports = filepath.Join(reports, synth.DocumentsFolder)
	data := filepath.Join(disk, "data")
	run := func() (added []corpus.DocumentID, messages string, err error) {
		cmd := exec.Command("tongjian", "ingest", "--format", "json", "--data", data, reports)
		var out, log bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &log
		err = cmd.Run()
		for dec := json.NewDecoder(&out); ; {
			var o corpus.Outcome
			if dec.Decode(&o) != nil {
				return added, log.String(), err
			}
			added = append(added, o.Document)
		}
	}
	added, messages, err := run()
	if err == nil || !strings.Contains(messages, "磁盘空间不足") || len(added) == 150 {
		t.Fatalf("%d reported, %v, messages %q; want 磁盘空间不足", len(added), err, messages)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, "size=200m"); err != nil {
		t.Fatal(err)
	}
	checkHas(t, data, added)
	all, messages, err := run()
	if err != nil || len(all) != 150 {
		t.Fatalf("with room again: %d reported, %v, %s", len(all), err, messages)
	}
	checkHas(t, data, all)
}

// checkHas opens a data folder and looks for documents; store and index must agree.
func checkHas(t *testing.T, data string, ids []corpus.DocumentID) {
	t.Helper()
	k := &killer{t: t, data: data, ledger: ledger{present: map[corpus.DocumentID]bool{}}}
	for _, id := range ids {
		k.ledger.present[id] = true
	}
	k.check(0)
}

// A server whose disk fills up refuses changes with a clear message and goes on answering; when there is room it takes
// changes again.
func TestServerOutlivesAFullDisk(t *testing.T) {
	disk := smallDisk(t, "40m")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	cmd := exec.CommandContext(ctx, "tongjian", "serve", "--addr", "127.0.0.1:0", "--sample", "--data", filepath.Join(disk, "data"))
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	url := "http" + strings.TrimSpace(strings.SplitN(line, "http", 2)[1])

	var list struct {
		Data []struct {
			ID     corpus.FindingID `json:"id"`
			Status corpus.Status    `json:"status"`
		} `json:"data"`
	}
	get(t, url+"/api/v1/findings?limit=1", &list)
	change := func() (int, string) {
		body := strings.NewReader(`{"status": "not_done", "note": "` + strings.Repeat("注", 600) + `"}`)
		req, err := http.NewRequestWithContext(ctx, http.MethodPatch, url+"/api/v1/findings/"+string(list.Data[0].ID), body)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		answer, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(answer)
	}
	fill(t, filepath.Join(disk, "filler"))
	code, answer := 0, ""
	for range 200 { // the journal has some room left before it has to grow
		if code, answer = change(); code != http.StatusOK {
			break
		}
	}
	if code != http.StatusServiceUnavailable || !strings.Contains(answer, "磁盘空间不足") {
		t.Errorf("change on a full disk: %d %s", code, answer)
	}
	for _, path := range []string{"/api/v1/stats", "/api/v1/findings?limit=1", "/api/v1/search?q=采购", "/"} {
		get(t, url+path, nil)
	}
	if err := os.Remove(filepath.Join(disk, "filler")); err != nil {
		t.Fatal(err)
	}
	if code, answer := change(); code != http.StatusOK {
		t.Errorf("change with room again: %d %s", code, answer)
	}
	get(t, url+"/api/v1/findings?limit=1", nil)
	stop()
	_ = cmd.Wait()
}

// get fetches what must be there.
func get(t *testing.T, url string, into any) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("%s: %s", url, resp.Status)
	}
	if into == nil {
		return
	}
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
		t.Fatalf("%s: %v", url, err)
	}
}
