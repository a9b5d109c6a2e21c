// Package parse reads extracted text into documents: metadata, findings with what was done about them, and sections.
//
//	doc := parse.New(gazetteer.Default()).Parse(extract, id)
//
// # How a text is read
//
// First lines, then meaning inside lines. A line may begin with a number (一、 （一） 1. (1) ① 一是 第一， 问题1：) and with a label
// (整改情况：, 责任单位：). From the order in which kinds of numbers open inside one another the outline is inferred, for each
// document anew; no kind of number stands for a fixed level, and a number that is repeated, lost or glued to the next
// word does not break the list.
//
// Then each item of the outline gets a role. Chapters on the organisation of the work, on the outlook and with advice
// are fenced off by the words of their headings, or by holding nothing like a finding where others do. A level of the
// outline is a level of findings where its items call themselves problems (针对…问题), carry labels below them, or mostly
// say what is wrong; a level whose items mostly begin with a verb of action holds measures. The deepest such level holds
// the findings, and a heading with none below it is itself one. A declared number of problems decides between levels
// that are equally likely.
//
// In a notice the statement is what the finding's own line says, without 针对…问题 around it; status, deadline and persons
// are read from their labels, and measures are counted at the top level of the enumeration in the account. In a report
// or feedback the points of an enumeration are findings, and so are short lead clauses that open their sentences
// (议题酝酿不充分。如…) and short headlines between sentences of facts. Feedback in running text is split at ； 。 and 、 behind
// words like 主要问题是. Tables are read by their headers, or as labels beside their values.
//
// # What is promised
//
// Parse is total and linear: any text gives a document. Spans lie on character boundaries; findings and sections are in
// order, do not overlap, and together hold every line. Nothing is guessed from outside the text: what the rules do not
// understand stays searchable as a section, and the warnings say what looks wrong. Where a rule must choose, a missed
// finding is preferred to an invented one.
package parse
