package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/spf13/cobra"

	"tongjian/api"
	"tongjian/api/web"
	"tongjian/corpus"
)

// How long a client may take, and how long requests under way may still run when the server is told to stop.
const (
	readHeaderTimeout = 10 * time.Second
	readTimeout       = 30 * time.Second
	writeTimeout      = 60 * time.Second
	idleTimeout       = 2 * time.Minute
	shutdownTimeout   = 10 * time.Second
)

func newServe(std streams) *cobra.Command {
	var cfg config
	var addr string
	var sample bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "启动页面与接口",
		Long: `启动页面（/）与接口（/api/v1）。目前只监听本机地址。
--sample 用虚构的报告展示全部功能：不指定 --data 时使用临时目录，停止后清除。`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := loopback(addr); err != nil {
				return err
			}
			if sample && !cmd.Flags().Changed("data") && os.Getenv("TONGJIAN_DATA") == "" {
				dir, err := os.MkdirTemp("", "tongjian-sample-")
				if err != nil {
					return fmt.Errorf("make folder for the sample: %w", err)
				}
				defer os.RemoveAll(dir)
				cfg.data = dir
			}
			a, err := openApp(cmd.Context(), cfg, std)
			if err != nil {
				return err
			}
			return errors.Join(serve(cmd.Context(), a, std, addr, sample), a.Close())
		},
	}
	cfg.dataFlags(cmd)
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "监听地址 HOST:PORT（端口 0 表示任选）")
	cmd.Flags().BoolVar(&sample, "sample", false, "用虚构的报告展示全部功能")
	return cmd
}

func serve(ctx context.Context, a *app, std streams, addr string, sample bool) error {
	// The address is taken first: a port in use is an error before minutes of work, not after.
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("监听 %s：%w（可用 --addr 换一个端口）", addr, err)
	}
	defer listener.Close()
	if sample {
		if err := fillSample(ctx, a, std); err != nil {
			return err
		}
	}
	srv := api.New(a.service, api.Options{Logger: a.logger})
	if err := web.Mount(srv.Echo(), a.service, web.Options{Logger: a.logger}); err != nil {
		return err
	}
	url := "http://" + listener.Addr().String()
	if err := a.store.Announce(url); err != nil {
		return err
	}
	fmt.Fprintf(std.out, "通鉴已启动：%s\n", url)
	return listen(ctx, listener, srv)
}

// listen serves until the context ends, then lets requests under way finish.
func listen(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(stop); err != nil {
		return fmt.Errorf("stop server: %w", err)
	}
	return nil
}

// loopback refuses addresses that others can reach: there are no keys yet that would keep strangers out.
func loopback(addr string) error {
	refuse := &corpus.Error{
		Kind: corpus.Invalid, Param: "addr", Value: addr, Position: -1,
		Message: "不能监听 " + addr + "：没有访问密钥，只能监听本机地址", Expected: "127.0.0.1:PORT、localhost:PORT 或 [::1]:PORT",
	}
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		refuse.Message = "读不懂监听地址 " + addr
		return refuse
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return refuse
	}
	return nil
}
