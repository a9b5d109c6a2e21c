package extract

import (
	"regexp"
	"strings"
)

// furnitureLine matches a whole line of a web page that belongs to the page, not to the text.
var furnitureLine = regexp.MustCompile(`^\s*(?:[【\[(（]?\s*(?:打印|关闭|关闭窗口|收藏|返回顶部|返回|纠错|下载|分享|朗读|大|中|小)\s*[】\])）]?\s*)+$|` +
	`^\s*(?:您?(?:当前|现在)?的?(?:所在)?位置|分享到|分享至|分享|字号|字体|字体大小|视力保护色|保护视力色|上一篇|下一篇|上一条|下一条|相关链接|相关文章|扫一扫|浏览次数|浏览量|点击数|访问量|阅读次数|责任编辑|【?打印本页)\s*[:：】].{0,80}$|` +
	`ICP备|公网安备|网站标识码|版权所有|网站地图|` +
	`^\s*(?:扫一扫|用微信扫|分享到)[^。]{0,30}$|^\s*(?:首页|网站首页)\s*(?:>|>>|›|»|/|-).{0,120}$`)

// isFurnitureLine reports whether a line is page furniture: breadcrumbs, share and print links, counters.
func isFurnitureLine(line string) bool {
	return len(line) < 400 && !strings.Contains(line, "。") && furnitureLine.MatchString(line)
}
