namespace Sluice.Proxy.Tests.Http2.Differential;

/// <summary>The hand-written part of the page: what the peers have in common, class by class.</summary>
internal static class Http2ClassNotes
{
    public static string Introduction(int messages) => $"""
        # HTTP/2: where Sluice, nginx and HAProxy pass different requests on

        A message of HTTP/2 has no lines and no lengths that could be read in two ways, until somebody writes it anew as HTTP/1.1 for
        a backend. Then a line end in a value is a second line, a length that is not true is a second request, and two names of one
        host are two hosts. Sluice resets such streams or answers them itself, and writes what it forwards anew. This page shows what
        that means in practice: {messages} odd messages, sent frame for frame to Sluice and to two programs that do the same work.

        - A cell says what was made of the message: the requests that a backend got over HTTP/1.1, with host, body and trailers; or
          the status that refused it, `resets` for RST_STREAM, `ends the connection` for GOAWAY or a close.
        - `=` means: as Sluice reads it. Two refusals are the same reading, whatever their form.
        - Behind each message follows a good request on the same connection.
        - The peers run with their defaults, short time limits, and for nginx `proxy_http_version 1.1` and `Host $http_host`.

        The table is generated: the test program of `tests/Sluice.Proxy.Tests` runs the peers that are installed and fails when a
        cell is out of date; with `SLUICE_UPDATE_DIFFERENCES=1` it writes this page anew. The messages themselves stand in
        `tests/Sluice.Proxy.Tests/Http2/Spec/Downgrade`, one file per class.

        """;

    public static string For(string group) => group switch
    {
        "method" => """
            nginx knows capital letters, "-" and "_" in a method and nothing else. HAProxy keeps PRI for itself, as nothing but a preface
            begins with it; to Sluice it is a method like any other, since it is written into a request line of HTTP/1.1 with a target.
            """,
        "scheme" => """
            Both peers take any scheme that looks like one. HAProxy passes it on in an absolute target when it is neither http nor https.
            """,
        "path" => """
            Neither peer changes the path that it passes on, so that a rule for `/admin` does not see what a backend makes of
            `/x/../admin`. Sluice resolves dot segments and decodes what needs no encoding before it looks for a route, and passes on what
            it has matched. nginx cuts a fragment off for its own locations but passes it on; HAProxy makes `/` of an asterisk.
            """,
        "authority" => """
            The host decides which listener and which route get a request. HAProxy overwrites Host with `:authority` without comparing the
            two, also when there are several, and passes on a request without any host; a host with a slash in it becomes a part of its
            path. nginx does not take Host beside `:authority` at all, not even the same. Both let through userinfo, queries, fragments
            and ports that do not exist, and hand them to the backend in Host.
            """,
        "pseudo" => """
            nginx takes a pseudo-field behind other fields as long as it was not there before.
            """,
        "field" => """
            Values with control characters other than CR, LF and NUL pass both peers, and so does white space around a value, which
            RFC 9113 8.2.1 forbids and HTTP/1.1 would drop. nginx drops fields whose names have octets above 0x7f and goes on without
            them; Sluice refuses the message, as whoever meant something by the field would miss it.
            """,
        "connection" => """
            nginx does not look for fields that speak of a connection: it drops some and writes the framing anew, so that nothing is
            smuggled, but RFC 9113 8.2.2 has such messages refused. HAProxy agrees with Sluice. Neither knows the expectations that it
            passes on.
            """,
        "length" => """
            All count DATA against content-length. HAProxy takes equal repeated lengths for one, which RFC 9110 8.6 permits, and passes
            a message on, without its length, when the stream ends at once; it counts padding of a DATA frame as content. nginx takes no
            trailers.
            """,
        "body" => """
            Octets of a body are octets to everybody.
            """,
        "trailer" => """
            nginx ends the connection of whoever sends trailers. HAProxy passes them on without a limit of their own.
            """,
        "cookie" => """
            Everybody puts crumbs together with "; ".
            """,
        "tunnel" => """
            HAProxy passes CONNECT on, to a backend that may be an open proxy, and takes `:protocol` without CONNECT, of other protocols, and
            with a length for an ordinary request. nginx knows neither.
            """,
        "limit" => """
            nginx takes request lines up to 8 KiB and any number of fields, HAProxy 101 fields. Sluice's limits are in
            ProxyLimits. The entry of the table that is named ten thousand times is refused by all.
            """,
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "say here what the peers make of this class"),
    };
}
