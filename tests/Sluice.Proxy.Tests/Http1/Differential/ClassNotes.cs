namespace Sluice.Proxy.Tests.Http1.Differential;

/// <summary>The hand-written part of the differences document: what the peers have in common, class by class.</summary>
internal static class ClassNotes
{
    public static string Introduction(int messages) => $"""
        # HTTP/1.1: where Sluice, nginx, HAProxy and Node read the same bytes differently

        Requests are smuggled where two programs in a row read the same bytes differently. Sluice therefore refuses whatever could
        be read in two ways, and writes what it forwards anew, so that the backend sees exactly the request that was routed. This
        page shows what that means in practice: {messages} odd messages, sent byte for byte to Sluice and to three programs that
        it may stand beside, in front of, or take the place of.

        - A cell says what was made of the message: the requests that were passed on (nginx and HAProxy as reverse proxies) or
          handed to the application (Node), with host, body and trailers; or the status that refused it; or `closes` for no answer.
        - `=` means: as Sluice reads it. Two refusals are the same reading, whatever their status.
        - Right behind each message that is complete follows a good request. It is shown only where it was taken for something
          else; "then closes" means that it was never looked at.
        - The peers run with their defaults, short time limits, and for nginx `proxy_http_version 1.1` and `Host $http_host`.

        The table is generated: the test program of `tests/Sluice.Proxy.Tests` runs the peers that are installed and fails when a
        cell is out of date; with `SLUICE_UPDATE_DIFFERENCES=1` it writes this page anew. The messages themselves stand in
        `tests/Sluice.Proxy.Tests/Http1/Cases`, one file per section.

        """;

    public static string For(string group) => group switch
    {
        "request-line" => """
            nginx and HAProxy let a bare LF end a line, which RFC 9112 2.2 permits; but as long as somebody in the chain wants CRLF,
            a line that ends for one goes on for the other, so Sluice wants CRLF. All three skip more empty lines before a request than
            Sluice's two, and several spaces inside the line; HAProxy takes tabs, too. nginx accepts only capital letters, "-" and "_" in
            a method, Node only methods that it knows; to Sluice, as to HAProxy, methods are the backend's affair. HAProxy passes
            CONNECT on as any other method; Sluice opens no tunnels.
            """,
        "version" => """
            HAProxy takes every version of two digits for 1.0 or 1.1, nginx every 1.x, and Node 0.9 and 2.0, too. nginx and Node
            still answer HTTP/0.9, whose responses have neither status nor framing. HAProxy and Node decode chunks that came with
            HTTP/1.0, where RFC 9112 6.1 says that the framing is faulty.
            """,
        "target" => """
            None of the peers changes the path that it passes on: nginx normalises only the copy that it compares with its
            locations, HAProxy and Node nothing. A rule for `/admin` then does not see what the backend makes of `/x/../admin`.
            Sluice resolves dot segments and decodes what needs no encoding before it looks for a route, and passes on what it
            has matched. Absolute-form is turned into origin-form by Sluice and nginx, but nginx (with `$http_host`) believes Host
            where RFC 9112 3.2.2 says that the target's authority counts; HAProxy refuses when the two differ, and otherwise
            passes the absolute form on; Node leaves both to the application.
            """,
        "host" => """
            Host decides which listener and which route get a request, so Sluice wants it to be an authority: a name or an address
            literal, and a port that exists. HAProxy and Node do not look at its form at all; nginx refuses slashes, blanks and
            control characters, and keeps the rest. Node takes the first of several Host fields. nginx takes a tab before the value
            for a part of it, though RFC 9110 5.5 counts it as white space.
            """,
        "field" => """
            nginx drops fields whose names are not tokens and goes on without them (`ignore_invalid_headers`); Sluice refuses the
            message, as whoever meant something by the field would miss it. HAProxy joins folded lines, which RFC 9112 5.2 permits,
            and passes control characters in values, NUL included; nginx passes all of them but NUL. Node agrees with Sluice on all
            of it.
            """,
        "content-length" => """
            All agree that a length is a number, once. HAProxy takes equal repeated lengths for one, which RFC 9110 8.6 permits, and
            counts modulo 2^64: it passes the length on as it came but only so many bytes as its lower half says. nginx does not take
            a tab for white space.
            """,
        "transfer-encoding" => """
            HAProxy follows the letter of RFC 9112 6.3 when both framings are given: it believes Transfer-Encoding, removes
            Content-Length, and closes. Sluice and the others refuse, which RFC 9112 6.1 permits: no honest client sends both. Node
            accepts any list of codings that ends with "chunked" and hands the rest to the application, and does not mind an empty
            field; HAProxy skips empty list elements at the end and joins folded lines.
            """,
        "chunk" => """
            nginx and HAProxy end chunk lines at a bare LF and skip blanks after the size; nginx even takes `0 2` for 0. Both ignore
            extensions without looking at them, nginx without a limit. Node is as strict as Sluice but for leading zeros.
            """,
        "trailer" => """
            nginx skips everything up to an empty line and forwards no trailers of requests. HAProxy passes on what looks like a field,
            framing and routing among it, joins folded lines and minds no control character. Node checks the form of trailers and,
            of the three forbidden ones here, refuses those that frame.
            """,
        "pipeline" => """
            Where the next request begins is not in doubt between the four; nginx and Node only know fewer methods.
            """,
        "connection" => """
            nginx looks for "close" anywhere in Connection, so that `closed` and `"close"` close, too. Nobody else limits how many
            fields Connection may name. Unknown expectations are refused by Node and Sluice (417), though Node lets a list pass.
            Node ends the connection after any request with Upgrade, and HAProxy refuses Upgrade in HTTP/1.0.
            """,
        "limit" => """
            Limits differ by default: nginx takes request lines up to 8 KiB, HAProxy 101 fields, Node 16 KiB of head. Sluice's are
            in ProxyLimits. nginx and Node skip empty lines without end.
            """,
        "foreign" => """
            Nobody takes another protocol for HTTP.
            """,
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "say here what the peers make of this class"),
    };
}
