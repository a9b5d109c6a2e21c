// Package synth makes up inspection and rectification reports with their truth: sample data for a first visit, and a corpus
// of any size for tests of scale.
//
//	for r := range synth.Generate(synth.Options{Reports: 72}) {
//		// r.Name, r.Data: a file; r.Gold: what a careful reader takes from it
//	}
//
// Nothing in it is real: the places lie in 云岭省, which does not exist, and every statement was written for this package.
// What it reads like is real: the layouts, the declared totals and the damage follow the documents of this kind that are
// published.
//
// # How a corpus is made
//
// A corpus is a list of inspections of units in rounds. A unit's inspection has a list of problems, drawn from
// statements.txt: some categories become more frequent over the years and some rarer, some statements are common to many
// units, and every unit has chronic problems that come back in later rounds, some of them saying so. Each inspection gives
// one document in one of the layouts; where more documents are asked for than there are inspections, it gives a feedback
// or a report with the same problems beside the notice.
//
// Everything follows from the seed: the same options give the same bytes, report by report, in any order of machines and
// versions of Go. Reports are made one at a time, so that a corpus of any size needs no memory.
//
// # Plants
//
// Options.Plants puts problems among the others that analyses are to find: the same problem of a unit in later rounds in
// other words, the same problem of many units, admissions that a problem is old, and a report beside the notice that
// answers it, with problems left out, put together or apart, or put mildly. The wordings were written by hand
// (paraphrases.txt). Report.Truth says for every finding which problem it states.
//
// # Flaws
//
// Some documents have what real ones have: a declared number that differs from the problems found, a date whose year and
// month signs are lost, an encoding that is not UTF-8, no place named beside the unit's own. The gold says what a careful reader
// still takes from them.
package synth
