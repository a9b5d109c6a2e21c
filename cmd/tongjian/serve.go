package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"tongjian/api"
	"tongjian/api/access"
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

// exposure says who can reach the server and how.
type exposure struct {
	addr        string
	keys        bool // demand keys on a loopback address too
	certificate string
	key         string
	perSecond   float64
	profile     bool
}

// The limits on requests of those who come from outside: what is refused to each address leaves a person room for typing
// errors and none for guessing.
var (
	requestBurst = 200
	wrongKeys    = access.Limit{PerSecond: 0.1, Burst: 10}
)

func newServe(std streams) *cobra.Command {
	var cfg config
	var to exposure
	var sample bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "启动页面与接口",
		Long: `启动页面（/）与接口（/api/v1）。监听本机地址时无须密钥；监听其他地址，须先用 key add 建立密钥，
请求和页面都凭密钥使用，并建议用 --tls-cert 与 --tls-key 加密。
--sample 用虚构的报告展示全部功能：不指定 --data 时使用临时目录，停止后清除。`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := to.check(); err != nil {
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
			cfg.warm = true
			a, err := openApp(cmd.Context(), cfg, std)
			if err != nil {
				return err
			}
			return errors.Join(serve(cmd.Context(), a, std, to, sample), a.Close())
		},
	}
	cfg.dataFlags(cmd)
	cfg.limits.flags(cmd)
	cmd.Flags().StringVar(&to.addr, "addr", "127.0.0.1:8080", "监听地址 HOST:PORT（端口 0 表示任选）")
	cmd.Flags().BoolVar(&to.keys, "require-keys", false, "监听本机地址时也要求密钥")
	cmd.Flags().StringVar(&to.certificate, "tls-cert", "", "TLS 证书文件（PEM）")
	cmd.Flags().StringVar(&to.key, "tls-key", "", "TLS 私钥文件（PEM）")
	cmd.Flags().Float64Var(&to.perSecond, "rate", 50, "要求密钥时，每个密钥或地址每秒的请求数（0 表示不限）")
	cmd.Flags().BoolVar(&to.profile, "profile", false, "开放 /debug/pprof（限管理员）")
	cmd.Flags().BoolVar(&sample, "sample", false, "用虚构的报告展示全部功能")
	return cmd
}

func serve(ctx context.Context, a *app, std streams, to exposure, sample bool) error {
	guard, err := to.guard(ctx, a, std)
	if err != nil {
		return err
	}
	// The address is taken first: a port in use is an error before minutes of work, not after.
	listener, err := net.Listen("tcp", to.addr)
	if err != nil {
		return fmt.Errorf("监听 %s：%w（可用 --addr 换一个端口）", to.addr, err)
	}
	defer listener.Close()
	url := "http://" + listener.Addr().String()
	if to.certificate != "" {
		certificate, err := tls.LoadX509KeyPair(to.certificate, to.key)
		if err != nil {
			return fmt.Errorf("读 TLS 证书 %s 与私钥 %s：%w", to.certificate, to.key, err)
		}
		listener = tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12})
		url = "https://" + listener.Addr().String()
	}
	if sample {
		if err := fillSample(ctx, a, std); err != nil {
			return err
		}
	}
	srv := api.New(a.service, api.Options{Logger: a.logger, Guard: guard, Profile: to.profile})
	if err := web.Mount(srv.Echo(), a.service, web.Options{Logger: a.logger, Guard: guard}); err != nil {
		return err
	}
	if err := a.store.Announce(url); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	var building sync.WaitGroup
	building.Go(func() {
		// Pages and interface work meanwhile, and say of links that they are being found.
		if err := a.links.build(ctx); err != nil && ctx.Err() == nil {
			a.logger.Error("find what belongs together", "error", err)
		}
	})
	defer building.Wait()
	defer stop()
	fmt.Fprintf(std.out, "通鉴已启动：%s\n", url)
	return listen(ctx, listener, srv)
}

// guard returns what stands before the server. Whoever comes from another machine must show a key.
func (to exposure) guard(ctx context.Context, a *app, std streams) (*access.Guard, error) {
	keyring, err := access.NewKeyring(ctx, a.store, std.now)
	if err != nil {
		return nil, err
	}
	a.service.Keyring = keyring
	o := access.Options{Keys: keyring, Required: to.keys || !to.local(), Journal: a.store, Logger: a.logger, Now: std.now, WrongKeys: wrongKeys}
	if o.Required {
		o.Requests = access.Limit{PerSecond: to.perSecond, Burst: requestBurst}
		if !keyring.Usable(corpus.Reader) {
			return nil, &corpus.Error{
				Kind: corpus.Invalid, Code: "no_keys", Param: "addr", Value: to.addr, Position: -1,
				Message: "不能监听 " + to.addr + "：还没有可用的访问密钥", Expected: "先执行 tongjian key add --role admin --name 姓名，或监听本机地址且不要求密钥",
			}
		}
		if to.certificate == "" && !to.local() {
			fmt.Fprintln(std.err, "提醒：未启用 TLS，密钥和内容以明文在网络上传输")
		}
	}
	return access.New(o), nil
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

// check refuses what cannot be listened on.
func (to exposure) check() error {
	refuse := func(param, value, message, expected string) error {
		return &corpus.Error{Kind: corpus.Invalid, Param: param, Value: value, Position: -1, Message: message, Expected: expected}
	}
	if _, _, err := net.SplitHostPort(to.addr); err != nil {
		return refuse("addr", to.addr, "读不懂监听地址 "+to.addr, "HOST:PORT，如 127.0.0.1:8080、[::1]:8080")
	}
	if (to.certificate == "") != (to.key == "") {
		return refuse("tls-cert", to.certificate, "TLS 证书与私钥须一并给出", "--tls-cert 文件 --tls-key 文件")
	}
	if to.perSecond < 0 {
		return refuse("rate", fmt.Sprint(to.perSecond), "每秒请求数不能小于 0", "0 或正数")
	}
	return nil
}

// local reports whether only this machine can reach the address.
func (to exposure) local() bool {
	host, _, err := net.SplitHostPort(to.addr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}
