package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"tongjian/api/access"
	"tongjian/corpus"
	"tongjian/corpus/sqlite"
)

func newKey(std streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "key",
		Short: "管理访问密钥",
		Long: `密钥用于从其他机器访问页面和接口。角色：reader 只读，editor 可导入和更正，admin 可删除、管理密钥、看审计记录。
密钥只在建立时显示一次，数据库中只存其散列值。服务运行时请用接口 /api/v1/keys 或“管理”页。`,
	}
	cmd.AddCommand(newKeyAdd(std), newKeyList(std), newKeyRevoke(std))
	return cmd
}

func newKeyAdd(std streams) *cobra.Command {
	var cfg config
	var name, role string
	var days int
	cmd := &cobra.Command{
		Use: "add", Short: "建立密钥", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withKeys(cmd.Context(), cfg, std, func(ctx context.Context, keys *access.Keyring) error {
				var expires *time.Time
				if days != 0 {
					at := std.now().AddDate(0, 0, days)
					expires = &at
				}
				key, secret, err := keys.Add(ctx, name, corpus.Role(role), expires)
				if err != nil {
					return err
				}
				fmt.Fprintf(std.err, "已为 %s 建立密钥 %s（%s）。下面一行是密钥本身，只显示这一次：\n", key.Name, key.ID, key.Role)
				_, err = fmt.Fprintln(std.out, secret)
				return err
			})
		},
	}
	cmd.Flags().StringVar(&cfg.data, "data", defaultData(), "数据目录")
	cmd.Flags().StringVar(&name, "name", "", "持有人或程序的名称")
	cmd.Flags().StringVar(&role, "role", string(corpus.Reader), "角色：reader、editor 或 admin")
	cmd.Flags().IntVar(&days, "days", 0, "多少天后过期（0 表示不过期）")
	return cmd
}

func newKeyList(std streams) *cobra.Command {
	var cfg config
	cmd := &cobra.Command{
		Use: "list", Short: "列出密钥", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withKeys(cmd.Context(), cfg, std, func(_ context.Context, keys *access.Keyring) error {
				all := keys.All()
				for _, k := range all {
					state := "可用"
					switch {
					case k.RevokedAt != nil:
						state = "已撤销"
					case k.ExpiresAt != nil && !k.ExpiresAt.After(std.now()):
						state = "已过期"
					}
					fmt.Fprintf(std.out, "%s  %-6s  %s  %s  %s\n", k.ID, k.Role, k.CreatedAt.Format(time.DateOnly), state, k.Name)
				}
				if len(all) == 0 {
					return errNothing
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&cfg.data, "data", defaultData(), "数据目录")
	return cmd
}

func newKeyRevoke(std streams) *cobra.Command {
	var cfg config
	cmd := &cobra.Command{
		Use: "revoke ID", Short: "撤销密钥", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withKeys(cmd.Context(), cfg, std, func(ctx context.Context, keys *access.Keyring) error {
				_, err := keys.Revoke(ctx, args[0])
				return err
			})
		},
	}
	cmd.Flags().StringVar(&cfg.data, "data", defaultData(), "数据目录")
	return cmd
}

// withKeys opens the store alone: keys need neither dictionary nor index.
func withKeys(ctx context.Context, cfg config, std streams, work func(context.Context, *access.Keyring) error) error {
	db, err := sqlite.Open(storePath(cfg.data), sqlite.Options{Now: std.now})
	if err != nil {
		return err
	}
	keys, err := access.NewKeyring(ctx, db, std.now)
	if err == nil {
		err = work(ctx, keys)
	}
	return errors.Join(err, db.Close())
}
