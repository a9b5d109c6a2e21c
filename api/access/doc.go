// Package access says who asks and what they may do: keys with roles, sign-in for pages, and limits on how often.
//
// A Guard stands before every route. It finds out the Principal of a request — the holder of a key that the request
// carries, the holder of a session that a browser signed in to, or, on a server that only its own machine can reach and that
// demands no keys, the person at the machine — and compares its role with what the route needs. Who may not is told why, in
// words that do not help a stranger guess, and the refusal is written to the audit trail.
//
// # Keys
//
// A key is "tj_", eight characters that name it, "_", and a secret of 256 random bits. Only the SHA-256 of the whole is
// kept: a secret of that strength needs no slow hash. Comparison takes the same time for any wrong key. Keys expire, and can be
// revoked; both hold from the next request on.
//
// # Sessions
//
// A browser signs in with a key and gets a cookie with a random name of a session, which lives in memory, ends with the
// process, with the key, or after SessionLife. A change asked for by cookie must come from a page of the same origin.
//
// # Limits
//
// Requests are limited for each key and, where there is none, for each address; wrong keys much more tightly for each address, so
// that nobody tries many. The tables of limits are bounded.
package access
